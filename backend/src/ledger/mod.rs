//! A client's row and account, loaded under lock and stored whole.

mod sql;

use domain::sale::PurchaseHistory;
use domain::{Account, CardNumber, Identifier, Lot, Money, Phone, Refusal, Timestamp};

use crate::Error;
use crate::db::Tx;

pub(crate) use sql::{find, find_in, lots_by_seq, lots_taken_by};

/// A client with the account, as stored or about to be.
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
    /// When bonuses were last spent by a redemption alone, which a sale may follow.
    pub(crate) last_redemption_at: Option<Timestamp>,
    pub(crate) account: Account,
}

/// Locks the client's row until the end of the transaction and loads the account. Two statements.
///
/// Whoever locks two clients locks the younger first: a client is younger than the one who invited them.
///
/// # Errors
/// [`Refusal::ClientNotFound`].
pub(crate) async fn lock(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
) -> Result<Client, Error> {
    let row = sql::lock(tx, tenant_id, identifier)
        .await?
        .ok_or(Refusal::ClientNotFound)?;
    let lots = sql::live_lots(tx, tenant_id, row.id).await?;
    row.into_client(tenant_id, lots)
}

/// As [`lock`], by the client's own number.
pub(crate) async fn lock_id(tx: &mut Tx, tenant_id: i64, id: i64) -> Result<Client, Error> {
    let row = sql::lock_id(tx, tenant_id, id)
        .await?
        .ok_or_else(|| Error::corrupt("client reference", id))?;
    let lots = sql::live_lots(tx, tenant_id, id).await?;
    row.into_client(tenant_id, lots)
}

/// Stores the row and what the account's operations have added: a statement for the row, one for each new
/// entry, each lot and each allocation.
pub(crate) async fn save(tx: &mut Tx, client: &Client) -> Result<(), Error> {
    let (tenant_id, id) = (client.tenant_id, client.id);
    for entry in client.account.new_entries() {
        sql::insert_entry(tx, tenant_id, id, entry).await?;
        if entry.opened.is_some() {
            let lot = client
                .account
                .lot(entry.seq)
                .ok_or_else(|| Error::corrupt("lot of entry", entry.seq))?;
            sql::insert_lot(tx, tenant_id, id, lot).await?;
        }
    }
    for lot in client.account.changed_lots() {
        sql::update_remaining(tx, tenant_id, id, lot).await?;
    }
    for entry in client.account.new_entries() {
        for allocation in &entry.allocations {
            sql::insert_allocation(tx, tenant_id, id, entry.seq, *allocation).await?;
        }
    }
    sql::update_client(tx, client).await
}

/// Row of the `lots` table.
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

/// Row of the `clients` table.
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
    fn into_client(self, tenant_id: i64, lots: Vec<Lot>) -> Result<Client, Error> {
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
            account: Account::new(
                Money::from_dirams(self.balance_dirams),
                Money::from_dirams(self.debt_dirams),
                self.last_seq,
                lots,
            ),
        })
    }
}

impl Client {
    /// The same client, whose account also knows `more` lots, exhausted ones among them.
    pub(crate) fn with_lots(mut self, more: Vec<Lot>) -> Self {
        let mut lots = self.account.lots().to_vec();
        lots.extend(
            more.into_iter()
                .filter(|lot| self.account.lot(lot.seq).is_none()),
        );
        let account = &self.account;
        self.account = Account::new(account.balance(), account.debt(), account.last_seq(), lots);
        self
    }
}
