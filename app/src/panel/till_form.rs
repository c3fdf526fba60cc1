//! The form of a till: a new one, or its name and branch.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, submit, summary};
use crate::ui::head::{Head, Weight, button_link};

fields! {
    /// The fields of a till.
    TillField = "till" {
        /// The name.
        Name = "name",
        /// The number of the branch.
        Branch = "branch",
    }
}

/// The form of a till.
#[derive(Clone, Debug)]
pub struct TillForm {
    /// The till as it is stored; `None` for a new one.
    pub till: Option<(i64, String)>,
    /// The branches to choose from.
    pub branches: Vec<(i64, String)>,
    /// The form.
    pub form: FormState<TillField>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &TillForm) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.tills;
    let form = &page.form;
    let label = |field| match field {
        TillField::Name => t.till_name.to_owned(),
        TillField::Branch => all.common.branch.to_owned(),
    };
    let control = |field| Control::new(form, language, field, label(field));
    let (url, title, back) = match &page.till {
        Some((id, name)) => (Url::EditTill(*id), name.as_str(), Url::Till(*id)),
        None => (Url::NewTill, t.new_till, Url::Tills),
    };
    let branches = page
        .branches
        .iter()
        .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
        .collect();
    let mut head = Head::new(title);
    head.crumbs = vec![crumb(Section::Tills, all)];
    let hint = match page.till {
        None => t.new_till_hint,
        Some(_) => t.move_till_hint,
    };
    let body = view! {
        {summary(form, language, all.common.not_saved, label)}
        <form class="narrow columns" method="post" action=url.to_string() novalidate>
            <div class="panel pad stack">
                {control(TillField::Branch).select(branches)}
                {control(TillField::Name).hint(t.till_name_hint).text()}
                <p class="note">{hint}</p>
            </div>
            <div class="form-end">
                {submit(Weight::Main, all.common.save)}
                {button_link(Weight::Quiet, back, all.common.cancel)}
            </div>
        </form>
    };
    chrome.page(Page {
        section: Some(Section::Tills),
        head,
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}
