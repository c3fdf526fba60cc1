//! The messages to clients: how they ended and why, and what SMS cost.

use domain::messages::Channel;
use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::texts::Texts;
use super::urls::Url;
use crate::forms::post_button;
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{count, moment, money, phone};
use crate::ui::head::{Head, Weight, button_link, empty};
use crate::ui::pager::pager;
use crate::ui::states::{Tone, state};
use crate::ui::table::{Cell, Row, Table, column, sub, title};

/// The name in the query of the outcome that is shown.
pub const OUTCOME: &str = "outcome";
/// The names in the query of the place after which the rows continue.
pub const AFTER: [&str; 2] = ["at", "subject"];
/// The name of the message in a form.
pub const SUBJECT: &str = "subject";

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for its next attempt.
    Waiting,
    /// It was sent.
    Sent,
    /// It was not needed.
    Skipped,
    /// It was too old.
    Expired,
    /// It never will be accepted.
    Failed,
    /// It may have arrived.
    Unknown,
}

impl Outcome {
    /// Every outcome, in the order of the texts.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Sent,
        Self::Skipped,
        Self::Expired,
        Self::Failed,
        Self::Unknown,
    ];

    const fn words(self, t: &Texts) -> &'static str {
        let [waiting, sent, skipped, expired, failed, unknown] = t.messages.outcomes;
        match self {
            Self::Waiting => waiting,
            Self::Sent => sent,
            Self::Skipped => skipped,
            Self::Expired => expired,
            Self::Failed => failed,
            Self::Unknown => unknown,
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Sent => Tone::Good,
            Self::Waiting | Self::Expired | Self::Unknown => Tone::Attention,
            Self::Failed => Tone::Danger,
            Self::Skipped => Tone::Neutral,
        }
    }
}

/// The page of the messages.
#[derive(Clone, Debug)]
pub struct Messages {
    /// The current moment.
    pub now: Timestamp,
    /// The outcome that is shown, with its code; `None` for all.
    pub shown: Option<Outcome>,
    /// How many messages of the last month ended in each way, with the code of the query.
    pub counts: Vec<(Outcome, &'static str, i64)>,
    /// How many each channel has accepted in a month.
    pub by_channel: Vec<(Channel, i64)>,
    /// The paid parts of SMS in a month, and what they cost.
    pub sms: (i64, Money),
    /// The messages, the newest first.
    pub rows: Vec<MessageRow>,
    /// `true` if more rows follow.
    pub has_more: bool,
    /// `true` if these are not the first rows.
    pub is_continued: bool,
}

/// A message of the list.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// What it is about: `sale:7`.
    pub subject: String,
    /// The moment when it was written.
    pub at: Timestamp,
    /// The client.
    pub client_id: i64,
    /// The client's name.
    pub name: Option<String>,
    /// The client's phone in E.164; `None` for an erased client.
    pub phone: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// The channels that have accepted it.
    pub channels: Vec<Channel>,
    /// The word of what went wrong.
    pub why: Option<String>,
    /// The next attempt.
    pub due_at: Option<Timestamp>,
    /// `true` if it may be sent again.
    pub may_ask_again: bool,
}

pub(super) const fn channel_words(t: &Texts, channel: Channel) -> &'static str {
    let [push, telegram, sms] = t.messages.channels;
    match channel {
        Channel::Push => push,
        Channel::Telegram => telegram,
        Channel::Sms => sms,
    }
}

