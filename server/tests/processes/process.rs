//! The program `bonex`, started as an operator starts it.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

use testkit::TestDatabase;

/// The key of [`testkit::Shop`], so that each can decrypt the tokens that the other has encrypted.
const SECRET_KEY: &str = "7777777777777777777777777777777777777777777777777777777777777777";

/// A running server.
pub(crate) struct Process {
    child: Child,
    /// The URL on which the server listens.
    pub(crate) url: String,
}

/// Returns the command of the program with the settings of a test.
pub(crate) fn bonex(database: &TestDatabase) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bonex"));
    command
        .env("DATABASE_URL", database.url())
        .env("BONEX_SECRET_KEY", SECRET_KEY)
        .env("BONEX_LISTEN", "127.0.0.1:0")
        .env("BONEX_METRICS_LISTEN", "127.0.0.1:0")
        .env("BONEX_LOG", "error")
        .env("BONEX_CASHIER_REQUESTS_PER_MINUTE", "1000000")
        .env("BONEX_WRONG_TOKENS_PER_MINUTE", "1000000");
    command
}

impl Process {
    /// Starts a server and waits until it listens.
    pub(crate) fn start(database: &TestDatabase) -> Self {
        Self::start_as(bonex(database).arg("serve"))
    }

    /// Starts a server like [`Process::start`], with the test's own settings.
    pub(crate) fn start_as(serve: &mut Command) -> Self {
        let mut child = serve.stdout(Stdio::piped()).spawn().expect("bonex starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let url = lines
            .find_map(|line| Some(line.ok()?.strip_prefix("listening on ")?.to_owned()))
            .expect("a line with the address");
        Self { child, url }
    }

    /// Returns the log of a server that was started with a pipe for it.
    pub(crate) fn log(&mut self) -> ChildStderr {
        self.child.stderr.take().expect("a pipe")
    }

    /// Kills the server as a power cut would: no handler runs.
    pub(crate) fn kill_9(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("the end of the process");
    }

    /// Asks the server to stop, and returns whether it ended without an error.
    pub(crate) fn terminate(mut self) -> bool {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill");
        sent.success() && self.child.wait().expect("an exit status").success()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Replays the ledger with the operator's command, and fails the test on a difference.
pub(crate) fn assert_ledger_is_sound(database: &TestDatabase) {
    let output = bonex(database)
        .arg("verify-ledger")
        .output()
        .expect("bonex runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "verify-ledger: {said}");
    assert!(said.contains("differences 0"), "verify-ledger: {said}");
}
