//! The measurements, one row each.

use std::fmt;

use crate::database::Engine;
use crate::lent_card::LentCard;
use crate::load::{Figures, Workload};
use crate::store::LENT_CARD_LOTS;

/// The real server under one load.
pub(crate) struct Row {
    /// The database engine.
    pub(crate) engine: Engine,
    /// The number of ledger entries that were generated.
    pub(crate) entries: u32,
    /// The kind of requests.
    pub(crate) workload: Workload,
    /// The number of connections.
    pub(crate) connections: u32,
    /// The measured figures.
    pub(crate) figures: Figures,
    /// The highest rate a second of the database alone with at most as many connections, if it was
    /// measured.
    pub(crate) limit: Option<f64>,
}

impl Row {
    /// Returns the share of the limit that the server reaches.
    pub(crate) fn share(&self) -> Option<f64> {
        self.limit.map(|limit| self.figures.rate / limit)
    }

    /// Describes the measurement: workload, connections and entries.
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
    /// The kind of requests.
    pub(crate) workload: Workload,
    /// The number of connections.
    pub(crate) connections: u32,
    /// The measured figures.
    pub(crate) figures: Figures,
}

impl fmt::Display for HttpRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_figures(f, self.workload, self.connections, &self.figures)
    }
}

/// The measurement of a card with very many lots.
pub(crate) struct LentCardRow {
    /// The database engine.
    pub(crate) engine: Engine,
    /// The number of ledger entries that were generated for all other clients.
    pub(crate) entries: u32,
    /// The measured times.
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
            "card of {LENT_CARD_LOTS} lots: lookup {lookup} ms, redemption of half of them {redemption} ms, its return \
             {giving_back} ms, slowest sale of another till meanwhile {neighbour} ms"
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
