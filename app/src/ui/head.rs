//! The head of a page and of its sections.

use leptos::prelude::*;

/// The head of a page.
#[derive(Default)]
pub(crate) struct Head {
    /// The pages above: words and address, the outermost first.
    pub(crate) crumbs: Vec<(String, String)>,
    pub(crate) title: String,
    /// A word or two beside the title.
    pub(crate) tag: Option<AnyView>,
    /// One line under the title.
    pub(crate) note: Option<AnyView>,
    /// At most two buttons.
    pub(crate) actions: Vec<AnyView>,
    /// `true` if the buttons stay beside the title on a phone.
    pub(crate) is_short: bool,
}

impl Head {
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    pub(crate) fn view(self, crumbs_name: &'static str) -> AnyView {
        let class = if self.is_short {
            "head head-short"
        } else {
            "head"
        };
        let crumbs = (!self.crumbs.is_empty()).then(|| {
            let mut views = Vec::new();
            for (index, (words, href)) in self.crumbs.into_iter().enumerate() {
                if index > 0 {
                    views.push(view! { <span aria-hidden="true">"/"</span> }.into_any());
                }
                views.push(view! { <a href=href>{words}</a> }.into_any());
            }
            view! {
                <nav class="crumbs" aria-label=crumbs_name>
                    {views}
                </nav>
            }
        });
        let actions =
            (!self.actions.is_empty()).then(|| view! { <div class="actions">{self.actions}</div> });
        view! {
            <div class=class>
                <div class="head-words">
                    {crumbs}
                    <div class="head-line">
                        <h1>{self.title}</h1>
                        {self.tag}
                    </div>
                    {self.note.map(|note| view! { <p class="note">{note}</p> })}
                </div>
                {actions}
            </div>
        }
        .into_any()
    }
}

/// A section of a page with its heading.
pub(crate) fn section(title: impl Into<String>, content: impl IntoView + 'static) -> AnyView {
    noted_section(title, None, None, content)
}

/// A section with a link beside its heading and a note under it.
pub(crate) fn noted_section(
    title: impl Into<String>,
    note: Option<String>,
    link: Option<AnyView>,
    content: impl IntoView + 'static,
) -> AnyView {
    let content = content.into_any();
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{title.into()}</h2>
                {link}
                {note.map(|note| view! { <p class="section-note note">{note}</p> })}
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// The weight of a button or of a link that looks like one.
#[derive(Clone, Copy)]
pub(crate) enum Weight {
    /// The one green button of a page.
    Main,
    /// All other buttons.
    Quiet,
    /// A quiet button to something dangerous.
    Warn,
    /// The red button of the page that asks.
    Danger,
    /// A button that looks like a link.
    Link,
}

impl Weight {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Main => "button",
            Self::Quiet => "button button-quiet",
            Self::Warn => "button button-warn",
            Self::Danger => "button button-danger",
            Self::Link => "button-link",
        }
    }
}

/// A link that looks like a button.
pub(crate) fn button_link(
    weight: Weight,
    href: impl Into<String>,
    words: impl Into<String>,
) -> AnyView {
    view! {
        <a class=weight.class() href=href.into()>
            {words.into()}
        </a>
    }
    .into_any()
}

/// A tag beside a title or in a row, with the store's colour of a tier as a dot.
pub(crate) fn tag(words: impl Into<String>, dot: Option<String>) -> AnyView {
    let dot = dot.filter(|colour| is_colour(colour)).map(|colour| {
        view! {
            <svg width="8" height="8" aria-hidden="true">
                <circle cx="4" cy="4" r="4" fill=colour></circle>
            </svg>
        }
    });
    view! { <span class="tag">{dot}{words.into()}</span> }.into_any()
}

/// Returns whether a text is a colour such as `#c9a227`: nothing else becomes an attribute.
pub(crate) fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// The place of a list or a panel that has nothing to show, with the next step.
pub(crate) fn empty(
    title: impl Into<String>,
    advice: impl Into<String>,
    button: Option<AnyView>,
) -> AnyView {
    view! {
        <div class="empty">
            <div class="stack-tight">
                <h2>{title.into()}</h2>
                <p class="note">{advice.into()}</p>
            </div>
            {button}
        </div>
    }
    .into_any()
}
