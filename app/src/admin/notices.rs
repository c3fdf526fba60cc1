//! The messages after something was done with a store. A redirect carries the code of the message
//! in a short cookie; the next page shows it.

use super::texts::StoresTexts;
use super::texts::texts as all_texts;
use crate::console::notices::done;
use crate::locales::Language;
use crate::ui::states::{Notice, Tone};

/// The words under the name that the macro looks for.
struct Words {
    done: &'static StoresTexts,
}

const fn texts(language: Language) -> Words {
    Words {
        done: &all_texts(language).store_pages,
    }
}

done! {
    /// Something that was done with a store.
    StoreDone:
    /// The name or the number of paid tills is saved.
    Saved = "store-saved", done_saved;
    /// The store is suspended.
    Suspended = "store-suspended", done_suspended;
    /// The store works again.
    Resumed = "store-resumed", done_resumed;
    /// The invitation of an owner is cancelled.
    Cancelled = "owner-invitation-cancelled", done_cancelled;
    /// A till is unbound.
    Unbound = "till-unbound", done_unbound;
    /// A till has a new key.
    Rotated = "till-new-key", done_rotated;
    /// A reason is not counted any more.
    Silenced = "sign-silenced", done_silenced;
    /// A till is switched off.
    TillOff = "till-off", done_off;
    /// A till is switched on.
    TillOn = "till-on", done_on;
}

impl StoreDone {
    /// Returns the message after a store was opened, which is shown without a redirect.
    pub fn opened(language: Language) -> Notice {
        Notice::new(Tone::Good, texts(language).done.done_opened)
    }
}
