//! The sale: whose check, how much, how many bonuses, one button.

pub mod amount;
pub mod client_card;
pub mod client_search;
mod redeem;

use domain::Money;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::amount::{AmountEntry, Key};
use till::format::with_currency;
use till::journal::name_of;
use till::outgoing::{Document, Outgoing};
use till::quote::{Problem, Quote, Redeem};
use till::typing::Meant;

use crate::cash::live::flows::clients::{ClientArea, find_phone};
use crate::cash::live::flows::send::submit;
use crate::cash::live::model::notice::Notice;
use crate::cash::live::model::till::{Field, Sending, Till, Who};
use crate::cash::live::platform::{page, storage};
use crate::cash::live::screens::sale::amount::Sum;
use crate::cash::live::ui::drawn::Draw;
use crate::cash::live::ui::keypad::Keypad;

/// The sale screen.
#[component]
pub fn Sale(till: Till) -> impl IntoView {
    let check = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<std::mem::Discriminant<Who>>| {
        let who = till.who.with(std::mem::discriminant);
        if before.is_some_and(|before| before != who) {
            spawn_local(async move {
                page::sleep(0).await;
                if let Some(check) = check.try_get_untracked().flatten() {
                    page::focus_if_lost(&check);
                }
            });
        }
        who
    });
    let keypad = move || match till.field.get() {
        Field::Amount => till.texts.sale.keypad,
        Field::Phone => till.texts.sale.keypad_phone,
        Field::Redeem => till.texts.sale.enter_redeem,
    };
    // What is chosen by a finger takes no focus, so that Enter stays the one big button.
    let keep_focus = |event: MouseEvent| {
        if page::is_within(&event, ".chips, button.sum") {
            event.prevent_default();
            page::leave_field();
        }
    };
    view! {
        <main class="sale" on:mousedown=keep_focus>
            // Where the focus goes when what had it has gone: nothing that Enter would press.
            <div class="sale-check" role="group" tabindex="-1" aria-label=till.texts.client.place node_ref=check>
                <ClientArea till />
                <Offline till />
            </div>
            <Word till />
            <Sum till />
            <div class="sale-keys">
                <Keypad texts=till.texts name=keypad pressed=move |key, at_ms| press(till, key, at_ms) />
                <Take till />
            </div>
        </main>
    }
    .drawn()
}

/// A key of the keypad or of a keyboard, for the field that is being written.
pub fn press(till: Till, key: Key, at_ms: i64) {
    till.notice.set(None);
    if till.field.get_untracked() == Field::Phone {
        till.typing.update_value(|typing| typing.heard(at_ms));
        press_phone(till, key);
        return;
    }
    let (is_known, is_named) = till.who.with_untracked(|who| {
        let is_known = matches!(who, Who::Known(_));
        (is_known, matches!(who, Who::Unverified(_)))
    });
    let meant = till.typing.try_update_value(|typing| {
        if !is_known && let Some(phone) = typing.go_on(key, at_ms) {
            return Meant::Phone(phone);
        }
        typing.press(key, at_ms, is_known || is_named)
    });
    match meant {
        Some(Meant::Field) if till.field.get_untracked() == Field::Redeem => {
            till.exact.update(|exact| exact.press(key));
            let exact = till.exact.with_untracked(AmountEntry::money);
            till.redeem.set(Redeem::Exact(exact));
        }
        Some(Meant::Field) => till.amount.update(|amount| amount.press(key)),
        Some(Meant::Phone(phone)) => {
            till.who.set(Who::Nobody);
            till.choose_no_bonuses();
            till.phone.set(phone);
            till.field.set(Field::Phone);
        }
        _ => till.tell(till.texts.sale.typed_on),
    }
}

fn press_phone(till: Till, key: Key) {
    let before = till.phone.get_untracked();
    till.phone.update(|phone| phone.key(key));
    if till.phone.with_untracked(|phone| *phone != before) {
        find_phone(till);
    }
}

/// What the cashier must know at once: a refusal, a code that is none.
#[component]
fn Word(till: Till) -> impl IntoView {
    view! {
        <div class="word" role="status">
            {move || {
                till.notice
                    .get()
                    .map(Notice::paragraph)
            }}
        </div>
    }
    .drawn()
}

/// Says that there is no network, for as long as there is none.
#[component]
fn Offline(till: Till) -> impl IntoView {
    view! {
        <div class="offline-place" role="status">
            <Show when=move || !till.online.get()>
                <p class="offline">{till.texts.sale.offline}</p>
            </Show>
        </div>
    }
    .drawn()
}

