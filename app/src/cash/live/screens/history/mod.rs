//! This till's checks: what waits, what was refused, what can come back.

pub mod store;
mod void;

use domain::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::amount::AmountEntry;
use till::format::{self, with_currency};
use till::identify::read_code;
use till::journal::{Kind, Record, returned, search};
use till::outgoing::{Age, Outgoing, age, record_of};

use crate::cash::live::flows::clients::find;
use crate::cash::live::flows::outbox;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::screens::history::store::{StoreChecks, StoreSearchButton, look};
use crate::cash::live::screens::history::void::Void;
use crate::cash::live::screens::menu::SheetHeader;
use crate::cash::live::ui::drawn::Draw;

/// So many more are shown at a time: a page of them is drawn in a moment on a slow phone.
const PAGE: usize = 100;
const DAY_MS: i64 = 24 * 3_600_000;

/// Checks of this till, the newest first.
#[component]
pub fn History(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let wanted = till.search.text;
    // Also what is refused while it is open, if all of it is shown and somebody looks.
    Effect::new(move || {
        till.link.journal.track();
        if wanted.with(String::is_empty) && page::is_visible() {
            outbox::mark_refused_seen(till);
        }
    });
    let shown = RwSignal::new(PAGE);
    Effect::new(move || {
        wanted.track();
        shown.set(PAGE);
    });
    let list = move || {
        let (shown_now, offset) = (shown.get(), page::local_offset_minutes());
        let (found, is_all) = till.link.journal.with(|journal| {
            let found = wanted.with(|wanted| search(journal, wanted, offset));
            let page: Vec<_> = found.iter().take(shown_now).copied().cloned().collect();
            (page, found.len() <= shown_now)
        });
        if found.is_empty() {
            if till.search.names_client() {
                // There is more to look through.
                return ().drawn();
            }
            let nothing = if wanted.with(String::is_empty) {
                texts.empty
            } else {
                texts.nothing_found
            };
            return view! { <p class="muted empty">{nothing}</p> }.drawn();
        }
        let day_of = |record: &Record| format::local_date(record.at_ms, offset);
        let days = found.chunk_by(|newer, older| day_of(newer) == day_of(older));
        let days = days.map(|day| view! { <Day till records=day.to_vec() /> });
        let more = (!is_all).then(|| {
            view! {
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| shown.update(|shown| *shown += PAGE)
                >
                    {texts.show_more}
                </button>
            }
        });
        view! {
            {days.collect_view()}
            {more}
        }
        .drawn()
    };
    view! {
        <section class="sheet history" role="dialog" aria-modal="true" aria-labelledby="history">
            <SheetHeader till id="history" title=texts.title />
            <Waiting till />
            <input
                class="field-input"
                type="search"
                aria-label=texts.search
                placeholder=texts.search
                prop:value=wanted
                on:input=move |event| till.search.type_text(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        look(till);
                    }
                }
            />
            <StoreSearchButton till />
            {list}
            <StoreChecks till />
        </section>
    }
    .drawn()
}

/// What was done on one day.
#[component]
fn Day(till: Till, records: Vec<Record>) -> impl IntoView {
    let texts = &till.texts.history;
    let (now_ms, offset) = (till.now_ms(), page::local_offset_minutes());
    let first = records.first().map(|record| record.at_ms);
    let date = format::local_date(first.unwrap_or(now_ms), offset);
    let heading = if date == format::local_date(now_ms, offset) {
        format!("{}, {date}", texts.today)
    } else if date == format::local_date(now_ms - DAY_MS, offset) {
        format!("{}, {date}", texts.yesterday)
    } else {
        date
    };
    let rows = records.into_iter().map(|record| {
        let back = till
            .link
            .journal
            .with_untracked(|journal| returned(journal, &record.external_id));
        view! { <Row till record back place=String::new() /> }
    });
    view! {
        <h3 class="day">{heading}</h3>
        <ul class="records">{rows.collect_view()}</ul>
    }
    .drawn()
}

/// What is still to be sent, with its age.
#[component]
fn Waiting(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let busy = RwSignal::new(false);
    let send = move |_| {
        busy.set(true);
        spawn_local(async move {
            outbox::drain(till).await;
            let _ = busy.try_set(false);
        });
    };
    move || {
        let waiting = till.link.outbox.get();
        (!waiting.is_empty()).then(|| {
            let rows = waiting
                .iter()
                .map(|outgoing| waiting_row(till, outgoing))
                .collect_view();
            view! {
                <div class="waiting" data-testid="waiting">
                    <h3 class="menu-heading">{texts.unsent}</h3>
                    <Show when=move || !till.link.online.get()>
                        <p class="offline">{till.texts.sale.offline}</p>
                    </Show>
                    <ul class="records">{rows}</ul>
                    <button type="button" class="button button-soft" disabled=busy on:click=send>
                        {texts.send_now}
                    </button>
                </div>
            }
        })
    }
}

fn waiting_row(till: Till, outgoing: &Outgoing) -> impl IntoView + use<> {
    let record = record_of(outgoing, None, None);
    let total = Money::from_dirams(record.total_dirams);
    let is_return = record.kind == Kind::Return;
    let sign = if is_return { "−" } else { "" };
    let units = &till.texts.units;
    let age = match age(outgoing.made_at_ms, till.now_ms()) {
        Age::Seconds => units.now.to_owned(),
        Age::Minutes(count) => format!("{count}\u{a0}{}", units.minutes),
        Age::Hours(count) => format!("{count}\u{a0}{}", units.hours),
        Age::Days(count) => format!("{count}\u{a0}{}", units.days),
    };
    view! {
        <li class="record">
            <div class="record-line">
                <p class="record-who">{who(till, &record).0}</p>
                <p class="record-sum">{sign} {with_currency(total, till.texts.currency)}</p>
            </div>
            <p class="note">{till.texts.history.waits} " · " {age}</p>
            {is_return.then(|| view! { <p class="record-return">{till.texts.history.returned}</p> })}
        </li>
    }
}

