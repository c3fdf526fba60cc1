//! The last requests of a till, for the person who sets it up.

use domain::Timestamp;
use leptos::prelude::*;

use super::refusals::{operation, refusal};
use super::texts::Texts;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::format::{NBSP, day, time_with_seconds};
use crate::ui::head::noted_section;
use crate::ui::states::{Tone, state};
use crate::ui::table::{Cell, Row, Table, column, figures, strong};

/// A request of a till, without personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The moment.
    pub at: Timestamp,
    /// The method.
    pub method: String,
    /// The path without identifiers: `/cashier/client`.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// The error code of the answer.
    pub code: Option<String>,
    /// The duration in milliseconds.
    pub millis: u64,
    /// The program that has sent it.
    pub program: Option<String>,
}

/// Renders the requests of the till with the number `id`.
pub(super) fn requests(
    language: Language,
    t: &'static Texts,
    id: i64,
    now: Timestamp,
    requests: &[Request],
) -> AnyView {
    let refresh = view! {
        <a class="link-touch note" href=Url::Till(id).to_string()>
            {t.till.refresh}
        </a>
    };
    let note = t.till.requests_note.to_owned();
    let content = if requests.is_empty() {
        view! { <p class="panel pad note">{t.till.no_requests}</p> }.into_any()
    } else {
        let mut programs = requests.iter().map(|request| &request.program);
        let first = programs.next();
        let differ = programs.any(|program| Some(program) != first);
        let rows = requests.iter().map(|request| row(t, request, differ));
        let table = Table {
            name: t.till.requests.to_owned(),
            class: "req-rows",
            columns: vec![
                column(t.till.time),
                column(t.till.asked),
                column(t.till.answer),
                figures(t.till.status),
                figures(t.till.millis),
            ],
            groups: vec![rows.collect()],
            total: None,
        };
        let today = day(language, now, now);
        let first = requests.iter().map(|request| request.at).min();
        let earlier = first
            .filter(|first| first.local_date() != now.local_date())
            .map(|first| format!("{} — {today}", day(language, first, now)));
        view! {
            <div class="panel">
                {table.view()}
                {earlier.map(|days| view! { <p class="panel-foot note">{days}</p> })}
            </div>
        }
        .into_any()
    };
    noted_section(
        t.till.requests,
        Some(note),
        Some(refresh.into_any()),
        content,
    )
}

/// Renders a request, with its program if that differs between the requests.
fn row(t: &'static Texts, request: &Request, has_program: bool) -> Row {
    let at = time_with_seconds(request.at);
    let technical = format!("{} {}", request.method, request.path);
    let asked = match operation(t, &request.method, &request.path) {
        Some(words) => view! {
            {strong(words)}
            <span class="sub mono">{technical}</span>
        }
        .into_any(),
        None => view! { <span class="mono">{technical}</span> }.into_any(),
    };
    let (tone, words) = match &request.code {
        None if request.status < 400 => (Tone::Good, t.refusals.done.to_owned()),
        None => (Tone::Attention, t.refusals.refused.to_owned()),
        Some(code) => {
            let tone = if matches!(code.as_str(), "device_mismatch" | "bad_cashier_token") {
                Tone::Danger
            } else {
                Tone::Attention
            };
            let words = refusal(t, code).map_or(code.as_str(), |refusal| refusal.words);
            (tone, words.to_owned())
        }
    };
    let program = request.program.clone().filter(|_| has_program);
    let asked = view! {
        {asked}
        {program.map(|program| view! { <span class="sub">{program}</span> })}
    };
    let answer = view! {
        {state(tone, words)}
        <span class="sub inline phone num">{at.clone()}</span>
    };
    let millis = format!("{}{NBSP}{}", request.millis, t.till.millis);
    let status = view! {
        <span class="muted">{request.status}</span>
        <span class="sub phone">{millis}</span>
    };
    Row::new(vec![
        Cell::text(view! { <span class="num muted">{at}</span> }),
        Cell::left(asked),
        Cell::below(answer),
        Cell::right(status),
        Cell::figure(view! { <span class="muted">{request.millis}</span> }),
    ])
}
