//! Whether the server can be reached, and the one way to ask it.

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

/// A network that has just come often leads to no server yet: after these pauses it is tried again.
const AGAIN_MILLISECONDS: [u32; 2] = [2_000, 5_000];

/// Looks for the server, a few times if need be.
pub fn reach(till: Till) {
    spawn_local(async move {
        for pause in AGAIN_MILLISECONDS {
            if is_heard(till).await || !page::is_online() {
                return;
            }
            page::sleep(pause).await;
        }
        is_heard(till).await;
    });
}

/// Whether what needs the server can be begun. Where it was not heard last, it is asked first: the cashier would not press
/// again what has worked by then.
pub async fn is_reached(till: Till) -> bool {
    till.link.online.try_get_untracked() == Some(true) || is_heard(till).await
}

/// Asks the server whether the till may work. If it answers, what waits for it goes on: `watch` hears of that.
pub async fn is_heard(till: Till) -> bool {
    let heard = session::ask(till.gate).await;
    till.heard(heard);
    if heard {
        let _ = till.link.answers.try_update(|answers| *answers += 1);
    }
    heard
}

impl Till {
    /// Asks the server. Notes whether it answered, and shuts the till if the answer stops it. Returns `None` if the till is
    /// shut or has been left: nothing is to be done then.
    pub async fn ask<T: DeserializeOwned>(self, question: Question<T>) -> Option<Result<T, Fault>> {
        let tokens = self.tokens()?;
        let answer = question.ask_as(&tokens).await;
        self.may_go_on(&tokens, answer.as_ref().err())
            .then_some(answer)
    }

    /// Not generic: it would be in the program once for each question.
    fn may_go_on(self, tokens: &Tokens, fault: Option<&Fault>) -> bool {
        self.heard(fault != Some(&Fault::NoAnswer));
        match fault {
            Some(Fault::Refused(Some(Reason::Failed(code)))) if code.stops_till() => {
                shut(self.gate, tokens, *code);
                false
            }
            _ => true,
        }
    }
}
