//! The people of a store: their access, invitations, and the form of a new invitation.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::role_words::role_words;
use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, hidden, post_button, submit, summary};
use crate::locales::Language;
use crate::ui::codes::code;
use crate::ui::format::{ago, fill, moment};
use crate::ui::head::{Head, Weight, button_link, noted_section, section, tag};
use crate::ui::table::{Cell, Row, Table, column, strong, sub, sub_phone};
use domain::Role;

fields! {
    /// The fields of an invitation.
    InviteField = "invite" {
        /// The name of the person.
        Name = "name",
        /// A value of [`Role`].
        Role = "role",
    }
}

/// The page of the people.
#[derive(Clone, Debug)]
pub struct People {
    /// The current moment.
    pub now: Timestamp,
    /// The people with access.
    pub people: Vec<Person>,
    /// The invitations that wait.
    pub invitations: Vec<Invitation>,
    /// The link that was just made; it is shown once.
    pub link: Option<NewLink>,
    /// The form of a new invitation.
    pub form: FormState<InviteField>,
    /// `true` if the person may invite and remove people.
    pub may_change: bool,
    /// A random text, sent back in [`ONCE`]: a form that is sent twice makes one link.
    pub once: String,
}

/// The name of the hidden field with the text that makes a repeated form harmless.
pub const ONCE: &str = "once";

/// A person with access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The number of the person.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The login.
    pub login: String,
    /// The role.
    pub role: Role,
    /// The last request.
    pub last_seen: Option<Timestamp>,
    /// `true` for the person who looks at the page.
    pub is_self: bool,
}

/// An invitation that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The number of the invitation.
    pub id: i64,
    /// The name of the person.
    pub name: String,
    /// The role that the person will get.
    pub role: Role,
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
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &People) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.people;
    let label = |field| match field {
        InviteField::Name => all.access.name.to_owned(),
        InviteField::Role => t.role.to_owned(),
    };
    let form = &page.form;
    let link = page
        .link
        .as_ref()
        .map(|link| new_link(language, all, page, link));
    let invite = page.may_change.then(|| {
        let control = |field| Control::new(form, language, field, label(field));
        let roles = [
            (Role::Manager, t.manager_note),
            (Role::Accountant, t.accountant_note),
            (Role::Owner, t.owner_note),
        ];
        let roles = roles
            .into_iter()
            .map(|(role, note)| Choice::new(role.as_str(), role_words(role, all)).noted(note))
            .collect();
        let content = view! {
            <form
                class="panel pad stack"
                method="post"
                // As in the form of a client's balance.
                autocomplete="off"
                action=Url::People.to_string()
                novalidate
            >
                {control(InviteField::Name).text()}
                {control(InviteField::Role).radios("", roles)}
                {hidden(ONCE, &page.once)}
                <p>{submit(Weight::Main, t.invite)}</p>
            </form>
        };
        let note = Some(t.invite_note.to_owned());
        noted_section(t.invite_title, note, None, content)
    });
    let invitations = (!page.invitations.is_empty())
        .then(|| section(t.invitations, invitations(language, all, page)));
    let body = view! {
        {summary(form, language, t.not_invited, label)}
        {link}
        <section class="panel">{people(language, all, page)}</section>
        {invitations}
        {invite}
    };
    chrome.page(Page {
        section: Some(Section::People),
        head: Head::new(all.common.people),
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}

fn new_link(language: Language, all: &'static Texts, page: &People, link: &NewLink) -> AnyView {
    let t = &all.people;
    let until = moment(language, link.until, page.now);
    let content = view! {
        <div class="panel pad stack">
            {code(link.url.clone())}
            <p class="note">{fill(t.link_note, &[&until])}</p>
        </div>
    };
    section(fill(t.link_for, &[&link.name]), content)
}

fn people(language: Language, all: &'static Texts, page: &People) -> AnyView {
    let t = &all.people;
    let row = |person: &Person| {
        let seen = match person.last_seen {
            Some(at) => ago(language, at, page.now).text(),
            None => t.never_seen.to_owned(),
        };
        let role = role_words(person.role, all);
        let is_self = person.is_self.then(|| view! { " " {tag(t.you, None)} });
        let about = format!("{role} · {seen}");
        let name = view! {
            {strong(person.name.clone())} {is_self} {sub(person.login.clone())} {sub_phone(about)}
        };
        let actions = (page.may_change && !person.is_self).then(|| {
            let remove = Url::RemovePerson(person.id);
            view! {
                <div class="actions">
                    {post_button(
                        Weight::Quiet,
                        Url::NewPasswordLink(person.id),
                        t.new_password,
                        &[(ONCE, &page.once)],
                    )} {button_link(Weight::Warn, remove, t.remove)}
                </div>
            }
        });
        Row::new(vec![
            Cell::left(name),
            Cell::text(role),
            Cell::text(seen),
            Cell::below(actions),
        ])
    };
    Table {
        name: all.common.people.to_owned(),
        class: "people-rows",
        columns: vec![
            column(t.person),
            column(t.role),
            column(t.last_seen),
            column(t.access),
        ],
        groups: vec![page.people.iter().map(row).collect()],
        total: None,
    }
    .view()
}

fn invitations(language: Language, all: &'static Texts, page: &People) -> AnyView {
    let t = &all.people;
    let row = |invitation: &Invitation| {
        let until = fill(t.until, &[&moment(language, invitation.until, page.now)]);
        let role = role_words(invitation.role, all);
        let about = format!("{role} · {until}");
        let cancel = page.may_change.then(|| {
            post_button(
                Weight::Warn,
                Url::CancelInvitation(invitation.id),
                t.cancel,
                &[],
            )
        });
        Row::new(vec![
            Cell::left(view! { {strong(invitation.name.clone())} {sub_phone(about)} }),
            Cell::text(role),
            Cell::text(until),
            Cell::below(cancel),
        ])
    };
    let table = Table {
        name: t.invitations.to_owned(),
        class: "people-rows",
        columns: vec![
            column(t.person),
            column(t.role),
            column(t.link),
            column(t.access),
        ],
        groups: vec![page.invitations.iter().map(row).collect()],
        total: None,
    };
    view! { <div class="panel">{table.view()}</div> }.into_any()
}
