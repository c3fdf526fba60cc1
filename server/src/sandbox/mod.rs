//! `bonex sandbox-channels`: a local server that stands for the services which carry messages, over
//! their own protocols. It checks what arrives as they would, shows it on a page, and sends nothing
//! to anybody. A person can also write to a bot there, as in Telegram.
//!
//! Unlike the services, it takes every account whose keys have the right form, and it limits no
//! rate. Everything is in memory only.

mod firebase;
mod kept;
mod page;
mod sms;
mod telegram;
mod updates;

use std::io::Read as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::sandbox_page;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::config::Settings;
use crate::console::same_origin::same_origin;
use crate::say::say;
use crate::serve::{serve, stop_signal};
use kept::Sandbox;

/// The options of `sandbox-channels`.
#[derive(Args)]
pub struct SandboxChannels {
    /// Address to listen on; port 0 means any free port
    // The name is that of the server's own setting, and so is the variable.
    #[arg(
        long,
        env = "BONEX_LISTEN",
        default_value = "127.0.0.1:3999",
        value_name = "ADDRESS"
    )]
    listen: SocketAddr,
    /// End when the standard input ends, as it does with the program that has started this one
    #[arg(long)]
    until_stdin_ends: bool,
}

impl SandboxChannels {
    /// Serves until SIGINT or SIGTERM.
    ///
    /// # Errors
    /// If the address is taken.
    pub(crate) async fn run(&self, settings: &Settings) -> anyhow::Result<ExitCode> {
        let listener = TcpListener::bind(self.listen)
            .await
            .with_context(|| format!("cannot listen on {}", self.listen))?;
        let input = self.until_stdin_ends.then(end_of_stdin);
        say(&format!("listening on http://{}", listener.local_addr()?))?;
        let stop = async {
            match input {
                Some(ended) => tokio::select! {
                    () = stop_signal() => {}
                    _ = ended => {}
                },
                None => stop_signal().await,
            }
        };
        let sandbox = Sandbox::new(settings.clock());
        serve(listener, router(Arc::new(sandbox)), stop).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Returns what ends with the standard input. It is read in a thread of its own: one of the runtime
/// would keep the process from ending at a signal.
fn end_of_stdin() -> oneshot::Receiver<()> {
    let (ending, ended) = oneshot::channel();
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        while input.read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
        // Nobody waits any more if a signal has come first.
        let _ = ending.send(());
    });
    ended
}

fn router(sandbox: Arc<Sandbox>) -> Router {
    // Only a form needs the guard: a page of another site cannot send JSON without asking.
    let form = get(page::show_form).post(updates::write_by_form);
    Router::new()
        .route("/", get(page::show))
        .route("/write", form.layer(from_fn(same_origin)))
        .route("/messages.json", get(page::list))
        .route(sandbox_page::STYLE_URL, get(page::show_style))
        .route("/updates", post(updates::write))
        .route("/bot{token}/{method}", post(telegram::call))
        .route("/token", post(firebase::give_token))
        .route("/v1/projects/{project}/messages:send", post(firebase::send))
        .route("/sendsms_v1.php", get(sms::send))
        .route("/check_balance.php", get(sms::balance))
        .with_state(sandbox)
}
