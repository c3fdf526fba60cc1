//! The shift: what this till has done since it began.

use leptos::prelude::*;
use till::format;
use till::journal::shift;

use super::browser::{page, storage};
use super::client::with_currency;
use super::done::figure_row;
use super::drawn::Draw;
use super::menu::SheetHeader;
use super::state::Till;

/// Where the beginning of the shift is kept, per till.
const SHIFT: &str = "bonex.shift";

/// Sums since the shift began.
#[component]
pub(super) fn Shift(till: Till) -> impl IntoView {
    let texts = &till.texts.shift;
    let key = format!("{SHIFT}.{}", till.node_id);
    let since = RwSignal::new(
        storage::get::<i64>(&key).unwrap_or_else(|| page::start_of_day_ms(till.now_ms())),
    );
    let start_new = move |_| {
        if page::confirm(texts.start_confirm) {
            // By the clock that the checks have.
            let now = till.now_ms();
            storage::set(&key, &now);
            since.set(now);
        }
    };
    let rows = move || {
        let sums = till.journal.with(|journal| shift(journal, since.get()));
        let currency = till.texts.currency;
        [
            (texts.receipts, sums.receipts.to_string()),
            (texts.total, with_currency(sums.total, currency)),
            (texts.redeemed, format::bonuses(sums.redeemed)),
            (texts.accrued, format::bonuses(sums.accrued)),
            (texts.returned, with_currency(sums.returned, currency)),
            (
                texts.without_client,
                format!("{}\u{a0}%", sums.anonymous_share_percent),
            ),
        ]
        .map(|(name, figure)| figure_row(name, figure))
    };
    let began = move || {
        let (since, offset) = (since.get(), page::local_offset_minutes());
        format!(
            "{} {} {}",
            texts.since,
            format::local_date(since, offset),
            format::local_time(since, offset)
        )
    };
    view! {
        <section class="sheet" role="dialog" aria-modal="true" aria-labelledby="shift">
            <SheetHeader till id="shift" title=texts.title />
            <p class="muted">{began}</p>
            <dl class="figures" data-testid="shift">
                {rows}
            </dl>
            <p class="note">{texts.only_here}</p>
            <button type="button" class="button button-quiet" on:click=start_new>
                {texts.start_new}
            </button>
        </section>
    }
    .drawn()
}
