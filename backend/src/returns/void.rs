//! Undoes sales.

use domain::returns::ReturnRequest;
use domain::{Money, Refusal, Timestamp, voids};

use super::sql::KeyedSale;
use super::{Kind, ReturnGoods, VoidRecord, VoidSale, sql};
use crate::db::Tx;
use crate::external_id::{self, Documents, ExternalKey};
use crate::ledger::{self, Client};
use crate::notifications::{self, Notification};
use crate::{Command, Error, Recorded};

impl Command for VoidSale<'_> {
    type Outcome = Recorded<VoidRecord>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_new()
    }

    /// Runs the statements of the return of the whole sale, and three more: the sale by its id, its
    /// mark, and the messages that are not sent any more. For an id under which nothing was
    /// recorded: the lock, the sums of the lots, the sale and the redemption by the id, the row. A
    /// blocked client's sale is undone too.
    ///
    /// # Errors
    /// [`Refusal::ClientNotFound`], [`Refusal::SaleHasReturns`], [`Refusal::SaleTooOld`];
    /// [`Error::ExternalIdConflict`] if another till or another client has the id.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<VoidRecord>, Error> {
        let tenant_id = self.till.tenant_id;
        let mut client = match ledger::lock(tx, tenant_id, &self.client, now).await? {
            Some(client) => client,
            // The phone may have been changed since the sale.
            None => ledger::lock_earlier_owner(tx, tenant_id, &self.client, now)
                .await?
                .ok_or(Refusal::ClientNotFound)?,
        };
        let key = ExternalKey::of(self.till, &self.external_sale_id);
        for _ in 0..external_id::TRIES {
            let sale = sql::by_key(tx, tenant_id, &key).await?;
            match sale {
                Some(sale) if !key.is_free_again(sale.recorded_at(), now) => {
                    return self.void(tx, &mut client, &sale, now).await;
                }
                old => {
                    let old = old.map(|sale| sale.id);
                    external_id::retire(tx, Documents::Sales, tenant_id, old, Some(&key)).await?;
                    let voided = self.void_redemption(tx, &mut client, now).await?;
                    let (id, balance) = (client.id, voided.new_balance);
                    if sql::insert_unseen(tx, self, id, &key, balance, now).await? {
                        return Ok(Recorded::New(voided));
                    }
                    if voided.id.is_some() {
                        // Another client's sale has just come under the id.
                        return Err(Error::ExternalIdConflict);
                    }
                }
            }
        }
        Err(Error::corrupt(
            "sales.external_key",
            "a conflict without a sale",
        ))
    }
}

impl VoidSale<'_> {
    /// Undoes what is recorded under the id of a sale.
    async fn void(
        &self,
        tx: &mut Tx,
        client: &mut Client,
        sale: &KeyedSale,
        now: Timestamp,
    ) -> Result<Recorded<VoidRecord>, Error> {
        if !self.is_own(client, sale) {
            return Err(Error::ExternalIdConflict);
        }
        if !sale.is_voided() {
            return self.undo(tx, client, sale, now).await.map(Recorded::New);
        }
        let tenant_id = self.till.tenant_id;
        let voided = sql::voided(tx, tenant_id, sale).await?;
        if voided.id.is_some() {
            return Ok(Recorded::Before(voided));
        }
        // The row only keeps the id; a redemption under it may have been undone.
        Ok(Recorded::Before(
            match self.redemption(tx, client, now).await? {
                Some(redemption) => sql::voided(tx, tenant_id, &redemption).await?,
                None => voided,
            },
        ))
    }

    /// Undoes the redemption under the id, if there is one.
    async fn void_redemption(
        &self,
        tx: &mut Tx,
        client: &mut Client,
        now: Timestamp,
    ) -> Result<VoidRecord, Error> {
        match self.redemption(tx, client, now).await? {
            Some(redemption) if !redemption.is_voided() => {
                self.undo(tx, client, &redemption, now).await
            }
            _ => Ok(VoidRecord {
                id: None,
                bonus_revoked: Money::ZERO,
                bonus_restored: Money::ZERO,
                new_balance: client.account.figures(now).bonus_balance,
            }),
        }
    }

    /// Finds this till's redemption under the id. Another till's or client's does not belong to the
    /// sale.
    async fn redemption(
        &self,
        tx: &mut Tx,
        client: &Client,
        now: Timestamp,
    ) -> Result<Option<KeyedSale>, Error> {
        let key = ExternalKey::of_redemption(self.till, &self.external_sale_id);
        let found = sql::by_key(tx, self.till.tenant_id, &key).await?;
        Ok(found.filter(|redemption| {
            self.is_own(client, redemption) && !key.is_free_again(redemption.recorded_at(), now)
        }))
    }

    fn is_own(&self, client: &Client, sale: &KeyedSale) -> bool {
        sale.cashier_node_id == self.till.id && client.family.has(sale.client_id)
    }

    async fn undo(
        &self,
        tx: &mut Tx,
        client: &mut Client,
        sale: &KeyedSale,
        now: Timestamp,
    ) -> Result<VoidRecord, Error> {
        let tenant_id = self.till.tenant_id;
        let goods = ReturnGoods {
            till: self.till,
            client: self.client.clone(),
            original_external_sale_id: Some(self.external_sale_id.clone()),
            external_return_id: None,
            request: ReturnRequest::default(),
        };
        let original = goods.original(tx, client, now).await?;
        let original = original.filter(|original| original.id == sale.id);
        let original = original.ok_or_else(|| Error::corrupt("sales.id", sale.id))?;
        let plan = voids::plan(&original.sale, sale.recorded_at(), &client.account, now)?;
        let undoing = goods.carry_out(tx, client, Some(original), plan, Kind::Void, now);
        let undone = undoing.await?.into_inner();
        sql::mark_voided(tx, tenant_id, sale, undone.id).await?;
        if !notifications::take_back_sale(tx, tenant_id, sale.id, sale.redemption_id).await? {
            let notification = Notification::Voided {
                sale_id: sale.id,
                revoked_dirams: undone.bonus_revoked.dirams(),
                restored_dirams: undone.bonus_restored.dirams(),
                balance_dirams: undone.new_balance.dirams(),
            };
            notifications::enqueue(tx, tenant_id, client.id, &notification, now).await?;
        }
        Ok(VoidRecord {
            id: Some(sale.id),
            bonus_revoked: undone.bonus_revoked,
            bonus_restored: undone.bonus_restored,
            new_balance: undone.new_balance,
        })
    }
}
