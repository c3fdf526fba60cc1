//! The requests that show a reason.

use domain::Timestamp;
use domain::sharing::{Event, EventKind, Line, Reason};
use leptos::prelude::*;

use crate::admin::texts::ActivityTexts;
use crate::locales::Language;
use crate::ui::format::{count, day, fill, time_with_seconds};

/// Renders the lines of a finding.
pub(super) fn evidence(
    language: Language,
    t: &ActivityTexts,
    reason: Reason,
    lines: &[Line],
    now: Timestamp,
) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let row = |line: &Line| {
        let [when, place, what] = words(language, t, reason, line, now);
        view! {
            <li>
                <b class="num">{when}</b>
                <span class="num">{place}</span>
                <span class="num">{what}</span>
            </li>
        }
    };
    let rows = lines.iter().map(row).collect_view();
    Some(view! { <ol class="evidence">{rows}</ol> }.into_any())
}

/// Returns when, where and what.
fn words(
    language: Language,
    t: &ActivityTexts,
    reason: Reason,
    line: &Line,
    now: Timestamp,
) -> [String; 3] {
    match line {
        Line::Event(event) => [
            moment(language, event.at, now),
            event.prefix.to_string(),
            what(t, reason, event),
        ],
        Line::Row { first, last } => {
            let numbers = fill(t.row, &[&first.to_string(), &last.to_string()]);
            [String::new(), String::new(), numbers]
        }
        Line::Day { midnight, hours } => {
            let hours = i64::try_from(*hours).unwrap_or(i64::MAX);
            let hours = fill(t.hours_of_day, &[&count(language, hours)]);
            [day(language, *midnight, now), String::new(), hours]
        }
        Line::Binding(binding) => {
            let device = format!("{:.4}", format!("{:016x}", binding.device.bits()));
            let bound = fill(t.bound_to, &[&device]);
            [moment(language, binding.at, now), String::new(), bound]
        }
        Line::OldTicket(at) => {
            let ticket = t.old_ticket.to_owned();
            [moment(language, *at, now), String::new(), ticket]
        }
    }
}

/// Returns the time, and the day if it is not today.
fn moment(language: Language, at: Timestamp, now: Timestamp) -> String {
    if at.local_midnight() == now.local_midnight() {
        time_with_seconds(at)
    } else {
        format!("{} {}", day(language, at, now), time_with_seconds(at))
    }
}

fn what(t: &ActivityTexts, reason: Reason, event: &Event) -> String {
    let act = match event.kind {
        EventKind::Lookup => t.looked_up.to_owned(),
        EventKind::Sale => match event.receipt {
            Some(number) => fill(t.receipt, &[&number.to_string()]),
            None => t.sold.to_owned(),
        },
        EventKind::Return => t.took_back.to_owned(),
        EventKind::Refused(device) => fill(t.refused, &[&device.tail()]),
        EventKind::Other => t.asked.to_owned(),
    };
    let more = match reason {
        Reason::TwoPrograms => Some(event.program.family.to_string()),
        Reason::TwoClocks => event
            .behind_seconds
            .map(|behind| fill(t.behind, &[&behind.to_string()])),
        // A mark tells two clients apart and nothing else.
        Reason::OverlappingChecks => event.client.map(|client| {
            fill(
                t.client,
                &[&format!("{:.4}", format!("{:016x}", client.bits()))],
            )
        }),
        _ => None,
    };
    match more {
        Some(more) => format!("{act} · {more}"),
        None => act,
    }
}
