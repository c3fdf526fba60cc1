//! The limit of PostgreSQL alone: pgbench with prepared statements.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use backend::{Clock, SystemClock};

use crate::load::{
    CASHBACK_DIRAMS, EXPIRY_MICROS, HOLD_MICROS, Run, TOTAL_DIRAMS, WARM_UP_SECONDS, Workload,
};
use crate::statements::{
    AUTHENTICATE, ENQUEUE, FIND, HOLDINGS, INSERT_ENTRIES_POSTGRES, INSERT_SALE, LOCK,
    PUT_LOTS_POSTGRES, Statement, UPDATE_CLIENT,
};
use crate::store::{FIRST_PHONE, Store, TILLS, token_hash};

/// Returns the transactions a second.
pub(crate) fn measure(store: &Store, run: &Run) -> Result<f64> {
    let script = match run.workload {
        Workload::Lookup => lookup(),
        Workload::Sale | Workload::Mixed => sale(),
    };
    let path = store.database.folder().join("limit.sql");
    fs::write(&path, script)?;
    let output = Command::new("pgbench")
        .args(["--no-vacuum", "--protocol=prepared"])
        .arg(format!("--client={}", run.connections))
        .arg(format!("--jobs={}", run.connections.min(2)))
        // One second more, because pgbench does not print the progress of the last second.
        .arg(format!("--time={}", WARM_UP_SECONDS + run.seconds + 1))
        .arg("--progress=1")
        .arg(format!("--random-seed={}", run.number))
        .args(["--define", &format!("clients={}", run.clients)])
        .args(["--define", &format!("run={}", run.number)])
        .args(["--define", &format!("start={}", SystemClock.now().micros())])
        .args(["--define", &format!("tenant_hash={}", token_hash(0))])
        .args(["--define", &format!("till_hash={}", token_hash(1))])
        .args(["--define", "n=0"])
        .arg("--file")
        .arg(&path)
        .arg(&store.database.url)
        .output()
        .context("cannot start pgbench: run scripts/setup bench")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "pgbench failed:\n{said}");
    rate(&said, run.seconds).with_context(|| format!("pgbench said:\n{said}"))
}

/// Returns the mean of the `seconds` lines of progress after the warm-up, in which every connection
/// prepares its statements.
fn rate(said: &str, seconds: u32) -> Result<f64> {
    let rates = said
        .lines()
        .filter_map(|line| {
            line.strip_prefix("progress: ")?
                .split(", ")
                .nth(1)?
                .strip_suffix(" tps")
        })
        .map(str::parse)
        .collect::<Result<Vec<f64>, _>>()?;
    let warm = rates
        .iter()
        .zip(1..)
        .filter(|(_, second)| *second > WARM_UP_SECONDS);
    let (sum, count) = warm
        .take(usize::try_from(seconds)?)
        .fold((0.0, 0), |(sum, count), (rate, _)| (sum + rate, count + 1));
    ensure!(
        count == seconds,
        "progress of {count} seconds instead of {seconds}"
    );
    Ok(sum / f64::from(count))
}

/// Returns the lines that choose a client and a moment and authenticate the till. Variables of
/// pgbench are computed as numbers, so a phone is a number here. It has no arrays, so the
/// authentication always uses the token of the same till.
fn preamble() -> Vec<String> {
    vec![
        format!("\\set phone {FIRST_PHONE} + random(1, :clients)"),
        format!("\\set till random(1, {TILLS})"),
        "\\set n :n + 1".into(),
        "\\set now :start + :n".into(),
        line(AUTHENTICATE, &[":tenant_hash", ":till_hash"]),
    ]
}

const PHONE: &str = "'+' || :phone";

fn lookup() -> String {
    let mut script = preamble();
    script.push(line(FIND, &["1", PHONE, ":now"]));
    script.join("\n")
}

