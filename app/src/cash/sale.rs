//! The sale: whose check, how much, how many bonuses, one button.

use leptos::prelude::*;
use till::amount::Key;
use till::journal::name_of;
use till::outgoing::{Document, Outgoing};
use till::phone::PhoneEntry;
use till::quote::{Problem, Quote};

use super::browser::storage;
use super::client::{ClientArea, find_phone, with_currency};
use super::drawn::Draw;
use super::keypad::Keypad;
use super::notice::Notice;
use super::send::submit;
use super::state::{Field, Sending, Till, Who};
use super::sum::Sum;

/// The sale screen.
#[component]
pub(super) fn Sale(till: Till) -> impl IntoView {
    view! {
        <main class="sale">
            <div class="sale-check">
                <ClientArea till />
                <Offline till />
            </div>
            <Word till />
            <Sum till />
            <div class="sale-keys">
                <Keypad texts=till.texts pressed=move |key| press(till, key) />
                <Take till />
            </div>
        </main>
    }
    .drawn()
}

/// A key of the keypad or of a keyboard, for the field that is being written.
pub(super) fn press(till: Till, key: Key) {
    till.notice.set(None);
    if till.field.get_untracked() == Field::Amount {
        till.amount.update(|amount| amount.press(key));
        return;
    }
    till.phone.update(|phone| match key {
        Key::Digit(digit) => phone.press(digit),
        Key::DoubleZero => {
            phone.press(0);
            phone.press(0);
        }
        Key::Backspace => phone.backspace(),
        Key::Clear => *phone = PhoneEntry::default(),
        Key::Comma => {}
    });
    find_phone(till);
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
            || till.is_busy()
            || till
                .who
                .with(|who| matches!(who, Who::Finding(_) | Who::Unknown(_)))
    };
    let face = move || {
        if till.sending.with(|sending| *sending == Sending::First) {
            return (texts.sending.sending, None);
        }
        let quote = till.quote();
        match quote.problem {
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
                        view! { " " <span class="take-sum">{with_currency(sum, texts.currency)}</span> }
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

/// Sends the check that is on the screen.
fn take(till: Till) {
    let quote = till.quote();
    if !may_take(&quote) || till.is_busy_now() {
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
