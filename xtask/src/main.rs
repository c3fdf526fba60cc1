//! What cargo cannot do alone: the web bundle, the checks of the tree, the bench.

// A command-line tool's output is its purpose.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[cfg(feature = "bench")]
mod bench;
mod tidy;
#[cfg(feature = "web")]
mod web;

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the Bonex workspace.
#[derive(Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what browsers load: WebAssembly, styles, compressed copies and their manifest.
    #[cfg(feature = "web")]
    BuildWeb(web::Options),
    /// Check what the compiler and clippy cannot.
    Tidy,
    /// Measure lookup and sale over HTTP on both engines against their limits.
    #[cfg(feature = "bench")]
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        #[cfg(feature = "web")]
        Task::BuildWeb(options) => web::build(root(), &options),
        Task::Tidy => tidy::run(root()),
        #[cfg(feature = "bench")]
        Task::Bench(options) => bench::run(root(), &options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's directory.
fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}
