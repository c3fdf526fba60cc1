//! An entry of the history.

use domain::Money;
use leptos::prelude::*;
use till::format::with_currency;
use till::journal::{Kind, Record};

use crate::cash::live::flows::sale::take_again;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::screens::history::void::Void;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::record::{moved, time, when, who};

/// An entry of the history; `back` is the part that has been returned, and `place` names the till
/// of an entry that comes from the search of the store.
#[component]
pub fn Row(till: Till, record: Record, back: Money, place: String) -> impl IntoView {
    let texts = &till.texts.history;
    let total = Money::from_dirams(record.total_dirams);
    let sum = with_currency(total, till.texts.currency);
    let is_return = record.kind == Kind::Return;
    // The till's own entries are below the heading of their day, so the time is enough. Entries of
    // other tills show the date too.
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
    .erased()
}
