//! The real server as a process.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use anyhow::{Context, Result};

use crate::database::Database;

/// The highest limit that can be set. It is more than one of 64 tills can send, so the throttle
/// counts requests but refuses none.
const REQUESTS_PER_MINUTE: &str = "1000000";

/// The number of log lines to show if something fails.
const LAST_LINES: usize = 10;

/// `bonex serve`, stopped when dropped.
pub(crate) struct Server {
    /// The base URL, for wrk.
    pub(crate) address: String,
    process: Child,
    log: PathBuf,
}

impl Server {
    /// Starts the server on a free port. It logs as usual, to a file.
    pub(crate) fn start(database: &Database) -> Result<Self> {
        let log = database.folder().join("server.log");
        let mut process = database
            .bonex(&["serve"])
            .env("BONEX_LISTEN", "127.0.0.1:0")
            .env("BONEX_METRICS_LISTEN", "127.0.0.1:0")
            .env("BONEX_CASHIER_REQUESTS_PER_MINUTE", REQUESTS_PER_MINUTE)
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .context("cannot start the server")?;
        let said = process.stdout.take().context("no standard output")?;
        let mut server = Self {
            address: String::new(),
            process,
            log,
        };
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on ");
        let address = address.with_context(|| server.last_words())?;
        server.address.push_str(address);
        Ok(server)
    }

    /// Returns the state of the process and the end of its log.
    pub(crate) fn last_words(&mut self) -> String {
        let state = match self.process.try_wait() {
            Ok(Some(status)) => status.to_string(),
            Ok(None) => "still running".to_owned(),
            Err(error) => error.to_string(),
        };
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(LAST_LINES).collect();
        let end: Vec<&str> = lines.into_iter().rev().collect();
        format!("the server ({state}) has logged:\n{}", end.join("\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails only if the server has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
