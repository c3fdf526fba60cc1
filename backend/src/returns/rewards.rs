//! Taking rewards back from the client who has them.

use domain::rewards::{self, Reward};
use domain::{Source, Timestamp};

use super::sql::{self, GivenReward};
use crate::Error;
use crate::db::Tx;
use crate::ledger::{self, Client};

impl Client {
    /// Takes rewards back, each from its own lots first, and stores the account. What the client
    /// has spent of them becomes debt. Without rewards no statement; else those of a save, one or
    /// more that read lots, and one for each reward.
    pub(crate) async fn take_back(
        &mut self,
        tx: &mut Tx,
        given: &[GivenReward],
        source: Source,
        now: Timestamp,
    ) -> Result<(), Error> {
        if given.is_empty() {
            return Ok(());
        }
        let lost: Vec<Reward> = given.iter().map(|given| given.reward).collect();
        let due = lost.iter().map(|reward| reward.due).sum();
        self.read_until(tx, due, now, |_| true).await?;
        let own = given.iter().flat_map(|given| given.lots.iter().copied());
        self.read_lots(tx, own.collect(), now).await?;
        rewards::take_back(&mut self.account, &lost, source, now)?;
        for reward in &lost {
            // Without a return, a merge takes it back.
            let return_id = source.return_id.unwrap_or_default();
            sql::mark_taken_back(tx, self.tenant_id, self.id, reward, return_id).await?;
        }
        ledger::save(tx, self).await
    }
}
