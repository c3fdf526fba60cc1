//! A PostgreSQL server for one command, with its own database directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use tempfile::TempDir;

use crate::command::{on_path, run, say};

/// The oldest version that the product supports.
const OLDEST_VERSION: u32 = 15;

/// The user who owns the server when this program runs as root: PostgreSQL refuses to run as root.
const SERVER_USER: &str = "postgres";

/// A running server that only this user can reach. It stops, and its data is deleted, when the
/// value is dropped.
pub(crate) struct PrivatePostgres {
    /// The directory of the server's programs.
    programs: PathBuf,
    /// The directory of the socket and the data. Its path is short, because the path of a socket is
    /// limited to about 100 bytes.
    directory: TempDir,
    is_root: bool,
}

impl PrivatePostgres {
    /// Creates a database directory and starts the server on it.
    ///
    /// # Errors
    /// If PostgreSQL is missing or does not start.
    pub(crate) fn start() -> Result<Self> {
        let (programs, version) = programs().with_context(|| {
            format!("no PostgreSQL {OLDEST_VERSION} or newer: run scripts/setup test")
        })?;
        say(&format!("starting a private PostgreSQL {version}"));
        outlive_signals()?;
        let server = Self {
            programs,
            directory: tempfile::Builder::new().prefix("bonex-pg.").tempdir()?,
            is_root: is_root()?,
        };
        if server.is_root {
            run(Command::new("chown").arg(SERVER_USER).arg(server.path()))?;
        }
        server
            .initialise()
            .with_context(|| server.log("initdb.log"))?;
        server.launch().with_context(|| server.log("server.log"))?;
        Ok(server)
    }

    /// Sets the environment variables by which `command` finds the server. `BONEX_TEST_POSTGRES` is
    /// the URL of the maintenance database for a superuser. `BONEX_TEST_POSTGRES_PROGRAMS` is the
    /// folder of PostgreSQL's programs, for tests that start a server themselves.
    pub(crate) fn offer<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        let socket = self.path().to_string_lossy().replace('/', "%2F");
        command
            .env(
                "BONEX_TEST_POSTGRES",
                format!("postgres://postgres@{socket}/postgres"),
            )
            .env("BONEX_TEST_POSTGRES_PROGRAMS", &self.programs)
    }

    fn initialise(&self) -> Result<()> {
        let log = fs::File::create(self.path().join("initdb.log"))?;
        let mut initdb = self.program("initdb");
        initdb
            .arg("--pgdata")
            .arg(self.data())
            .args(["--username", "postgres", "--auth", "trust"])
            .args(["--encoding", "UTF8", "--locale", "C", "--no-sync"])
            .stdout(log.try_clone()?)
            .stderr(log);
        run(&mut initdb)
    }

    fn launch(&self) -> Result<()> {
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=300",
            self.path().display()
        );
        let mut start = self.program("pg_ctl");
        start
            .args(["start", "--silent", "--wait", "--pgdata"])
            .arg(self.data())
            .arg("--log")
            .arg(self.path().join("server.log"))
            .args(["--options", &options]);
        run(&mut start)
    }

    /// Returns a command that starts a program of PostgreSQL as the server's user.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if self.is_root {
            let mut runuser = Command::new("runuser");
            runuser.args(["-u", SERVER_USER, "--"]).arg(program);
            runuser
        } else {
            Command::new(program)
        };
        command.current_dir(self.path()).stdin(Stdio::null());
        command
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    fn log(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path().join(name)).unwrap_or_default();
        format!("PostgreSQL did not start:\n{text}")
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        if !self.data().join("postmaster.pid").exists() {
            return;
        }
        say("stopping PostgreSQL");
        let mut stop = self.program("pg_ctl");
        stop.args(["stop", "--silent", "--mode", "immediate", "--pgdata"])
            .arg(self.data());
        if let Err(error) = run(&mut stop) {
            eprintln!("error: {error:#}");
        }
    }
}

/// Lets this program live until the command that a signal ends has ended, so that the server is
/// stopped after it.
fn outlive_signals() -> Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // The command is in the same process group, so the terminal sends it the signal too.
        signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false)))?;
    }
    Ok(())
}

fn is_root() -> Result<bool> {
    let output = Command::new("id")
        .arg("-u")
        .output()
        .context("cannot start id")?;
    Ok(output.stdout.trim_ascii() == b"0")
}

/// Finds the newest server programs: their directory and their version. Of the same version, those
/// of the distribution, because the directory on `PATH` may have links to only some of them.
fn programs() -> Option<(PathBuf, u32)> {
    let on_path = on_path("initdb").and_then(|path| Some(path.parent()?.to_owned()));
    let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let packaged = packaged.flatten().map(|entry| entry.path().join("bin"));
    on_path
        .into_iter()
        .chain(packaged)
        .filter_map(|directory| version(&directory).map(|version| (directory, version)))
        .filter(|(_, version)| *version >= OLDEST_VERSION)
        // The last one of equal versions.
        .max_by_key(|(_, version)| *version)
}

/// Returns the main version of the server in `directory`.
fn version(directory: &Path) -> Option<u32> {
    if !directory.join("initdb").is_file() {
        return None;
    }
    let output = Command::new(directory.join("postgres"))
        .arg("--version")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let digits = text.split(|letter: char| !letter.is_ascii_digit());
    digits
        .filter(|digits| !digits.is_empty())
        .find_map(|digits| digits.parse().ok())
}
