//! The state between the till and the server.

use leptos::prelude::*;
use till::journal::Record;
use till::outgoing::{Document, Outgoing};

use crate::cash::live::platform::page;

/// The state of the document that the cashier waits for.
#[derive(Clone, PartialEq)]
pub enum Sending {
    Idle,
    First,
    /// No answer came, and the same document is being sent again. Contains its external id.
    Unknown(String),
}

/// The connection to the server, the documents on their way, and the history of this till.
pub struct Link {
    pub online: RwSignal<bool>,
    /// Changes when the server has answered that the till may work; the waiting documents are then
    /// sent.
    pub answers: RwSignal<u32>,
    pub sending: RwSignal<Sending>,
    pub outbox: RwSignal<Vec<Outgoing>>,
    pub journal: RwSignal<Vec<Record>>,
    /// `true` while the outbox is being sent.
    pub is_draining: StoredValue<bool>,
}

impl Link {
    pub fn new() -> Self {
        Self {
            online: RwSignal::new(page::is_online()),
            answers: RwSignal::new(0),
            sending: RwSignal::new(Sending::Idle),
            outbox: RwSignal::new(Vec::new()),
            journal: RwSignal::new(Vec::new()),
            is_draining: StoredValue::new(false),
        }
    }

    /// Returns whether a document is being sent: no other one may begin then.
    pub fn is_busy(&self) -> bool {
        self.sending.with(|sending| *sending != Sending::Idle)
    }

    /// Returns whether a return of this sale is in the outbox; it may have been recorded already.
    pub fn holds_return_of(&self, sale: &str) -> bool {
        self.outbox.with(|outbox| {
            outbox.iter().any(|waiting| {
                matches!(&waiting.document, Document::Return { return_of, .. } if return_of == sale)
            })
        })
    }

    /// Returns whether a refused sale has been taken again, or its replacement is in the outbox.
    pub fn is_taken_again(&self, refused: &str) -> bool {
        let is_instead = |id: &Option<String>| id.as_deref() == Some(refused);
        let waits = |outgoing: &Outgoing| is_instead(&outgoing.instead_of);
        let taken = |record: &Record| record.problem.is_none() && is_instead(&record.instead_of);
        self.outbox
            .with_untracked(|outbox| outbox.iter().any(waits))
            || self
                .journal
                .with_untracked(|journal| journal.iter().any(taken))
    }
}
