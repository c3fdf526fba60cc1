//! A client's page: the balance and what it consists of, and the feed of everything that happened.

use app::forms::FormState;
use app::panel::client::{AFTER, Client, OtherAct, html};
use app::panel::client_feed::{Event, EventKind, Step, Why, sheet};
use app::panel::client_forms::{AdjustField, BlockField};
use app::panel::client_lots::{LotRow, RestOfLots};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::clients::{
    self, Cause, ClientPage, FeedEvent, FeedPlace, FeedSale, FeedStep, LotLine, LotSums,
};
use backend::{programme, secrets};
use domain::{EntryKind, LotKind, Money, Programme, Role, Timestamp};

use super::answer::{Failed, page};
use super::export::{self, READ_ROWS};
use super::form::status_of;
use super::session::SignedIn;
use crate::app_state::App;

/// The events of a page.
const EVENTS: usize = 20;
/// The events that a file reads at once.
const READ_EVENTS: usize = 1_000;
/// The lots that an explanation names.
const LOTS_NAMED: usize = 5;

/// The forms of a page: as they were sent, or empty.
#[derive(Default)]
pub(super) struct Forms {
    pub(super) adjust: FormState<AdjustField>,
    pub(super) block: FormState<BlockField>,
}

/// Shows a client, or sends the feed as a file. Twelve statements; one more for a client with more
/// than fifty lots, and one more if the feed does not begin with the newest event.
pub(super) async fn show_client(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    if let Some(format) = export::asked(&query) {
        let language = person.language(&headers);
        let now = app.backend.clock.now();
        let events = whole_feed(&app, &person, id).await?;
        let sheet = move || sheet(language, now, id, &events);
        return export::file(&app, &person, format, sheet).await;
    }
    let after = query.iter().find(|(name, _)| name == AFTER);
    let after = after.and_then(|(_, value)| place(value));
    shown(&app, &headers, &person, id, after, Forms::default()).await
}

/// Finds a client of the person's store.
pub(super) async fn find(app: &App, person: &SignedIn, id: i64) -> Result<ClientPage, Failed> {
    let client = clients::client_page(&app.backend, person.session.tenant_id, id).await?;
    client.ok_or(Failed::NotFound)
}

pub(super) async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    id: i64,
    after: Option<FeedPlace>,
    forms: Forms,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let now = backend.clock.now();
    let client = find(app, person, id).await?;
    let programme = programme::of_store(backend, tenant_id).await?;
    let place = after.unwrap_or(FeedPlace::START);
    let balance = client.stored_balance;
    let feed = clients::feed(backend, tenant_id, id, balance, place, EVENTS).await?;
    let mut events: Vec<Event> = feed
        .events
        .into_iter()
        .map(|event| event_of(event, &programme))
        .collect();
    if after.is_none() {
        events.splice(0..0, unswept(&client, now));
    }
    let status = match status_of(&forms.adjust) {
        StatusCode::OK => status_of(&forms.block),
        refused => refused,
    };
    let next = feed.next.map(text);
    let client = page_of(&client, &programme, now, person.session.role, forms)?;
    let client = Client {
        feed: events,
        next,
        is_continued: after.is_some(),
        ..client
    };
    Ok(page(status, html(&person.chrome(headers), &client)))
}

/// Returns all events of the feed, or as many as a file takes. Eight statements for each thousand.
async fn whole_feed(app: &App, person: &SignedIn, id: i64) -> Result<Vec<Event>, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let client = find(app, person, id).await?;
    let programme = programme::of_store(backend, tenant_id).await?;
    let balance = client.stored_balance;
    let mut events: Vec<Event> = unswept(&client, backend.clock.now()).into_iter().collect();
    let mut next = Some(FeedPlace::START);
    while let Some(place) = next.filter(|_| events.len() < READ_ROWS) {
        let feed = clients::feed(backend, tenant_id, id, balance, place, READ_EVENTS).await?;
        let read = feed.events.into_iter();
        events.extend(read.map(|event| event_of(event, &programme)));
        next = feed.next;
    }
    Ok(events)
}

