//! The clients: search, groups worth a look, and rows.

use domain::{Money, Role, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::ledger_words::bonuses;
use super::texts::Texts;
use super::urls::Url;
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{count, day, fill, money, phone};
use crate::ui::head::{Head, Weight, button_link, empty, tag};
use crate::ui::pager::pager;
use crate::ui::states::{Tone, state};
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub, title, wide};

/// The names in the query: the search, the group, and the key after which the rows continue.
pub const QUERY: [&str; 3] = ["q", "group", "after"];

/// The page of the clients.
#[derive(Clone, Debug)]
pub struct Clients {
    /// The current moment.
    pub now: Timestamp,
    /// The text that was searched for.
    pub search: String,
    /// The group that is shown.
    pub group: Group,
    /// The groups with their numbers of clients.
    pub groups: Vec<(Group, i64)>,
    /// The tiers by number, with their names.
    pub tiers: Vec<(i64, String)>,
    /// The bonuses that expire soon, for the group of their clients.
    pub expiring: Option<Expiring>,
    /// The rows.
    pub rows: Vec<ClientRow>,
    /// The key after which the next page continues; `None` on the last page.
    pub next: Option<String>,
    /// `true` if these are not the first rows.
    pub is_continued: bool,
}

/// A group of clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// All clients.
    All,
    /// The clients with bonuses that expire soon.
    Expiring,
    /// The clients without a purchase for 90 days.
    Sleeping,
    /// The blocked clients.
    Blocked,
    /// The clients of the tier with this number.
    Tier(i64),
}

impl Group {
    /// Returns the value of the query.
    pub fn code(self) -> String {
        match self {
            Self::All => String::new(),
            Self::Expiring => "expiring".to_owned(),
            Self::Sleeping => "sleeping".to_owned(),
            Self::Blocked => "blocked".to_owned(),
            Self::Tier(id) => format!("tier-{id}"),
        }
    }

    /// Returns the group with this value.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "" => Some(Self::All),
            "expiring" => Some(Self::Expiring),
            "sleeping" => Some(Self::Sleeping),
            "blocked" => Some(Self::Blocked),
            _ => code.strip_prefix("tier-")?.parse().ok().map(Self::Tier),
        }
    }
}

/// The bonuses that expire soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// The sum.
    pub amount: Money,
    /// The last moment that counts.
    pub until: Timestamp,
    /// The number of clients.
    pub clients: i64,
    /// The days before the expiry in which a client is reminded; 0 = never.
    pub reminder_days: i64,
}

/// A client in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRow {
    /// The number of the client.
    pub id: i64,
    /// The name; `None` if it is not known.
    pub name: Option<String>,
    /// The phone in E.164; `None` if it was erased.
    pub phone: Option<String>,
    /// The name and the colour of the tier.
    pub tier: Option<(String, String)>,
    /// The bonuses that can be spent now.
    pub available: Money,
    /// The next bonuses to expire, and the moment.
    pub expiring: Option<(Money, Timestamp)>,
    /// The number of purchases.
    pub purchases: i64,
    /// The money paid, without what returns have paid back.
    pub spent: Money,
    /// The last purchase.
    pub last_purchase: Option<Timestamp>,
    /// `true` if the client is blocked.
    pub is_blocked: bool,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Clients) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let content = if page.rows.is_empty() {
        let title = if page.search.is_empty() {
            t.clients.none.to_owned()
        } else {
            fill(t.clients.not_found, &[&page.search])
        };
        let advice = if page.search.is_empty() {
            t.clients.none_advice
        } else {
            t.clients.not_found_advice
        };
        let all = button_link(Weight::Quiet, Url::Clients, t.clients.show_all);
        let is_filtered = !page.search.is_empty() || page.group != Group::All;
        empty(title, advice, is_filtered.then_some(all))
    } else {
        rows(language, t, page)
    };
    let cards = (chrome.role >= Role::Manager).then(|| {
        view! {
            <p class="note section-head">
                <a class="link-touch" href=Url::Cards.to_string()>
                    {t.cards.title}
                </a>
            </p>
        }
    });
    let body = view! {
        {filters(language, t, page)}
        <section class="panel">{content}</section>
        {cards}
    };
    let mut head = Head::new(t.common.clients);
    if chrome.role == Role::Owner {
        let [by_search, by_group, _] = QUERY;
        let filter = [
            (by_search, page.search.as_str()),
            (by_group, &page.group.code()),
        ];
        let export = Url::ExportClients.with_query(&filter);
        head.actions = vec![
            button_link(Weight::Quiet, Url::ImportClients, t.import.short),
            button_link(Weight::Quiet, export, t.cards.short),
        ];
    }
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn address(search: &str, group: Group, after: &str) -> String {
    let [by_search, by_group, by_after] = QUERY;
    Url::Clients.with_query(&[
        (by_search, search),
        (by_group, &group.code()),
        (by_after, after),
    ])
}

