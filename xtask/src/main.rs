//! The tasks of the workspace that cargo cannot do alone. `scripts/setup` installs what they need.

// A command-line tool must print.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod command;
mod postgres;
mod sandbox;
mod target;
mod tasks;
mod tidy;
mod web;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// Tasks of the Bonex workspace.
#[derive(Parser)]
#[command(about, bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, fill a demo store and serve it on port 3000, beside a sandbox that shows
    /// its messages.
    Run,
    /// Run every test on both engines, then the pages in Chromium.
    Test,
    /// Run Playwright specs against the built server.
    End2end {
        /// Arguments for Playwright, such as `tests/cash/sale.spec.js -g "title"`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Run a command beside a private PostgreSQL, such as `cargo test -p backend`.
    WithPostgres {
        /// The command and its arguments.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<OsString>,
    },
    /// Check formatting, clippy and the rules of the repository.
    Check,
    /// Check the rules of the repository that the compiler and clippy cannot check.
    Tidy,
    /// Build the web bundle: WebAssembly, styles, compressed copies and their manifest.
    BuildWeb(web::Options),
    /// Run the script for Frontol in the engine of Windows Script Host, as Wine has it.
    CheckFrontolWine,
    /// Measure lookups and sales on both engines beside their limits.
    Bench {
        /// Arguments for the bench; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Measure size and start of the cashier on a slow phone beside its budgets.
    BenchWeb,
    /// Compare the scanner with other decoders on the same photographs.
    BenchScanner {
        /// Arguments for the bench: `--seed NUMBER`, `--png DIRECTORY`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Take README's pictures of the cashier and of the panel.
    Picture,
    /// Render the icons of the installed cashier from style/icon.svg.
    Icons,
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
        Task::Run => tasks::serve(&root),
        Task::Test => tasks::test(&root),
        Task::End2end { arguments } => tasks::end2end(&root, &arguments),
        Task::WithPostgres { command } => tasks::with_postgres(&command),
        Task::Check => tasks::check(&root),
        Task::Tidy => tidy::run(&root),
        Task::BuildWeb(options) => web::build(&root, &options),
        Task::CheckFrontolWine => tasks::check_frontol_wine(&root),
        Task::Bench { arguments } => tasks::bench(&root, &arguments),
        Task::BenchWeb => tasks::bench_web(&root),
        Task::BenchScanner { arguments } => tasks::bench_scanner(&root, &arguments),
        Task::Picture => tasks::picture(&root),
        Task::Icons => tasks::icons(&root),
    }
}

/// Finds the workspace in which this program runs. It may differ from the one in which the program
/// was compiled, because clones may share a target directory.
fn root() -> Result<PathBuf> {
    let here = env::current_dir()?;
    here.ancestors()
        .find(|directory| directory.join("Cargo.lock").is_file())
        .map(Path::to_path_buf)
        .context("not inside the workspace: no directory above contains Cargo.lock")
}
