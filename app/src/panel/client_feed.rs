//! The feed of a client: everything that changed the balance, each with its arithmetic.

use domain::{BasisPoints, EntryKind, LotKind, Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::ledger_words::{entry, lot};
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::locales::Language;
use crate::ui::format::{day, fill, moment, money, percent, share, signed};
use crate::ui::icons::Icon;
use crate::ui::sheet::{Column, Sheet};
use crate::ui::sums::{Line, sum};

/// An event of a client: the entries that one request made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The moment.
    pub at: Timestamp,
    /// The kind of the event.
    pub kind: EventKind,
    /// The sale that the event opens.
    pub sale: Option<i64>,
    /// The other client of a merge.
    pub other: Option<i64>,
    /// `true` for bonuses that have expired, whose entry is still to be made.
    pub is_pending: bool,
    /// The branch and the till.
    pub place: Option<String>,
    /// The person who did it by hand.
    pub who: Option<String>,
    /// The reason that the person gave.
    pub reason: Option<String>,
    /// The balance before.
    pub before: Money,
    /// The entries.
    pub steps: Vec<Step>,
    /// The balance after.
    pub after: Money,
}

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The registration.
    Registration,
    /// A purchase with its sum.
    Purchase(Money),
    /// A return of goods for this sum.
    Return(Money),
    /// The till cancelled a purchase of this sum, or a redemption.
    Void(Money),
    /// A redemption without a sale.
    Redemption,
    /// The end of bonuses.
    Expiry,
    /// Bonuses for an invited client.
    Referral,
    /// A change by hand.
    Manual,
    /// A merge with another client.
    Merge,
    /// Bonuses of this kind without a document.
    Other(LotKind),
}

/// An entry of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The effect.
    pub kind: EntryKind,
    /// The change of the balance.
    pub amount: Money,
    /// The explanation of the amount.
    pub why: Option<Why>,
}

/// The explanation of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A percentage of an amount.
    Percent(BasisPoints, Money),
    /// The lots that it took from: the amount from each, its kind, and when it was given; then the
    /// amount from lots that are not named.
    Lots(Vec<(Money, LotKind, Timestamp)>, Money),
    /// The part of the goods that came back, and all goods.
    Share(Money, Money),
}

/// Renders the feed.
pub(super) fn feed(chrome: &Chrome, now: Timestamp, events: &[Event]) -> AnyView {
    let t = chrome.texts();
    if events.is_empty() {
        return view! { <p class="panel pad note">{t.client.no_events}</p> }.into_any();
    }
    let event = |event: &Event| event_view(chrome, now, event);
    view! { <ol class="feed panel">{events.iter().map(event).collect_view()}</ol> }.into_any()
}

fn event_view(chrome: &Chrome, now: Timestamp, event: &Event) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let title = title(language, t, event.kind);
    let about = [
        Some(moment(language, event.at, now)),
        event.place.clone(),
        event.who.clone(),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let moves = event.steps.iter().map(|step| {
        let class = if step.amount.is_positive() {
            "plus"
        } else {
            "minus"
        };
        view! { <span class=class>{signed(language, step.amount)}</span>" " }
    });
    let moves = moves.collect_view();
    let after = fill(t.client.balance_after, &[&money(language, event.after)]);
    let sale = event.sale.map(|id| Url::Sale(id).to_string());
    let sale = sale.and_then(|url| chrome.link(Section::Sales, url));
    let other = event.other.map(|id| Url::Client(id).to_string());
    let links = [
        sale.map(|url| (url, t.client.open_sale)),
        other.map(|url| (url, t.client.other_client)),
    ];
    let links = links.into_iter().flatten().map(|(url, words)| {
        view! {
            <p>
                <a class="link-touch" href=url>
                    {words}
                </a>
            </p>
        }
    });
    let links = links.collect_view();
    let pending = event
        .is_pending
        .then(|| view! { <p class="note">{t.client.unswept}</p> });
    let reason = event
        .reason
        .as_ref()
        .map(|reason| fill(t.journal.reason, &[reason]));
    view! {
        <li>
            <details>
                <summary>
                    <span>
                        <span class="strong">{title}</span>
                        <span class="sub">{about.join(" · ")}</span>
                    </span>
                    <span class="feed-moves">{moves} <span class="sub">{after}</span></span>
                    {Icon::Open.view()}
                </summary>
                <div class="feed-open">
                    {sum(lines(language, t, now, event))}
                    {reason.map(|reason| view! { <p class="note">{reason}</p> })}
                    {pending}
                    {links}
                </div>
            </details>
        </li>
    }
    .into_any()
}

