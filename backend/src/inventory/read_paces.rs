//! Reads how the articles of a store sold.

use domain::{Quantity, Timestamp, stock};

use super::pace::{Pace, Paces};
use super::sql;
use crate::db::Tx;
use crate::{Backend, Error};

/// Returns the pace of each article that was sold in the last [`stock::WINDOW_DAYS`]. One
/// statement, which reads the lines of these days.
///
/// # Errors
/// [`Error::Storage`].
pub async fn paces(backend: &Backend, tenant_id: i64) -> Result<Paces, Error> {
    let mut tx = backend.db.begin_read().await?;
    paces_in(&mut tx, tenant_id, backend.clock.now()).await
}

/// Returns the same in a transaction. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn paces_in(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<Paces, Error> {
    let since = now.plus_days(-stock::WINDOW_DAYS);
    let rows = sql::paces(tx, tenant_id, since).await?;
    let pace = |(sku, sold, first, last): (String, i64, i64, i64)| {
        let pace = Pace {
            sold: Quantity::from_thousandths(sold),
            first_sold_at: Timestamp::from_micros(first),
            last_sold_at: Timestamp::from_micros(last),
        };
        (sku, pace)
    };
    Ok(rows.into_iter().map(pace).collect())
}
