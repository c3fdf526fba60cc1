//! A client: the balance, its lots, everything that happened, and changes by hand.

use domain::{Money, Role, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::client_feed::{Event, feed};
use super::client_forms::{AdjustField, BlockField, adjust, block, problems};
use super::client_lots::{LotRow, RestOfLots, lots};
use super::ledger_words::bonuses;
use super::texts::Texts;
use super::urls::Url;
use crate::forms::FormState;
use crate::locales::Language;
use crate::page;
use crate::ui::codes::ean13;
use crate::ui::figures::{Fact, Figure, facts, split};
use crate::ui::format::{count, day, fill, moment, money, percent, phone, time};
use crate::ui::head::{Head, Weight, button_link, noted_section, section, tag};
use crate::ui::icons::Icon;
use crate::ui::pager::pager;
use crate::ui::sheet::downloads;
use crate::ui::states::{Notice, Tone, notice};
use crate::ui::table::strong;

/// The name in the query of the key after which the feed continues.
pub const AFTER: &str = "after";

/// The page of a client.
#[derive(Clone, Debug)]
pub struct Client {
    /// The current moment.
    pub now: Timestamp,
    /// The number of the client.
    pub id: i64,
    /// The name; `None` if it is not known.
    pub name: Option<String>,
    /// The phone in E.164; `None` if name and phone were erased.
    pub phone: Option<String>,
    /// The number of the card, and its barcode of 13 digits.
    pub card: Option<(String, String)>,
    /// The name and the colour of the tier.
    pub tier: Option<(String, String)>,
    /// The cashback of the next purchase.
    pub percent: domain::BasisPoints,
    /// The balance.
    pub balance: Money,
    /// The part that can be spent now.
    pub available: Money,
    /// The part that waits, and the moment when the first of it can be spent.
    pub held: Option<(Money, Timestamp)>,
    /// The welcome bonuses, which only a larger purchase may spend, and that amount.
    pub welcome: Option<(Money, Money)>,
    /// The bonuses that expire first, and the moment.
    pub first_to_expire: Option<(Money, Timestamp)>,
    /// The debt.
    pub debt: Money,
    /// The lots, in the order in which they are spent.
    pub lots: Vec<LotRow>,
    /// The sums of the lots that the page does not show one by one.
    pub rest_of_lots: Option<RestOfLots>,
    /// The number of purchases.
    pub purchases: i64,
    /// The money paid, without what returns have paid back.
    pub spent: Money,
    /// The registration.
    pub registered: Timestamp,
    /// The last purchase and the branch.
    pub last_purchase: Option<(Timestamp, Option<String>)>,
    /// The feed, the newest first.
    pub feed: Vec<Event>,
    /// The key after which the feed continues; `None` on the last page.
    pub next: Option<String>,
    /// `true` if the feed does not begin with the newest event.
    pub is_continued: bool,
    /// The moment until which nothing is spent, because the phone was changed.
    pub frozen_until: Option<Timestamp>,
    /// The client into whom this one was merged.
    pub merged_into: Option<i64>,
    /// The moment and the reason of the block.
    pub blocked: Option<(Timestamp, Option<String>)>,
    /// The form of a change by hand; `None` if the person may not do it.
    pub adjust: Option<FormState<AdjustField>>,
    /// The form of a block; `None` if the person may not do it.
    pub block: Option<FormState<BlockField>>,
    /// The other acts that the person may do.
    pub acts: Vec<OtherAct>,
}

/// An act that has a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherAct {
    /// A new phone.
    Phone,
    /// A merge with another client.
    Merge,
    /// The erasure of name and phone.
    Erase,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Client) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let name = page.name.clone();
    let nameless = match page.phone {
        Some(_) => t.clients.no_name,
        None => t.clients.erased,
    };
    let mut head = Head::new(name.unwrap_or_else(|| nameless.to_owned()));
    head.crumbs = vec![crumb(Section::Clients, t)];
    head.tag = page
        .tier
        .clone()
        .map(|(name, colour)| tag(name, Some(colour)));
    let card = page
        .card
        .as_ref()
        .map(|(card, _)| format!(" · {} {card}", t.client.card));
    head.note = Some(
        view! {
            <span class="num">{page.phone.as_deref().map(phone)}</span>
            {card}
        }
        .into_any(),
    );
    if page.adjust.is_some() {
        head.actions = vec![button_link(Weight::Main, "#change", t.client.change)];
    }
    let is_blocked = page.blocked.is_some();
    let is_wrong = page.adjust.as_ref().is_some_and(FormState::is_wrong)
        || page.block.as_ref().is_some_and(FormState::is_wrong);
    let blocked = page
        .blocked
        .as_ref()
        .map(|(at, reason)| block_notice(language, t, page, *at, reason.as_deref()));
    let address = |after: &str| Url::Client(page.id).with_query(&[(AFTER, after)]);
    let pages = pager(
        page::texts(language).pager,
        "pager pager-alone",
        page.next.as_deref().map(address),
        page.is_continued.then(|| address("")),
    );
    let feed_view = feed(chrome, page.now, &page.feed);
    let files = (!page.feed.is_empty()).then(|| {
        let links = downloads(language, |pair| Url::Client(page.id).with_query(&[pair]));
        view! { <div class="actions">{links}</div> }.into_any()
    });
    let body = view! {
        {problems(language, t, page.adjust.as_ref(), page.block.as_ref())}
        {states(language, t, page)}
        {blocked}
        {balance(chrome, page)}
        {figures_of(chrome, page)}
        {noted_section(t.client.feed, None, files, view! { {feed_view} {pages} })}
        {page.adjust.as_ref().map(|form| adjust(language, t, page.id, form))}
        {page.block.as_ref().map(|form| block(language, t, page.id, is_blocked, form))}
        {other_acts(t, page)}
        {page.card.as_ref().and_then(|(_, barcode)| barcode_section(chrome, page.id, barcode))}
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong,
        body: body.into_any(),
    })
}

