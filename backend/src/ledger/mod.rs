//! Loads a client's row and account under a lock, and stores what an operation has added.
//!
//! A client may have any number of live lots, so they are not all loaded. Their bonuses are loaded
//! as sums, and an operation reads only the lots that it takes from or gives back to.

mod client;
mod rows;
mod sql;

use std::collections::BTreeMap;

use domain::{Account, Entry, Identifier, Lot, Money, RestoredPart, Timestamp};

use crate::Error;
use crate::db::Tx;
use rows::ClientRow;

pub(crate) use client::{Client, Family};
pub(crate) use sql::{
    ClientAndHoldings, client_columns, find, find_id, find_in, holdings_columns, is_in_family,
};

/// The number of lots that the first statement of [`Client::read_until`] reads: most clients have
/// no more.
const FIRST_LOTS: usize = 100;
/// The most lots that one statement reads. Between two statements a request that has run out of
/// time stops.
const MAX_LOTS: usize = 10_000;

/// Locks the client's row until the end of the transaction and loads the account without its lots.
/// Returns `None` if the store has no such client. Two statements; one more if the identifier is
/// that of a merged client, whose other one is locked then, and one more if others were merged into
/// the client.
///
/// A transaction that locks two clients must lock the younger one first, i.e. a client before the
/// one who invited them.
pub(crate) async fn lock(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let Some(row) = sql::lock(tx, tenant_id, identifier).await? else {
        return Ok(None);
    };
    let client = locked(tx, tenant_id, row, now).await?;
    Ok(Some(client).filter(|client| client.phone.is_some()))
}

/// Locks and loads the client who had this phone before the store changed it; if several had it,
/// the last one. Returns `None` for a card, and for a phone that nobody had.
///
/// Only what is already recorded may be answered for this client: the phone is no longer theirs.
pub(crate) async fn lock_earlier_owner(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let Identifier::Phone(phone) = identifier else {
        return Ok(None);
    };
    match sql::earlier_owner(tx, tenant_id, phone).await? {
        Some(id) => lock_id(tx, tenant_id, id, now).await.map(Some),
        None => Ok(None),
    }
}

/// Makes the client of a locked row, or of the row that it was merged into.
async fn locked(
    tx: &mut Tx,
    tenant_id: i64,
    mut row: ClientRow,
    now: Timestamp,
) -> Result<Client, Error> {
    // The row says so only now: while this transaction waited for it, it may have been merged.
    while let Some(id) = row.merged_into {
        row = sql::lock_id(tx, tenant_id, id)
            .await?
            .ok_or_else(|| Error::corrupt("clients.merged_into", id))?;
    }
    let holdings = sql::holdings(tx, tenant_id, row.id, now).await?;
    let account = row.unread_account(&holdings);
    let has_absorbed = row.absorbed > 0;
    let mut client = row.into_client(tenant_id, account)?;
    if has_absorbed {
        client.family = sql::family(tx, tenant_id, client.id).await?;
    }
    Ok(client)
}