/// A check, `back` of which has come back; `place` names its till where it is one that the store has told of.
#[component]
pub fn Row(till: Till, record: Record, back: Money, place: String) -> impl IntoView {
    let texts = &till.texts.history;
    let total = Money::from_dirams(record.total_dirams);
    let sum = with_currency(total, till.texts.currency);
    let is_return = record.kind == Kind::Return;
    // Under the heading of its day, but for what other tills have told.
    let when = if place.is_empty() {
        time(till, &record)
    } else {
        when(till, &record)
    };
    let void = record
        .may_be_voided(till.now_ms())
        .then(|| view! { <Void till record=record.clone() /> });
    let is_voided = record.voided;
    let came_back = if is_return && record.problem.is_some() {
        Some(texts.returned.to_owned())
    } else if is_return {
        let cash = with_currency(Money::from_dirams(record.cash_dirams), till.texts.currency);
        let paid_out = till.texts.give_back.cash;
        Some(format!("{} · {paid_out} {cash}", texts.returned))
    } else if is_voided {
        Some(texts.voided.to_owned())
    } else {
        back.is_positive().then(|| {
            let back = with_currency(back, till.texts.currency);
            format!("{} {back}", texts.returned)
        })
    };
    let nameless = record.external_id.is_empty();
    let may_return =
        record.kind == Kind::Sale && record.number.is_some() && !nameless && back < total;
    let problem = record
        .problem
        .clone()
        .map(|problem| view! { <p class="problem">{format!("{}: {problem}", texts.refused)}</p> });
    let may_take_again = record.kind == Kind::Sale
        && record.problem.is_some()
        && !till.link.is_taken_again(&record.external_id);
    let (who, phone) = who(till, &record);
    let moved = moved(till, &record);
    let action = if may_return {
        Some(till.texts.done.to_return)
    } else {
        may_take_again.then_some(texts.take_again)
    };
    let button = action.map(|name| {
        let act = move |_| {
            if may_return {
                till.screens.shown.set(Screen::Return {
                    sale: record.clone(),
                    before: back,
                    in_history: true,
                });
            } else {
                take_again(till, &record);
            }
        };
        view! {
            <button type="button" class="link-button" on:click=act>
                {name}
            </button>
        }
    });
    view! {
        <li class="record" class:record-voided=is_voided>
            <div class="record-line">
                <p class="record-who">{who}</p>
                <p class="record-sum">{if is_return { "−" } else { "" }} {sum}</p>
            </div>
            {phone.map(|phone| view! { <p class="note">{phone}</p> })}
            {moved}
            <div class="record-line">
                <p class="note">{when}</p>
                {button}
                {void}
            </div>
            {(!place.is_empty()).then(|| view! { <p class="note">{place}</p> })}
            {nameless.then(|| view! { <p class="note">{texts.nameless}</p> })}
            {came_back.map(|text| view! { <p class="record-return">{text}</p> })}
            {problem}
        </li>
    }
    .drawn()
}

/// On which day and when it was, and its number where it has one.
pub fn when(till: Till, record: &Record) -> String {
    let date = format::local_date(record.at_ms, page::local_offset_minutes());
    [&date, " ", &time(till, record)].concat()
}

/// At what time of its day it was, and its number where it has one.
fn time(till: Till, record: &Record) -> String {
    let time = format::local_time(record.at_ms, page::local_offset_minutes());
    match record.number {
        Some(number) => format!("{time} · {}{number}", till.texts.history.number),
        None => time,
    }
}

/// Puts a check that was refused on the sale screen: its client may have registered since.
fn take_again(till: Till, record: &Record) {
    let replaces = !untrack(|| till.sale.is_empty());
    if replaces && !page::confirm(till.texts.history.replace_confirm) {
        return;
    }
    till.next_check();
    let total = Money::from_dirams(record.total_dirams);
    till.sale.amount.set(AmountEntry::from_money(total));
    till.sale.instead_of.set_value(Some(record.clone()));
    if let Some(client) = record.phone.as_deref().and_then(read_code) {
        find(till, client);
    }
}

/// Bonuses given and taken by a check: «начислено 17,50 · списано 20,00».
fn moved(till: Till, record: &Record) -> impl IntoView + use<> {
    let texts = &till.texts.history;
    let bonuses = |words: &str, dirams: i64| {
        let moves = record.kind != Kind::Return && dirams > 0;
        moves.then(|| [words, " ", &format::money(Money::from_dirams(dirams))].concat())
    };
    let moved = [
        bonuses(texts.accrued, record.accrued_dirams),
        bonuses(texts.redeemed, record.redeemed_dirams),
    ];
    let moved: Vec<_> = moved.into_iter().flatten().collect();
    (!moved.is_empty()).then(|| view! { <p class="note record-moved">{moved.join(" · ")}</p> })
}

/// Whose check it was: the name, and the phone where it is not the name.
pub fn who(till: Till, record: &Record) -> (String, Option<String>) {
    let phone = record.phone.as_deref().map(format::phone);
    match (record.name.clone(), phone) {
        (Some(name), phone) => (name, phone),
        (None, Some(phone)) => (phone, None),
        (None, None) => (till.texts.history.without_client.to_owned(), None),
    }
}
