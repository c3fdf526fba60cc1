//! Loads a client's row and account under a lock, and stores what an operation has added.
//!
//! A client may have any number of live lots, so they are not all loaded. Their bonuses are loaded
//! as sums, and an operation reads only the lots that it takes from or gives back to.

mod sql;

use std::collections::BTreeMap;

use domain::sales::PurchaseHistory;
use domain::{
    Account, CardNumber, Holdings, Identifier, Lot, Money, Phone, Refusal, RestoredPart, Timestamp,
};

use crate::Error;
use crate::db::Tx;

pub(crate) use sql::{find, find_in};

/// The number of lots that the first statement of [`Client::read_until`] reads: most clients have
/// no more.
const FIRST_LOTS: usize = 100;
/// The most lots that one statement reads. Between two statements a request that has run out of
/// time stops.
const MAX_LOTS: usize = 10_000;

/// A client with the account, as stored or about to be stored.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) tenant_id: i64,
    pub(crate) id: i64,
    pub(crate) phone: Phone,
    pub(crate) full_name: Option<String>,
    pub(crate) card_number: CardNumber,
    pub(crate) is_blocked: bool,
    pub(crate) referred_by: Option<i64>,
    pub(crate) total_spent: Money,
    pub(crate) history: PurchaseHistory,
    /// The moment of the last redemption without a sale. A sale of the same purchase may follow it.
    pub(crate) last_redemption_at: Option<Timestamp>,
    pub(crate) account: Account,
}

