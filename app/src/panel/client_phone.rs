//! The form of a client's new phone.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::forms::{Control, FormState, fields, submit, summary};
use crate::ui::format::phone;
use crate::ui::head::{Head, Weight, button_link};
use crate::ui::states::{Notice, Tone, notice};

fields! {
    /// The fields of a new phone.
    PhoneField = "phone" {
        /// The new phone in any spelling.
        Phone = "phone",
    }
}

/// The page with the form.
#[derive(Clone, Debug)]
pub struct ClientPhone {
    /// The number of the client.
    pub id: i64,
    /// The name; `None` if it is not known.
    pub name: Option<String>,
    /// The present phone in E.164.
    pub phone: String,
    /// The form.
    pub form: FormState<PhoneField>,
    /// The client who has the phone that was sent.
    pub taken_by: Option<i64>,
    /// Whether the person may merge clients.
    pub may_merge: bool,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ClientPhone) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let name = page
        .name
        .clone()
        .unwrap_or_else(|| t.clients.no_name.to_owned());
    let mut head = Head::new(t.client.phone_title);
    head.crumbs = vec![
        crumb(Section::Clients, t),
        (name.clone(), Url::Client(page.id).to_string()),
    ];
    let present = view! { {name} " · " <span class="num">{phone(&page.phone)}</span> };
    head.note = Some(present.into_any());
    let label = |PhoneField::Phone| t.client.phone_new.to_owned();
    let problems = summary(&page.form, language, t.common.not_saved, label);
    let taken = page.taken_by.map(|other| {
        let mut message = Notice::new(Tone::Attention, t.client.phone_taken);
        let advice = if page.may_merge {
            t.client.phone_taken_note
        } else {
            t.client.phone_taken_manager
        };
        message.text = Some(advice.to_owned());
        let sent = page.form.value(PhoneField::Phone);
        let merge = Url::MergeClient(page.id).with_query(&[("with", sent)]);
        let merge = page
            .may_merge
            .then(|| button_link(Weight::Quiet, merge, t.client.merge_title));
        view! {
            {notice(&message)}
            <div class="actions">
                {merge} {button_link(Weight::Quiet, Url::Client(other), t.client.other_client)}
            </div>
        }
    });
    let control = Control::new(
        &page.form,
        language,
        PhoneField::Phone,
        label(PhoneField::Phone),
    );
    let body = view! {
        <div class="narrow columns">
            {problems} {taken}
            <form
                class="panel pad stack"
                method="post"
                action=Url::ChangePhone(page.id).to_string()
                novalidate
            >
                {control.text()}
                <p>{t.client.phone_note}</p>
                <div class="actions">
                    {submit(Weight::Main, t.client.phone_save)}
                    {button_link(Weight::Quiet, Url::Client(page.id), t.client.keep_client)}
                </div>
            </form>
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    })
}