/// The one button.
#[component]
fn Take(till: Till) -> impl IntoView {
    let texts = till.texts;
    let blocked = move || {
        !may_take(&till.quote())
            || asks_how_many(till)
            || till.is_busy()
            || is_client_sought(till)
            || unfinished(till).is_some()
    };
    let face = move || {
        if till.sending.with(|sending| *sending == Sending::First) {
            return (texts.sending.sending, None);
        }
        let quote = till.quote();
        if may_take(&quote)
            && let Some(words) = unfinished(till)
        {
            return (words, None);
        }
        match quote.problem {
            None if asks_how_many(till) => (texts.sale.enter_redeem, None),
            Some(Problem::NoAmount) => (texts.sale.enter_amount, None),
            Some(Problem::BelowMinimum(_)) => (texts.sale.take_without_bonuses, Some(quote.gross)),
            Some(Problem::OverMaximum(most)) => (texts.sale.over_maximum, Some(most)),
            None => {
                let nobody = till.who.with(|who| *who == Who::Nobody);
                let verb = if nobody {
                    texts.sale.take_without_client
                } else {
                    texts.sale.take
                };
                (verb, Some(quote.to_pay))
            }
        }
    };
    view! {
        <button
            type="button"
            class="button button-main take"
            disabled=blocked
            on:click=move |_| take(till)
        >
            {move || {
                let (words, sum) = face();
                let sum = sum
                    .map(|sum| {
                        let sum = with_currency(sum, texts.currency);
                        let figure = sum.clone();
                        view! { " " <span class="take-sum" data-figure=figure>{sum}</span> }
                    });
                view! {
                    <span>{words}</span>
                    {sum}
                }
            }}
        </button>
    }
    .drawn()
}

/// A check too small for the programme is taken as one without a client.
fn may_take(quote: &Quote) -> bool {
    matches!(quote.problem, None | Some(Problem::BelowMinimum(_)))
}

/// Whose check it is, is still being asked.
fn is_client_sought(till: Till) -> bool {
    till.who
        .with(|who| matches!(who, Who::Finding(_) | Who::Unknown(_)))
}

/// Exactly so many bonuses are asked for, and nobody has said how many.
fn asks_how_many(till: Till) -> bool {
    till.redeem.get() == Redeem::Exact(Money::ZERO)
}

/// What to do where somebody was being named and is not: such a check must not pass for one without a client.
fn unfinished(till: Till) -> Option<&'static str> {
    let texts = &till.texts.sale;
    match till.who.get() {
        Who::Nobody => {}
        Who::Unknown(_) => return Some(texts.register_or_clear),
        _ => return None,
    }
    let (is_begun, is_whole) = till
        .phone
        .with(|phone| (!phone.digits().is_empty(), phone.e164().is_some()));
    let code = till
        .code
        .with(|code| code.as_ref().map(|code| !code.is_empty()));
    match code {
        Some(true) => Some(texts.finish_card),
        None if is_whole => Some(texts.find_phone_first),
        None if is_begun => Some(texts.finish_phone),
        _ => None,
    }
}

/// Sends the check that is on the screen.
pub fn take(till: Till) {
    let quote = untrack(|| till.quote());
    let waits = untrack(|| is_client_sought(till) || asks_how_many(till));
    if !may_take(&quote) || till.is_busy_now() || waits {
        return;
    }
    if let Some(words) = untrack(|| unfinished(till)) {
        till.tell(words);
        return;
    }
    if !page::are_figures_shown() {
        // Nobody pays another sum than the one on the screen.
        till.redraws.update(|redraws| *redraws += 1);
        till.tell(till.texts.sale.look_again);
        return;
    }
    let outgoing = document_of(till, &quote);
    submit(till, outgoing);
}

fn document_of(till: Till, quote: &Quote) -> Outgoing {
    let takes_part = quote.problem.is_none();
    let (client, mut client_name) = till
        .who
        .with_untracked(|who| (who.identifier(), who.name()));
    if let (None, Some(client)) = (&client_name, &client) {
        // Who is named without a connection is called as at the last check.
        client_name = till
            .journal
            .with_untracked(|journal| name_of(journal, client));
    }
    // Its sum or its client may have been wrong; where both are others, it is another check.
    let instead_of = till
        .instead_of
        .get_value()
        .filter(|refused| refused.total_dirams == quote.gross.dirams() || refused.phone == client)
        .map(|refused| refused.external_id);
    Outgoing {
        external_id: storage::new_uuid(),
        made_at_ms: till.now_ms(),
        guess: till.guess(),
        document: match client.filter(|_| takes_part) {
            Some(client) => Document::Sale {
                client,
                total: quote.gross,
                redeem: quote.redeem,
            },
            None => Document::Receipt { total: quote.gross },
        },
        client_name: client_name.filter(|_| takes_part),
        instead_of,
    }
}
