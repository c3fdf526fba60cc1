//! Tasks that cargo cannot do alone: the web bundle, the checks of the repository, the bench.

// A command-line tool must print.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[cfg(feature = "bench")]
mod bench;
mod tidy;
#[cfg(feature = "web")]
mod web;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
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
    /// Build the web bundle: WebAssembly, styles, compressed copies and their manifest.
    #[cfg(feature = "web")]
    BuildWeb(web::Options),
    /// Check the rules of the repository that the compiler and clippy cannot check.
    Tidy,
    /// Measure lookup and sale over HTTP on both engines against their limits.
    #[cfg(feature = "bench")]
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let root = root()?;
    match task {
        #[cfg(feature = "web")]
        Task::BuildWeb(options) => web::build(&root, &options),
        Task::Tidy => tidy::run(&root),
        #[cfg(feature = "bench")]
        Task::Bench(options) => bench::run(&root, &options),
    }
}

/// Returns the workspace in which the program runs. It may differ from the one in which it was
/// compiled, because clones may share a target directory.
fn root() -> Result<PathBuf> {
    let here = env::current_dir()?;
    here.ancestors()
        .find(|directory| directory.join("Cargo.lock").is_file())
        .map(Path::to_path_buf)
        .context("not inside the workspace: no directory above contains Cargo.lock")
}
