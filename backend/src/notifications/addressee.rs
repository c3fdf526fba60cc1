//! The client whom a message is for, as they are when it is sent.

use domain::{Money, Timestamp};

use super::sql;
use crate::{Backend, Error, ledger};

/// The client of a message, and the store that sends it.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "they are independent facts, not the state of a machine"
)]
pub struct Addressee {
    /// The client's number; of a merged client, that of the one they were merged into.
    pub client_id: i64,
    /// The store's name.
    pub store: String,
    /// Whether the client or the store gets and sends nothing: blocked, erased, suspended.
    pub is_blocked: bool,
    /// The phone in E.164; `None` for an erased client.
    pub phone: Option<String>,
    /// The tag of the client's language, if it is known.
    pub language: Option<String>,
    /// The client's number in Telegram, unless the client has blocked the bot.
    pub telegram_id: Option<i64>,
    /// The client wants no receipts.
    pub receipts_off: bool,
    /// The client wants no reminders.
    pub reminders_off: bool,
    /// The client has agreed to offers.
    pub offers_on: bool,
    /// The tokens of the devices with the app.
    pub devices: Vec<String>,
    /// All unexpired bonuses, less the debt.
    pub balance: Money,
    /// The part that can be spent now.
    pub available: Money,
}

/// Returns the client whom a message is for, and their figures of this moment. Three statements.
///
/// # Errors
/// [`Error::Storage`]; [`Error::Ledger`] if the client's account contradicts itself.
pub async fn addressee(
    backend: &Backend,
    tenant_id: i64,
    client_id: i64,
) -> Result<Option<Addressee>, Error> {
    let now = backend.clock.now();
    let found = sql::addressee::addressee(&backend.db, tenant_id, client_id).await?;
    let Some(row) = found else {
        return Ok(None);
    };
    let devices = sql::addressee::devices(&backend.db, tenant_id, row.id).await?;
    let Some(client) = ledger::find_id(&backend.db, tenant_id, row.id, now).await? else {
        return Ok(None);
    };
    let figures = client.account.figures(now);
    Ok(Some(Addressee {
        client_id: row.id,
        store: row.store,
        is_blocked: row.suspended_at.is_some()
            || row.blocked_at.is_some()
            || row.erased_at.is_some(),
        phone: client.phone.map(|phone| phone.to_string()),
        language: row.language,
        telegram_id: row
            .telegram_id
            .filter(|_| row.telegram_blocked_at.is_none()),
        receipts_off: row.receipts_off_at.is_some(),
        reminders_off: row.reminders_off_at.is_some(),
        offers_on: row.offers_on_at.is_some(),
        devices,
        balance: figures.bonus_balance,
        available: figures.redeemable,
    }))
}

/// Returns where a sale was made: the address of the branch, or its name if it has none. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn place_of_sale(
    backend: &Backend,
    tenant_id: i64,
    sale_id: i64,
) -> Result<Option<String>, Error> {
    let found = sql::addressee::place(&backend.db, tenant_id, sale_id).await?;
    Ok(found.map(|(name, address)| if address.is_empty() { name } else { address }))
}

/// Returns the bonuses of a client that end on the local day of `at`, as they are now, and the
/// moment when the first of them end. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn ending_on(
    backend: &Backend,
    tenant_id: i64,
    client_id: i64,
    at: Timestamp,
) -> Result<(Money, Option<Timestamp>), Error> {
    let (day, now) = (at.local_midnight(), backend.clock.now());
    let ending = sql::addressee::ending_on(&backend.db, tenant_id, client_id, day, now);
    let (dirams, first) = ending.await?;
    let first = first.map(Timestamp::from_micros);
    Ok((Money::from_dirams(dirams), first))
}

/// Notes that a client has blocked the bot, so that nothing is sent there until the client starts
/// it again. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn block_telegram(
    backend: &Backend,
    tenant_id: i64,
    client_id: i64,
    telegram_id: i64,
) -> Result<(), Error> {
    let now = backend.clock.now();
    sql::addressee::block_telegram(&backend.db, tenant_id, client_id, telegram_id, now).await
}

/// Forgets a device from which the app was removed. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn forget_device(
    backend: &Backend,
    tenant_id: i64,
    client_id: i64,
    token: &str,
) -> Result<(), Error> {
    let mut tx = backend.db.begin().await?;
    sql::addressee::forget_device(&mut tx, tenant_id, token).await?;
    sql::addressee::note_reach(&mut tx, tenant_id, client_id).await?;
    tx.commit().await
}

/// Returns how many reminders by SMS a client and the store got this month. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn sms_of_a_month(
    backend: &Backend,
    tenant_id: i64,
    client_id: i64,
) -> Result<(i64, i64), Error> {
    let since = backend.clock.now().local_midnight().plus_days(-30);
    sql::addressee::sms_since(&backend.db, tenant_id, client_id, since).await
}
