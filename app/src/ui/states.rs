//! Meanings: a shape and a word, so that a meaning never depends on a colour alone.

use leptos::prelude::*;

/// A meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// All is well: a green circle.
    Good,
    /// Something to look at: an orange triangle.
    Attention,
    /// Something is wrong: a red square.
    Danger,
    /// Switched off or unknown: an empty circle.
    Neutral,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "",
            Self::Attention => " is-attention",
            Self::Danger => " is-danger",
            Self::Neutral => " is-neutral",
        }
    }

    const fn notice_class(self) -> &'static str {
        match self {
            Self::Good => "notice notice-good",
            Self::Attention => "notice notice-attention",
            Self::Danger => "notice notice-danger",
            Self::Neutral => "notice",
        }
    }
}

/// A message under the head of a page. It stays until the page is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The meaning.
    pub tone: Tone,
    /// One sentence in bold.
    pub title: String,
    /// The next step; `None` if there is no more to say.
    pub text: Option<String>,
    /// The words and the address of a link at the end.
    pub link: Option<(String, String)>,
}

impl Notice {
    /// Makes a notice of one sentence.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            text: None,
            link: None,
        }
    }
}

/// Renders the shape of a meaning before its word.
pub(crate) fn state(tone: Tone, word: impl Into<String>) -> AnyView {
    let class = format!("state{}", tone.class());
    view! { <span class=class>{word.into()}</span> }.into_any()
}

/// Renders the shape alone; the words stand beside it.
pub(crate) fn mark(tone: Tone) -> impl IntoView + use<> {
    let class = format!("mark{}", tone.class());
    view! { <span class=class></span> }
}

/// Renders a notice.
pub(crate) fn notice(notice: &Notice) -> AnyView {
    let Notice {
        tone,
        title,
        text,
        link,
    } = notice.clone();
    view! {
        <div class=tone.notice_class() role="status">
            {mark(tone)}
            <div>
                <b>{title}</b>
                {text.map(|text| view! { " "{text} })}
                {link.map(|(words, href)| view! { " "<a href=href>{words}</a> })}
            </div>
        </div>
    }
    .into_any()
}
