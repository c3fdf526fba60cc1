//! The sessions of the person who is signed in.

use domain::Timestamp;
use leptos::prelude::*;

use super::texts::texts;
use super::{AccountUrl, Console};
use crate::forms::post_button;
use crate::locales::Language;
use crate::ui::format::{ago, fill, moment};
use crate::ui::head::{Head, Weight, tag};
use crate::ui::table::{Cell, Row, Table, column, strong, sub, sub_phone};

/// The page of the sessions.
#[derive(Clone, Debug)]
pub struct Sessions {
    /// The current moment.
    pub now: Timestamp,
    /// The sessions, the last used first.
    pub sessions: Vec<Session>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The number of the session.
    pub id: i64,
    /// `true` for the session that shows the page.
    pub is_current: bool,
    /// The browser and the system, as far as the user agent names them.
    pub browser: Option<String>,
    /// The network address of the last request.
    pub address: Option<String>,
    /// The sign-in.
    pub created: Timestamp,
    /// The last request, exact to an hour.
    pub last_seen: Timestamp,
}

/// Returns the head of the page, without crumbs.
pub(crate) fn head(console: Console, language: Language, page: &Sessions) -> Head {
    let t = &texts(language).sessions;
    let mut head = Head::new(t.title);
    head.note = Some(console.words(language).sessions_note.into_any());
    if page.sessions.len() > 1 {
        let end = console.url(AccountUrl::EndOtherSessions);
        head.actions = vec![post_button(Weight::Warn, end, t.end_others, &[])];
    }
    head
}

/// Renders the list.
pub(crate) fn list(console: Console, language: Language, page: &Sessions) -> AnyView {
    let t = &texts(language).sessions;
    let row = |session: &Session| {
        let browser = session.browser.clone();
        let browser = browser.unwrap_or_else(|| t.unknown.to_owned());
        let seen = ago(language, session.last_seen, page.now).text();
        let created = moment(language, session.created, page.now);
        let created = fill(t.since, &[&created]);
        let current = session
            .is_current
            .then(|| view! { " " {tag(t.current, None)} });
        let end = console.url(AccountUrl::EndSession(session.id));
        let end = (!session.is_current).then(|| post_button(Weight::Quiet, end, t.end, &[]));
        let name = view! {
            {strong(browser)} {current} {sub(created)} {sub_phone(seen.clone())}
        };
        let address = session.address.clone();
        Row::new(vec![
            Cell::left(name),
            Cell::text(address.unwrap_or_else(|| "—".to_owned())),
            Cell::text(seen),
            Cell::below(end),
        ])
    };
    let table = Table {
        name: t.title.to_owned(),
        class: "people-rows",
        columns: vec![
            column(t.device),
            column(t.address),
            column(t.last_seen),
            column(t.access),
        ],
        groups: vec![page.sessions.iter().map(row).collect()],
        total: None,
    };
    view! { <section class="panel">{table.view()}</section> }.into_any()
}
