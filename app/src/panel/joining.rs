//! How clients join by themselves: the terms that they accept, and the link of the bot.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::forms::{Control, FormState, fields, submit, summary};
use crate::ui::codes::{code, qr_of};
use crate::ui::format::{fill, moment};
use crate::ui::head::{Head, Weight, section};

fields! {
    /// The terms.
    TermsField = "terms" {
        /// The text.
        Text = "text",
    }
}

/// The page.
#[derive(Clone, Debug)]
pub struct Joining {
    /// The current moment.
    pub now: Timestamp,
    /// The form of the terms.
    pub form: FormState<TermsField>,
    /// The version that holds, and since when.
    pub version: Option<(i64, Timestamp)>,
    /// The address that opens the bot with this store; `None` without a bot.
    pub link: Option<String>,
    /// `true` if the person may change the terms.
    pub may_change: bool,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Joining) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.joining;
    let mut head = Head::new(t.title);
    head.crumbs = vec![crumb(Section::Messages, all)];
    head.note = Some(t.note.into_any());
    let version = match page.version {
        Some((version, since)) => {
            let since = moment(language, since, page.now);
            fill(t.version, &[&version.to_string(), &since])
        }
        None => t.none.to_owned(),
    };
    let control = Control::new(&page.form, language, TermsField::Text, t.terms);
    let form = if page.may_change {
        view! {
            <form class="panel" method="post" action=Url::Joining.to_string() novalidate>
                <div class="pad stack">
                    <p>{version}</p>
                    {control.hint(t.terms_hint).textarea(10)}
                    <p>{submit(Weight::Main, all.common.save)}</p>
                    <details>
                        <summary>{t.sample}</summary>
                        <p class="message">{fill(t.sample_text, &[&chrome.store])}</p>
                    </details>
                </div>
            </form>
        }
        .into_any()
    } else {
        let text = page.form.value(TermsField::Text).to_owned();
        view! {
            <div class="panel pad stack">
                <p>{version}</p>
                <p class="message">{text}</p>
            </div>
        }
        .into_any()
    };
    let link = match &page.link {
        Some(link) => view! {
            <div class="panel pad stack">
                <p>{code(link.clone())}</p>
                {qr_of(link, t.link)}
                <p class="note">{t.link_note}</p>
            </div>
        }
        .into_any(),
        None => view! {
            <div class="panel pad">
                <p class="note">{t.no_bot}</p>
            </div>
        }
        .into_any(),
    };
    let label = |_| t.terms.to_owned();
    let body = view! {
        {summary(&page.form, language, all.common.not_saved, label)}
        <div class="narrow columns">{section(t.terms, form)} {section(t.link, link)}</div>
    };
    chrome.page(Page {
        section: Some(Section::Messages),
        head,
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    })
}
