//! The screen that is shown, and what is told on it.

use domain::Money;
use leptos::prelude::*;
use till::journal::Record;

use crate::cash::live::model::notice::Notice;

/// The sale, or the sheet that lies over it.
#[derive(Clone, PartialEq)]
pub enum Screen {
    Sale,
    Camera,
    Done(Record),
    Return {
        sale: Record,
        /// What has come back of it.
        before: Money,
        /// It was begun in the history, and closing it leads back there.
        in_history: bool,
    },
    Menu,
    Shift,
    History,
}

impl Screen {
    /// How many screens lie over the sale, this one the last.
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

/// What the page shows beside the sale, and whether it has to be drawn or loaded again.
pub struct Screens {
    pub shown: RwSignal<Screen>,
    pub notice: RwSignal<Option<Notice>>,
    /// Changes if what stands on the page is not what we have written, and has to be drawn again.
    pub redraws: RwSignal<u32>,
    /// A new version of the till can be loaded.
    pub update_ready: RwSignal<bool>,
    /// The page is being loaded again on purpose.
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
