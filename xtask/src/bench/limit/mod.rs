//! What the parts can do without the rest: the database its statements, the HTTP library an empty route.

mod http;
mod postgres;
mod sqlite;

use anyhow::Result;
use tokio::runtime::Runtime;

use super::load::{Run, Workload};
use super::store::{Engine, Store};

pub(super) use http::ConstantServer;

/// The check of a plain sale, as `load.lua` sends it, and its cashback of 5 %.
const TOTAL_DIRAMS: i64 = 15_000;
const CASHBACK_DIRAMS: i64 = 750;
const HOLD_MICROS: i64 = 1_000_000;
const EXPIRY_MICROS: i64 = 180 * 86_400 * 1_000_000;

/// How often a second the database of `store` does the statements of the run's workload, from as many connections, once
/// it is warm. `None` where redemptions make their number vary.
///
/// # Errors
/// Where a statement fails.
pub(super) fn statements(runtime: &Runtime, store: &Store, run: &Run) -> Result<Option<f64>> {
    if run.workload == Workload::Mixed {
        return Ok(None);
    }
    let rate = match store.engine {
        Engine::Sqlite => runtime.block_on(sqlite::measure(store, run))?,
        Engine::Postgres => postgres::measure(store, run)?,
    };
    Ok(Some(rate))
}
