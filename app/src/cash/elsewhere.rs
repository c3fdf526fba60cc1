//! A client's checks at the other tills of the store, or of a phone that is gone: they can come back here too.

use domain::Identifier;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::give_back::{Elsewhere, elsewhere};
use till::identify::read_code;

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
    Found(Vec<Elsewhere>),
    Failed(String),
}

/// The search of the whole store, offered when `wanted` names a client.
#[component]
pub(super) fn StoreSearch(till: Till, wanted: RwSignal<String>) -> impl IntoView {
    let texts = &till.texts.history;
    let client = Memo::new(move |_| wanted.with(|wanted| read_code(wanted)));
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
            Search::Found(found) if found.is_empty() => {
                view! { <p class="muted empty">{texts.nothing_elsewhere}</p> }.drawn()
            }
            Search::Found(found) => {
                let rows = found
                    .into_iter()
                    .map(|found| {
                        let Elsewhere {
                            sale,
                            returned,
                            place,
                        } = found;
                        view! { <Row till record=sale back=returned place /> }
                    })
                    .collect_view();
                view! {
                    <h3 class="menu-heading">{texts.elsewhere}</h3>
                    <ul class="records">{rows}</ul>
                }
                .drawn()
            }
        })
    }
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
                let found = till
                    .journal
                    .try_with_untracked(|journal| elsewhere(past, journal));
                Search::Found(found.unwrap_or_default())
            }
            Err(Fault::Refused { code, message }) => {
                Search::Failed(till.texts.refusal(&code, message))
            }
            Err(Fault::NoAnswer) => Search::Failed(till.texts.client.no_answer.to_owned()),
        });
    });
}
