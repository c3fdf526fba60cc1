//! The options of the commands that the operator schedules.

use clap::Args;
use domain::{DocumentDate, Timestamp};

/// The greatest difference, in days, between the clock and `--now` of a job that writes.
const FARTHEST_DAYS: i64 = 2;

/// The options of a daily job.
#[derive(Args)]
pub struct Job {
    /// Run as of this moment instead of now; more than two days from now needs --dry-run
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    now: Option<Timestamp>,
    /// Count what the job would do and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Job {
    /// Returns whether the job changes nothing.
    pub(crate) const fn is_dry(&self) -> bool {
        self.dry_run
    }

    pub(crate) const fn prefix(&self) -> &'static str {
        if self.dry_run { "would be: " } else { "" }
    }

    /// Returns the moment that `--now` names, or `None` for the clock's. Refuses a moment far from
    /// the clock for a job that writes, because bonuses swept by a wrong date cannot be restored.
    pub(crate) fn moment(&self, now: Timestamp) -> anyhow::Result<Option<Timestamp>> {
        let near =
            |then| now.plus_days(-FARTHEST_DAYS) <= then && then <= now.plus_days(FARTHEST_DAYS);
        if !self.dry_run && !self.now.is_none_or(near) {
            anyhow::bail!(
                "--now may be {FARTHEST_DAYS} days away at most; farther only with --dry-run"
            );
        }
        Ok(self.now)
    }
}

/// Reads a moment in any usual form of ISO 8601; without an offset it is UTC.
fn moment(text: &str) -> Result<Timestamp, &'static str> {
    let date = DocumentDate::parse(text)
        .ok_or("expected a moment in ISO 8601, such as 2026-06-05T14:30:00Z")?;
    Ok(date.at)
}
