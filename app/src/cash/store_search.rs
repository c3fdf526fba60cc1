//! A client's checks at every till of the store, also of a phone that is gone: they can come back here too.

use domain::Identifier;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::give_back::{StoreCheck, store_checks};
use till::identify::read_code;
use till::journal;

use super::api::{self, Fault};
use super::drawn::Draw;
use super::gate::{self, shuts};
use super::history::Row;
use super::reach::is_reached;
use super::state::{Till, spelled};

/// How far the search has come.
#[derive(Clone)]
enum Search {
    NotBegun,
    Asking(Identifier),
    Found {
        more: Vec<StoreCheck>,
        /// Some stand in the history above.
        is_more: bool,
    },
    Failed(String),
}

/// The search of the whole store, offered when a client is looked for in the history.
#[component]
pub(super) fn StoreSearch(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let client = Memo::new(move |_| till.searched.with(|searched| read_code(searched)));
    let search = RwSignal::new(Search::NotBegun);
    Effect::new(move || {
        client.track();
        search.set(Search::NotBegun);
    });
    let ask = move |_| {
        if let Some(client) = client.get_untracked() {
            look(till, client, search);
        }
    };
    move || {
        client.with(Option::is_some).then(|| match search.get() {
            Search::NotBegun => view! {
                <button type="button" class="button" on:click=ask>
                    {texts.search_store}
                </button>
            }
            .drawn(),
            Search::Asking(_) => view! { <p class="muted empty">{texts.searching}</p> }.drawn(),
            Search::Failed(problem) => view! {
                <p class="problem">{problem}</p>
                <button type="button" class="button" on:click=ask>
                    {texts.search_store}
                </button>
            }
            .drawn(),
            Search::Found { more, is_more } if more.is_empty() => {
                let nothing = if is_more {
                    texts.no_more
                } else {
                    texts.nothing_found
                };
                view! { <p class="muted empty">{nothing}</p> }.drawn()
            }
            Search::Found { more, is_more } => {
                let rows = more
                    .into_iter()
                    .map(|found| {
                        let StoreCheck {
                            sale,
                            returned,
                            place,
                        } = found;
                        view! { <Row till record=sale back=returned place /> }
                    })
                    .collect_view();
                view! {
                    {is_more.then(|| view! { <h3 class="menu-heading">{texts.more}</h3> })}
                    <ul class="records">{rows}</ul>
                }
                .drawn()
            }
        })
    }
}

/// Whether what is looked for in the history is a client, whole.
pub(super) fn names_client(till: Till) -> bool {
    till.searched.with(|searched| read_code(searched).is_some())
}

/// Asks the server. Whoever has typed on meanwhile is not shown another client's checks.
fn look(till: Till, client: Identifier, search: RwSignal<Search>) {
    search.set(Search::Asking(client.clone()));
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
        let is_awaited = search.try_with_untracked(
            |search| matches!(search, Search::Asking(asked) if *asked == client),
        );
        if is_awaited != Some(true) {
            return;
        }
        search.set(match answer {
            Ok(past) => {
                let found = |journal: &Vec<_>| {
                    let above = till
                        .searched
                        .with_untracked(|searched| journal::search(journal, searched));
                    Search::Found {
                        is_more: !above.is_empty(),
                        more: store_checks(past, &above),
                    }
                };
                till.journal.with_untracked(found)
            }
            Err(Fault::Refused { code, message }) => {
                Search::Failed(till.texts.refusal(&code, message))
            }
            Err(Fault::NoAnswer) => Search::Failed(till.texts.client.no_answer.to_owned()),
        });
    });
}
