//! The page that asks before a client's name and phone are erased.

use domain::Money;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::ledger_words::bonuses;
use super::urls::Url;
use crate::forms::submit;
use crate::ui::figures::Figure;
use crate::ui::format::{money, phone};
use crate::ui::head::{Head, Weight, button_link};

/// The page that asks.
#[derive(Clone, Debug)]
pub struct ClientErase {
    /// The number of the client.
    pub id: i64,
    /// The name; `None` if it is not known.
    pub name: Option<String>,
    /// The phone in E.164.
    pub phone: String,
    /// The balance, which nobody can spend afterwards.
    pub balance: Money,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ClientErase) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let name = page
        .name
        .clone()
        .unwrap_or_else(|| t.clients.no_name.to_owned());
    let mut head = Head::new(t.client.erase_title);
    head.crumbs = vec![
        crumb(Section::Clients, t),
        (name.clone(), Url::Client(page.id).to_string()),
    ];
    let present = view! { {name} " · " <span class="num">{phone(&page.phone)}</span> };
    head.note = Some(present.into_any());
    let left = Figure {
        label: t.client.erase_left.to_owned(),
        value: money(language, page.balance),
        unit: Some(bonuses(language, t, page.balance).to_owned()),
        href: None,
        words: None,
    };
    let sentences = [t.client.erase_1, t.client.erase_2, t.client.erase_3];
    let sentences = sentences.map(|sentence| view! { <li>{sentence}</li> });
    let body = view! {
        <div class="narrow columns">
            <form
                class="panel"
                method="post"
                action=Url::EraseClient(page.id).to_string()
                novalidate
            >
                <div class="pad stack">
                    {left.view()} <p>{t.client.erase_note}</p>
                    <ul class="list">{sentences.collect_view()}</ul>
                    <p class="strong">{t.client.merge_cannot}</p>
                </div>
                <div class="pad ruled stack">
                    <div class="actions">
                        {submit(Weight::Danger, t.client.erase_button)}
                        {button_link(Weight::Quiet, Url::Client(page.id), t.client.keep_client)}
                    </div>
                </div>
            </form>
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}
