//! The aims of the bench: whether each is met, and its worst case.

use crate::database::Engine;
use crate::load::Workload;
use crate::rows::{Row, percent};

/// The share of the statement limit that sales should at least reach.
const SALE_SHARE: f64 = 0.6;
/// The 99th percentile of lookups at the most connections should be below this, in milliseconds.
const LOOKUP_P99_MS: f64 = 10.0;
/// The largest allowed ratio of the large store's median latency to the small store's.
const GROWTH: f64 = 1.2;

/// Returns a line for each aim that can be judged from `rows`.
pub(crate) fn aims(engine: Engine, rows: &[Row]) -> Vec<String> {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.engine == engine).collect();
    let aims = [sale_aim(&rows), lookup_aim(&rows), growth_aim(&rows)];
    let named = |aim| format!("{}: {aim}", engine.name());
    aims.into_iter().flatten().map(named).collect()
}

/// Judges the aim for sales by the lowest share of all sales.
fn sale_aim(rows: &[&Row]) -> Option<String> {
    let sales = rows.iter().filter(|row| row.workload == Workload::Sale);
    let shares: Vec<(f64, &Row)> = sales.filter_map(|row| Some((row.share()?, *row))).collect();
    let (lowest, row) = shares
        .iter()
        .min_by(|one, other| one.0.total_cmp(&other.0))?;
    let reached = shares
        .iter()
        .filter(|(share, _)| *share >= SALE_SHARE)
        .count();
    Some(format!(
        "{}: sale at least {} of the statement limit; {reached} of {} reach it, the lowest is {} ({})",
        verdict(*lowest >= SALE_SHARE),
        percent(SALE_SHARE),
        shares.len(),
        percent(*lowest),
        row.place(),
    ))
}

fn lookup_aim(rows: &[&Row]) -> Option<String> {
    let widest = rows.iter().map(|row| row.connections).max()?;
    let slowest = rows
        .iter()
        .filter(|row| row.workload == Workload::Lookup && row.connections == widest)
        .max_by(|one, other| one.figures.p99_ms.total_cmp(&other.figures.p99_ms))?;
    let p99 = slowest.figures.p99_ms;
    Some(format!(
        "{}: lookup p99 below {LOOKUP_P99_MS} ms at {widest} connections; the highest is {p99:.2} ms ({})",
        verdict(p99 < LOOKUP_P99_MS),
        slowest.place(),
    ))
}

/// Judges the aim for growth by the median. The 99th percentile of a few seconds is random, so it
/// is only reported.
fn growth_aim(rows: &[&Row]) -> Option<String> {
    let small = rows.iter().map(|row| row.entries).min()?;
    let large = rows.iter().map(|row| row.entries).max()?;
    let of = |entries| rows.iter().filter(move |row| row.entries == entries);
    let pairs = of(large).filter_map(|grown| {
        let same =
            |row: &&&Row| row.workload == grown.workload && row.connections == grown.connections;
        Some((of(small).find(same)?, grown))
    });
    let growths: Vec<(f64, f64, &Row)> = pairs
        .map(|(before, grown)| {
            let (before, after) = (&before.figures, &grown.figures);
            (
                after.p50_ms / before.p50_ms,
                after.p99_ms / before.p99_ms,
                *grown,
            )
        })
        .collect();
    let (p50, _, row) = growths
        .iter()
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    let p99 = growths
        .iter()
        .map(|(_, p99, _)| *p99)
        .max_by(f64::total_cmp)?;
    let within = growths.iter().filter(|(p50, ..)| *p50 <= GROWTH).count();
    Some(format!(
        "{}: median latency with {large} entries at most {GROWTH} times that with {small}; {within} of {} reach it, \
         the highest is {p50:.2} times ({}); the highest 99th percentile is {p99:.2} times",
        verdict(*p50 <= GROWTH),
        growths.len(),
        row.place(),
    ))
}

const fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Figures;

    fn row(workload: Workload, entries: u32, [rate, p50_ms, p99_ms]: [f64; 3]) -> Row {
        Row {
            engine: Engine::Sqlite,
            entries,
            workload,
            connections: 64,
            figures: Figures {
                rate,
                p50_ms,
                p99_ms,
            },
            limit: Some(1000.0),
        }
    }

    fn verdicts(rows: &[Row]) -> Vec<String> {
        let aims = aims(Engine::Sqlite, rows);
        let verdict = |aim: &String| aim.split(": ").nth(1).map(str::to_owned);
        aims.iter().filter_map(verdict).collect()
    }

    #[test]
    fn the_worst_case_decides() {
        let rows = [
            row(Workload::Lookup, 10, [5000.0, 1.0, 9.9]),
            row(Workload::Lookup, 1000, [5000.0, 1.2, 9.9]),
            row(Workload::Sale, 10, [900.0, 10.0, 20.0]),
            row(Workload::Sale, 1000, [600.0, 12.0, 90.0]),
        ];
        assert_eq!(verdicts(&rows), ["met", "met", "met"]);
        let [few, many, fast, _] = rows;
        let slower_lookup = row(Workload::Lookup, 1000, [5000.0, 1.3, 10.0]);
        let slower_sale = row(Workload::Sale, 1000, [599.0, 10.0, 20.0]);
        assert_eq!(
            verdicts(&[few, slower_lookup, fast, slower_sale]),
            ["missed"; 3]
        );
        assert!(aims(Engine::Postgres, &[many]).is_empty());
    }
}
