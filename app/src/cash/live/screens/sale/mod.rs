//! The sale: whose check, how much, how many bonuses, one button.

pub mod amount;
pub mod client_card;
pub mod client_search;
mod redeem;

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
use crate::cash::live::model::client::Who;
use crate::cash::live::model::link::Sending;
use crate::cash::live::model::sale::{Field, may_take};
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{page, storage};
use crate::cash::live::screens::sale::amount::Sum;
use crate::cash::live::ui::drawn::Draw;
use crate::cash::live::ui::keypad::Keypad;
use crate::cash::live::ui::notice::paragraph;

/// The sale screen.
#[component]
pub fn Sale(till: Till) -> impl IntoView {
    let check = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<std::mem::Discriminant<Who>>| {
        let who = till.sale.who.with(std::mem::discriminant);
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
    let keypad = move || match till.sale.field.get() {
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
    till.screens.notice.set(None);
    if till.sale.field.get_untracked() == Field::Phone {
        till.sale.typing.update_value(|typing| typing.heard(at_ms));
        press_phone(till, key);
        return;
    }
    let (is_known, is_named) = till.sale.who.with_untracked(|who| {
        let is_known = matches!(who, Who::Known(_));
        (is_known, matches!(who, Who::Unverified(_)))
    });
    let meant = till.sale.typing.try_update_value(|typing| {
        if !is_known && let Some(phone) = typing.go_on(key, at_ms) {
            return Meant::Phone(phone);
        }
        typing.press(key, at_ms, is_known || is_named)
    });
    match meant {
        Some(Meant::Field) if till.sale.field.get_untracked() == Field::Redeem => {
            till.sale.exact.update(|exact| exact.press(key));
            let exact = till.sale.exact.with_untracked(AmountEntry::money);
            till.sale.redeem.set(Redeem::Exact(exact));
        }
        Some(Meant::Field) => till.sale.amount.update(|amount| amount.press(key)),
        Some(Meant::Phone(phone)) => {
            till.sale.who.set(Who::Nobody);
            till.sale.choose_no_bonuses();
            till.sale.phone.set(phone);
            till.sale.field.set(Field::Phone);
        }
        _ => till.tell(till.texts.sale.typed_on),
    }
}

fn press_phone(till: Till, key: Key) {
    let before = till.sale.phone.get_untracked();
    till.sale.phone.update(|phone| phone.key(key));
    if till.sale.phone.with_untracked(|phone| *phone != before) {
        find_phone(till);
    }
}

/// What the cashier must know at once: a refusal, a code that is none.
#[component]
fn Word(till: Till) -> impl IntoView {
    view! {
        <div class="word" role="status">
            {move || {
                till.screens.notice
                    .get()
                    .map(paragraph)
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
            <Show when=move || !till.link.online.get()>
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
            || till.sale.asks_how_many()
            || till.is_busy()
            || till.sale.is_client_sought()
            || till.sale.unfinished(&till.texts.sale).is_some()
    };
    let face = move || {
        if till.link.sending.with(|sending| *sending == Sending::First) {
            return (texts.sending.sending, None);
        }
        let quote = till.quote();
        if may_take(&quote)
            && let Some(words) = till.sale.unfinished(&till.texts.sale)
        {
            return (words, None);
        }
        match quote.problem {
            None if till.sale.asks_how_many() => (texts.sale.enter_redeem, None),
            Some(Problem::NoAmount) => (texts.sale.enter_amount, None),
            Some(Problem::BelowMinimum(_)) => (texts.sale.take_without_bonuses, Some(quote.gross)),
            Some(Problem::OverMaximum(most)) => (texts.sale.over_maximum, Some(most)),
            None => {
                let nobody = till.sale.who.with(|who| *who == Who::Nobody);
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

/// Sends the check that is on the screen.
pub fn take(till: Till) {
    let quote = untrack(|| till.quote());
    let waits = untrack(|| till.sale.is_client_sought() || till.sale.asks_how_many());
    if !may_take(&quote) || till.is_busy_now() || waits {
        return;
    }
    if let Some(words) = untrack(|| till.sale.unfinished(&till.texts.sale)) {
        till.tell(words);
        return;
    }
    if !page::are_figures_shown() {
        // Nobody pays another sum than the one on the screen.
        till.screens.redraws.update(|redraws| *redraws += 1);
        till.tell(till.texts.sale.look_again);
        return;
    }
    let outgoing = document_of(till, &quote);
    submit(till, outgoing);
}

fn document_of(till: Till, quote: &Quote) -> Outgoing {
    let takes_part = quote.problem.is_none();
    let (client, mut client_name) = till
        .sale
        .who
        .with_untracked(|who| (who.identifier(), who.name()));
    if let (None, Some(client)) = (&client_name, &client) {
        // Who is named without a connection is called as at the last check.
        client_name = till
            .link
            .journal
            .with_untracked(|journal| name_of(journal, client));
    }
    // Its sum or its client may have been wrong; where both are others, it is another check.
    let instead_of = till
        .sale
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