fn sale() -> String {
    let (total, cashback) = (TOTAL_DIRAMS.to_string(), CASHBACK_DIRAMS.to_string());
    let (total, cashback) = (total.as_str(), cashback.as_str());
    let external_id = "'limit-' || :run || '-' || :client_id || '-' || :n";
    let payload = format!(
        "'{{\"event\":\"sale\",\"sale_id\":' || :sale_id || ',\"total_dirams\":{total},\
         \"accrued_dirams\":{cashback},\"redeemed_dirams\":0,\"balance_dirams\":' || :balance || '}}'"
    );
    let mut script = preamble();
    script.extend([
        "BEGIN;".into(),
        with_result(LOCK, &["1", PHONE], "row_"),
        "\\set seq :row_last_seq + 1".into(),
        format!("\\set balance :row_balance_dirams + {cashback}"),
        format!("\\set spent :row_total_spent_dirams + {total}"),
        "\\set visits :row_purchase_count + 1".into(),
        format!("\\set available :now + {HOLD_MICROS}"),
        format!("\\set expires :now + {EXPIRY_MICROS}"),
        line(HOLDINGS, &["1", ":row_id", ":now"]),
    ]);
    script.join("\n") + &sale_writes(total, cashback, external_id, &payload)
}

fn sale_writes(total: &str, cashback: &str, external_id: &str, payload: &str) -> String {
    let external_key = format!("'till:' || :till || ':' || {external_id}");
    let sale = [
        "1",
        ":row_id",
        ":till",
        "'sale'",
        &external_key,
        external_id,
        "NULL",
        "'payment_type'",
        total,
        total,
        total,
        "0",
        cashback,
        ":balance",
        "NULL",
        "NULL",
        ":now",
        ":now",
        "NULL",
        ":now",
    ];
    // `"return_id":null` is omitted, because pgbench would read `:null` as a variable. For
    // PostgreSQL there is no difference.
    let entry = format!(
        "'[{{\"client_id\":' || :row_id || ',\"seq\":' || :seq || ',\"kind\":\"purchase\",\"amount\":{cashback},\"debt_change\":0,\
         \"sale_id\":' || :sale_id || ',\"at\":' || :now || '}}]'"
    );
    let lot = format!(
        "'[{{\"client_id\":' || :row_id || ',\"seq\":' || :seq || ',\"kind\":\"purchase\",\"amount\":{cashback},\"remaining\":{cashback},\
         \"available_at\":' || :available || ',\"expires_at\":' || :expires || ',\
         \"sale_id\":' || :sale_id || '}}]'"
    );
    let client = [
        "1",
        ":row_id",
        ":balance",
        ":row_debt_dirams",
        ":seq",
        ":spent",
        ":visits",
        ":row_first_purchase_at",
        ":now",
        ":row_second_purchase_rewarded",
        "NULL",
    ];
    let notification = ["1", "'sale:' || :sale_id", ":row_id", payload, ":now"];
    [
        String::new(),
        with_result(INSERT_SALE, &sale, "sale_"),
        line(INSERT_ENTRIES_POSTGRES, &["1", &entry]),
        line(PUT_LOTS_POSTGRES, &["1", &lot]),
        line(UPDATE_CLIENT, &client),
        line(ENQUEUE, &notification),
        "COMMIT;".into(),
    ]
    .join("\n")
}

fn line(statement: Statement, arguments: &[&str]) -> String {
    statement.with(arguments) + ";"
}

/// Returns a line that runs the statement and stores the columns of its one row in variables with
/// this prefix.
fn with_result(statement: Statement, arguments: &[&str], prefix: &str) -> String {
    format!("{} \\gset {prefix}", statement.with(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_the_mean_of_the_seconds_after_the_warm_up() {
        let said = "pgbench: setting random seed to 1\n\
                    progress: 1.0 s, 10.0 tps, lat 1.1 ms stddev 0.2, 0 failed\n\
                    progress: 2.0 s, 20.0 tps, lat 1.1 ms stddev 0.2, 0 failed\n\
                    progress: 3.0 s, 100.0 tps, lat 1.1 ms stddev 0.2, 0 failed\n\
                    progress: 4.0 s, 201.0 tps, lat 1.1 ms stddev 0.2, 0 failed\n\
                    progress: 5.0 s, 999.0 tps, lat 1.1 ms stddev 0.2, 0 failed\n";
        assert!((rate(said, 2).unwrap() - 150.5).abs() < 1e-9);
        assert!(rate(said, 4).is_err());
        assert!(rate("", 1).is_err());
    }

    #[test]
    fn every_parameter_has_its_argument() {
        for script in [lookup(), sale()] {
            assert!(!script.contains('$'), "{script}");
        }
    }
}
