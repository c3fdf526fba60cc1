//! The form of a branch: a new one, or its name and address.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::forms::{Control, FormState, fields, submit, summary};
use crate::ui::head::{Head, Weight, button_link};

fields! {
    /// The fields of a branch.
    BranchField = "branch" {
        /// The name.
        Name = "name",
        /// The address.
        Address = "address",
    }
}

/// The form of a branch.
#[derive(Clone, Debug)]
pub struct BranchForm {
    /// The branch as it is stored; `None` for a new one.
    pub branch: Option<(i64, String)>,
    /// The form.
    pub form: FormState<BranchField>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &BranchForm) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.tills;
    let form = &page.form;
    let label = |field| match field {
        BranchField::Name => t.branch_name.to_owned(),
        BranchField::Address => t.branch_address.to_owned(),
    };
    let control = |field| Control::new(form, language, field, label(field));
    let (url, title) = match &page.branch {
        Some((id, name)) => (Url::Branch(*id), name.as_str()),
        None => (Url::NewBranch, t.new_branch),
    };
    let mut head = Head::new(title);
    head.crumbs = vec![crumb(Section::Tills, all)];
    let body = view! {
        {summary(form, language, all.common.not_saved, label)}
        <form class="narrow columns" method="post" action=url.to_string() novalidate>
            <div class="panel pad stack">
                {control(BranchField::Name).hint(t.branch_name_hint).text()}
                {control(BranchField::Address).hint(t.optional).text()}
            </div>
            <div class="form-end">
                {submit(Weight::Main, all.common.save)}
                {button_link(Weight::Quiet, Url::Tills, all.common.cancel)}
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
