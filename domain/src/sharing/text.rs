//! The text form of a slot's events, for one column of the database.
//!
//! A line is an event, and `;` divides its fields: the microseconds since the beginning of the
//! slot, the kind, the prefix, the program, the client, the receipt number, the seconds that its
//! date is behind, `q` if it was queued, and the device that was refused. A missing value is empty;
//! an empty prefix or program is that of the line before, because they rarely change.

use std::fmt::{Display, Write as _};

use super::address::AddressPrefix;
use super::event::{Event, EventKind};
use super::mark::{DeviceMark, Mark};
use super::program::{Family, Program};
use crate::time::Timestamp;

/// The error for a text that is not a slot's events: its first line that cannot be read, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not an event of a slot")]
pub struct TextError {
    /// The number of the line.
    pub line: usize,
}

/// The prefix and the program of the line before.
type Before = Option<(AddressPrefix, Program)>;

/// Writes events, each on a line that ends with a line feed.
pub(super) fn write(start: Timestamp, events: &[Event]) -> String {
    let mut text = String::new();
    let mut before: Before = None;
    for event in events {
        let prefix = Some(event.prefix).filter(|&own| before.is_none_or(|(old, _)| old != own));
        let program = Some(event.program).filter(|&own| before.is_none_or(|(_, old)| old != own));
        let (kind, device) = match event.kind {
            EventKind::Lookup => ('l', None),
            EventKind::Sale => ('s', None),
            EventKind::Return => ('r', None),
            EventKind::Refused(device) => ('x', Some(device)),
            EventKind::Other => ('o', None),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{};{kind};{};{};{};{};{};{};{}",
            event.at.micros().saturating_sub(start.micros()),
            or_empty(prefix),
            or_empty(program.map(|program| format!("{} {}", program.mark, program.family))),
            or_empty(event.client),
            or_empty(event.receipt),
            or_empty(event.behind_seconds),
            if event.is_queued { "q" } else { "" },
            or_empty(device.map(|device| format!("{} {}", device.mark(), device.tail()))),
        );
        before = Some((event.prefix, event.program));
    }
    text
}

/// Reads what [`write`] wrote of a slot from `start` to `end`.
pub(super) fn read(start: Timestamp, end: Timestamp, text: &str) -> Result<Vec<Event>, TextError> {
    let mut events: Vec<Event> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let before = events.last().map(|event| (event.prefix, event.program));
        let event = read_line(start, line, before).filter(|event| (start..end).contains(&event.at));
        let event = event.ok_or(TextError { line: number })?;
        events.push(event);
    }
    Ok(events)
}

fn read_line(start: Timestamp, line: &str, before: Before) -> Option<Event> {
    let mut fields = line.split(';');
    let mut field = || fields.next();
    let since: i64 = field()?.parse().ok()?;
    let (kind, prefix, program) = (field()?, field()?, field()?);
    let (client, receipt, behind) = (field()?, field()?, field()?);
    let (queued, device) = (field()?, field()?);
    if fields.next().is_some() {
        return None;
    }
    let kind = match (kind, device) {
        ("l", "") => EventKind::Lookup,
        ("s", "") => EventKind::Sale,
        ("r", "") => EventKind::Return,
        ("x", _) => EventKind::Refused(read_device(device)?),
        ("o", "") => EventKind::Other,
        _ => return None,
    };
    Some(Event {
        at: Timestamp::from_micros(start.micros().saturating_add(since)),
        kind,
        prefix: match prefix {
            "" => before?.0,
            _ => AddressPrefix::parse(prefix)?,
        },
        program: match program {
            "" => before?.1,
            _ => read_program(program)?,
        },
        client: match client {
            "" => None,
            _ => Some(Mark::parse(client)?),
        },
        receipt: match receipt {
            "" => None,
            _ => Some(receipt.parse().ok()?),
        },
        behind_seconds: match behind {
            "" => None,
            _ => Some(behind.parse().ok()?),
        },
        is_queued: match queued {
            "" => false,
            "q" => true,
            _ => return None,
        },
    })
}

fn read_program(text: &str) -> Option<Program> {
    let (mark, family) = text.split_once(' ')?;
    Some(Program {
        mark: Mark::parse(mark)?,
        family: Family::parse(family)?,
    })
}

fn read_device(text: &str) -> Option<DeviceMark> {
    let (mark, tail) = text.split_once(' ')?;
    let device = DeviceMark::new(Mark::parse(mark)?, tail);
    (device.tail() == tail).then_some(device)
}

fn or_empty(value: Option<impl Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

#[cfg(test)]
mod tests;
