//! Pages without the frame: sign-in, new password, errors.

use leptos::prelude::*;

use super::document::{Title, render};
use crate::locales::Language;
use crate::ui::icons::brand;

/// A page that is alone.
pub(crate) struct Alone {
    pub(crate) language: Language,
    /// The name of the product, and of the document's place.
    pub(crate) product: &'static str,
    pub(crate) title: String,
    /// `true` if the page shows a form with problems.
    pub(crate) is_wrong: bool,
    pub(crate) body: AnyView,
}

impl Alone {
    pub(crate) fn html(self) -> String {
        let title = Title {
            page: self.title,
            place: "Bonex".to_owned(),
            is_wrong: self.is_wrong,
        };
        render(self.language, &title, "single", move || {
            view! {
                <main class="alone" id="main">
                    <div class="alone-brand">
                        {brand()} <span>{format!("Bonex · {}", self.product)}</span>
                    </div>
                    {self.body}
                </main>
            }
        })
    }
}

/// Renders the choice of the language: links to the same page with another language.
pub(crate) fn languages(current: Language, href: impl Fn(Language) -> String) -> AnyView {
    let link = |language: Language| {
        let is_current = language == current;
        view! {
            <a
                href=href(language)
                lang=language.tag()
                aria-current=is_current.then_some("true")
            >
                {language.own_name()}
            </a>
        }
    };
    view! {
        <p class="languages">{Language::ALL.into_iter().map(link).collect_view()}</p>
    }
    .into_any()
}
