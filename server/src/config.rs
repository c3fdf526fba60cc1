//! The settings, read from the environment or from options; `bonex --help` lists them.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use backend::secrets::SecretKey;
use backend::{Clock, SystemClock};
use clap::{Args, ValueEnum};
#[cfg(debug_assertions)]
use domain::Timestamp;

pub use crate::dispatch::ServicesSettings;
pub use crate::hosts::Hosts;
use crate::hosts::Surface;

/// The settings of an operator.
#[derive(Args)]
pub struct Settings {
    /// Database: sqlite:PATH or postgres://… [default: sqlite: bonex.db in the data directory]
    #[arg(
        long,
        env = "DATABASE_URL",
        global = true,
        hide_env_values = true,
        value_name = "URL"
    )]
    pub database_url: Option<String>,

    /// Directory of the SQLite database and of the key that is generated for it
    #[arg(
        long,
        env = "BONEX_DATA_DIR",
        global = true,
        default_value = "data",
        value_name = "DIR"
    )]
    pub data_dir: PathBuf,

    /// Key that encrypts stored tokens, 64 hexadecimal digits; required on PostgreSQL, on SQLite
    /// generated on first use and kept in the data directory
    #[arg(
        long,
        env = "BONEX_SECRET_KEY",
        global = true,
        hide_env_values = true,
        value_name = "HEX"
    )]
    pub secret_key: Option<String>,

    /// Address to listen on; port 0 means any free port
    #[arg(
        long,
        env = "BONEX_LISTEN",
        global = true,
        default_value = "127.0.0.1:3000",
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,

    /// Address that serves the counters for Prometheus at /metrics; port 0 means any free port
    #[arg(
        long,
        env = "BONEX_METRICS_LISTEN",
        global = true,
        default_value = "127.0.0.1:9464",
        value_name = "ADDRESS"
    )]
    pub metrics_listen: SocketAddr,

    /// Base URL that tills use, as shown in the API document [default: the listening address]
    #[arg(long, env = "BONEX_API_URL", global = true, value_name = "URL")]
    pub api_url: Option<String>,

    /// Directory of the web bundle [default: site beside the binary, or beside its directory]
    #[arg(long, env = "BONEX_SITE_DIR", global = true, value_name = "DIR")]
    pub site_dir: Option<PathBuf>,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the description of the command"
    )]
    pub limits: Limits,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the description of the command"
    )]
    pub hosts: Hosts,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the description of the command"
    )]
    pub services: ServicesSettings,

    /// The log lines that are written, such as `info` or `server=debug,sqlx=warn`
    #[arg(
        long,
        env = "BONEX_LOG",
        global = true,
        default_value = "info",
        value_name = "FILTER"
    )]
    pub log: String,

    /// Format of the log lines
    #[arg(
        long,
        env = "BONEX_LOG_FORMAT",
        global = true,
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub log_format: LogFormat,

    /// Seconds by which the clock is ahead, for tests of what happens at another hour
    #[cfg(debug_assertions)]
    #[arg(
        long,
        global = true,
        hide = true,
        default_value_t = 0,
        value_name = "SECONDS"
    )]
    pub clock_ahead: u32,
}

/// The highest limit. A higher one would limit nothing, and it could overflow the limiter, which
/// counts in nanoseconds.
const MOST: NonZeroU32 = NonZeroU32::new(1_000_000).unwrap();

/// The limits of one caller, each at most a million.
#[derive(Args, Clone, Copy)]
pub struct Limits {
    /// Requests a minute from one till, or from one store's back office
    #[arg(
        long,
        env = "BONEX_CASHIER_REQUESTS_PER_MINUTE",
        global = true,
        default_value = "300",
        value_parser = limit,
        value_name = "COUNT"
    )]
    pub cashier_requests_per_minute: NonZeroU32,

    /// Requests with wrong tokens, a wrong device or no device that one address may send in a
    /// minute; after that the answer no longer says what is wrong
    #[arg(
        long,
        env = "BONEX_WRONG_TOKENS_PER_MINUTE",
        global = true,
        default_value = "30",
        value_parser = limit,
        value_name = "COUNT"
    )]
    pub wrong_tokens_per_minute: NonZeroU32,

    /// Stock lists an hour from one store
    #[arg(
        long,
        env = "BONEX_STOCK_LISTS_PER_HOUR",
        global = true,
        default_value = "30",
        value_parser = limit,
        value_name = "COUNT"
    )]
    pub stock_lists_per_hour: NonZeroU32,

    /// The server is behind your own proxy: a client's address is the last one in X-Forwarded-For
    #[arg(long, env = "BONEX_BEHIND_PROXY", global = true)]
    pub behind_proxy: bool,
}

fn limit(text: &str) -> Result<NonZeroU32, String> {
    text.parse()
        .ok()
        .filter(|count| *count <= MOST)
        .ok_or_else(|| format!("a whole number from 1 to {MOST}"))
}