fn filters(language: Language, t: &'static Texts, page: &Clients) -> AnyView {
    let [by_search, ..] = QUERY;
    let chip = |(group, number): &(Group, i64)| {
        let words = group_words(t, page, *group);
        let is_current = *group == page.group;
        view! {
            <a
                class="chip"
                href=address("", *group, "")
                aria-current=is_current.then_some("true")
            >
                {words}
                " "
                <span class="num">{count(language, *number)}</span>
            </a>
        }
    };
    let search = page.search.clone();
    view! {
        <div class="filters">
            <form class="search" role="search" action=Url::Clients.to_string()>
                <label class="hidden" for="search">
                    {t.clients.search}
                </label>
                <input
                    class="input"
                    id="search"
                    type="search"
                    name=by_search
                    value=search
                    placeholder=t.clients.search
                />
                <button class="button button-quiet">{t.clients.find}</button>
            </form>
            <nav class="chips" aria-label=t.clients.groups>
                {page.groups.iter().map(chip).collect_view()}
            </nav>
        </div>
    }
    .into_any()
}

fn group_words(t: &'static Texts, page: &Clients, group: Group) -> String {
    let words = match group {
        Group::All => t.clients.all,
        Group::Expiring => t.clients.expiring,
        Group::Sleeping => t.clients.sleeping,
        Group::Blocked => t.clients.blocked,
        Group::Tier(id) => {
            let tier = page.tiers.iter().find(|(known, _)| *known == id);
            return tier.map_or_else(|| id.to_string(), |(_, name)| name.clone());
        }
    };
    words.to_owned()
}

fn rows(language: Language, t: &'static Texts, page: &Clients) -> AnyView {
    let expiring = page.expiring.map(|expiring| {
        let clients = t.clients.clients_noun.of(language, expiring.clients);
        let sentence = fill(t.clients.at_clients, &[&clients]);
        let sentence = match expiring.reminder_days {
            0 => sentence,
            days => {
                let days = t.clients.days_noun.of(language, days);
                format!("{sentence} {}", fill(t.clients.reminded, &[&days]))
            }
        };
        let figure = Figure {
            label: fill(
                t.clients.expire_until,
                &[&day(language, expiring.until, page.now)],
            ),
            value: money(language, expiring.amount),
            unit: Some(bonuses(language, t, expiring.amount).to_owned()),
            href: None,
            words: Some(words(sentence)),
        };
        view! { <div class="pad">{figure.view()}</div> }
    });
    let class = if page.expiring.is_some() { "ruled" } else { "" };
    let table = Table {
        name: t.common.clients.to_owned(),
        class,
        columns: vec![
            column(t.clients.client),
            column(t.clients.tier),
            figures(t.clients.available),
            figures(t.clients.expires),
            wide(t.clients.purchases),
            wide(t.clients.spent),
            column(t.clients.last),
        ],
        groups: vec![
            page.rows
                .iter()
                .map(|row| client(language, t, page, row))
                .collect(),
        ],
        total: None,
    };
    let pages = pager(
        page::texts(language).pager,
        "pager",
        page.next
            .as_deref()
            .map(|after| address(&page.search, page.group, after)),
        page.is_continued
            .then(|| address(&page.search, page.group, "")),
    );
    view! {
        {expiring}
        {table.view()}
        {pages}
    }
    .into_any()
}

fn client(language: Language, t: &'static Texts, page: &Clients, row: &ClientRow) -> Row {
    const DAY: i64 = 86_400_000_000;
    let name = match &row.name {
        Some(name) => name.clone(),
        None if row.phone.is_none() => t.clients.erased.to_owned(),
        None => t.clients.no_name.to_owned(),
    };
    let tier_name = row.tier.as_ref().map(|(name, _)| name.clone());
    let on_phone = if row.is_blocked {
        Some(t.clients.is_blocked.to_owned())
    } else {
        tier_name
    };
    let phone_line = view! {
        <span class="num">{row.phone.as_deref().map(phone)}</span>
        {on_phone.map(|words| view! { <span class="phone">" · " {words}</span> })}
    };
    let tier = match &row.tier {
        _ if row.is_blocked => state(Tone::Neutral, t.clients.is_blocked),
        Some((name, colour)) => tag(name.clone(), Some(colour.clone())),
        None => view! { <span class="muted">"—"</span> }.into_any(),
    };
    let expiring = match row.expiring {
        Some((amount, at)) => {
            let is_soon = at.micros() - page.now.micros() < 2 * DAY;
            let tomorrow = page.now.plus_days(1);
            let until = if at.local_date() == page.now.local_date() {
                t.clients.until_today.to_owned()
            } else if at.local_date() == tomorrow.local_date() {
                t.clients.until_tomorrow.to_owned()
            } else {
                fill(t.clients.until, &[&day(language, at, page.now)])
            };
            view! {
                {strong(money(language, amount))}
                {if is_soon {
                    sub(view! { <span class="soon">{until}</span> })
                } else {
                    sub(until)
                }}
            }
            .into_any()
        }
        // A card has the balance on the right if nothing expires.
        None => view! {
            <span class="phone">{money(language, row.available)}</span>
            <span class="desk muted">"—"</span>
        }
        .into_any(),
    };
    let last = row
        .last_purchase
        .map_or_else(|| "—".to_owned(), |at| day(language, at, page.now));
    Row::new(vec![
        Cell::left(
            view! { {title(Some(Url::Client(row.id).to_string()), name)} {sub(phone_line)} },
        ),
        Cell::text(tier),
        Cell::figure(money(language, row.available)),
        Cell::right(expiring),
        Cell::wide(count(language, row.purchases)),
        Cell::wide(money(language, row.spent)),
        Cell::text(last),
    ])
}
