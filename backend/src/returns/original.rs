//! Finds the sale that returned goods were bought with.

use domain::returns::ReturnedSale;
use domain::rewards::{self, Reward};
use domain::sales::KeptPurchase;
use domain::{Refusal, Timestamp};

use super::sql::{FoundSale, GivenReward};
use super::{ReturnGoods, sql};
use crate::Error;
use crate::db::Tx;
use crate::ledger::Client;

/// The sale that the goods were bought with.
pub(super) struct Original {
    pub(super) id: i64,
    /// The document whose entries took the sale's bonuses.
    pub(super) redemption_id: i64,
    /// The client whose lots those are: this one, or one merged into this one.
    pub(super) redeemer_id: i64,
    pub(super) sale: ReturnedSale,
    /// The numbers of the lots of its cashback.
    pub(super) cashback_lots: Vec<i64>,
    /// The client's rewards.
    pub(super) rewards: Vec<GivenReward>,
    /// The client's remaining purchases, if this return completes the return of the whole sale.
    pub(super) afterwards: Option<Afterwards>,
}

/// The purchases that the client kept before the return and keeps after it, and whether the
/// second-purchase bonus is kept too.
pub(super) struct Afterwards {
    pub(super) before: Vec<KeptPurchase>,
    pub(super) kept: Vec<KeptPurchase>,
    pub(super) second_rewarded: bool,
}

impl ReturnGoods<'_> {
    /// Reads the sale that the till names, with what it gave and what its earlier returns did.
    /// Three statements; one more if the whole sale comes back, one more if the sale is found by
    /// another till's id. No statement if the till names no sale.
    pub(super) async fn original(
        &self,
        tx: &mut Tx,
        client: &Client,
        now: Timestamp,
    ) -> Result<Option<Original>, Error> {
        let Some(external_id) = &self.original_external_sale_id else {
            return Ok(None);
        };
        let (tenant_id, family) = (client.tenant_id, &client.family);
        let FoundSale {
            id,
            redemption_id,
            redeemer_id,
            mut sale,
        } = sql::sale(tx, self.till, family, external_id, now)
            .await?
            .ok_or(Refusal::SaleNotFound)?;
        sale.before = sql::totals(tx, tenant_id, id).await?;
        let given = sql::given(tx, tenant_id, family, id, now).await?;
        sale.expired = given.expired;
        let rewards: Vec<Reward> = given.rewards.iter().map(|given| given.reward).collect();
        let mut afterwards = None;
        if sale.completed_by(self.request.return_amount) {
            let before = sql::kept_purchases(tx, tenant_id, family).await?;
            let mut kept = before.clone();
            kept.retain(|purchase| purchase.sale_id != id);
            sale.lost_rewards = rewards::lost(&rewards, &before, &kept, &self.till.programme);
            afterwards = Some(Afterwards {
                before,
                kept,
                second_rewarded: rewards::keeps_second(&rewards, &sale.lost_rewards),
            });
        }
        Ok(Some(Original {
            id,
            redemption_id,
            redeemer_id,
            sale,
            cashback_lots: given.cashback_lots,
            rewards: given.rewards,
            afterwards,
        }))
    }
}
