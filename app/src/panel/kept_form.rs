//! The page after a new sign-in that gives back the form that was being filled in when the session
//! ended.

use leptos::prelude::*;

use super::chrome::{Chrome, Page};
use crate::console::sign_in::BROUGHT_BACK;
use crate::console::texts::texts;
use crate::forms::{hidden, submit};
use crate::ui::head::{Head, Weight, button_link};

/// The page.
#[derive(Clone, Debug)]
pub struct KeptForm {
    /// The address to which the form was sent.
    pub action: String,
    /// What was typed.
    pub pairs: Vec<(String, String)>,
    /// The page for a person who does not need it any more.
    pub back: String,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &KeptForm) -> String {
    let t = &texts(chrome.language).access;
    let pairs = page.pairs.iter().map(|(name, value)| hidden(name, value));
    let body = view! {
        <form class="panel pad stack narrow" method="post" action=page.action.clone()>
            <p>{t.kept_lead}</p>
            {pairs.collect_view()}
            {hidden(BROUGHT_BACK, "1")}
            <div class="actions">
                {submit(Weight::Main, t.kept_back)}
                {button_link(Weight::Quiet, page.back.clone(), t.kept_drop)}
            </div>
        </form>
    };
    chrome.page(Page {
        section: None,
        head: Head::new(t.kept_title),
        is_wrong: false,
        body: body.into_any(),
    })
}
