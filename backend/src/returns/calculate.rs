//! Calculates returns without recording them.

use domain::Refusal;
use domain::returns::{self, ReturnRequest};

use super::{Calculation, ReturnGoods};
use crate::{Backend, Error, ledger};

/// Calculates how many bonuses a return would take back and whether the client has enough. Writes
/// nothing.
///
/// # Errors
/// [`Refusal::ClientNotFound`], [`Refusal::SaleNotFound`], [`Refusal::OverReturn`], or the refusal
/// of a return of nothing.
pub async fn calculate(backend: &Backend, goods: &ReturnGoods<'_>) -> Result<Calculation, Error> {
    let mut tx = backend.db.begin_read().await?;
    let (request, now) = (&goods.request, backend.clock.now());
    let client = ledger::find_in(&mut tx, goods.till.tenant_id, &goods.client, now)
        .await?
        .ok_or(Refusal::ClientNotFound)?;
    let original = goods.original(&mut tx, &client, now).await?;
    let sale = original.as_ref().map(|original| &original.sale);
    let balance = returns::calculate(request, sale, &client.account, now)?;
    let settling = ReturnRequest {
        shortage_settled: true,
        ..*request
    };
    let plan = match request.return_amount {
        Some(_) => Some(returns::plan(&settling, sale, &client.account, now)?),
        None => None,
    };
    Ok(Calculation { balance, plan })
}