/// The notices about a client whom a till does not serve as usual.
fn states(language: Language, t: &'static Texts, page: &Client) -> AnyView {
    let frozen = page.frozen_until.map(|until| {
        let until = moment(language, until, page.now);
        let words = fill(t.client.frozen, &[&until]);
        notice(&Notice::new(Tone::Attention, words))
    });
    let merged = page.merged_into.map(|id| {
        let open = button_link(Weight::Quiet, Url::Client(id), t.client.other_client);
        view! {
            {notice(&Notice::new(Tone::Attention, t.client.is_merged))}
            <p>{open}</p>
        }
    });
    let erased = page
        .phone
        .is_none()
        .then(|| notice(&Notice::new(Tone::Neutral, t.client.is_erased)));
    view! {
        {frozen}
        {merged}
        {erased}
    }
    .into_any()
}

fn other_acts(t: &'static Texts, page: &Client) -> Option<AnyView> {
    if page.acts.is_empty() {
        return None;
    }
    let act = |act: &OtherAct| {
        let (url, words) = match act {
            OtherAct::Phone => (Url::ChangePhone(page.id), t.client.phone_title),
            OtherAct::Merge => (Url::MergeClient(page.id), t.client.merge_title),
            OtherAct::Erase => (Url::EraseClient(page.id), t.client.erase_title),
        };
        button_link(Weight::Quiet, url, words)
    };
    let content = view! {
        <div class="panel pad">
            <div class="actions">{page.acts.iter().map(act).collect_view()}</div>
        </div>
    };
    Some(section(t.client.other_acts, content))
}

