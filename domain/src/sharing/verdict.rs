//! What the reasons come to.

use std::cmp::Reverse;

use super::reason::{Finding, Reason};
use super::reasons::findings;
use super::window::{Activity, Window};
use crate::time::Timestamp;

/// The points from which a till is worth a look.
const WORTH_A_LOOK: i64 = 40;

/// The points from which a token looks shared.
const LOOKS_SHARED: i64 = 70;

/// The least number of reasons for it.
const MIN_REASONS: usize = 2;

/// What is said about a till. It is never more than a sign: no till is stopped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Nothing,
    /// It is worth a look.
    WorthALook,
    /// It looks as if its token was shared.
    LooksShared,
}

/// What was found about a till, at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What is said.
    pub level: Level,
    /// The sum of the points left.
    pub points: i64,
    /// The findings that still have points, the most points first.
    pub findings: Vec<Weighed>,
}

/// A finding with what is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The points left, more than none.
    pub points: i64,
    /// What was found.
    pub finding: Finding,
}

/// Judges a till at a moment: each reason counts as often as once, when it was last seen, and less
/// with every day since. From 40 points the till is worth a look; from 70, of at least two reasons,
/// its token looks shared. A copied device needs no second reason.
///
/// It takes O(n log n) for the n events of the last [`FADE_DAYS`](super::FADE_DAYS): about five
/// milliseconds if 35 days have 64,000 events, and 15 if they have 180,000.
pub fn judge(activity: &Activity, now: Timestamp) -> Verdict {
    let is_silent = |reason: Reason| {
        let mut silencings = activity.silencings.iter();
        silencings.any(|silencing| silencing.reason == reason && silencing.until > now)
    };
    let found = findings(&Window::new(activity, now)).into_iter();
    let found = found.filter(|finding| !is_silent(finding.reason));
    let mut findings: Vec<Weighed> = found
        .map(|finding| Weighed {
            points: finding.points_at(now),
            finding,
        })
        .filter(|weighed| weighed.points > 0)
        .collect();
    findings.sort_by_key(|weighed| (Reverse(weighed.points), weighed.finding.reason));
    let points = findings.iter().map(|weighed| weighed.points).sum();
    let mut reasons = findings.iter().map(|weighed| weighed.finding.reason);
    let is_copied = reasons.any(|reason| reason == Reason::CopiedDevice);
    let is_proved = is_copied || findings.len() >= MIN_REASONS;
    let level = match points {
        LOOKS_SHARED.. if is_proved => Level::LooksShared,
        WORTH_A_LOOK.. => Level::WorthALook,
        _ => Level::Nothing,
    };
    Verdict {
        level,
        points,
        findings,
    }
}
