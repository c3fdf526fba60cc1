//! Driving a server with wrk.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// The workloads for wrk. The path is relative to the workspace, in which `cargo xtask` starts the
/// bench.
const SCRIPT: &str = "xtask/bench/src/load.lua";

/// Seconds before a measurement in which caches fill and connections prepare their statements.
pub(crate) const WARM_UP_SECONDS: u32 = 2;

/// The check of a plain sale, as `load.lua` sends it, and its cashback of 5 %.
pub(crate) const TOTAL_DIRAMS: i64 = 15_000;
pub(crate) const CASHBACK_DIRAMS: i64 = 750;
pub(crate) const HOLD_MICROS: i64 = 1_000_000;
pub(crate) const EXPIRY_MICROS: i64 = 180 * 86_400 * 1_000_000;

/// What tills do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workload {
    /// Looks a client up with an open check.
    Lookup,
    /// Sells without bonuses.
    Sale,
    /// As [`Workload::Sale`], but every second sale redeems.
    Mixed,
}

impl Workload {
    /// As `load.lua` and the report name it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Sale => "sale",
            Self::Mixed => "mixed",
        }
    }
}

/// One run of wrk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// What it sends.
    pub(crate) workload: Workload,
    /// Requests in flight.
    pub(crate) connections: u32,
    /// How long.
    pub(crate) seconds: u32,
    /// Clients of the store.
    pub(crate) clients: u32,
    /// Unlike every other run's on the same store.
    pub(crate) number: u32,
}

/// What wrk has measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    /// Requests a second.
    pub(crate) rate: f64,
    /// Median latency in milliseconds.
    pub(crate) p50_ms: f64,
    /// 99th percentile of the latency in milliseconds.
    pub(crate) p99_ms: f64,
}

impl Run {
    /// Sends requests to `address` (`http://…`) as fast as it answers.
    ///
    /// # Errors
    /// Where wrk cannot run, or a single request fails or is refused.
    pub(crate) fn drive(&self, address: &str) -> Result<Figures> {
        self.wrk(address, None)
    }

    /// As [`Run::drive`], telling the first refusal; slower.
    pub(crate) fn check(&self, address: &str) -> Result<()> {
        self.wrk(address, Some("check")).map(|_| ())
    }

    fn wrk(&self, address: &str, check: Option<&str>) -> Result<Figures> {
        let output = Command::new("wrk")
            .arg(format!("--connections={}", self.connections))
            // A thread drives any number of connections; a second one so that sending does not wait.
            .arg(format!("--threads={}", self.connections.min(2)))
            .arg(format!("--duration={}s", self.seconds))
            .arg("--timeout=30s")
            .arg("--script")
            .arg(SCRIPT)
            .args([address, "--", self.workload.name()])
            .args([self.clients.to_string(), self.number.to_string()])
            .args(check)
            .stderr(Stdio::inherit())
            .output()
            .context("cannot start wrk: run scripts/setup bench")?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(output.status.success(), "wrk failed:\n{said}");
        parse(&said).with_context(|| format!("{self:?}"))
    }
}

/// Reads the line that `load.lua` ends with: requests, then microseconds of the run, of the median and of the 99th
/// percentile, then refused requests and broken connections.
fn parse(said: &str) -> Result<Figures> {
    let figures: Vec<u32> = said
        .lines()
        .find_map(|line| line.strip_prefix("figures "))
        .context("wrk told no figures")?
        .split(' ')
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let &[requests, micros, p50, p99, refused, broken] = figures.as_slice() else {
        anyhow::bail!("wrk told {} figures", figures.len());
    };
    ensure!(requests > 0 && micros > 0, "no request was answered");
    ensure!(
        refused == 0 && broken == 0,
        "{refused} of {requests} requests refused, {broken} connections broken"
    );
    Ok(Figures {
        rate: f64::from(requests) * 1e6 / f64::from(micros),
        p50_ms: f64::from(p50) / 1e3,
        p99_ms: f64::from(p99) / 1e3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_and_any_error_fails() {
        let figures = parse("Running 1s test\nfigures 5000 2000000 900 4200 0 0\n").unwrap();
        assert!((figures.rate - 2500.0).abs() < 1e-9);
        assert!((figures.p50_ms - 0.9).abs() < 1e-9 && (figures.p99_ms - 4.2).abs() < 1e-9);
        assert!(parse("figures 5000 2000000 900 4200 1 0").is_err());
        assert!(parse("figures 5000 2000000 900 4200 0 1").is_err());
        assert!(parse("figures 0 2000000 0 0 0 0").is_err());
        assert!(parse("Requests/sec: 2500").is_err());
    }
}