/// Locks and loads a client as [`lock`] does, by the client's own number; also an erased one.
pub(crate) async fn lock_id(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<Client, Error> {
    let row = sql::lock_id(tx, tenant_id, id)
        .await?
        .ok_or_else(|| Error::corrupt("client reference", id))?;
    locked(tx, tenant_id, row, now).await
}

/// Locks a client by number, unless there is none or the client was merged or erased.
pub(crate) async fn lock_living(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let Some(row) = sql::lock_id(tx, tenant_id, id).await? else {
        return Ok(None);
    };
    if row.merged_into.is_some() {
        return Ok(None);
    }
    let client = locked(tx, tenant_id, row, now).await?;
    Ok(Some(client).filter(|client| client.phone.is_some()))
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

/// Stores the client's row and the changes of the account. Sends one statement for all new entries,
/// one for all new or changed lots, one for all allocations, and one for the row. Tens of thousands
/// of rows of one table need more than one statement.
pub(crate) async fn save(tx: &mut Tx, client: &Client) -> Result<(), Error> {
    let (tenant_id, id, account) = (client.tenant_id, client.id, &client.account);
    save_accounts(tx, tenant_id, &[(id, account)]).await?;
    sql::update_client(tx, client).await
}

/// Stores the changes of the accounts of clients whose rows are locked or new, but not the rows
/// themselves. Three statements.
async fn save_accounts(
    tx: &mut Tx,
    tenant_id: i64,
    accounts: &[(i64, &Account)],
) -> Result<(), Error> {
    let (entries, lots) = changes(accounts);
    sql::insert_entries(tx, tenant_id, &entries).await?;
    sql::put_lots(tx, tenant_id, &lots).await?;
    sql::insert_allocations(tx, tenant_id, &entries).await
}

/// The rows of several clients, each with the client's number.
type Rows<'a, T> = Vec<(i64, &'a T)>;

/// Returns the new entries of the accounts, and their new and changed lots.
fn changes<'a>(accounts: &[(i64, &'a Account)]) -> (Rows<'a, Entry>, Rows<'a, Lot>) {
    let (mut entries, mut lots) = (Vec::new(), Vec::new());
    for (id, account) in accounts {
        let new = account.new_entries();
        entries.extend(new.iter().map(|entry| (*id, entry)));
        let opened = new.iter().filter(|entry| entry.opened.is_some());
        let opened = opened.filter_map(|entry| account.lot(entry.seq));
        lots.extend(opened.chain(account.changed_lots()).map(|lot| (*id, lot)));
    }
    (entries, lots)
}

/// Stores the changes of many accounts: of new clients, whose rows have the balances already, and
/// of known ones, whose rows are locked. Four statements for each 10,000 clients.
pub(crate) async fn save_many(
    tx: &mut Tx,
    tenant_id: i64,
    new: &[(i64, &Account)],
    known: &[(i64, &Account)],
) -> Result<(), Error> {
    save_accounts(tx, tenant_id, &[new, known].concat()).await?;
    sql::update_balances(tx, tenant_id, known).await
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

    /// Reads every lot that holds something, expired ones too.
    pub(crate) async fn read_everything(
        &mut self,
        tx: &mut Tx,
        now: Timestamp,
    ) -> Result<(), Error> {
        let long_ago = Timestamp::from_micros(i64::MIN);
        let (mut skip, mut limit) = (0, FIRST_LOTS);
        loop {
            let (tenant_id, id) = (self.tenant_id, self.id);
            let lots = sql::lots_in_order(tx, tenant_id, id, long_ago, limit, skip).await?;
            let more = lots.len() == limit;
            self.account.read(lots, now);
            if !more {
                return Ok(());
            }
            skip += limit;
            limit = (limit * 4).min(MAX_LOTS);
        }
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

    /// Reads the lots that a sale's redemption took from. `redeemer` is the client whose lots they
    /// are: this one, or one merged into this one. Returns how much it took from each, in spending
    /// order. Two statements.
    pub(crate) async fn taken_by(
        &mut self,
        tx: &mut Tx,
        redeemer: i64,
        sale_id: i64,
        now: Timestamp,
    ) -> Result<Vec<RestoredPart>, Error> {
        let taken = sql::taken_by(tx, self.tenant_id, redeemer, sale_id).await?;
        let taken: BTreeMap<i64, i64> = taken.into_iter().collect();
        let seqs: Vec<i64> = taken.keys().copied().collect();
        let is_own = redeemer == self.id;
        let part = |lot: &Lot| {
            let amount = Money::from_dirams(*taken.get(&lot.seq)?);
            Some(RestoredPart {
                lot_seq: lot.seq,
                amount,
                moved: (!is_own).then_some(*lot),
            })
        };
        if is_own {
            self.read_lots(tx, seqs, now).await?;
            return Ok(self.account.lots().iter().filter_map(part).collect());
        }
        let mut lots = sql::lots_by_seq(tx, self.tenant_id, redeemer, &seqs).await?;
        lots.sort_by_key(|lot| (lot.expires_at.unwrap_or(Timestamp::MAX), lot.seq));
        Ok(lots.iter().filter_map(part).collect())
    }
}
