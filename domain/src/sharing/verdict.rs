//! What the reasons come to.

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
    /// The findings that still have points, each with those left, the most points first.
    pub findings: Vec<(i64, Finding)>,
}

/// Judges a till at a moment: each reason counts as often as once, when it was last seen, and less
/// with every day since. From 40 points the till is worth a look; from 70, of at least two reasons,
/// its token looks shared. A copied device needs no second reason.
///
/// It takes O(n log n) for n events of the last 14 days, and a few milliseconds for a busy till.
pub fn judge(activity: &Activity, now: Timestamp) -> Verdict {
    let is_silent = |reason: Reason| {
        let mut silencings = activity.silencings.iter();
        silencings.any(|silencing| silencing.reason == reason && silencing.until > now)
    };
    let found = findings(&Window::new(activity, now)).into_iter();
    let found = found.filter(|finding| !is_silent(finding.reason));
    let mut findings: Vec<(i64, Finding)> = found
        .map(|finding| (finding.points_at(now), finding))
        .filter(|&(points, _)| points > 0)
        .collect();
    findings.sort_by_key(|(points, finding)| (std::cmp::Reverse(*points), finding.reason));
    let points = findings.iter().map(|(points, _)| points).sum();
    let is_copied = findings
        .iter()
        .any(|(_, found)| found.reason == Reason::CopiedDevice);
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
