//! The focus, for cashiers who use a screen reader.

use leptos::html::H2;
use leptos::prelude::*;

/// Moves the focus to a heading when it appears on the page.
pub fn focus_heading(heading: NodeRef<H2>) {
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
}