/// Locks the client's row until the end of the transaction and loads the account without its lots.
/// Two statements.
///
/// A transaction that locks two clients must lock the younger one first, i.e. a client before the
/// one who invited them.
///
/// # Errors
/// [`Refusal::ClientNotFound`].
pub(crate) async fn lock(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Client, Error> {
    let row = sql::lock(tx, tenant_id, identifier)
        .await?
        .ok_or(Refusal::ClientNotFound)?;
    let holdings = sql::holdings(tx, tenant_id, row.id, now).await?;
    let account = row.unread_account(&holdings);
    row.into_client(tenant_id, account)
}

/// Locks and loads a client as [`lock`] does, by the client's own number.
pub(crate) async fn lock_id(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<Client, Error> {
    let row = sql::lock_id(tx, tenant_id, id)
        .await?
        .ok_or_else(|| Error::corrupt("client reference", id))?;
    let holdings = sql::holdings(tx, tenant_id, id, now).await?;
    let account = row.unread_account(&holdings);
    row.into_client(tenant_id, account)
}

/// Locks a client as [`lock_id`] does and loads the lots with these numbers, without the sums of
/// the other lots. For a sweep, which needs no available balance.
pub(crate) async fn lock_with_lots(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    seqs: &[i64],
) -> Result<Client, Error> {
    let row = sql::lock_id(tx, tenant_id, id)
        .await?
        .ok_or_else(|| Error::corrupt("client reference", id))?;
    let lots = sql::lots_by_seq(tx, tenant_id, id, seqs).await?;
    let account = Account::new(row.balance(), row.debt(), row.last_seq, lots);
    row.into_client(tenant_id, account)
}

/// Stores the row and what the account's operations have added. One statement each for the row, for
/// all entries, for all lots that are new or have changed, and for all allocations; more for tens
/// of thousands of rows.
pub(crate) async fn save(tx: &mut Tx, client: &Client) -> Result<(), Error> {
    let (tenant_id, id, account) = (client.tenant_id, client.id, &client.account);
    let entries = account.new_entries();
    sql::insert_entries(tx, tenant_id, id, entries).await?;
    let opened = entries.iter().filter(|entry| entry.opened.is_some());
    let lots = opened
        .filter_map(|entry| account.lot(entry.seq))
        .chain(account.changed_lots());
    sql::put_lots(tx, tenant_id, id, lots).await?;
    sql::insert_allocations(tx, tenant_id, id, entries).await?;
    sql::update_client(tx, client).await
}

/// A row of the `lots` table.
#[derive(sqlx::FromRow)]
pub(crate) struct LotRow {
    seq: i64,
    kind: String,
    amount_dirams: i64,
    remaining_dirams: i64,
    available_at: i64,
    expires_at: Option<i64>,
    sale_id: Option<i64>,
}

impl LotRow {
    pub(crate) fn into_lot(self) -> Result<Lot, Error> {
        Ok(Lot {
            seq: self.seq,
            kind: domain::LotKind::parse(&self.kind)
                .ok_or_else(|| Error::corrupt("lots.kind", &self.kind))?,
            amount: Money::from_dirams(self.amount_dirams),
            remaining: Money::from_dirams(self.remaining_dirams),
            available_at: Timestamp::from_micros(self.available_at),
            expires_at: self.expires_at.map(Timestamp::from_micros),
            sale_id: self.sale_id,
        })
    }
}

/// Sums over a client's lots: bonuses that are counted in the balance but cannot be spent, or not
/// in every sale.
#[derive(sqlx::FromRow)]
struct HoldingsRow {
    expired: i64,
    held: i64,
    welcome: i64,
    held_welcome: i64,
}

/// A row of the `clients` table.
#[derive(sqlx::FromRow)]
pub(crate) struct ClientRow {
    pub(crate) id: i64,
    phone: String,
    full_name: Option<String>,
    card_number: String,
    balance_dirams: i64,
    debt_dirams: i64,
    last_seq: i64,
    total_spent_dirams: i64,
    purchase_count: i64,
    first_purchase_at: Option<i64>,
    last_purchase_at: Option<i64>,
    second_purchase_rewarded: bool,
    referred_by: Option<i64>,
    blocked_at: Option<i64>,
    last_redemption_at: Option<i64>,
}

impl ClientRow {
    fn balance(&self) -> Money {
        Money::from_dirams(self.balance_dirams)
    }

    fn debt(&self) -> Money {
        Money::from_dirams(self.debt_dirams)
    }

    /// Makes the account without its lots. The balance is what remains in the lots less the debt
    /// (invariant 1), so the available bonuses follow from it and the sums.
    fn unread_account(&self, holdings: &HoldingsRow) -> Account {
        let held = Money::from_dirams(holdings.held);
        let welcome = Money::from_dirams(holdings.welcome);
        let held_welcome = Money::from_dirams(holdings.held_welcome);
        let unexpired = self.balance() + self.debt() - Money::from_dirams(holdings.expired);
        let unread = Holdings {
            available: unexpired - held,
            held,
            available_welcome: welcome - held_welcome,
            held_welcome,
        };
        Account::unread(self.balance(), self.debt(), self.last_seq, unread)
    }

    fn into_client(self, tenant_id: i64, account: Account) -> Result<Client, Error> {
        Ok(Client {
            tenant_id,
            id: self.id,
            phone: Phone::parse(&self.phone)
                .map_err(|_| Error::corrupt("clients.phone of", self.id))?,
            full_name: self.full_name,
            card_number: CardNumber::parse(&self.card_number)
                .ok_or_else(|| Error::corrupt("clients.card_number", &self.card_number))?,
            is_blocked: self.blocked_at.is_some(),
            referred_by: self.referred_by,
            total_spent: Money::from_dirams(self.total_spent_dirams),
            history: PurchaseHistory {
                count: self.purchase_count,
                first_at: self.first_purchase_at.map(Timestamp::from_micros),
                last_at: self.last_purchase_at.map(Timestamp::from_micros),
                second_rewarded: self.second_purchase_rewarded,
            },
            last_redemption_at: self.last_redemption_at.map(Timestamp::from_micros),
            account,
        })
    }
}

impl Client {
    /// Reads lots in spending order until those accepted by `may_take` hold `amount`, or until
    /// there are no more. One statement for a client with few lots; no statement for an amount of
    /// zero.
    pub(crate) async fn read_until(
        &mut self,
        tx: &mut Tx,
        amount: Money,
        now: Timestamp,
        may_take: impl Fn(&Lot) -> bool,
    ) -> Result<(), Error> {
        let (mut found, mut skip, mut limit) = (Money::ZERO, 0, FIRST_LOTS);
        while found < amount {
            let lots = sql::lots_in_order(tx, self.tenant_id, self.id, now, limit, skip).await?;
            let counted = lots.iter().filter(|lot| may_take(lot));
            found += counted.map(|lot| lot.remaining).sum();
            let more = lots.len() == limit;
            self.account.read(lots, now);
            if !more {
                break;
            }
            skip += limit;
            limit = (limit * 4).min(MAX_LOTS);
        }
        Ok(())
    }

    /// Reads the lots with these numbers, exhausted ones too, except those already in memory. At
    /// most one statement.
    pub(crate) async fn read_lots(
        &mut self,
        tx: &mut Tx,
        mut seqs: Vec<i64>,
        now: Timestamp,
    ) -> Result<(), Error> {
        seqs.retain(|seq| self.account.lot(*seq).is_none());
        if !seqs.is_empty() {
            let lots = sql::lots_by_seq(tx, self.tenant_id, self.id, &seqs).await?;
            self.account.read(lots, now);
        }
        Ok(())
    }

    /// Reads the lots that a sale's redemption took from. Returns how much it took from each, in
    /// spending order. Two statements.
    pub(crate) async fn taken_by(
        &mut self,
        tx: &mut Tx,
        sale_id: i64,
        now: Timestamp,
    ) -> Result<Vec<RestoredPart>, Error> {
        let taken = sql::taken_by(tx, self.tenant_id, self.id, sale_id).await?;
        let taken: BTreeMap<i64, i64> = taken.into_iter().collect();
        self.read_lots(tx, taken.keys().copied().collect(), now)
            .await?;
        let part = |lot: &Lot| {
            let amount = Money::from_dirams(*taken.get(&lot.seq)?);
            let lot_seq = lot.seq;
            Some(RestoredPart { lot_seq, amount })
        };
        Ok(self.account.lots().iter().filter_map(part).collect())
    }
}
