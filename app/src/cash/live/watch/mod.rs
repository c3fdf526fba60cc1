//! Reactions of an open till to events.

mod connectivity;
mod keyboard;
mod owed_returns;
mod updates;

use leptos::prelude::*;

use crate::cash::live::back_button::lead_back;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::feedback;
use crate::cash::live::screens::scan::release;

/// Starts the reactions, which last as long as the till is open.
pub fn watch(till: Till) {
    let guards = StoredValue::new_local((
        keyboard::listen(till),
        connectivity::watch(till),
        lead_back(till),
        feedback::WakeLock::hold(),
        feedback::sound_after_tap(),
    ));
    on_cleanup(move || {
        guards.dispose();
        release();
    });
    updates::watch(till);
    owed_returns::watch(till);
}