/// A clock that is ahead of the machine's by some seconds.
#[cfg(debug_assertions)]
struct ClockAhead(u32);

#[cfg(debug_assertions)]
impl Clock for ClockAhead {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus_seconds(i64::from(self.0))
    }
}

#[cfg(test)]
impl Default for Limits {
    fn default() -> Self {
        Self {
            cashier_requests_per_minute: MOST,
            wrong_tokens_per_minute: MOST,
            stock_lists_per_hour: MOST,
            behind_proxy: false,
        }
    }
}

/// The format of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Plain text, for people.
    Text,
    /// One JSON object a line, for log collectors.
    Json,
}

impl Settings {
    /// Returns the machine's clock, which a debug build can move.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        #[cfg(debug_assertions)]
        if self.clock_ahead > 0 {
            return Arc::new(ClockAhead(self.clock_ahead));
        }
        Arc::new(SystemClock)
    }

    /// Returns the URL of the database; the default is SQLite in the data directory.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| {
            let path = self.data_dir.join("bonex.db");
            format!("sqlite:{}", path.display())
        })
    }

    /// Returns the key that encrypts stored tokens. With SQLite, generates the key on first use.
    ///
    /// # Errors
    /// If the key is malformed or cannot be stored, or if it is not set with PostgreSQL, where all
    /// servers of one database must have the same key.
    pub fn secret_key(&self) -> anyhow::Result<SecretKey> {
        if let Some(text) = &self.secret_key {
            return SecretKey::from_text(text).context("BONEX_SECRET_KEY");
        }
        if !self.database_url().starts_with("sqlite:") {
            anyhow::bail!(
                "BONEX_SECRET_KEY is required with PostgreSQL, the same for every server on one \
                 database: 64 hexadecimal digits, such as `openssl rand -hex 32` prints"
            );
        }
        std::fs::create_dir_all(&self.data_dir)
            .with_context(|| format!("cannot make {}", self.data_dir.display()))?;
        Ok(SecretKey::load_or_create(
            &self.data_dir.join("secret.key"),
        )?)
    }

    /// Returns the base URL that tills use, for a server listening on `address`.
    pub fn api_url(&self, address: SocketAddr) -> String {
        if let Some(url) = &self.api_url {
            return url.trim_end_matches('/').to_owned();
        }
        let own = self.hosts.own_origin(Surface::Api);
        let origin = own.unwrap_or_else(|| format!("http://{address}"));
        format!("{origin}/api/v1")
    }

    /// Returns the URL of the panel's host without a path.
    pub(crate) fn panel_origin(&self) -> String {
        let own = self.hosts.own_origin(Surface::Panel);
        own.unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Returns the URL of the admin console's host without a path.
    pub(crate) fn admin_origin(&self) -> String {
        let own = self.hosts.own_origin(Surface::Admin);
        own.unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Returns the directory of the web bundle: the one that is set, or the first default place
    /// that contains a bundle.
    pub fn site_dir(&self) -> Option<PathBuf> {
        self.site_dir.clone().or_else(|| {
            let binary = std::env::current_exe().ok()?;
            let places = binary.ancestors().skip(1).take(2);
            places
                .map(|folder| folder.join("site"))
                .find(|site| Path::new(site).join("manifest.json").is_file())
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::Cli;

    fn settings(arguments: &[&str]) -> Settings {
        let line = ["bonex", "serve"].iter().chain(arguments);
        Cli::try_parse_from(line).unwrap().settings
    }

    #[test]
    fn the_command_line_is_consistent_and_hides_secrets() {
        Cli::command().debug_assert();
        for argument in Cli::command().get_arguments() {
            let secret = [
                "database_url",
                "secret_key",
                "telegram_token",
                "osonsms_token",
            ]
            .contains(&argument.get_id().as_str());
            assert_eq!(argument.is_hide_env_values_set(), secret, "{argument}");
        }
    }

    #[test]
    fn sqlite_in_the_data_directory_is_the_default() {
        let settings = settings(&["--data-dir", "/srv/bonex"]);
        if std::env::var_os("DATABASE_URL").is_none() {
            assert_eq!(settings.database_url(), "sqlite:/srv/bonex/bonex.db");
        }
        let address = "127.0.0.1:4000".parse().unwrap();
        assert_eq!(settings.api_url(address), "http://127.0.0.1:4000/api/v1");
        let named = self::settings(&["--api-host", "API.example.tj"]);
        assert_eq!(named.api_url(address), "https://api.example.tj/api/v1");
    }

    #[test]
    fn postgres_needs_a_key() {
        let mut settings = settings(&["--database-url", "postgres://localhost/bonex"]);
        settings.secret_key = None;
        assert!(settings.secret_key().is_err());
        settings.secret_key = Some("ab".repeat(32));
        assert!(settings.secret_key().is_ok());
    }
}
