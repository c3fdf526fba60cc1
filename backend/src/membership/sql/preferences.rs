//! The statements of what a client wants to hear of.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const READ: &str = r"
    SELECT
        receipts_off_at,
        reminders_off_at,
        offers_on_at,
        language
    FROM clients
    WHERE tenant_id = $1
        AND id = $2
";

type Row = (Option<i64>, Option<i64>, Option<i64>, Option<String>);

/// Returns since when receipts are off, reminders are off and offers are on, and the language.
pub(in crate::membership) async fn read(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
) -> Result<Row, Error> {
    db.reads().fetch_one(READ, (tenant_id, client_id)).await
}

// 1 switches on, 0 off, NULL leaves it. The moment of a choice that was made before stays.
const WRITE: &str = r"
    UPDATE clients
    SET receipts_off_at = CASE
            WHEN $3 = 1 THEN NULL
            WHEN $3 = 0 THEN COALESCE(receipts_off_at, $7)
            ELSE receipts_off_at
        END,
        reminders_off_at = CASE
            WHEN $4 = 1 THEN NULL
            WHEN $4 = 0 THEN COALESCE(reminders_off_at, $7)
            ELSE reminders_off_at
        END,
        offers_on_at = CASE
            WHEN $5 = 0 THEN NULL
            WHEN $5 = 1 THEN COALESCE(offers_on_at, $7)
            ELSE offers_on_at
        END,
        language = COALESCE($6, language)
    WHERE tenant_id = $1
        AND id = $2
";

/// The preferences that are changed: 1 switches on, 0 off.
pub(in crate::membership) struct Choices<'a> {
    pub(in crate::membership) receipts: Option<i64>,
    pub(in crate::membership) reminders: Option<i64>,
    pub(in crate::membership) offers: Option<i64>,
    pub(in crate::membership) language: Option<&'a str>,
}

pub(in crate::membership) async fn write(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    choices: Choices<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (
        tenant_id,
        client_id,
        choices.receipts,
        choices.reminders,
        choices.offers,
        choices.language,
        now.micros(),
    );
    tx.execute(WRITE, params).await?.exactly(1)
}