fn page_of(
    client: &ClientPage,
    programme: &Programme,
    now: Timestamp,
    role: Role,
    forms: Forms,
) -> Result<Client, Failed> {
    let terms = programme.terms(client.total_spent);
    let figures = &client.figures;
    let is_open = client.merged_into.is_none() && client.phone.is_some();
    let may_change = is_open && role >= Role::Manager;
    let mut adjust = forms.adjust;
    if may_change && adjust.value(AdjustField::Once).is_empty() {
        adjust.set(AdjustField::Once, secrets::random_token()?);
    }
    let acts = match role {
        Role::Owner => vec![OtherAct::Phone, OtherAct::Merge, OtherAct::Erase],
        Role::Manager => vec![OtherAct::Phone],
        Role::Accountant => Vec::new(),
    };
    let held = client.held_until.filter(|_| figures.held.is_positive());
    let welcome_from = programme.welcome_min_redeem;
    let welcome = figures.welcome.is_positive() && welcome_from.is_positive();
    Ok(Client {
        now,
        id: client.id,
        name: client.full_name.clone(),
        phone: client.phone.clone(),
        card: client.phone.is_some().then(|| {
            let card = client.card_number;
            (card.to_string(), card.ean13().to_string())
        }),
        tier: terms
            .tier
            .map(|tier| (tier.name.clone(), tier.color.clone())),
        percent: terms.bonus_percent,
        balance: figures.bonus_balance,
        available: figures.redeemable,
        held: held.map(|until| (figures.held, until)),
        welcome: welcome.then_some((figures.welcome, welcome_from)),
        first_to_expire: first_to_expire(client),
        debt: client.debt,
        lots: client.lots.lines.iter().map(lot_row).collect(),
        rest_of_lots: client.lots.rest.as_ref().map(rest),
        purchases: client.purchases,
        spent: client.total_spent,
        registered: client.registered,
        last_purchase: client
            .last_purchase
            .map(|at| (at, client.last_branch.clone())),
        feed: Vec::new(),
        next: None,
        is_continued: false,
        frozen_until: figures.frozen_until,
        merged_into: client.merged_into,
        blocked: client.blocked.clone(),
        adjust: may_change.then_some(adjust),
        block: may_change.then_some(forms.block),
        acts: if is_open { acts } else { Vec::new() },
    })
}

fn first_to_expire(client: &ClientPage) -> Option<(Money, Timestamp)> {
    let ending = client.lots.lines.iter().filter_map(|lot| {
        let left = Some(lot.sums.remaining).filter(|left| left.is_positive())?;
        Some((left, lot.expires_at?))
    });
    ending.min_by_key(|(_, at)| *at)
}

fn lot_row(lot: &LotLine) -> LotRow {
    LotRow {
        kind: lot.kind,
        sale: lot.sale,
        at: lot.at,
        amount: lot.sums.amount,
        spent: lot.sums.spent,
        cancelled: lot.sums.cancelled,
        expired: lot.sums.expired,
        remaining: lot.sums.remaining,
        available_at: lot.available_at,
        expires_at: lot.expires_at,
    }
}

fn rest(sums: &LotSums) -> RestOfLots {
    RestOfLots {
        count: sums.count,
        amount: sums.amount,
        spent: sums.spent,
        gone: sums.cancelled + sums.expired,
        remaining: sums.remaining,
    }
}

/// Returns the event of bonuses that have expired and wait for the nightly job.
fn unswept(client: &ClientPage, now: Timestamp) -> Option<Event> {
    let (before, after) = (client.stored_balance, client.figures.bonus_balance);
    (before != after).then(|| Event {
        at: now,
        kind: EventKind::Expiry,
        sale: None,
        other: None,
        is_pending: true,
        place: None,
        who: None,
        reason: None,
        before,
        steps: vec![Step {
            kind: EntryKind::Expire,
            amount: after - before,
            why: None,
        }],
        after,
    })
}

