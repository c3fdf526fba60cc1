//! The bench: measures lookups and sales over HTTP, on both engines and with two sizes of store.
//! The same run measures the limits: the database alone and the HTTP library alone. Then it
//! measures every page of the panel on a store of 100 tills and 10,000 clients.

// Floating point is used only for rates and latencies, never for money. A command-line tool must
// print.
#![allow(clippy::float_arithmetic, clippy::print_stdout, clippy::print_stderr)]

mod aims;
mod database;
mod lent_card;
mod limit;
mod load;
mod panel;
mod report;
mod rows;
mod server;
mod statements;
mod store;

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Parser, ValueEnum};
use tokio::runtime::Runtime;

use database::{Database, Engine};
use lent_card::LentCard;
use limit::ConstantServer;
use load::{Run, Workload};
use report::Report;
use rows::{HttpRow, LentCardRow, Row};
use server::Server;
use store::{Scale, Store};

const CONNECTIONS: [u32; 3] = [1, 8, 64];
const CLIENTS: u32 = 10_000;

/// Measure lookups, sales and the pages of the panel on both engines, beside their limits.
#[derive(Parser)]
#[command(about, bin_name = "make bench OPTIONS=")]
struct Options {
    /// Measure only this engine [default: both].
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    /// Measure only this part [default: both].
    #[arg(long, value_enum)]
    part: Option<Part>,
    /// Sales of the store whose panel is measured; 1000000 takes minutes.
    #[arg(long, default_value_t = 100_000)]
    panel_sales: usize,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Measure for one second each, with a tenth of the large store: to work on the bench, not for
    /// figures to publish.
    #[arg(long)]
    quick: bool,
}

/// A part of the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Lookups and sales at the tills.
    Sales,
    /// The pages of the panel.
    Panel,
}

impl Options {
    fn measures(&self, part: Part) -> bool {
        self.part.is_none_or(|only| only == part)
    }

    fn seconds(&self) -> u32 {
        if self.quick { 1 } else { self.seconds }
    }

    /// Returns the sizes of the small store and of the large one.
    fn scales(&self) -> [Scale; 2] {
        let entries_each = if self.quick { 10 } else { 100 };
        [1, entries_each].map(|entries_each| Scale {
            clients: CLIENTS,
            entries_each,
        })
    }
}

