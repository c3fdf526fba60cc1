//! The real server, as a process.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use anyhow::{Context, Result};

use super::store::Store;

/// The most that can be set, and more than one of 64 tills gets answered: the throttle counts, but refuses nothing.
const REQUESTS_PER_MINUTE: &str = "1000000";

/// `bonex serve`, stopped when dropped.
pub(super) struct Server {
    /// For wrk.
    pub(super) address: String,
    process: Child,
}

impl Server {
    /// Starts it on a free port. Its log is written as usual, to a file.
    pub(super) fn start(store: &Store) -> Result<Self> {
        let log = store.folder().join("server.log");
        let mut process = store
            .bonex("serve")
            .env("BONEX_LISTEN", "127.0.0.1:0")
            .env("BONEX_CASHIER_REQUESTS_PER_MINUTE", REQUESTS_PER_MINUTE)
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .context("cannot start the server")?;
        let said = process.stdout.take().context("no standard output")?;
        let mut server = Self {
            address: String::new(),
            process,
        };
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on ");
        server.address += address.with_context(|| {
            let log = fs::read_to_string(&log).unwrap_or_default();
            format!("the server did not start:\n{log}")
        })?;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Where it has ended by itself, there is nothing to stop.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