fn event_of(event: FeedEvent, programme: &Programme) -> Event {
    let (mut sale, mut other, mut who, mut reason) = (None, None, None, None);
    let mut share = None;
    let mut accrued = None;
    let kind = match event.cause {
        Cause::Sale(of) => {
            sale = Some(of.id);
            let (is_redemption, total) = (of.is_redemption, of.total);
            accrued = Some(of);
            if is_redemption {
                EventKind::Redemption
            } else {
                EventKind::Purchase(total)
            }
        }
        Cause::Return {
            amount,
            counted,
            sale: of,
        } => {
            sale = of.map(|(id, _)| id);
            share = of.map(|(_, total)| (counted, total));
            EventKind::Return(amount)
        }
        Cause::Void(id, total) => {
            sale = Some(id);
            EventKind::Void(total)
        }
        Cause::Friend => EventKind::Referral,
        Cause::ByHand {
            who: person,
            reason: why,
        } => {
            (who, reason) = (Some(person), Some(why));
            EventKind::Manual
        }
        Cause::Merge {
            other_id,
            who: person,
            reason: why,
        } => {
            other = Some(other_id);
            who = Some(person);
            reason = Some(why).filter(|why| !why.is_empty());
            EventKind::Merge
        }
        Cause::Credit(LotKind::Welcome) => EventKind::Registration,
        Cause::Credit(kind) => EventKind::Other(kind),
        Cause::Expiry => EventKind::Expiry,
    };
    let step = |step: FeedStep| {
        let why = match step.kind {
            EntryKind::Credit(LotKind::Purchase) => accrued
                .as_ref()
                .and_then(|sale| percent_of(sale, programme)),
            EntryKind::Redeem | EntryKind::Adjust | EntryKind::Expire => taken_from(&step),
            EntryKind::Revoke | EntryKind::Restore => {
                share.map(|(counted, total)| Why::Share(counted, total))
            }
            _ => None,
        };
        Step {
            kind: step.kind,
            amount: step.amount,
            why,
        }
    };
    Event {
        at: event.at,
        kind,
        sale,
        other,
        is_pending: false,
        place: event
            .place
            .map(|(branch, till)| format!("{branch}, {till}")),
        who,
        reason,
        before: event.before,
        steps: event.steps.into_iter().map(step).collect(),
        after: event.after,
    }
}

/// Returns the percentage that the cashback was, if it is one of the programme's.
fn percent_of(sale: &FeedSale, programme: &Programme) -> Option<Why> {
    let of_tiers = programme.tiers.iter().filter_map(|tier| tier.bonus_percent);
    let rates: Vec<_> = [programme.bonus_percent]
        .into_iter()
        .chain(of_tiers)
        .collect();
    for base in [sale.paid, sale.gross] {
        let rate = rates
            .iter()
            .find(|rate| base.percent_half_up(**rate) == sale.accrued);
        if let Some(rate) = rate {
            return Some(Why::Percent(*rate, base));
        }
    }
    None
}

fn taken_from(step: &FeedStep) -> Option<Why> {
    let named: Vec<_> = step
        .took
        .iter()
        .take(LOTS_NAMED)
        .map(|took| (took.amount, took.kind, took.given_at))
        .collect();
    let sum: Money = named.iter().map(|(amount, ..)| *amount).sum();
    (!named.is_empty()).then(|| Why::Lots(named, -step.amount - sum))
}

/// Reads the place in the feed from the query.
fn place(text: &str) -> Option<FeedPlace> {
    let mut numbers = text.split('.').map(|number| number.parse().ok());
    let mut next = || numbers.next().flatten();
    Some(FeedPlace {
        seq: next()?,
        document: (Timestamp::from_micros(next()?), next()?, next()?),
    })
}

fn text(place: FeedPlace) -> String {
    let (at, kind, id) = place.document;
    format!("{}.{}.{kind}.{id}", place.seq, at.micros())
}
