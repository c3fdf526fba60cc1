//! The measurements, one row each.

use std::fmt;

use crate::lent_card::LentCard;
use crate::load::{Figures, Workload};
use crate::store::{Engine, LENT_CARD_LOTS};

/// The real server under one load.
pub(crate) struct Row {
    /// Below it.
    pub(crate) engine: Engine,
    /// Of the ledger, as generated.
    pub(crate) entries: u32,
    /// What was asked.
    pub(crate) workload: Workload,
    /// By how many at once.
    pub(crate) connections: u32,
    /// What came.
    pub(crate) figures: Figures,
    /// The most that the database alone does a second with at most as many connections, where it was measured.
    pub(crate) limit: Option<f64>,
}

impl Row {
    /// The part of the limit that it reaches.
    pub(crate) fn share(&self) -> Option<f64> {
        self.limit.map(|limit| self.figures.rate / limit)
    }

    /// Where it was measured.
    pub(crate) fn place(&self) -> String {
        let Self {
            connections,
            entries,
            ..
        } = self;
        let workload = self.workload.name();
        format!("{workload}, connections {connections}, entries {entries}")
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_figures(f, self.workload, self.connections, &self.figures)?;
        match (self.limit, self.share()) {
            (Some(limit), Some(share)) => {
                write!(f, ", database alone {limit:.0}/s: {:.0} %", share * 100.0)
            }
            _ => Ok(()),
        }
    }
}

/// The constant route under the same load.
pub(crate) struct HttpRow {
    /// What was asked.
    pub(crate) workload: Workload,
    /// By how many at once.
    pub(crate) connections: u32,
    /// What came.
    pub(crate) figures: Figures,
}

impl fmt::Display for HttpRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_figures(f, self.workload, self.connections, &self.figures)
    }
}

/// A card of very many lots.
pub(crate) struct LentCardRow {
    /// Below the server.
    pub(crate) engine: Engine,
    /// Of the ledger of all others, as generated.
    pub(crate) entries: u32,
    /// What it took.
    pub(crate) figures: LentCard,
}

impl LentCardRow {
    /// Returns the four times in milliseconds, as the report prints them.
    pub(crate) fn milliseconds(&self) -> [String; 4] {
        let LentCard {
            lookup,
            redemption,
            giving_back,
            neighbour,
        } = self.figures;
        [lookup, redemption, giving_back, neighbour]
            .map(|time| format!("{:.0}", time.as_secs_f64() * 1e3))
    }
}

impl fmt::Display for LentCardRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [lookup, redemption, giving_back, neighbour] = self.milliseconds();
        write!(
            f,
            "card of {LENT_CARD_LOTS} lots: lookup {lookup} ms, half of them pay in {redemption} ms and come back in \
             {giving_back} ms, a neighbour's sale meanwhile at most {neighbour} ms"
        )
    }
}

fn write_figures(
    f: &mut fmt::Formatter<'_>,
    workload: Workload,
    connections: u32,
    figures: &Figures,
) -> fmt::Result {
    let name = workload.name();
    let Figures {
        rate,
        p50_ms,
        p99_ms,
    } = figures;
    write!(
        f,
        "{name:6} {connections:2} connections: {rate:.0}/s, p50 {p50_ms:.2} ms, p99 {p99_ms:.2} ms"
    )
}

/// Formats a share as a percentage.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
