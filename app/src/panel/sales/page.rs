//! The page of the sales.

use leptos::prelude::*;

use super::filter::filters;
use super::query::{Sales, address, first, next};
use super::rows::list;
use crate::page::texts as shared_texts;
use crate::panel::chrome::{Chrome, Page, Section};
use crate::ui::format::{day, fill};
use crate::ui::head::{Head, empty};
use crate::ui::pager::pager;
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
    let content = match page.searched_until {
        Some(until) if page.rows.is_empty() => {
            let until = day(language, until, page.now);
            let none = fill(t.sales.none_since, &[&until]);
            let pages = pager(
                shared_texts(language).pager,
                "pager",
                next(page),
                first(page),
            );
            view! {
                {empty(&none, t.sales.none_since_advice, None)}
                {pages}
            }
            .into_any()
        }
        _ if page.rows.is_empty() => empty(t.sales.none, t.sales.none_advice, None),
        _ => list(chrome, page),
    };
    let body = view! {
        {filters(language, t, page)}
        {page.is_too_long.then(|| too_many(language))}
        <section class="panel">{content}</section>
    };
    chrome.page(Page {
        section: Some(Section::Sales),
        head,
        is_wrong: page.filter.is_wrong(),
        body: body.into_any(),
    })
}
