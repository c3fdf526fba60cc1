//! The search for a client's sales at every till of the store.

use domain::Identifier;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::identify::{read_code, spelled};

use crate::cash::live::api::{self, Fault};
use crate::cash::live::flows::connection::is_reached;
use crate::cash::live::model::history::StoreSearch;
use crate::cash::live::model::till::Till;

/// Asks the server for the sales of the client whom the searched text names. If the text has
/// changed meanwhile, the answer is not shown.
pub fn search_store(till: Till) {
    let Some(client) = till
        .search
        .text
        .with_untracked(|searched| read_code(searched))
    else {
        return;
    };
    let is_asked = move |client: &Identifier| {
        till.search.store.try_with_untracked(
            |search| matches!(search, StoreSearch::Asking(asked) if asked == client),
        ) == Some(true)
    };
    if is_asked(&client) {
        return;
    }
    till.search.store.set(StoreSearch::Asking(client.clone()));
    spawn_local(async move {
        let answer = if is_reached(till).await {
            let Some(answer) = till.ask(api::past_sales(&spelled(&client))).await else {
                return;
            };
            answer
        } else {
            Err(Fault::NoAnswer)
        };
        if !is_asked(&client) {
            return;
        }
        till.search.store.set(match answer {
            Ok(past) => StoreSearch::Found(past),
            Err(Fault::Refused(reason)) => StoreSearch::Failed(till.texts.refusal(reason.as_ref())),
            Err(Fault::NoAnswer) => StoreSearch::Failed(till.texts.client.no_answer.to_owned()),
        });
    });
}
