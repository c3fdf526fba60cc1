//! The statements of codes by SMS.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const SENT_AT: &str = r"
    SELECT sent_at
    FROM client_codes
    WHERE tenant_id = $1
        AND phone = $2
        AND code_hash IS NOT NULL
";

/// Returns when the last code was sent to a phone.
pub(in crate::membership) async fn sent_at(
    db: &Db,
    tenant_id: i64,
    phone: &str,
) -> Result<Option<i64>, Error> {
    let found = db.reads().fetch_optional(SENT_AT, (tenant_id, phone));
    Ok(found.await?.map(|(sent_at,)| sent_at))
}

const COUNT: &str = r"
    INSERT INTO client_code_counts (
        subject,
        began_at,
        count
    )
    VALUES ($1, $3, 1)
    ON CONFLICT (subject) DO UPDATE SET
        count = CASE
            WHEN client_code_counts.began_at <= $2 THEN 1
            ELSE client_code_counts.count + 1
        END,
        began_at = CASE
            WHEN client_code_counts.began_at <= $2 THEN $3
            ELSE client_code_counts.began_at
        END
    RETURNING began_at, count
";

/// Counts a code of a subject, whose day that began at `expired` or before is over. Returns the
/// beginning of its day and the codes in it.
pub(in crate::membership) async fn count(
    db: &Db,
    subject: &str,
    expired: Timestamp,
    now: Timestamp,
) -> Result<(i64, i64), Error> {
    let params = (subject, expired.micros(), now.micros());
    db.writes().fetch_one(COUNT, params).await
}

const PUT: &str = r"
    INSERT INTO client_codes (
        tenant_id,
        phone,
        code_hash,
        sent_at,
        tries
    )
    VALUES ($1, $2, $3, $4, 0)
    ON CONFLICT (tenant_id, phone) DO UPDATE SET
        code_hash = excluded.code_hash,
        sent_at = excluded.sent_at,
        tries = 0
";

/// Stores the hash of a new code. An earlier code of the phone is over.
pub(in crate::membership) async fn put(
    db: &Db,
    tenant_id: i64,
    phone: &str,
    hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, phone, hash, now.micros());
    db.writes().execute(PUT, params).await?.exactly(1)
}

const WITHDRAW: &str = r"
    UPDATE client_codes
    SET code_hash = NULL
    WHERE tenant_id = $1
        AND phone = $2
";

pub(in crate::membership) async fn withdraw(
    db: &Db,
    tenant_id: i64,
    phone: &str,
) -> Result<(), Error> {
    let changed = db.writes().execute(WITHDRAW, (tenant_id, phone));
    changed.await?.any();
    Ok(())
}

const TRY_ONCE: &str = r"
    UPDATE client_codes
    SET tries = tries + 1
    WHERE tenant_id = $1
        AND phone = $2
        AND code_hash IS NOT NULL
        AND sent_at > $3
        AND tries < $4
    RETURNING code_hash, tries
";

/// Counts a try at a code that was sent after `alive`. Returns its hash and the tries, this one
/// included; `None` if there is no such code or there were too many.
pub(in crate::membership) async fn try_once(
    tx: &mut Tx,
    tenant_id: i64,
    phone: &str,
    alive: Timestamp,
    most: i64,
) -> Result<Option<(String, i64)>, Error> {
    let params = (tenant_id, phone, alive.micros(), most);
    tx.fetch_optional(TRY_ONCE, params).await
}

/// Notes that a code was used.
pub(in crate::membership) async fn use_up(
    tx: &mut Tx,
    tenant_id: i64,
    phone: &str,
) -> Result<(), Error> {
    tx.execute(WITHDRAW, (tenant_id, phone)).await?.exactly(1)
}
