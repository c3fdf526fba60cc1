//! Requests to the server, and whether it can be reached.

use cashier_api::Reason;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use crate::cash::live::api::{Fault, Question};
use crate::cash::live::flows::session;
use crate::cash::live::model::session::shut;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::credentials::Tokens;
use crate::cash::live::platform::page;

/// The pauses between the tries: a network that has just come back often does not lead to the
/// server yet.
const AGAIN_MILLISECONDS: [u32; 2] = [2_000, 5_000];

/// Asks the server whether the till may work, and tries again a few times if there is no answer.
pub fn reach(till: Till) {
    spawn_local(async move {
        for pause in AGAIN_MILLISECONDS {
            if does_server_answer(till).await || !page::is_online() {
                return;
            }
            page::sleep(pause).await;
        }
        does_server_answer(till).await;
    });
}

/// Returns whether an action that needs the server can begin. If the last request had no answer,
/// the server is asked again first, so that the cashier need not press twice when the connection is
/// back.
pub async fn is_reached(till: Till) -> bool {
    till.link.online.try_get_untracked() == Some(true) || does_server_answer(till).await
}

/// Asks the server whether the till may work, and returns whether it answered. An answer also
/// starts the waiting work, through `watch`.
pub async fn does_server_answer(till: Till) -> bool {
    let answered = session::ask(till.gate).await;
    till.set_online(answered);
    if answered {
        let _ = till.link.answers.try_update(|answers| *answers += 1);
    }
    answered
}

impl Till {
    /// Sends a request. Records whether the server answered, and shuts the till if the answer stops
    /// it. Returns `None` if the till is shut or has been left: then there is nothing to do.
    pub async fn ask<T: DeserializeOwned>(self, question: Question<T>) -> Option<Result<T, Fault>> {
        let tokens = self.tokens()?;
        let answer = question.ask_as(&tokens).await;
        self.may_go_on(&tokens, answer.as_ref().err())
            .then_some(answer)
    }

    /// Handles the fault of an answer. Returns whether the till may continue. It is separate from
    /// `ask` because generic code is compiled into the program once per answer type.
    fn may_go_on(self, tokens: &Tokens, fault: Option<&Fault>) -> bool {
        self.set_online(fault != Some(&Fault::NoAnswer));
        match fault {
            Some(Fault::Refused(Some(Reason::Failed(code)))) if code.stops_till() => {
                shut(self.gate, tokens, *code);
                false
            }
            _ => true,
        }
    }
}
