//! A client's checks at every till of the store, also of a phone that is gone: they can come back here too.

use cashier_api::answers::PastSalesData;
use domain::Identifier;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::give_back::{StoreCheck, store_checks};
use till::identify::read_code;
use till::journal;

use super::api::{self, Fault};
use super::browser::feel;
use super::drawn::Draw;
use super::gate::{self, shuts};
use super::history::{Row, SHOWN};
use super::reach::is_reached;
use super::state::{Screen, Till, spelled};

/// How far the search has come.
#[derive(Clone)]
pub(super) enum StoreSearch {
    NotBegun,
    Asking(Identifier),
    Found(PastSalesData),
    Failed(String),
}

/// Offers to search the store where a client is looked for, and else says how.
#[component]
pub(super) fn StoreSearchButton(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let asking = move || {
        till.store_search
            .with(|search| matches!(search, StoreSearch::Asking(_)))
    };
    let named = Memo::new(move |_| names_client(till));
    move || {
        if named.get() {
            view! {
                // Not `disabled`: that would take the focus from it.
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || if asking() { "true" } else { "false" }
                    on:click=move |_| look(till)
                >
                    {move || if asking() { texts.searching } else { texts.search_store }}
                </button>
            }
            .drawn()
        } else {
            view! { <p class="note">{texts.how_of_others}</p> }.drawn()
        }
    }
}

/// What was found.
#[component]
pub(super) fn StoreChecks(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let found = move || match till.store_search.get() {
        StoreSearch::NotBegun | StoreSearch::Asking(_) => ().drawn(),
        StoreSearch::Failed(problem) => view! { <p class="problem">{problem}</p> }.drawn(),
        StoreSearch::Found(past) => {
            // Again with each change of the history: a check that waited may have come to it.
            let is_cut = past.has_more;
            let (is_more, checks) = till.journal.with(|journal| {
                let mut above = till
                    .searched
                    .with(|searched| journal::search(journal, searched));
                above.truncate(SHOWN);
                (!above.is_empty(), store_checks(past, &above))
            });
            let nothing = checks.is_empty().then(|| {
                let nothing = if is_more {
                    texts.no_more
                } else {
                    texts.nothing_found
                };
                view! { <p class="muted empty">{nothing}</p> }
            });
            let rows = checks
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
                {(is_more && nothing.is_none()).then(|| view! { <h3 class="menu-heading">{texts.more}</h3> })}
                {nothing}
                // At first it does not listen: the second tap of a hasty finger on the button above chooses no check.
                <ul class="records late">{rows}</ul>
                {is_cut.then(|| view! { <p class="note">{texts.older}</p> })}
            }
            .drawn()
        }
    };
    view! { <div role="status">{found}</div> }.drawn()
}

/// Whether what is looked for in the history is a client, whole.
pub(super) fn names_client(till: Till) -> bool {
    till.searched.with(|searched| read_code(searched).is_some())
}

/// Looks for what is typed. What was found of another client goes.
pub(super) fn type_search(till: Till, text: String) {
    if till.searched.with_untracked(|before| read_code(before)) != read_code(&text) {
        till.store_search.set(StoreSearch::NotBegun);
    }
    till.searched.set(text);
}

/// Looks for what is scanned in the history, or over it: a client in the whole store.
pub(super) fn scan_search(till: Till, code: &str) {
    let text = if let Some(client) = read_code(code) {
        spelled(&client)
    } else {
        feel::beep_error();
        code.to_owned()
    };
    type_search(till, text);
    till.screen.set(Screen::History);
    look(till);
}

/// Asks the server. Whoever has typed on meanwhile is not shown another client's checks.
pub(super) fn look(till: Till) {
    let Some(client) = till.searched.with_untracked(|searched| read_code(searched)) else {
        return;
    };
    let is_asked = move |client: &Identifier| {
        till.store_search.try_with_untracked(
            |search| matches!(search, StoreSearch::Asking(asked) if asked == client),
        ) == Some(true)
    };
    if is_asked(&client) {
        return;
    }
    till.store_search.set(StoreSearch::Asking(client.clone()));
    spawn_local(async move {
        let answer = if is_reached(till).await {
            let Some(tokens) = till.tokens() else { return };
            let answer = api::past_sales(&tokens, &spelled(&client)).await;
            till.heard(!matches!(answer, Err(Fault::NoAnswer)));
            if let Err(Fault::Refused { code, .. }) = &answer
                && shuts(code)
            {
                gate::shut(till.gate, &tokens, code.clone());
                return;
            }
            answer
        } else {
            Err(Fault::NoAnswer)
        };
        if !is_asked(&client) {
            return;
        }
        till.store_search.set(match answer {
            Ok(past) => StoreSearch::Found(past),
            Err(Fault::Refused { code, message }) => {
                StoreSearch::Failed(till.texts.refusal(&code, message))
            }
            Err(Fault::NoAnswer) => StoreSearch::Failed(till.texts.client.no_answer.to_owned()),
        });
    });
}
