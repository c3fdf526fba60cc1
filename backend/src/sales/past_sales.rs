//! Lists a client's purchases: `GET /cashier/client/{identifier}/sales`.

use std::cmp::Reverse;

use domain::{Identifier, Refusal};

use super::{PastSales, sql};
use crate::tills::AuthenticatedTill;
use crate::{Backend, Error, ledger};

/// The number of sales listed. For most clients it covers all sales whose goods may still be
/// returned.
const LISTED: usize = 50;

/// Returns the last sales of a client, by all tills of the store. A blocked client is listed too,
/// since they may still return goods. Two statements; the second reads one client's rows by their
/// index.
///
/// # Errors
/// [`Refusal::ClientNotFound`].
pub async fn past_sales(
    backend: &Backend,
    till: &AuthenticatedTill,
    identifier: &Identifier,
) -> Result<PastSales, Error> {
    let mut tx = backend.db.begin_read().await?;
    let now = backend.clock.now();
    let client = ledger::find_in(&mut tx, till.tenant_id, identifier, now)
        .await?
        .ok_or(Refusal::ClientNotFound)?;
    let mut sales = sql::past_sales(&mut tx, till.tenant_id, &client.family, LISTED + 1).await?;
    let has_more = sales.len() > LISTED;
    sales.truncate(LISTED);
    // A till without a network sends a sale later. Sorts by the till's dates, so that such a sale
    // is listed at the moment when it was made.
    sales.sort_by_key(|sale| Reverse(sale.sale_date));
    Ok(PastSales {
        phone: client.phone.ok_or(Refusal::ClientNotFound)?,
        full_name: client.full_name,
        sales,
        has_more,
    })
}
