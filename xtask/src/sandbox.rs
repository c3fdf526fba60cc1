//! The sandbox beside the server of `run`: it shows the messages that the server would send.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};

use anyhow::{Context, Result};

/// The addresses that are tried: the usual one, and any free port if another program has it.
const ADDRESSES: [&str; 2] = ["127.0.0.1:3999", "127.0.0.1:0"];
/// The settings of the services, by the beginnings of their names.
const SETTINGS: [&str; 3] = ["BONEX_TELEGRAM_", "BONEX_FCM_", "BONEX_OSONSMS_"];
/// A token of the platform's bot, of the form that the sandbox takes.
const BOT: &str = "100000001:AAsandboxsandboxsandboxsandboxsandb";
/// An account at the SMS gateway, of the form that the sandbox takes.
const GATEWAY: [(&str, &str); 3] = [
    ("BONEX_OSONSMS_LOGIN", "bonex"),
    ("BONEX_OSONSMS_SENDER", "BONEX"),
    ("BONEX_OSONSMS_TOKEN", "sandbox-sandbox-sandbox"),
];

/// A running sandbox. It ends when `input` is closed.
pub(crate) struct Sandbox {
    pub(crate) url: String,
    input: ChildStdin,
}

/// Returns whether the environment names services already.
pub(crate) fn has_services() -> bool {
    env::vars_os().any(|(name, _)| {
        let name = name.to_string_lossy();
        SETTINGS.iter().any(|setting| name.starts_with(setting))
    })
}

impl Sandbox {
    /// Starts a sandbox.
    ///
    /// # Errors
    /// If the program cannot be started, or ends at once.
    pub(crate) fn start(root: &Path, bonex: &Path) -> Result<Self> {
        let mut tried = ADDRESSES
            .iter()
            .map(|address| Self::at(root, bonex, address));
        let first = tried.find_map(Result::transpose);
        first.context("the sandbox of the channels does not start")?
    }

    /// Starts a sandbox at an address; `None` if it is taken.
    #[allow(
        clippy::zombie_processes,
        reason = "the server takes the place of this program, and the sandbox ends with it"
    )]
    fn at(root: &Path, bonex: &Path, address: &str) -> Result<Option<Self>> {
        let mut child = Command::new(bonex)
            .args(["sandbox-channels", "--until-stdin-ends", "--listen"])
            .arg(address)
            .current_dir(root)
            // It says only its address, and that a port is taken is no fault.
            .env("BONEX_LOG", "off")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start bonex")?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.context("no output of the sandbox")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let Some(url) = line.trim().strip_prefix("listening on ") else {
            child.wait()?;
            return Ok(None);
        };
        Ok(Some(Self {
            url: url.to_owned(),
            input: input.context("no input of the sandbox")?,
        }))
    }

    /// Gives a command the addresses of the sandbox and accounts that it takes.
    pub(crate) fn offer<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        let url = &self.url;
        command
            .env("BONEX_TELEGRAM_URL", url)
            .env("BONEX_TELEGRAM_TOKEN", BOT)
            .env("BONEX_FCM_URL", url)
            .env("BONEX_FCM_TOKEN_URL", format!("{url}/token"))
            .env("BONEX_OSONSMS_URL", url)
            .envs(GATEWAY)
    }

    /// Makes the sandbox end with a server, however that ends: the server holds the sandbox's
    /// input.
    pub(crate) fn end_with(self, serve: &mut Command) {
        serve.stdin(self.input);
    }
}
