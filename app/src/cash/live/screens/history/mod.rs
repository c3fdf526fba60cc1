//! The history of this till: what waits, what was refused, what can be returned.

mod row;
mod store;
mod void;
mod waiting;

use leptos::prelude::*;
use till::format;
use till::journal::{Record, returned, search};

use crate::cash::live::flows::outbox;
use crate::cash::live::flows::store_search::search_store;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::screens::history::row::Row;
use crate::cash::live::screens::history::store::{StoreChecks, StoreSearchButton};
use crate::cash::live::screens::history::waiting::Waiting;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::sheet::SheetHeader;

/// The number of entries that are added at a time: a slow phone draws so many without a delay.
const PAGE: usize = 100;
const DAY_MS: i64 = 24 * 3_600_000;

/// The sales, receipts and returns of this till, the newest first.
#[component]
pub fn History(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let wanted = till.search.text;
    // Refusals count as seen only if the whole history is shown and the page is visible. This also
    // holds for those that arrive while it is open.
    Effect::new(move || {
        till.link.journal.track();
        if wanted.with(String::is_empty) && page::is_visible() {
            outbox::mark_refused_seen(till);
        }
    });
    let shown = RwSignal::new(PAGE);
    Effect::new(move || {
        wanted.track();
        shown.set(PAGE);
    });
    let list = move || {
        let (shown_now, offset) = (shown.get(), page::local_offset_minutes());
        let (found, is_all) = till.link.journal.with(|journal| {
            let found = wanted.with(|wanted| search(journal, wanted, offset));
            let page: Vec<_> = found.iter().take(shown_now).copied().cloned().collect();
            (page, found.len() <= shown_now)
        });
        if found.is_empty() {
            if till.search.names_client() {
                // The search of the whole store may still find something.
                return ().erased();
            }
            let nothing = if wanted.with(String::is_empty) {
                texts.empty
            } else {
                texts.nothing_found
            };
            return view! { <p class="muted empty">{nothing}</p> }.erased();
        }
        let day_of = |record: &Record| format::local_date(record.at_ms, offset);
        let days = found.chunk_by(|newer, older| day_of(newer) == day_of(older));
        let days = days.map(|day| view! { <Day till records=day.to_vec() /> });
        let more = (!is_all).then(|| {
            view! {
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| shown.update(|shown| *shown += PAGE)
                >
                    {texts.show_more}
                </button>
            }
        });
        view! {
            {days.collect_view()}
            {more}
        }
        .erased()
    };
    view! {
        <section class="sheet history" role="dialog" aria-modal="true" aria-labelledby="history">
            <SheetHeader till id="history" title=texts.title />
            <Waiting till />
            <input
                class="field-input"
                type="search"
                aria-label=texts.search
                placeholder=texts.search
                prop:value=wanted
                on:input=move |event| till.search.type_text(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        search_store(till);
                    }
                }
            />
            <StoreSearchButton till />
            {list}
            <StoreChecks till />
        </section>
    }
    .erased()
}

/// The entries of one day.
#[component]
fn Day(till: Till, records: Vec<Record>) -> impl IntoView {
    let texts = &till.texts.history;
    let (now_ms, offset) = (till.now_ms(), page::local_offset_minutes());
    let first = records.first().map(|record| record.at_ms);
    let date = format::local_date(first.unwrap_or(now_ms), offset);
    let heading = if date == format::local_date(now_ms, offset) {
        format!("{}, {date}", texts.today)
    } else if date == format::local_date(now_ms - DAY_MS, offset) {
        format!("{}, {date}", texts.yesterday)
    } else {
        date
    };
    let rows = records.into_iter().map(|record| {
        let back = till
            .link
            .journal
            .with_untracked(|journal| returned(journal, &record.external_id));
        view! { <Row till record back place=String::new() /> }
    });
    view! {
        <h3 class="day">{heading}</h3>
        <ul class="records">{rows.collect_view()}</ul>
    }
    .erased()
}
