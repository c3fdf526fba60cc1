//! The focus, for a cashier who does not see the screen.

use leptos::html::H2;
use leptos::prelude::*;

/// Moves the focus to a heading as soon as it stands on the page.
pub fn focus_heading(heading: NodeRef<H2>) {
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
}