fn title(language: Language, t: &'static Texts, kind: EventKind) -> String {
    match kind {
        EventKind::Registration => t.client.registration.to_owned(),
        EventKind::Purchase(total) => fill(t.client.purchase_of, &[&money(language, total)]),
        EventKind::Return(total) => fill(t.client.return_of, &[&money(language, total)]),
        EventKind::Void(total) => fill(t.client.void_of, &[&money(language, total)]),
        EventKind::Redemption => t.client.redemption.to_owned(),
        EventKind::Expiry => t.client.expiry.to_owned(),
        EventKind::Referral => t.client.lot_referral.to_owned(),
        EventKind::Manual => t.client.by_hand.to_owned(),
        EventKind::Merge => t.client.merge.to_owned(),
        EventKind::Other(kind) => lot(t, kind).to_owned(),
    }
}

/// An entry as a row of a file. An event without entries is a row without a change.
struct Change<'e> {
    event: &'e Event,
    step: Option<&'e Step>,
    /// The balance after this entry.
    after: Money,
}

/// Returns the feed as a file: a row for each entry, so that the changes add up to the balance.
pub fn sheet(language: Language, now: Timestamp, client: i64, events: &[Event]) -> Sheet {
    let t = texts(language);
    let mut changes = Vec::new();
    for event in events {
        let mut after = event.before;
        let mut of_event: Vec<Change<'_>> = Vec::new();
        for step in &event.steps {
            after += step.amount;
            let step = Some(step);
            of_event.push(Change { event, step, after });
        }
        if of_event.is_empty() {
            let step = None;
            of_event.push(Change { event, step, after });
        }
        // The newest first, as the events are.
        changes.extend(of_event.into_iter().rev());
    }
    let columns = [
        Column::new(t.journal.when, |row: &Change<'_>| row.event.at),
        Column::new(t.journal.what, move |row: &Change<'_>| {
            title(language, t, row.event.kind)
        }),
        Column::new(t.client.effect, move |row: &Change<'_>| {
            row.step.map(|step| entry(t, step.kind))
        }),
        Column::new(t.client.change_column, |row: &Change<'_>| {
            row.step.map_or(Money::ZERO, |step| step.amount)
        }),
        Column::new(t.sale.balance_after, |row: &Change<'_>| row.after),
        Column::new(t.client.explanation, move |row: &Change<'_>| {
            let why = row.step.and_then(|step| step.why.as_ref());
            why.and_then(|why| why_words(language, t, now, why))
        }),
        Column::new(t.sales.place, |row: &Change<'_>| row.event.place.clone()),
        Column::new(t.journal.who, |row: &Change<'_>| row.event.who.clone()),
        Column::new(t.journal.why, |row: &Change<'_>| row.event.reason.clone()),
        Column::new(t.sales.sale, |row: &Change<'_>| row.event.sale),
    ];
    let name = format!("{} {client}", t.client.about);
    Sheet::new(language, name, &columns, &changes)
}

fn lines(language: Language, t: &'static Texts, now: Timestamp, event: &Event) -> Vec<Line> {
    let mut lines = vec![Line::new(t.client.was, money(language, event.before))];
    lines.extend(event.steps.iter().map(|step| {
        let why = step
            .why
            .as_ref()
            .and_then(|why| why_words(language, t, now, why));
        Line::new(entry(t, step.kind), signed(language, step.amount)).because(why)
    }));
    lines.push(Line::new(t.client.became, money(language, event.after)).total());
    lines
}

fn why_words(language: Language, t: &'static Texts, now: Timestamp, why: &Why) -> Option<String> {
    match why {
        Why::Percent(rate, base) => Some(fill(
            t.sale.percent_of,
            &[&percent(language, *rate), &money(language, *base)],
        )),
        Why::Lots(lots, rest) => {
            let part = |(amount, kind, at): &(Money, LotKind, Timestamp)| {
                let kind = lot(t, *kind);
                let amount = money(language, *amount);
                fill(
                    t.client.from_lot,
                    &[&amount, kind, &day(language, *at, now)],
                )
            };
            let mut parts: Vec<String> = lots.iter().map(part).collect();
            if rest.is_positive() {
                parts.push(fill(t.client.rest_of_lots, &[&money(language, *rest)]));
            }
            Some(parts.join("; "))
        }
        Why::Share(part, whole) => {
            let share = share(language, part.dirams(), whole.dirams())?;
            Some(fill(t.sale.share, &[&share]))
        }
    }
}
