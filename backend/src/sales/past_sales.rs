//! Lists a client's purchases: `GET /cashier/client/{identifier}/sales`.

use std::cmp::Reverse;

use domain::{Identifier, Money, Phone, Refusal, Timestamp};

use super::sql;
use crate::tills::AuthenticatedTill;
use crate::{Backend, Error, ledger};

/// The number of sales listed. For most clients it covers all sales whose goods may still be
/// returned.
const LISTED: usize = 50;

/// A client and their sales, the newest first by the tills' dates.
#[derive(Clone, Debug)]
pub struct PastSales {
    /// In E.164.
    pub phone: Phone,
    /// The name, if the client has given one.
    pub full_name: Option<String>,
    /// The fifty sales that were recorded last, by all tills of the store.
    pub sales: Vec<PastSale>,
    /// `true` if there are older sales.
    pub has_more: bool,
}

/// A sale by any till of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastSale {
    /// The public number.
    pub id: i64,
    /// The till's own id. Goods of a sale without an id cannot be returned to it.
    pub external_sale_id: Option<String>,
    /// The till's date, or the moment of the commit.
    pub sale_date: Timestamp,
    /// The total as the till sent it.
    pub total_amount: Money,
    /// The price of all goods, before bonuses are deducted.
    pub gross_amount: Money,
    /// The amount that bonuses paid.
    pub bonus_redeemed: Money,
    /// The cashback, without extras.
    pub bonus_accrued: Money,
    /// The value of the returned goods, counted as in the sale's own total.
    pub returned_amount: Money,
    /// The name of the till.
    pub till_name: String,
    /// The name of the till's branch.
    pub branch_name: String,
}

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
    let mut sales = sql::past_sales(&mut tx, till.tenant_id, client.id, LISTED + 1).await?;
    let has_more = sales.len() > LISTED;
    sales.truncate(LISTED);
    // A till without a network sends a sale later. Sorts by the till's dates, so that such a sale
    // is listed at the moment when it was made.
    sales.sort_by_key(|sale| Reverse(sale.sale_date));
    Ok(PastSales {
        phone: client.phone,
        full_name: client.full_name,
        sales,
        has_more,
    })
}