/// Returns what a message is about.
fn kind_words(t: &Texts, subject: &str) -> &'static str {
    let [
        sale,
        goods,
        voided,
        welcome,
        referral,
        adjusted,
        phone,
        expiring,
    ] = t.messages.kinds;
    match subject.split(':').next().unwrap_or_default() {
        "sale" => sale,
        "return" => goods,
        "voided" => voided,
        "welcome" => welcome,
        "referral" => referral,
        "adjusted" => adjusted,
        "phone" => phone,
        "expiring" => expiring,
        _ => "",
    }
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Messages) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.messages.title);
    head.note = Some(t.messages.note.into_any());
    head.actions = vec![
        button_link(Weight::Quiet, Url::Joining.to_string(), t.joining.title),
        button_link(Weight::Quiet, Url::Channels.to_string(), t.messages.set_up),
    ];
    let content = if page.rows.is_empty() {
        empty(t.messages.empty, t.messages.empty_advice, None)
    } else {
        list(language, t, page)
    };
    let body = view! {
        {sums(language, t, page)}
        {chips(language, t, page)}
        <section class="panel">{content}</section>
    };
    chrome.page(Page {
        section: Some(Section::Messages),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn sums(language: Language, t: &'static Texts, page: &Messages) -> AnyView {
    let figure = |label: String, value: String| Figure {
        label,
        value,
        unit: None,
        href: None,
        words: Some(words(t.messages.of_month)),
    };
    let mut figures: Vec<Figure> = page
        .by_channel
        .iter()
        .map(|(channel, number)| {
            let label = channel_words(t, *channel).to_owned();
            figure(label, count(language, *number))
        })
        .collect();
    let (parts, cost) = page.sms;
    if parts > 0 {
        figures.push(figure(
            t.messages.sms_parts.to_owned(),
            count(language, parts),
        ));
    }
    if !cost.is_zero() {
        figures.push(figure(
            t.messages.sms_cost.to_owned(),
            money(language, cost),
        ));
    }
    if figures.is_empty() {
        return ().into_any();
    }
    let figures = figures.into_iter().map(Figure::view).collect_view();
    view! { <section class="panel pad figures">{figures}</section> }.into_any()
}

fn chips(language: Language, t: &'static Texts, page: &Messages) -> AnyView {
    let chip = |words: &'static str, code: &str, number: Option<i64>, is_current: bool| {
        let href = Url::Messages.with_query(&[(OUTCOME, code)]);
        view! {
            <a class="chip" href=href aria-current=is_current.then_some("true")>
                {words}
                {number.map(|number| view! { <span class="num">{count(language, number)}</span> })}
            </a>
        }
    };
    let all = chip(t.messages.all, "", None, page.shown.is_none());
    let each = page.counts.iter().map(|(outcome, code, number)| {
        let is_current = page.shown == Some(*outcome);
        chip(outcome.words(t), code, Some(*number), is_current)
    });
    view! {
        <div class="filters">
            <nav class="chips" aria-label=t.messages.outcome_name>
                {all} {each.collect_view()}
            </nav>
        </div>
    }
    .into_any()
}

fn list(language: Language, t: &'static Texts, page: &Messages) -> AnyView {
    let table = Table {
        name: t.messages.title.to_owned(),
        class: "",
        columns: vec![
            column(t.messages.what),
            column(t.messages.client),
            column(t.messages.channel),
            column(t.messages.state),
        ],
        groups: vec![
            page.rows
                .iter()
                .map(|row| message(language, t, page, row))
                .collect(),
        ],
        total: None,
    };
    let shown = page.shown.and_then(|shown| {
        let mut known = page.counts.iter();
        known.find(|(outcome, _, _)| *outcome == shown)
    });
    let code = shown.map_or("", |(_, code, _)| code);
    let address = |more: &[(&str, &str)]| {
        let mut pairs = vec![(OUTCOME, code)];
        pairs.extend_from_slice(more);
        Url::Messages.with_query(&pairs)
    };
    let next = page.rows.last().filter(|_| page.has_more).map(|last| {
        let [at, subject] = AFTER;
        address(&[
            (at, &last.at.micros().to_string()),
            (subject, &last.subject),
        ])
    });
    let pages = pager(
        page::texts(language).pager,
        "pager",
        next,
        page.is_continued.then(|| address(&[])),
    );
    view! { {table.view()} {pages} }.into_any()
}

fn message(language: Language, t: &'static Texts, page: &Messages, row: &MessageRow) -> Row {
    let who = row.name.clone().or_else(|| row.phone.as_deref().map(phone));
    let who = who.unwrap_or_else(|| t.messages.erased.to_owned());
    let channels: Vec<_> = row
        .channels
        .iter()
        .map(|channel| channel_words(t, *channel))
        .collect();
    let channels = if channels.is_empty() {
        "—".to_owned()
    } else {
        channels.join(", ")
    };
    let why = row.why.as_deref().map(|word| t.messages.fault(word));
    let next = row
        .due_at
        .map(|at| format!("{} {}", t.messages.next_try, moment(language, at, page.now)));
    let again = row.may_ask_again.then(|| {
        let values: &[(&str, &str)] = &[(SUBJECT, &row.subject)];
        post_button(
            Weight::Quiet,
            Url::SendAgain.to_string(),
            t.messages.again,
            values,
        )
    });
    let at = moment(language, row.at, page.now);
    Row::new(vec![
        Cell::left(view! { {title(None, kind_words(t, &row.subject))} {sub(at)} }),
        Cell::beside(view! {
            <a class="rows-link" href=Url::Client(row.client_id).to_string()>
                {who}
            </a>
        }),
        Cell::text(channels),
        Cell::below(view! {
            {state(row.outcome.tone(), row.outcome.words(t))}
            {why.map(sub)}
            {next.map(sub)}
            {again.map(|again| view! { <div class="apart">{again}</div> })}
        }),
    ])
}
