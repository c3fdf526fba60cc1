//! The page that waits for the effect of a programme on very many sales.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::forms::post_button;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{count, fill};
use crate::ui::head::{Head, Weight};

/// The state of a computation. The server refreshes the page until it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The number of the look.
    pub id: i64,
    /// The clients whose sales are counted.
    pub done: i64,
    /// All clients.
    pub all: i64,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Progress) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.programme;
    let mut head = Head::new(t.progress_title);
    head.crumbs = vec![crumb(Section::Programme, all)];
    let percent = i128::from(page.done.max(0)) * 100 / i128::from(page.all.max(1));
    let wide = format!("{percent}%");
    let (done, of) = (count(language, page.done), count(language, page.all));
    let name = format!("{} {wide}", t.progress);
    let figure = Figure {
        label: t.progress.to_owned(),
        value: wide.clone(),
        unit: (page.all > 0).then(|| fill(t.progress_of, &[&done, &of])),
        href: None,
        words: Some(words(t.progress_note)),
    };
    let body = view! {
        <section class="panel narrow">
            <div class="pad stack">
                {figure.view()}
                <svg
                    class="chart"
                    width="100%"
                    height="12"
                    role="img"
                    aria-label=name
                >
                    <rect class="bar-rail" width="100%" height="12" rx="3"></rect>
                    <rect class="bar-now" width=wide height="12" rx="3"></rect>
                </svg>
                {post_button(Weight::Quiet, Url::StopProgrammeLook(page.id), t.stop, &[])}
            </div>
        </section>
    };
    chrome.page(Page {
        section: Some(Section::Programme),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}
