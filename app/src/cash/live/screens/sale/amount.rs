//! «К оплате»: the one figure that both the cashier and the client look at.

use leptos::prelude::*;
use till::amount::AmountEntry;
use till::format::{self, with_currency};
use till::quote::Problem;

use crate::cash::live::model::sale::Field;
use crate::cash::live::model::till::Till;
use crate::cash::live::ui::amount::{width, written};
use crate::cash::live::ui::erased::Erase;

/// The sum, its calculation, and the bonuses that the client gains. A press makes the keypad write
/// the sum.
#[component]
pub fn Sum(till: Till) -> impl IntoView {
    let texts = &till.texts.sale;
    let currency = till.texts.currency;
    let shown = Memo::new(move |_| {
        let quote = till.quote();
        if quote.redeem.is_positive() {
            (format::money(quote.to_pay), "")
        } else {
            till.sale.amount.with(written)
        }
    });
    let check = move || {
        let quote = till.quote();
        quote.redeem.is_positive().then(|| {
            let (gross, redeem) = (format::money(quote.gross), format::money(quote.redeem));
            view! {
                <span class="sum-check">
                    {texts.check} " " {gross} " "
                    <span class="visually-hidden">{texts.with_bonuses}</span> " −" {redeem}
                </span>
            }
        })
    };
    let gains = move || {
        let quote = till.quote();
        if let Some(Problem::BelowMinimum(minimum)) = quote.problem {
            let minimum = with_currency(minimum, currency);
            return Some(format!("{} {minimum}", texts.below_minimum));
        }
        let gained = with_currency(quote.cashback, currency);
        let gains = quote.cashback.is_positive();
        gains.then(|| format!("{} +{gained}", texts.gains))
    };
    // Screen readers read the name of a button as a whole, and not all of them include the text of
    // an `output` inside it.
    let name = move || {
        let (figure, rest) = shown.get();
        let mut name = format!("{} {figure}{rest}\u{a0}{currency}", texts.to_pay);
        let quote = till.quote();
        if quote.redeem.is_positive() {
            let (gross, redeem) = (format::money(quote.gross), format::money(quote.redeem));
            let how = format!(
                ", {} {gross}, {} −{redeem}",
                texts.check, texts.with_bonuses
            );
            name.push_str(&how);
        }
        if let Some(gains) = gains() {
            name.push_str(", ");
            name.push_str(&gains);
        }
        name
    };
    view! {
        <button
            type="button"
            class="sum"
            class:sum-active=move || till.sale.field.get() == Field::Amount
            aria-label=name
            on:click=move |_| till.sale.choose(Field::Amount)
        >
            <span class="sum-line">
                <span class="sum-label">{texts.to_pay}</span>
                {check}
            </span>
            <output
                class="sum-figure"
                class:sum-empty=move || {
                    let is_over = matches!(till.quote().problem, Some(Problem::OverMaximum(_)));
                    is_over || till.sale.amount.with(AmountEntry::is_empty)
                }
                style:--width=move || shown.with(|(shown, rest)| width(&[shown, *rest].concat()))
            >
                <span data-figure=move || shown.with(|(shown, _)| shown.clone())>
                    {move || shown.with(|(shown, _)| shown.clone())}
                </span>
                <span class="sum-rest">{move || shown.with(|(_, rest)| *rest)}</span>
                <span class="sum-currency">{currency}</span>
            </output>
            <span class="sum-line sum-gains">{gains}</span>
        </button>
    }
    .erased()
}
