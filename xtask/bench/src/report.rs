//! The report: tables of the figures, and the results of the aims.

use std::fmt::Write as _;
use std::thread;

use crate::aims::aims;
use crate::database::Engine;
use crate::load::{Figures, Workload};
use crate::panel::{MOST_BYTES, PageRow};
use crate::rows::{HttpRow, LentCardRow, Row, percent};
use crate::store::LENT_CARD_LOTS;

/// All measurements of one run.
pub(crate) struct Report {
    seconds: u32,
    /// The measurements of the constant route.
    pub(crate) http: Vec<HttpRow>,
    /// The measurements of the real server.
    pub(crate) rows: Vec<Row>,
    /// The measurements of the card with very many lots.
    pub(crate) lent_cards: Vec<LentCardRow>,
    /// The measurements of the panel's pages.
    pub(crate) pages: Vec<PageRow>,
}

impl Report {
    /// Creates an empty report. Each measurement will take `seconds`.
    pub(crate) fn new(seconds: u32) -> Self {
        Self {
            seconds,
            http: Vec::new(),
            rows: Vec::new(),
            lent_cards: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// Returns the report in Markdown.
    pub(crate) fn text(&self) -> String {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let mut text = format!(
            "# Bench\n\n{} s a measurement; server, database and wrk share {cores} cores. No request failed.\n\n\
             `database/s` is the highest rate at which the database alone ran the same statements with at most as many \
             connections. `HTTP/s` is the rate of a route that answers a constant.\n",
            self.seconds
        );
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let rows: Vec<&Row> = self
                .rows
                .iter()
                .filter(|row| row.engine == engine)
                .collect();
            if !rows.is_empty() {
                // Writing to a String cannot fail, here and below.
                let _ = write!(
                    text,
                    "\n## {}\n\n{}",
                    engine.name(),
                    self.engine_table(&rows)
                );
            }
        }
        if !self.rows.is_empty() {
            let _ = write!(
                text,
                "\n## A card of {LENT_CARD_LOTS} live lots\n\n{}\n## HTTP alone\n\n{}\n## Aims\n\n",
                self.lent_card_table(),
                self.http_table()
            );
        }
        for aim in [Engine::Sqlite, Engine::Postgres]
            .map(|engine| aims(engine, &self.rows))
            .concat()
        {
            let _ = writeln!(text, "- {aim}");
        }
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let of_engine = |row: &&PageRow| row.engine == engine;
            let rows: Vec<&PageRow> = self.pages.iter().filter(of_engine).collect();
            if !rows.is_empty() {
                let over = rows.iter().filter(|row| row.is_over()).count();
                let _ = write!(
                    text,
                    "\n## The panel on {}\n\n{over} of {} pages are over their limit of time or of {MOST_BYTES} bytes.\n\n{}",
                    engine.name(),
                    rows.len(),
                    page_table(&rows)
                );
            }
        }
        text
    }

    fn engine_table(&self, rows: &[&Row]) -> String {
        let head = [
            "workload",
            "connections",
            "entries",
            "req/s",
            "p50 ms",
            "p99 ms",
            "database/s",
            "ratio",
            "HTTP/s",
            "ratio",
        ];
        let cells = rows.iter().map(|row| {
            let figures = &row.figures;
            let http = self.http_limit(row);
            [
                row.workload.name().to_owned(),
                row.connections.to_string(),
                row.entries.to_string(),
                format!("{:.0}", figures.rate),
                format!("{:.2}", figures.p50_ms),
                format!("{:.2}", figures.p99_ms),
                row.limit.map_or_else(dash, |limit| format!("{limit:.0}")),
                row.share().map_or_else(dash, percent),
                http.map_or_else(dash, |http| format!("{http:.0}")),
                http.map_or_else(dash, |http| percent(figures.rate / http)),
            ]
        });
        table(&head, cells)
    }

    fn lent_card_table(&self) -> String {
        let head = [
            "engine",
            "entries",
            "lookup ms",
            "redemption of half, ms",
            "its return, ms",
            "slowest sale of another till, ms",
        ];
        let cells = self.lent_cards.iter().map(|row| {
            let [lookup, redemption, giving_back, neighbour] = row.milliseconds();
            let engine = row.engine.name().to_owned();
            let entries = row.entries.to_string();
            [engine, entries, lookup, redemption, giving_back, neighbour]
        });
        table(&head, cells)
    }

    fn http_table(&self) -> String {
        let cells = self.http.iter().map(|row| {
            let Figures {
                rate,
                p50_ms,
                p99_ms,
            } = row.figures;
            [
                row.workload.name().to_owned(),
                row.connections.to_string(),
                format!("{rate:.0}"),
                format!("{p50_ms:.2}"),
                format!("{p99_ms:.2}"),
            ]
        });
        table(
            &["workload", "connections", "req/s", "p50 ms", "p99 ms"],
            cells,
        )
    }

    /// Returns the rate of the constant route under the load of `row`.
    fn http_limit(&self, row: &Row) -> Option<f64> {
        // The requests of both sale workloads have the same length.
        let workload = match row.workload {
            Workload::Lookup => Workload::Lookup,
            Workload::Sale | Workload::Mixed => Workload::Sale,
        };
        let same =
            |http: &&HttpRow| http.workload == workload && http.connections == row.connections;
        self.http.iter().find(same).map(|http| http.figures.rate)
    }
}

fn page_table(rows: &[&PageRow]) -> String {
    let head = ["", "p50 ms", "p99 ms", "limit ms", "sent", "whole", "page"];
    let cells = rows.iter().map(|row| {
        let limit = row.kind.limit_ms();
        [
            if row.is_over() { "!" } else { "" }.to_owned(),
            format!("{:.1}", row.p50_ms),
            format!("{:.1}", row.p99_ms),
            limit.map_or_else(dash, |limit| format!("{limit:.0}")),
            row.sent.to_string(),
            row.whole.to_string(),
            row.path.clone(),
        ]
    });
    table(&head, cells)
}

fn dash() -> String {
    "–".to_owned()
}

/// Returns a Markdown table whose columns are aligned, so that it can also be read as plain text.
fn table<const N: usize>(head: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<[String; N]> = rows.collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default();
        widest.max(head.get(column).map_or(0, |name| name.len()))
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:>width$}"))
            .collect();
        format!("| {} |\n", padded.join(" | "))
    };
    let rule: Vec<String> = widths
        .iter()
        .map(|width| format!("{}:", "-".repeat(width.saturating_sub(1))))
        .collect();
    let mut text = line(head.to_vec()) + &line(rule.iter().map(String::as_str).collect());
    for row in &rows {
        text += &line(row.iter().map(String::as_str).collect());
    }
    text
}
