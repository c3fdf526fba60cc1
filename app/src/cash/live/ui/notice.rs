//! A notice on the screen.

use leptos::prelude::*;

use crate::cash::live::model::notice::Notice;

/// Renders a notice as a paragraph.
pub fn paragraph(notice: Notice) -> impl IntoView {
    let class = if notice.is_good { "told" } else { "problem" };
    view! { <p class=class>{notice.text}</p> }
}
