//! The main button of the sale.

use leptos::prelude::*;
use till::format::with_currency;
use till::quote::Problem;

use crate::cash::live::flows::sale::take;
use crate::cash::live::model::client::Who;
use crate::cash::live::model::link::Sending;
use crate::cash::live::model::sale::may_take;
use crate::cash::live::model::till::Till;
use crate::cash::live::ui::erased::Erase;

/// The button that takes the sale. While the sale cannot be taken, it says what is missing.
#[component]
pub fn Submit(till: Till) -> impl IntoView {
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
    .erased()
}
