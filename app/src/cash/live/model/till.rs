//! The state of an open till.

use std::ops::Deref;

use cashier_api::answers::SessionData;
use domain::Money;
use leptos::prelude::*;
use till::clock::{Clock, Guess};
use till::format::with_currency;
use till::journal::Record;
use till::quote::{Quote, Redeem};

use crate::cash::live::model::history::HistorySearch;
use crate::cash::live::model::link::Link;
use crate::cash::live::model::notice::Notice;
use crate::cash::live::model::returns::ReturnDraft;
use crate::cash::live::model::sale::SaleDraft;
use crate::cash::live::model::screens::{Screen, Screens};
use crate::cash::live::model::session::{Gate, Open};
use crate::cash::live::platform::credentials::Tokens;
use crate::cash::live::platform::database::Database;
use crate::cash::live::platform::page;
use crate::cash::texts::Texts;
use crate::locales::Language;

/// The open till. It is cheap to copy: a single pointer, however large the state.
#[derive(Clone, Copy)]
pub struct Till(&'static Known);

impl Deref for Till {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.0
    }
}

/// The state of the till: signals, which are disposed of when the till is left.
pub struct Known {
    pub texts: &'static Texts,
    pub language: Language,
    pub gate: RwSignal<Gate>,
    pub tokens: StoredValue<Tokens>,
    pub node_id: i64,
    pub database: Database,
    pub session: RwSignal<SessionData>,
    pub clock: RwSignal<Clock>,
    pub knows_time: RwSignal<bool>,
    pub sale: SaleDraft,
    pub give_back: ReturnDraft,
    pub search: HistorySearch,
    pub link: Link,
    pub screens: Screens,
}

impl Till {
    pub fn open(
        texts: &'static Texts,
        language: Language,
        gate: RwSignal<Gate>,
        open: Open,
        update_ready: RwSignal<bool>,
    ) -> Self {
        let node_id = open
            .session
            .with_untracked(|session| session.cashier_node_id);
        let known = Known {
            texts,
            language,
            gate,
            tokens: StoredValue::new(open.tokens),
            node_id,
            database: Database::of(node_id),
            session: open.session.into(),
            clock: open.clock.into(),
            knows_time: open.knows_time.into(),
            sale: SaleDraft::new(),
            give_back: ReturnDraft::new(),
            search: HistorySearch::new(),
            link: Link::new(),
            screens: Screens::new(update_ready),
        };
        // The leak is small: a few hundred bytes, once or twice in a page's life.
        Self(Box::leak(Box::new(known)))
    }

    /// Returns the tokens that this till was opened with, even if others have been entered
    /// elsewhere; `None` if the till has been left.
    pub fn tokens(self) -> Option<Tokens> {
        self.tokens.try_get_value()
    }

    /// Returns the current time by the server's clock in milliseconds since 1970. Before the first
    /// answer of the server it is the time of the phone's clock.
    pub fn now_ms(self) -> i64 {
        self.clock().now_ms(page::now_ms())
    }

    /// Returns the server's clock, estimated from its last answer.
    pub fn clock(self) -> Clock {
        self.clock.try_get_untracked().unwrap_or_default()
    }

    /// Returns the guess that a document carries instead of a certain moment, until the server has
    /// answered with its time.
    pub fn guess(self) -> Option<Guess> {
        let is_certain = self.knows_time.get_untracked();
        (!is_certain).then(|| self.clock().guess(page::now_ms()))
    }

    /// Records whether the server can be reached. A phone may have a network that does not lead to
    /// the server.
    pub fn set_online(self, is_online: bool) {
        if self.link.online.try_get_untracked() == Some(!is_online) {
            self.link.online.set(is_online);
            if is_online {
                // Remove the problem: what failed without the server can be done now.
                self.screens.notice.update(|notice| {
                    *notice = notice.take().filter(|notice| notice.is_good);
                });
            }
        }
    }

    /// Returns the figures of the sale that the till can compute without the server.
    pub fn quote(self) -> Quote {
        self.quote_for(self.sale.redeem.get())
    }

    /// Returns these figures for another choice of bonuses.
    pub fn quote_for(self, redeem: Redeem) -> Quote {
        self.sale.quote(self.session, redeem)
    }

    /// Shows a problem to the cashier.
    pub fn tell(self, text: impl Into<String>) {
        let _ = self.screens.notice.try_set(Some(Notice::problem(text)));
    }

    /// Shows a sale or receipt that was recorded while the cashier did not wait for it, and what
    /// the client pays.
    pub fn tell_recorded(self, record: &Record) {
        let texts = self.texts;
        let sum = |dirams| with_currency(Money::from_dirams(dirams), texts.currency);
        let recorded = format!("{} {}", texts.sending.recorded, sum(record.total_dirams));
        let text = if record.redeemed_dirams == 0 {
            recorded
        } else {
            let to_pay = sum(record.total_dirams - record.redeemed_dirams);
            format!("{recorded} {}: {to_pay}", texts.sale.to_pay)
        };
        let _ = self.screens.notice.try_set(Some(Notice {
            is_good: true,
            ..Notice::problem(text)
        }));
    }

    /// Clears the sale screen for the next client.
    pub fn next_check(self) {
        self.sale.clear();
        self.screens.notice.set(None);
        self.screens.shown.set(Screen::Sale);
    }

    /// Opens the history without a search.
    pub fn open_history(self) {
        self.search.clear();
        self.screens.shown.set(Screen::History);
    }

    /// Closes the top screen. The typed values of the sale are still there.
    pub fn close_screen(self) {
        self.sale
            .typing
            .update_value(|typing| typing.switched(None));
        let is_over_history = self
            .screens
            .shown
            .with_untracked(|screen| screen.depth() > 1);
        self.screens.shown.set(if is_over_history {
            Screen::History
        } else {
            Screen::Sale
        });
    }

    /// Closes the top screen, unless a document is being sent.
    pub fn leave_screen(self) {
        if !self.is_busy_now() {
            self.close_screen();
        }
    }

    /// Returns whether the page may be loaded again: nothing is typed, shown, being sent or
    /// waiting, and no client is named.
    pub fn is_blank(self) -> bool {
        self.sale.is_empty()
            && self.screens.notice.with(Option::is_none)
            && self.screens.shown.with(|screen| *screen == Screen::Sale)
            && !self.is_busy()
            && self.link.outbox.with(Vec::is_empty)
    }

    /// Returns whether a document is being sent: no other one may begin then.
    pub fn is_busy(self) -> bool {
        self.link.is_busy()
    }

    /// Returns the same as `is_busy`, without reactive tracking, for event handlers.
    pub fn is_busy_now(self) -> bool {
        untrack(|| self.is_busy())
    }
}
