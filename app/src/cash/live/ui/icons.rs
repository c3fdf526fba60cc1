//! The icons of buttons, in the colour of the text beside them.

use leptos::prelude::*;

/// The icon of everything that closes or removes.
#[component]
pub fn Cross() -> impl IntoView {
    drawing("M6 6l12 12M18 6L6 18")
}

/// The icon of scanning: a code in the frame of a camera.
#[component]
pub fn ScanMark() -> impl IntoView {
    drawing(
        "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M4 12h16",
    )
}

/// The icon of a card with a barcode.
#[component]
pub fn CardMark() -> impl IntoView {
    drawing(
        "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9v6M12 9v6M16 9v6",
    )
}

/// The icon that deletes the last digit.
#[component]
pub fn Backspace() -> impl IntoView {
    drawing("M9 5h11a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H9l-6-7zM11 9l6 6M17 9l-6 6")
}

/// The icon that opens the menu.
#[component]
pub fn MenuMark() -> impl IntoView {
    drawing("M4 6h16M4 12h16M4 18h16")
}

/// The arrow of a button that leads to another screen.
#[component]
pub fn Onward() -> impl IntoView {
    drawing("M9 5l7 7-7 7")
}

/// The icon of a camera that does not work.
#[component]
pub fn NoCamera() -> impl IntoView {
    drawing(
        "M4 8h3l2-3h6l2 3h2a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM12 10a3 3 0 1 0 .01 0M3 3l18 18",
    )
}

fn drawing(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path />
        </svg>
    }
}
