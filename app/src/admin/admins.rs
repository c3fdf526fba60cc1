//! The admins: their access, invitations, and the form of a new invitation.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::texts::platform;
use super::texts::platform::AdminsTexts;
use super::urls::Url;
use crate::forms::{Control, FormState, fields, hidden, post_button, submit, summary};
use crate::locales::Language;
use crate::ui::codes::code;
use crate::ui::format::{ago, count, fill, moment};
use crate::ui::head::{Head, Weight, button_link, noted_section, section, tag};
use crate::ui::states::{Tone, state};
use crate::ui::table::{Cell, Row, Table, column, strong, sub, sub_phone};

fields! {
    /// The fields of an invitation.
    InviteField = "invite" {
        /// The name of the person.
        Name = "name",
    }
}

/// The name of the hidden field with the text that makes a repeated form harmless.
pub const ONCE: &str = "once";

/// The recovery codes below which an admin should make new ones.
pub(super) const FEW_CODES: i64 = 3;

/// The page of the admins.
#[derive(Clone, Debug)]
pub struct Admins {
    /// The current moment.
    pub now: Timestamp,
    /// The admins with access.
    pub admins: Vec<AdminRow>,
    /// The invitations that wait.
    pub waiting: Vec<Waiting>,
    /// The link that was just made; it is shown once.
    pub link: Option<NewLink>,
    /// The form of a new invitation.
    pub form: FormState<InviteField>,
    /// A random text, sent back in [`ONCE`]: a form that is sent twice makes one link.
    pub once: String,
}

/// An admin with access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminRow {
    /// The admin's number.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The login.
    pub login: String,
    /// The last request of the sessions that live, exact to an hour.
    pub last_seen: Option<Timestamp>,
    /// `true` if an app is connected.
    pub has_app: bool,
    /// The recovery codes that have not been used.
    pub recovery_codes: i64,
    /// `true` for the admin who looks at the page.
    pub is_self: bool,
}

/// An invitation that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The number of the invitation.
    pub id: i64,
    /// The name of the person.
    pub name: String,
    /// The admin who has invited; `None` for the operator at the command line.
    pub invited_by: Option<String>,
    /// The moment when the link ends.
    pub until: Timestamp,
}

/// A link that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLink {
    /// The name of the person.
    pub name: String,
    /// The whole URL.
    pub url: String,
    /// The moment when the link ends.
    pub until: Timestamp,
    /// `true` if an admin sets a new password with it.
    pub is_password: bool,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Admins) -> String {
    let language = chrome.language;
    let all = platform(language);
    let t = &all.admins;
    let form = &page.form;
    let label = |InviteField::Name| t.name.to_owned();
    let link = page.link.as_ref();
    let link = link.map(|link| new_link(language, t, page.now, link));
    let content = view! {
        <form
            class="panel pad stack"
            method="post"
            autocomplete="off"
            action=Url::Admins.to_string()
            novalidate
        >
            {Control::new(form, language, InviteField::Name, t.name).text()}
            {hidden(ONCE, &page.once)}
            <p>{submit(Weight::Main, t.invite)}</p>
        </form>
    };
    let note = Some(t.invite_note.to_owned());
    let invite = noted_section(t.invite_title, note, None, content);
    let waiting =
        (!page.waiting.is_empty()).then(|| section(t.invitations, waiting(language, t, page)));
    let body = view! {
        {summary(form, language, t.not_invited, label)}
        {link}
        <section class="panel">{admins(language, t, page)}</section>
        {waiting}
        {invite}
    };
    let mut head = Head::new(all.menu.admins);
    head.note = Some(t.note.into_any());
    chrome.form_page(Section::Admins, head, form.is_wrong(), body.into_any())
}

fn new_link(language: Language, t: &AdminsTexts, now: Timestamp, link: &NewLink) -> AnyView {
    let until = moment(language, link.until, now);
    let password = link
        .is_password
        .then(|| view! { <p class="note">{t.password_note}</p> });
    let content = view! {
        <div class="panel pad stack">
            {code(link.url.clone())}
            <p class="note">{fill(t.link_note, &[&until])}</p>
            {password}
        </div>
    };
    section(fill(t.link_for, &[&link.name]), content)
}

fn admins(language: Language, t: &'static AdminsTexts, page: &Admins) -> AnyView {
    let row = |admin: &AdminRow| {
        let seen = match admin.last_seen {
            Some(at) => ago(language, at, page.now).text(),
            None => t.never_seen.to_owned(),
        };
        let is_self = admin.is_self.then(|| view! { " " {tag(t.you, None)} });
        let name = view! {
            {strong(admin.name.clone())} {is_self} {sub(admin.login.clone())}
            {sub_phone(seen.clone())}
        };
        let few = admin.has_app && admin.recovery_codes < FEW_CODES;
        let app = match (admin.has_app, few) {
            (false, _) => state(Tone::Attention, t.app_off),
            (true, true) => {
                let left = count(language, admin.recovery_codes);
                let left = fill(t.few_codes, &[&left]);
                view! { {state(Tone::Attention, t.app_on)} {sub(left)} }.into_any()
            }
            (true, false) => state(Tone::Good, t.app_on),
        };
        let actions = (!admin.is_self).then(|| {
            view! {
                <div class="actions">
                    {post_button(
                        Weight::Quiet,
                        Url::NewPasswordLink(admin.id),
                        t.new_password,
                        &[(ONCE, &page.once)],
                    )} {button_link(Weight::Warn, Url::RemoveAdmin(admin.id), t.remove)}
                </div>
            }
        });
        Row::new(vec![
            Cell::left(name),
            Cell::text(seen),
            Cell::below(app),
            Cell::below(actions),
        ])
    };
    Table {
        name: t.admin.to_owned(),
        class: "people-rows",
        columns: vec![
            column(t.admin),
            column(t.last_seen),
            column(t.second_step),
            column(t.access),
        ],
        groups: vec![page.admins.iter().map(row).collect()],
        total: None,
    }
    .view()
}

fn waiting(language: Language, t: &'static AdminsTexts, page: &Admins) -> AnyView {
    let row = |waiting: &Waiting| {
        let until = fill(t.until, &[&moment(language, waiting.until, page.now)]);
        let by = waiting.invited_by.clone();
        let by = by.unwrap_or_else(|| t.operator.to_owned());
        let about = format!("{by} · {until}");
        let cancel = Url::CancelInvitation(waiting.id);
        Row::new(vec![
            Cell::left(view! { {strong(waiting.name.clone())} {sub_phone(about)} }),
            Cell::text(by),
            Cell::text(until),
            Cell::below(post_button(Weight::Warn, cancel, t.cancel, &[])),
        ])
    };
    let table = Table {
        name: t.invitations.to_owned(),
        class: "people-rows",
        columns: vec![
            column(t.person),
            column(t.invited_by),
            column(t.link),
            column(t.access),
        ],
        groups: vec![page.waiting.iter().map(row).collect()],
        total: None,
    };
    view! { <div class="panel">{table.view()}</div> }.into_any()
}
