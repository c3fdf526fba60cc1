//! The program `bonex`: serves the API and the pages, migrates the database, creates demo data,
//! runs the daily jobs and verifies the ledger.

use std::process::ExitCode;

use clap::Parser;
use server::cli::Cli;

/// The allocator of the program. The system's malloc took a tenth of the time of a request.
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
