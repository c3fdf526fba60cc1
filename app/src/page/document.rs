//! The HTML document.

use leptos::prelude::*;

use super::texts::texts;
use crate::locales::Language;
use crate::ssr::title;

/// The URL of the style sheet, which both consoles load.
pub(crate) const STYLE_URL: &str = concat!("/console.", env!("CONSOLE_HASH"), ".css");

/// The URL of the script of the pages that bring themselves up to date.
pub(crate) const REFRESH_URL: &str = concat!("/console.", env!("REFRESH_HASH"), ".js");

/// The title of a document: «Раздел · Магазин».
pub(crate) struct Title {
    pub(crate) page: String,
    /// The store, or the name of the product before the sign-in.
    pub(crate) place: String,
    /// `true` if the page shows a form with problems.
    pub(crate) is_wrong: bool,
}

impl Title {
    fn text(&self, language: Language) -> String {
        let Self {
            page,
            place,
            is_wrong,
        } = self;
        if *is_wrong {
            format!("{} {page} · {place}", texts(language).error)
        } else {
            format!("{page} · {place}")
        }
    }
}

/// Renders a whole document. `body` is called when the reactive system of Leptos is ready.
pub(crate) fn render<B: IntoView + 'static>(
    language: Language,
    page_title: &Title,
    body_class: &'static str,
    body: impl FnOnce() -> B,
) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        view! {
            <!DOCTYPE html>
            <html lang=language.tag()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="robots" content="noindex" />
                    {title(&page_title.text(language))}
                    <link rel="stylesheet" href=STYLE_URL />
                </head>
                <body class=body_class>{body().into_any()}</body>
            </html>
        }
        .to_html()
    });
    owner.unset_with_forced_cleanup();
    // The markers are for hydration, which these pages do not have. A text cannot contain one,
    // because `<` is escaped in texts, attributes, titles and text areas.
    html.replace("<!>", "")
}
