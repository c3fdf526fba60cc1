//! The shift: the sums of this till since the shift began.

use leptos::prelude::*;
use till::format::{self, with_currency};
use till::journal::shift;
use till::outgoing::record_of;

use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{page, storage};
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::figures::figure_row;
use crate::cash::live::ui::sheet::SheetHeader;

/// The key of the beginning of the shift; the number of the till is appended.
const SHIFT: &str = "bonex.shift";

/// The sums since the shift began.
#[component]
pub fn Shift(till: Till) -> impl IntoView {
    let texts = &till.texts.shift;
    let key = format!("{SHIFT}.{}", till.node_id);
    let since = RwSignal::new(
        storage::get::<i64>(&key).unwrap_or_else(|| page::start_of_day_ms(till.now_ms())),
    );
    let start_new = move |_| {
        if page::confirm(texts.start_confirm) {
            // Use the same clock as the documents.
            let now = till.now_ms();
            storage::set(&key, &now);
            since.set(now);
        }
    };
    let rows = move || {
        let mut records = till.link.journal.get();
        // Waiting documents count too; their bonuses are not known yet.
        let mut waiting = till.link.outbox.get();
        waiting.retain(|outgoing| {
            records
                .iter()
                .all(|record| record.external_id != outgoing.external_id)
        });
        records.extend(
            waiting
                .iter()
                .map(|outgoing| record_of(outgoing, None, None)),
        );
        let sums = shift(&records, since.get());
        let currency = till.texts.currency;
        [
            (texts.receipts, sums.receipts.to_string()),
            (texts.total, with_currency(sums.total, currency)),
            (texts.redeemed, with_currency(sums.redeemed, currency)),
            (texts.accrued, with_currency(sums.accrued, currency)),
            (texts.returned, with_currency(sums.returned, currency)),
            (texts.received, with_currency(sums.received, currency)),
            (
                texts.without_client,
                format!("{}\u{a0}%", sums.anonymous_share_percent),
            ),
        ]
        .map(|(name, figure)| figure_row(name, figure))
    };
    let waiting = move || {
        let count = till.link.outbox.with(Vec::len);
        (count > 0).then(|| view! { <p class="offline">{till.texts.sale.waiting} " " {count}</p> })
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
            {waiting}
            <button type="button" class="button button-quiet" on:click=start_new>
                {texts.start_new}
            </button>
        </section>
    }
    .erased()
}
