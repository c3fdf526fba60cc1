//! What a client has bought: `GET /cashier/client/{identifier}/sales`.

use std::cmp::Reverse;

use domain::{Identifier, Money, Phone, Refusal, Timestamp};

use super::sql;
use crate::tills::AuthenticatedTill;
use crate::{Backend, Error, ledger};

/// How many checks are listed: for most clients, more than those that goods may still come back from.
const LISTED: usize = 50;

/// A client and their checks, the newest first by the tills' dates.
#[derive(Clone, Debug)]
pub struct PastSales {
    /// In E.164.
    pub phone: Phone,
    /// As registered.
    pub full_name: Option<String>,
    /// The fifty that were recorded last, of all tills of the store.
    pub sales: Vec<PastSale>,
    /// There are older ones.
    pub has_more: bool,
}

/// A check of some till of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastSale {
    /// The public number.
    pub id: i64,
    /// The till's own id; without one goods cannot be brought back to the check.
    pub external_sale_id: Option<String>,
    /// The till's date, or the commit's.
    pub sale_date: Timestamp,
    /// As the till sent it.
    pub total_amount: Money,
    /// The whole check.
    pub gross_amount: Money,
    /// What bonuses paid.
    pub bonus_redeemed: Money,
    /// The cashback, without extras.
    pub bonus_accrued: Money,
    /// Goods that have come back, in the check's own total.
    pub returned_amount: Money,
    /// The till.
    pub till_name: String,
    /// Where it stands.
    pub branch_name: String,
}

/// The last checks of a client, whichever till made them; a blocked client may still bring goods back.
/// Two statements, the second of which reads one client's rows by their index.
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
    // A check that waited for a network stands where it was made, as on its till.
    sales.sort_by_key(|sale| Reverse(sale.sale_date));
    Ok(PastSales {
        phone: client.phone,
        full_name: client.full_name,
        sales,
        has_more,
    })
}