fn main() -> ExitCode {
    match measure(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures everything, prints the report and writes it into cargo's target directory. A missed aim
/// is a result, not an error.
fn measure(options: &Options) -> Result<()> {
    let Programs { bonex, place } = Programs::find()?;
    let bench = Bench {
        seconds: options.seconds(),
        runtime: Runtime::new()?,
    };
    let mut report = Report::new(options.seconds());
    if options.measures(Part::Sales) {
        println!("HTTP alone");
        bench.measure_http(&mut report)?;
    }
    let engines = options
        .engine
        .map_or(vec![Engine::Sqlite, Engine::Postgres], |engine| {
            vec![engine]
        });
    for engine in engines {
        let scales = options.scales();
        let scales = scales.iter().filter(|_| options.measures(Part::Sales));
        for scale in scales.copied() {
            println!("{}, {} entries", engine.name(), scale.entries());
            let store = Store::create(&bench.runtime, engine, scale, &bonex, &place)?;
            bench.measure_store(&store, &mut report)?;
            store.database.discard(&bench.runtime)?;
        }
        if options.measures(Part::Panel) {
            println!("{}, panel", engine.name());
            let name = "bonex_bench_panel".to_owned();
            let database = Database::create(&bench.runtime, engine, name, &bonex, &place)?;
            let measuring = panel::measure(&database, options.panel_sales);
            report.pages.extend(bench.runtime.block_on(measuring)?);
            database.discard(&bench.runtime)?;
        }
    }
    let text = report.text();
    println!("\n{text}");
    let file = place.join("report.md");
    fs::write(&file, text)?;
    println!("written to {}", file.display());
    Ok(())
}

/// The programs that cargo has built in the release profile.
struct Programs {
    bonex: PathBuf,
    /// The directory for databases and the report.
    place: PathBuf,
}

impl Programs {
    /// Finds the server beside this program: one cargo command builds both with the same
    /// dependencies.
    fn find() -> Result<Self> {
        ensure!(
            !cfg!(debug_assertions),
            "figures of a debug build are meaningless: use `make bench`"
        );
        let this = env::current_exe()?;
        let release = this.parent().context("this program is in no directory")?;
        let target = release
            .parent()
            .context("this program is in no target directory")?;
        let bonex = release.join("bonex");
        ensure!(
            bonex.is_file(),
            "no server in {}: use `make bench`",
            release.display()
        );
        let place = target.join("bench");
        fs::create_dir_all(&place)?;
        Ok(Self { bonex, place })
    }
}

struct Bench {
    seconds: u32,
    runtime: Runtime,
}

impl Bench {
    fn measure_http(&self, report: &mut Report) -> Result<()> {
        let server = ConstantServer::start(&self.runtime)?;
        for workload in [Workload::Lookup, Workload::Sale] {
            for connections in CONNECTIONS {
                let run = self.run_of(workload, connections, 1);
                let figures = run.drive(&server.address())?;
                let row = HttpRow {
                    workload,
                    connections,
                    figures,
                };
                println!("  {row}");
                report.http.push(row);
            }
        }
        Ok(())
    }

    /// Measures the server on one store, and then verifies the ledger.
    fn measure_store(&self, store: &Store, report: &mut Report) -> Result<()> {
        let mut server = Server::start(&store.database)?;
        self.measure_server(store, &server, report)
            .and_then(|()| self.measure_lent_card(store, &server, report))
            .with_context(|| server.last_words())?;
        store.database.verify()
    }

    /// Measures all workloads. Lookups are first, while the store is as it was generated. Each
    /// limit is measured immediately after the run that it applies to, so that both use the same
    /// database.
    fn measure_server(&self, store: &Store, server: &Server, report: &mut Report) -> Result<()> {
        let mut number = 0;
        for workload in [Workload::Lookup, Workload::Sale, Workload::Mixed] {
            self.warm_up(workload, server, &mut number)?;
            // The limit is the highest rate so far. If more connections only slow the database
            // down, a server could use fewer connections and still reach that rate.
            let mut limit = None;
            for connections in CONNECTIONS {
                number += 1;
                let run = self.run_of(workload, connections, number);
                let figures = run.drive(&server.address)?;
                let measured = limit::statements(&self.runtime, store, &run)?;
                limit = measured.map(|rate| limit.map_or(rate, |most: f64| most.max(rate)));
                let row = Row {
                    engine: store.database.engine,
                    entries: store.scale.entries(),
                    workload,
                    connections,
                    figures,
                    limit,
                };
                println!("  {row}");
                report.rows.push(row);
            }
        }
        Ok(())
    }

    fn measure_lent_card(&self, store: &Store, server: &Server, report: &mut Report) -> Result<()> {
        let measuring = LentCard::measure(store.scale, &server.address);
        let row = LentCardRow {
            engine: store.database.engine,
            entries: store.scale.entries(),
            figures: self.runtime.block_on(measuring)?,
        };
        println!("  {row}");
        report.lent_cards.push(row);
        Ok(())
    }

    /// Opens the server's connections and fills its caches. Prints the answer if a request is
    /// refused.
    fn warm_up(&self, workload: Workload, server: &Server, number: &mut u32) -> Result<()> {
        *number += 1;
        let first = Run {
            seconds: 1,
            ..self.run_of(workload, 1, *number)
        };
        first.check(&server.address)?;
        *number += 1;
        let widest = CONNECTIONS.into_iter().max().unwrap_or(1);
        let warm_up = Run {
            seconds: load::WARM_UP_SECONDS,
            ..self.run_of(workload, widest, *number)
        };
        warm_up.drive(&server.address).map(|_| ())
    }

    fn run_of(&self, workload: Workload, connections: u32, number: u32) -> Run {
        Run {
            workload,
            connections,
            seconds: self.seconds,
            clients: CLIENTS,
            number,
        }
    }
}
