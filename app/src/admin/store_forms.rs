//! The forms of a store: the one that opens it, and that of its name and paid tills.

use domain::Template;
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::texts::{StoresTexts, Texts};
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, hidden, submit, summary};
use crate::ui::head::{Head, Weight, button_link};

/// The name of the hidden field with the text that makes a repeated form harmless.
pub const ONCE: &str = "once";

fields! {
    /// The fields of a store.
    StoreField = "store" {
        /// The name.
        Name = "name",
        /// The most tills that may be switched on; empty is not limited.
        Paid = "paid",
        /// The name of the first branch.
        Branch = "branch",
        /// Its address.
        Address = "address",
        /// A value of [`Template`].
        Template = "template",
        /// The name of the owner.
        Owner = "owner",
    }
}

/// The form that opens a store.
#[derive(Clone, Debug)]
pub struct NewStore {
    /// The form.
    pub form: FormState<StoreField>,
    /// A random text, sent back in [`ONCE`]: a form that is sent twice opens one store.
    pub once: String,
}

fn label(t: &StoresTexts, field: StoreField) -> String {
    let label = match field {
        StoreField::Name => t.name,
        StoreField::Paid => t.paid,
        StoreField::Branch => t.branch,
        StoreField::Address => t.address,
        StoreField::Template => t.template,
        StoreField::Owner => t.invite_name,
    };
    label.to_owned()
}

/// Returns the crumb of the list of stores.
pub(super) fn stores_crumb(all: &Texts) -> (String, String) {
    (all.stores.to_owned(), Url::Stores.to_string())
}

/// Renders the form that opens a store.
pub fn new_html(chrome: &Chrome, page: &NewStore) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.store_pages;
    let form = &page.form;
    let control = |field| Control::new(form, language, field, label(t, field));
    let template = |template: Template| {
        let (words, note) = match template {
            Template::Three => (t.three, t.three_note),
            Template::Five => (t.five, t.five_note),
            Template::Ten => (t.ten, t.ten_note),
        };
        Choice::new(template.as_str(), words).noted(note)
    };
    let templates = Template::ALL.into_iter().map(template).collect();
    let mut head = Head::new(t.new_title);
    head.crumbs = vec![stores_crumb(all)];
    head.note = Some(t.new_lead.into_any());
    let body = view! {
        {summary(form, language, t.not_opened, |field| label(t, field))}
        <form
            class="narrow columns"
            method="post"
            autocomplete="off"
            action=Url::NewStore.to_string()
            novalidate
        >
            <div class="panel">
                <div class="pad stack">
                    {control(StoreField::Name).hint(t.name_hint).text()}
                    {control(StoreField::Paid).hint(t.paid_hint).number(None)}
                </div>
                <div class="pad ruled stack">
                    {control(StoreField::Branch).hint(t.branch_hint).text()}
                    {control(StoreField::Address).hint(t.address_hint).text()}
                </div>
                <div class="pad ruled stack">
                    {control(StoreField::Template).hint(t.template_hint).radios("", templates)}
                </div>
                <div class="pad ruled stack">{control(StoreField::Owner).text()}</div>
            </div>
            {hidden(ONCE, &page.once)}
            <div class="form-end">
                {submit(Weight::Main, t.open_store)}
                {button_link(Weight::Quiet, Url::Stores, t.cancel)}
            </div>
        </form>
    };
    chrome.form_page(Section::Stores, head, form.is_wrong(), body.into_any())
}

/// The names of the hidden fields with the stored name and number, as the form was opened.
pub const SEEN: [&str; 2] = ["seen-name", "seen-paid"];

/// The form of the name and the paid tills.
#[derive(Clone, Debug)]
pub struct EditStore {
    /// The number of the store.
    pub id: i64,
    /// Its stored name.
    pub name: String,
    /// Its stored number of paid tills.
    pub paid_tills: Option<i64>,
    /// The form.
    pub form: FormState<StoreField>,
}

/// Renders the form of the name and the paid tills.
pub fn edit_html(chrome: &Chrome, page: &EditStore) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.store_pages;
    let form = &page.form;
    let control = |field| Control::new(form, language, field, label(t, field));
    let [seen_name, seen_paid] = SEEN;
    let paid = page.paid_tills.map(|paid| paid.to_string());
    let paid = paid.unwrap_or_default();
    let mut head = Head::new(t.edit_title);
    let store = Url::Store(page.id).to_string();
    head.crumbs = vec![stores_crumb(all), (page.name.clone(), store)];
    let body = view! {
        {summary(form, language, t.not_saved, |field| label(t, field))}
        <form
            class="narrow columns"
            method="post"
            autocomplete="off"
            action=Url::EditStore(page.id).to_string()
            novalidate
        >
            <div class="panel pad stack">
                {control(StoreField::Name).hint(t.name_hint).text()}
                {control(StoreField::Paid).hint(t.paid_edit_hint).number(None)}
            </div>
            {hidden(seen_name, &page.name)}
            {hidden(seen_paid, &paid)}
            <div class="form-end">
                {submit(Weight::Main, t.save)}
                {button_link(Weight::Quiet, Url::Store(page.id), t.cancel)}
            </div>
        </form>
    };
    chrome.form_page(Section::Stores, head, form.is_wrong(), body.into_any())
}
