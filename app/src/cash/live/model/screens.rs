//! The current screen, and the notice on it.

use domain::Money;
use leptos::prelude::*;
use till::journal::Record;

use crate::cash::live::model::notice::Notice;

/// The sale screen, or the sheet over it.
#[derive(Clone, PartialEq)]
pub enum Screen {
    Sale,
    Camera,
    Done(Record),
    Return {
        sale: Record,
        /// The sum that has been returned already.
        before: Money,
        /// `true` if the return was opened from the history; closing it leads back there.
        in_history: bool,
    },
    Menu,
    Shift,
    History,
}

impl Screen {
    /// Returns the number of screens over the sale, with this one.
    pub fn depth(&self) -> u32 {
        match self {
            Self::Sale => 0,
            Self::Return {
                in_history: true, ..
            } => 2,
            _ => 1,
        }
    }
}

/// The state of the page around the sale, and whether it has to be rendered or loaded again.
pub struct Screens {
    pub shown: RwSignal<Screen>,
    pub notice: RwSignal<Option<Notice>>,
    /// Changes when the page does not show what we have written, and has to be rendered again.
    pub redraws: RwSignal<u32>,
    /// `true` if a new version of the till can be loaded.
    pub update_ready: RwSignal<bool>,
    /// `true` if the page is being loaded again on purpose.
    pub is_reloading: StoredValue<bool>,
}

impl Screens {
    pub fn new(update_ready: RwSignal<bool>) -> Self {
        Self {
            shown: RwSignal::new(Screen::Sale),
            notice: RwSignal::new(None),
            redraws: RwSignal::new(0),
            update_ready,
            is_reloading: StoredValue::new(false),
        }
    }
}