fn block_notice(
    language: Language,
    t: &'static Texts,
    page: &Client,
    at: Timestamp,
    reason: Option<&str>,
) -> AnyView {
    let since = fill(t.client.blocked_since, &[&day(language, at, page.now)]);
    let mut message = Notice::new(Tone::Attention, since);
    let reason = reason.map(|reason| fill(t.journal.reason, &[reason]));
    message.text = Some(match reason {
        Some(reason) => format!("{} {reason}", t.client.blocked_note),
        None => t.client.blocked_note.to_owned(),
    });
    notice(&message)
}

fn balance(chrome: &Chrome, page: &Client) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let figure = Figure {
        label: t.client.balance.to_owned(),
        value: money(language, page.balance),
        unit: Some(bonuses(language, t, page.balance).to_owned()),
        href: None,
        words: None,
    };
    let amount = |amount| strong(money(language, amount));
    let mut parts = vec![(t.client.available_now.to_owned(), amount(page.available))];
    if let Some((held, until)) = page.held {
        let until = moment(language, until, page.now);
        parts.push((fill(t.client.held_until, &[&until]), amount(held)));
    }
    if let Some((welcome, from)) = page.welcome {
        let from = money(language, from);
        parts.push((fill(t.client.welcome_from, &[&from]), amount(welcome)));
    }
    if let Some((first, at)) = page.first_to_expire {
        let at = day(language, at, page.now);
        parts.push((fill(t.client.expires_first, &[&at]), amount(first)));
    }
    if page.debt.is_positive() {
        parts.push((t.client.debt.to_owned(), amount(-page.debt)));
    }
    let has_lots = !page.lots.is_empty() || page.rest_of_lots.is_some();
    let why = has_lots.then(|| {
        let title = fill(t.client.why, &[&money(language, page.balance)]);
        view! {
            <details class="why">
                <summary>{title} {Icon::Open.view()}</summary>
                {lots(chrome, page.now, &page.lots, page.rest_of_lots, page.debt)}
            </details>
        }
    });
    view! {
        <section class="panel">
            <div class="pad balance">{figure.view()} {split(parts)}</div>
            {why}
        </section>
    }
    .into_any()
}

fn figures_of(chrome: &Chrome, page: &Client) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let sales = Url::Sales.with_query(&[("client", &page.id.to_string())]);
    let sales = chrome.link(Section::Sales, sales);
    let registered = day(language, page.registered, page.now);
    let (last, place) = match &page.last_purchase {
        Some((at, branch)) => (
            day(language, *at, page.now),
            match branch {
                Some(branch) => format!("{}, {branch}", time(*at)),
                None => time(*at),
            },
        ),
        None => ("—".to_owned(), t.client.no_purchase.to_owned()),
    };
    let tier = page.tier.as_ref().map(|(name, _)| name.as_str());
    let fact = |label: String, value: String, href: Option<String>, note: String| Fact {
        label,
        value,
        href,
        note: Some(note),
    };
    facts(
        "panel facts-4",
        vec![
            fact(
                t.clients.purchases.to_owned(),
                count(language, page.purchases),
                sales.clone(),
                fill(t.client.registered, &[&registered]),
            ),
            fact(
                t.client.paid.to_owned(),
                money(language, page.spent),
                sales,
                t.client.paid_note.to_owned(),
            ),
            fact(t.client.last.to_owned(), last, None, place),
            fact(
                match tier {
                    Some(tier) => fill(t.client.tier, &[tier]),
                    None => t.programme.bonus.to_owned(),
                },
                percent(language, page.percent),
                None,
                t.client.next_purchase.to_owned(),
            ),
        ],
    )
}

fn barcode_section(chrome: &Chrome, id: i64, barcode: &str) -> Option<AnyView> {
    let t = chrome.texts();
    let barcode = ean13(barcode)?;
    let content = view! { <div class="panel pad card-code">{barcode}</div> };
    let print = (chrome.role >= Role::Manager).then(|| {
        view! {
            <a class="link-touch note" href=Url::ClientCard(id).to_string()>
                {t.cards.print}
            </a>
        }
        .into_any()
    });
    Some(noted_section(t.client.card_title, None, print, content))
}
