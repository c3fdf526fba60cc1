//! The limits of the parts alone: the database with the bare statements, and the HTTP library with
//! a constant answer.

mod http;
mod postgres;
mod sqlite;

use anyhow::Result;
use tokio::runtime::Runtime;

use crate::database::Engine;
use crate::load::{Run, Workload};
use crate::store::Store;

pub(crate) use http::ConstantServer;

/// Measures how often a second the database of `store` runs the statements of the run's workload
/// with as many connections, after a warm-up. Returns `None` for mixed sales, because redemptions
/// need a varying number of statements.
///
/// # Errors
/// If a statement fails.
pub(crate) fn statements(runtime: &Runtime, store: &Store, run: &Run) -> Result<Option<f64>> {
    if run.workload == Workload::Mixed {
        return Ok(None);
    }
    let rate = match store.database.engine {
        Engine::Sqlite => runtime.block_on(sqlite::measure(store, run))?,
        Engine::Postgres => postgres::measure(store, run)?,
    };
    Ok(Some(rate))
}
