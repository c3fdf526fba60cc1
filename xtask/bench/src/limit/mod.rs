//! What the parts can do without the rest: the database its statements, the HTTP library an empty route.

mod http;
mod postgres;
mod sqlite;

use anyhow::Result;
use tokio::runtime::Runtime;

use crate::load::{Run, Workload};
use crate::store::{Engine, Store};

pub(crate) use http::ConstantServer;

/// How often a second the database of `store` does the statements of the run's workload, from as many connections, once
/// it is warm. `None` where redemptions make their number vary.
///
/// # Errors
/// Where a statement fails.
pub(crate) fn statements(runtime: &Runtime, store: &Store, run: &Run) -> Result<Option<f64>> {
    if run.workload == Workload::Mixed {
        return Ok(None);
    }
    let rate = match store.engine {
        Engine::Sqlite => runtime.block_on(sqlite::measure(store, run))?,
        Engine::Postgres => postgres::measure(store, run)?,
    };
    Ok(Some(rate))
}
