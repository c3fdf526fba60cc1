//! The choice how many bonuses go into the sale: «Списать: не списывать · половина · всё», or an
//! exact number.

use domain::Money;
use leptos::prelude::*;
use till::amount::AmountEntry;
use till::format;
use till::quote::Redeem;

use crate::cash::live::model::client::Who;
use crate::cash::live::model::sale::Field;
use crate::cash::live::model::till::Till;
use crate::cash::live::ui::amount::written;
use crate::cash::live::ui::erased::Erase;

/// The choices, each with the bonuses that it takes for this sale; empty if the client has nothing
/// to spend.
#[component]
pub fn Chips(till: Till) -> impl IntoView {
    let texts = &till.texts.sale;
    let offered = Memo::new(move |_| {
        till.sale.who.with(|who| match who {
            Who::Known(client) => client.redeemable_balance.0.is_positive(),
            _ => false,
        })
    });
    let chip = move |redeem: Redeem, face: &'static str| {
        let worth = move || till.quote_for(redeem).redeem;
        let worth = Memo::new(move |_| Some(worth()).filter(|worth| worth.is_positive()));
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if till.sale.redeem.get() == redeem { "true" } else { "false" }
                on:click=move |_| {
                    till.screens.notice.set(None);
                    till.sale.choose(Field::Amount);
                    till.sale.redeem.set(redeem);
                }
            >
                {face}
                {move || {
                    worth.get().map(|worth| view! { " " <span class="chip-worth">{format::money(worth)}</span> })
                }}
            </button>
        }
    };
    // If the client's data has been updated after a refusal, «всё» is already the server's limit.
    let instead = move || {
        let most = till.screens.notice.with(|notice| notice.as_ref()?.instead);
        most.filter(|most| *most != till.quote_for(Redeem::Max).redeem)
    };
    view! {
        <Show when=move || offered.get()>
            <div class="redeem">
                <p class="redeem-heading" id="redeem">
                    {texts.redeem}
                </p>
                <div class="chips" role="group" aria-labelledby="redeem">
                    {chip(Redeem::None, texts.none)}
                    {chip(Redeem::Half, texts.half)}
                    {move || match instead() {
                        Some(most) => view! { <Instead till most /> }.erased(),
                        None => chip(Redeem::Max, texts.most).erased(),
                    }}
                    <Exact till />
                </div>
            </div>
        </Show>
    }
    .erased()
}

/// «Спишите двадцать»: the choice of an exact number. After a tap on it the keypad writes the
/// number.
#[component]
fn Exact(till: Till) -> impl IntoView {
    let texts = &till.texts.sale;
    let is_chosen = move || matches!(till.sale.redeem.get(), Redeem::Exact(_));
    let is_written = move || till.sale.field.get() == Field::Redeem;
    let face = move || {
        let (asked, rest) = till.sale.exact.with(written);
        is_chosen().then(|| {
            view! {
                " "
                <span class="chip-worth">
                    {asked} <span class="sum-rest">{rest}</span>
                </span>
            }
        })
    };
    let choose = move |_| {
        let asked = till.sale.exact.with_untracked(AmountEntry::money);
        till.screens.notice.set(None);
        till.sale.exact.set(AmountEntry::filled_in(asked));
        till.sale.redeem.set(Redeem::Exact(asked));
        till.sale.choose(Field::Redeem);
    };
    view! {
        <button
            type="button"
            class="chip chip-exact"
            class:chip-written=is_written
            aria-pressed=move || if is_chosen() { "true" } else { "false" }
            on:click=choose
        >
            // The number replaces the words, so that the chip does not grow.
            <span class:visually-hidden=is_chosen>{texts.exactly}</span>
            {face}
        </button>
    }
}

/// The choice to take the server's limit, after the server has refused a larger number.
#[component]
fn Instead(till: Till, most: Money) -> impl IntoView {
    let take = move |_| {
        till.sale.exact.set(AmountEntry::filled_in(most));
        till.sale.redeem.set(Redeem::Exact(most));
        till.sale.choose(Field::Amount);
        till.screens.notice.set(None);
    };
    view! {
        <button type="button" class="chip chip-instead" on:click=take>
            {till.texts.sale.take_most_instead}
            " "
            <span class="chip-worth">{format::money(most)}</span>
        </button>
    }
    .erased()
}
