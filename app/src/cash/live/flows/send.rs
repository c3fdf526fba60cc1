//! The sending of a document, from the press of the button to the result on the screen.

use crate::cash::live::flows::clients::renew_client;
use crate::cash::live::flows::connection::is_reached;
use crate::cash::live::flows::draft;
use crate::cash::live::flows::outbox::{self, Outcome};
use crate::cash::live::model::link::Sending;
use crate::cash::live::model::notice::Notice;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{feedback, page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::journal::{Kind, Record};
use till::outgoing::{Document, Outgoing, record_of};

/// The pause before a document without an answer is sent again while the cashier waits.
const AGAIN_MILLISECONDS: u32 = 2_500;

/// Sends a document and shows its result. An accrual or a receipt without an answer stays in the
/// outbox, and the cashier goes on. Any other document is sent again until its result is known or
/// the cashier stops waiting.
pub fn submit(till: Till, outgoing: Outgoing) {
    till.screens.notice.set(None);
    till.link.sending.set(Sending::First);
    draft::forget();
    spawn_local(async move {
        let external_id = outgoing.external_id.clone();
        let may_queue = outgoing.may_queue();
        if !may_queue && !is_reached(till).await {
            let _ = till.link.sending.try_set(Sending::Idle);
            till.tell(match outgoing.document {
                Document::Return { .. } => till.texts.give_back.offline,
                _ => till.texts.sale.offline_redeem,
            });
            return;
        }
        let made = record_of(&outgoing, None, None);
        let mut shown = Sending::First;
        // If the server is known to be unreachable, the cashier does not wait for it.
        let mut outcome = if may_queue && !till.link.online.get_untracked() {
            outbox::queue(till, outgoing).await
        } else {
            outbox::submit(till, outgoing).await
        };
        while till
            .link
            .sending
            .try_with_untracked(|sending| *sending == shown)
            == Some(true)
        {
            match outcome {
                Outcome::Recorded(record) => return finish(till, record),
                Outcome::Waiting if may_queue => return finish(till, made),
                Outcome::Refused {
                    message,
                    max_redeem,
                } => {
                    outbox::remove_refused(till, &external_id).await;
                    feedback::beep_error();
                    till.link.sending.set(Sending::Idle);
                    till.screens.notice.set(Some(Notice {
                        instead: max_redeem.filter(|most| most.is_positive()),
                        ..Notice::problem(message)
                    }));
                    if max_redeem.is_some() {
                        renew_client(till);
                    }
                    return;
                }
                Outcome::NotKept => {
                    till.link.sending.set(Sending::Idle);
                    till.tell(till.texts.sending.not_kept);
                    return;
                }
                Outcome::Waiting => {
                    shown = Sending::Unknown(external_id.clone());
                    till.link.sending.set(shown.clone());
                    page::sleep(AGAIN_MILLISECONDS).await;
                    outcome = outbox::attempt(till, &external_id).await;
                }
            }
        }
        // The cashier has stopped waiting, or the till is shut: the outbox continues on its own.
        match outcome {
            Outcome::Recorded(record) if record.kind != Kind::Return => till.tell_recorded(&record),
            _ => {}
        }
    });
}

fn finish(till: Till, record: Record) {
    feedback::beep_ok();
    feedback::vibrate(40);
    till.link.sending.set(Sending::Idle);
    // Clear the sale even if another screen covers it: otherwise it could be taken twice.
    if record.kind == Kind::Return {
        renew_client(till);
    } else {
        till.next_check();
    }
    till.screens.shown.set(Screen::Done(record));
}
