//! A client's sales at every till of the store, which can be returned here too, even if the till
//! that made them is gone.

use cashier_api::answers::PastSalesData;
use leptos::prelude::*;
use till::journal;
use till::past_sales::{StoreCheck, store_checks};

use crate::cash::live::flows::store_search::search_store;
use crate::cash::live::model::history::StoreSearch;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::screens::history::row::Row;
use crate::cash::live::ui::erased::Erase;

/// The button that searches the store if the text names a client, and otherwise a hint.
#[component]
pub fn StoreSearchButton(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let asking = move || {
        till.search
            .store
            .with(|search| matches!(search, StoreSearch::Asking(_)))
    };
    let named = Memo::new(move |_| till.search.names_client());
    move || {
        if named.get() {
            view! {
                // Not `disabled`, because that would take the focus away from the button.
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || if asking() { "true" } else { "false" }
                    on:click=move |_| search_store(till)
                >
                    {move || if asking() { texts.searching } else { texts.search_store }}
                </button>
            }
            .erased()
        } else {
            view! { <p class="note">{texts.how_of_others}</p> }.erased()
        }
    }
}

/// The result of the search in the store.
#[component]
pub fn StoreChecks(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let found = Memo::new(move |_| match till.search.store.get() {
        StoreSearch::Found(past) => Some(Found::new(till, past)),
        _ => None,
    });
    let said = move || {
        if let StoreSearch::Failed(problem) = till.search.store.get() {
            return view! { <p class="problem">{problem}</p> }.erased();
        }
        let said = found.with(|found| {
            let found = found.as_ref()?;
            match (found.checks.is_empty(), found.is_more) {
                (true, _) if found.is_cut => None,
                (true, true) => Some((texts.no_more, "muted empty")),
                (true, false) => Some((texts.nothing_found, "muted empty")),
                (false, true) => Some((texts.more, "menu-heading")),
                (false, false) => None,
            }
        });
        said.map(|(text, class)| view! { <p class=class>{text}</p> })
            .erased()
    };
    let checks = move || {
        found.get().map(|found| {
            let rows = found
                .checks
                .into_iter()
                .map(|check| {
                    let StoreCheck {
                        sale,
                        returned,
                        place,
                    } = check;
                    view! { <Row till record=sale back=returned place /> }
                })
                .collect_view();
            view! {
                // The list ignores presses at first, so that a double tap on the button above
                // chooses no sale.
                <ul class="records late">{rows}</ul>
                {found.is_cut.then(|| view! { <p class="note">{texts.older}</p> })}
            }
        })
    };
    view! {
        <div role="status">{said}</div>
        {checks}
    }
    .erased()
}

/// The client's sales in the store that the history above does not show.
#[derive(Clone, PartialEq)]
struct Found {
    checks: Vec<StoreCheck>,
    /// `true` if the history above shows other sales of the client.
    is_more: bool,
    /// `true` if there are older sales, which the server has not returned.
    is_cut: bool,
}

impl Found {
    fn new(till: Till, past: PastSalesData) -> Self {
        till.link.journal.with(|journal| {
            let offset = page::local_offset_minutes();
            let above = till
                .search
                .text
                .with(|searched| journal::search(journal, searched, offset));
            Self {
                is_more: !above.is_empty(),
                is_cut: past.has_more,
                checks: store_checks(past, &above),
            }
        })
    }
}
