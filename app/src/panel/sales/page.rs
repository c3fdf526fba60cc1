//! The page of the sales.

use leptos::prelude::*;

use super::filter::filters;
use super::query::{Sales, address};
use super::rows::list;
use crate::panel::chrome::{Chrome, Page, Section};
use crate::ui::format::fill;
use crate::ui::head::{Head, empty};
use crate::ui::sheet::{downloads, too_many};

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Sales) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.common.sales);
    head.is_short = true;
    let client = page.client.as_ref();
    head.note = client.map(|name| fill(t.sales.of_client, &[name]).into_any());
    if !page.rows.is_empty() {
        head.actions = downloads(language, |format| address(page, format));
    }
    let content = if page.rows.is_empty() {
        empty(t.sales.none, t.sales.none_advice, None)
    } else {
        list(chrome, page)
    };
    let is_too_long = page.totals.is_none() && !page.rows.is_empty();
    let body = view! {
        {filters(language, t, page)}
        {is_too_long.then(|| too_many(language))}
        <section class="panel">{content}</section>
    };
    chrome.page(Page {
        section: Some(Section::Sales),
        head,
        is_wrong: page.filter.is_wrong(),
        body: body.into_any(),
    })
}
