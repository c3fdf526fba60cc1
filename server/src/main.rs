//! `bonex`: serves, migrates, provisions demo data, runs the daily jobs, verifies the ledger.

use std::process::ExitCode;

use clap::Parser;
use server::cli::Cli;

/// A tenth of a request was malloc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let _log = server::init_logging(&cli.settings);
    match cli.run().await {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
