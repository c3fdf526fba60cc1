//! The sale: whose check, how much, how many bonuses, one button.

use leptos::prelude::*;
use leptos::task::spawn_local;
use till::amount::Key;
use till::journal::Record;
use till::outgoing::{Document, Outgoing};
use till::phone::PhoneEntry;
use till::quote::{Problem, Quote};

use super::browser::{feel, page, storage};
use super::client::{ClientArea, find_phone, with_currency};
use super::keypad::Keypad;
use super::outbox::{self, Outcome};
use super::state::{Field, Notice, Screen, Sending, Till, Who};
use super::sum::Sum;

/// How often a check without an answer is sent again.
const AGAIN_MILLISECONDS: u32 = 2_500;

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
        <Show when=move || till.sending.with(|sending| matches!(sending, Sending::Unknown(_)))>
            <Checking till />
        </Show>
    }
    .into_any()
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
            {move || till.notice.get().map(|notice| view! { <p class="problem">{notice.text}</p> })}
        </div>
    }
    .into_any()
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
    .into_any()
}

/// The one button.
#[component]
fn Take(till: Till) -> impl IntoView {
    let texts = till.texts;
    let blocked = move || {
        till.quote().problem.is_some()
            || till.sending.with(|sending| *sending != Sending::Idle)
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
            Some(Problem::BelowMinimum(minimum)) => (texts.sale.below_minimum, Some(minimum)),
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
    .into_any()
}

/// Sends the check that is on the screen.
fn take(till: Till) {
    let quote = till.quote();
    if quote.problem.is_some()
        || till
            .sending
            .with_untracked(|sending| *sending != Sending::Idle)
    {
        return;
    }
    let outgoing = document_of(till, &quote);
    if !till.online.get_untracked() && !outgoing.may_queue() {
        till.tell(till.texts.sale.offline_redeem);
        return;
    }
    till.notice.set(None);
    till.sending.set(Sending::First);
    spawn_local(async move {
        let external_id = outgoing.external_id.clone();
        let may_queue = outgoing.may_queue();
        let made = outbox::record_of(&outgoing, None, None);
        let outcome = outbox::submit(till, outgoing).await;
        if outcome == Outcome::Waiting && may_queue {
            outbox::queue(till, &external_id).await;
            finish(till, made);
        } else {
            conclude(till, &external_id, outcome).await;
        }
    });
}

fn document_of(till: Till, quote: &Quote) -> Outgoing {
    let (client, client_name) = till
        .who
        .with_untracked(|who| (who.identifier(), who.name()));
    Outgoing {
        external_id: storage::new_uuid(),
        made_at_ms: page::now_ms(),
        document: match client {
            Some(client) => Document::Sale {
                client,
                total: quote.gross,
                redeem: quote.redeem,
            },
            None => Document::Receipt { total: quote.gross },
        },
        attempts: 0,
        queued: false,
        client_name,
    }
}

/// Shows how the check ended, or goes on asking until it is known.
async fn conclude(till: Till, external_id: &str, mut outcome: Outcome) {
    loop {
        match outcome {
            Outcome::Recorded(record) => return finish(till, record),
            Outcome::Refused(refused) => {
                feel::beep_error();
                till.sending.set(Sending::Idle);
                till.notice.set(Some(Notice {
                    text: refused.message,
                    instead: refused.max_redeem.filter(|most| most.is_positive()),
                }));
                return;
            }
            Outcome::NotKept => {
                till.sending.set(Sending::Idle);
                till.tell(till.texts.sending.not_kept);
                return;
            }
            Outcome::Waiting => {
                till.sending.set(Sending::Unknown(external_id.to_owned()));
                page::sleep(AGAIN_MILLISECONDS).await;
                // The cashier may have gone on: the outbox goes on by itself.
                let asked = Sending::Unknown(external_id.to_owned());
                if till.sending.try_with_untracked(|sending| *sending == asked) != Some(true) {
                    return;
                }
                outcome = outbox::attempt(till, external_id).await;
            }
        }
    }
}

fn finish(till: Till, record: Record) {
    feel::beep_ok();
    feel::vibrate(40);
    till.sending.set(Sending::Idle);
    till.screen.set(Screen::Done(record));
}

/// Over everything while nobody knows whether the check is recorded.
#[component]
fn Checking(till: Till) -> impl IntoView {
    let texts = &till.texts.sending;
    let later = move |_| {
        till.sending.set(Sending::Idle);
        till.next_check();
    };
    view! {
        <div class="sheet sheet-small" role="alertdialog" aria-labelledby="checking">
            <div class="spinner" aria-hidden="true"></div>
            <h2 id="checking">{texts.checking}</h2>
            <p class="muted">{texts.checking_why}</p>
            <button type="button" class="button button-quiet" on:click=later>
                {texts.later}
            </button>
        </div>
    }
    .into_any()
}
