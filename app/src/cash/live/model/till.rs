//! What the till knows while it is open.

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

/// The open till, copied freely: one pointer, whatever it knows.
#[derive(Clone, Copy)]
pub struct Till(&'static Known);

impl Deref for Till {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.0
    }
}

/// What it knows: signals, which go when the till is left.
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
        // A till is opened once or twice in a page's life, so its few hundred bytes may stay.
        Self(Box::leak(Box::new(known)))
    }

    /// The tokens that this till was opened with, whatever is entered elsewhere; none when it has been left.
    pub fn tokens(self) -> Option<Tokens> {
        self.tokens.try_get_value()
    }

    /// Now, by the server's clock as far as it is known, in milliseconds since 1970.
    pub fn now_ms(self) -> i64 {
        self.clock().now_ms(page::now_ms())
    }

    /// The server's clock, as far as it is known.
    pub fn clock(self) -> Clock {
        self.clock.try_get_untracked().unwrap_or_default()
    }

    /// What a document has in place of a certain moment, until the server is heard.
    pub fn guess(self) -> Option<Guess> {
        let is_certain = self.knows_time.get_untracked();
        (!is_certain).then(|| self.clock().guess(page::now_ms()))
    }

    /// Notes whether the server was heard: a phone may have a network that leads to no server.
    pub fn heard(self, heard: bool) {
        if self.link.online.try_get_untracked() == Some(!heard) {
            self.link.online.set(heard);
            if heard {
                // What could not be done without it, can be.
                self.screens.notice.update(|notice| {
                    *notice = notice.take().filter(|notice| notice.is_good);
                });
            }
        }
    }

    /// What the check comes to, as far as the till can say.
    pub fn quote(self) -> Quote {
        self.quote_for(self.sale.redeem.get())
    }

    /// What the check would come to with so many bonuses.
    pub fn quote_for(self, redeem: Redeem) -> Quote {
        self.sale.quote(self.session, redeem)
    }

    /// Shows the cashier what went wrong.
    pub fn tell(self, text: impl Into<String>) {
        let _ = self.screens.notice.try_set(Some(Notice::problem(text)));
    }

    /// Shows a check that was recorded while the cashier did not look, and what its client pays.
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

    /// Empties the sale screen for the next client.
    pub fn next_check(self) {
        self.sale.clear();
        self.screens.notice.set(None);
        self.screens.shown.set(Screen::Sale);
    }

    /// Opens the history with all there is.
    pub fn open_history(self) {
        self.search.clear();
        self.screens.shown.set(Screen::History);
    }

    /// Closes the uppermost screen; on the sale what was typed before still stands.
    pub fn close_screen(self) {
        self.sale.typing.update_value(|typing| typing.turned(None));
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

    /// Closes the uppermost screen, unless something is on its way.
    pub fn leave_screen(self) {
        if !self.is_busy_now() {
            self.close_screen();
        }
    }

    /// Nothing is typed, named, told, shown, sent or waiting: the page may be loaded again.
    pub fn is_blank(self) -> bool {
        self.sale.is_empty()
            && self.screens.notice.with(Option::is_none)
            && self.screens.shown.with(|screen| *screen == Screen::Sale)
            && !self.is_busy()
            && self.link.outbox.with(Vec::is_empty)
    }

    /// A document is on its way: nothing else may be begun.
    pub fn is_busy(self) -> bool {
        self.link.is_busy()
    }

    /// The same, asked by a key or a press.
    pub fn is_busy_now(self) -> bool {
        untrack(|| self.is_busy())
    }
}
