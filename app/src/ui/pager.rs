//! The way to the next rows of a list.

use leptos::prelude::*;

/// The words of a pager.
#[derive(Clone, Copy)]
pub(crate) struct PagerWords {
    pub(crate) name: &'static str,
    pub(crate) next: &'static str,
    pub(crate) first: &'static str,
}

/// Renders the pager. Lists are read by key, so there is only a way on and a way back to the start.
/// `class` is `pager` in a panel, or `pager pager-alone`. Returns `None` if one page shows all
/// rows.
pub(crate) fn pager(
    words: PagerWords,
    class: &'static str,
    next: Option<String>,
    first: Option<String>,
) -> Option<AnyView> {
    if next.is_none() && first.is_none() {
        return None;
    }
    let link = |href: String, words: &'static str| {
        view! {
            <a class="button button-quiet" href=href>
                {words}
            </a>
        }
    };
    let view = view! {
        <nav class=class aria-label=words.name>
            <span class="actions">
                {first.map(|href| link(href, words.first))} {next.map(|href| link(href, words.next))}
            </span>
        </nav>
    };
    Some(view.into_any())
}
