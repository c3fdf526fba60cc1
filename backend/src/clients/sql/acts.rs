//! The statements of what people do to clients: changes by hand, blocks, new phones and erasure.

use domain::{Money, Phone, Timestamp};

use crate::Error;
use crate::audit::Actor;
use crate::db::Tx;
use crate::ledger::is_in_family;

/// A change by hand or a merge, about to be stored.
#[derive(Clone, Copy, Debug)]
pub(in crate::clients) struct NewAct<'a> {
    pub(in crate::clients) client_id: i64,
    pub(in crate::clients) kind: &'static str,
    pub(in crate::clients) amount: Money,
    /// The client who is merged.
    pub(in crate::clients) other_id: Option<i64>,
    pub(in crate::clients) reason: &'a str,
    pub(in crate::clients) once: Option<&'a str>,
}

const LOCK_PERSON: &str = r"
    UPDATE panel_users
    SET name = name
    WHERE tenant_id = $1
        AND id = $2
";

/// Locks a person's row until the end of the transaction.
pub(in crate::clients) async fn lock_person(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
) -> Result<(), Error> {
    tx.execute(LOCK_PERSON, (tenant_id, user_id))
        .await?
        .exactly(1)
}

const ADJUSTED_SINCE: &str = r"
    SELECT CAST(COALESCE(SUM(amount_dirams), 0) AS BIGINT)
    FROM client_acts
    WHERE tenant_id = $1
        AND user_id = $2
        AND created_at >= $3
        AND kind <> 'merge'
";

/// Returns what a person has given and taken by hand since a moment, both added up.
pub(in crate::clients) async fn adjusted_since(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
    since: Timestamp,
) -> Result<Money, Error> {
    let params = (tenant_id, user_id, since.micros());
    let (dirams,): (i64,) = tx.fetch_one(ADJUSTED_SINCE, params).await?;
    Ok(Money::from_dirams(dirams))
}

const KNOWN_ACT: &str = r"
    SELECT
        client_id,
        kind,
        amount_dirams
    FROM client_acts
    WHERE tenant_id = $1
        AND once_key = $2
";

/// Returns whether the form of an act was sent before, and with the same values.
pub(in crate::clients) async fn known_act(
    tx: &mut Tx,
    tenant_id: i64,
    act: &NewAct<'_>,
) -> Result<Option<bool>, Error> {
    let params = (tenant_id, act.once);
    let row: Option<(i64, String, i64)> = tx.fetch_optional(KNOWN_ACT, params).await?;
    Ok(row.map(|(client_id, kind, dirams)| {
        (client_id, kind.as_str(), dirams) == (act.client_id, act.kind, act.amount.dirams())
    }))
}

const INSERT_ACT: &str = r"
    INSERT INTO client_acts (
        tenant_id,
        client_id,
        kind,
        amount_dirams,
        other_id,
        reason,
        user_id,
        who,
        once_key,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (tenant_id, once_key) DO NOTHING
    RETURNING id
";

/// Stores an act. Returns `None` if an act with this key is stored already.
pub(in crate::clients) async fn insert_act(
    tx: &mut Tx,
    actor: &Actor,
    act: &NewAct<'_>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (
        actor.tenant_id,
        act.client_id,
        act.kind,
        act.amount.dirams(),
        act.other_id,
        act.reason,
        actor.user_id,
        &actor.name,
        act.once,
        now.micros(),
    );
    let inserted = tx.fetch_optional(INSERT_ACT, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const SET_BLOCKED: &str = r"
    UPDATE clients
    SET blocked_at = $3,
        blocked_reason = $4
    WHERE tenant_id = $1
        AND id = $2
";

/// Blocks a client for a reason, or ends the block.
pub(in crate::clients) async fn set_blocked(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let at = reason.map(|_| now.micros());
    let params = (tenant_id, id, at, reason);
    tx.execute(SET_BLOCKED, params).await?.exactly(1)
}

const OWNER_OF: &str = r"
    SELECT COALESCE(merged_into, id)
    FROM clients
    WHERE tenant_id = $1
        AND phone = $2
";

/// Returns the client whom this phone finds.
pub(in crate::clients) async fn owner_of(
    tx: &mut Tx,
    tenant_id: i64,
    phone: &Phone,
) -> Result<Option<i64>, Error> {
    let row = tx
        .fetch_optional(OWNER_OF, (tenant_id, phone.as_str()))
        .await?;
    Ok(row.map(|(id,)| id))
}

const SET_PHONE: &str = r"
    UPDATE clients
    SET phone = $3,
        phone_changed_at = $4
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::clients) async fn set_phone(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    phone: &Phone,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, id, phone.as_str(), now.micros());
    tx.execute(SET_PHONE, params).await?.exactly(1)
}

const INSERT_PHONE_CHANGE: &str = r"
    INSERT INTO phone_changes (
        tenant_id,
        client_id,
        changed_at,
        old_phone,
        new_phone
    )
    VALUES ($1, $2, $3, $4, $5)
";

pub(in crate::clients) async fn insert_phone_change(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    old: &Phone,
    new: &Phone,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, id, now.micros(), old.as_str(), new.as_str());
    tx.execute(INSERT_PHONE_CHANGE, params).await?.exactly(1)
}

/// The numbers of a client and of those merged into this one.
macro_rules! family {
    () => {
        r"(
            SELECT CAST($2 AS BIGINT)
            UNION ALL
            SELECT merged.id
            FROM clients AS merged
            WHERE merged.tenant_id = $1
                AND merged.merged_into = $2
        )"
    };
}

const ERASE: &str = concat!(
    "
    UPDATE clients
    SET phone = 'erased:' || id,
        full_name = NULL,
        folded_name = NULL,
        blocked_reason = NULL,
        telegram_id = NULL,
        telegram_blocked_at = NULL,
        language = NULL,
        is_reachable = 0,
        erased_at = $3
    WHERE tenant_id = $1
        AND id IN ",
    family!()
);

/// Erases the names, phones and accounts in Telegram of a client and of those merged into this one.
pub(in crate::clients) async fn erase(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, id, now.micros());
    tx.execute(ERASE, params).await?.any();
    Ok(())
}

const FORGET_CHANGES: &str = concat!(
    "
    DELETE FROM phone_changes
    WHERE tenant_id = $1
        AND ",
    is_in_family!()
);

const FORGET_MESSAGES: &str = concat!(
    "
    DELETE FROM outbox
    WHERE tenant_id = $1
        AND subject LIKE 'phone:%'
        AND ",
    is_in_family!()
);

/// Deletes the former phones of a client, and the messages about them.
pub(in crate::clients) async fn forget_phones(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
) -> Result<(), Error> {
    tx.execute(FORGET_CHANGES, (tenant_id, id)).await?.any();
    tx.execute(FORGET_MESSAGES, (tenant_id, id)).await?.any();
    Ok(())
}

const FORGET_SESSIONS: &str = concat!(
    "
    DELETE FROM client_sessions
    WHERE tenant_id = $1
        AND client_id IN ",
    family!()
);

const FORGET_DEVICES: &str = concat!(
    "
    DELETE FROM client_devices
    WHERE tenant_id = $1
        AND client_id IN ",
    family!()
);

const FORGET_CODES: &str = concat!(
    "
    DELETE FROM client_codes
    WHERE tenant_id = $1
        AND phone IN (
            SELECT phone
            FROM clients
            WHERE clients.tenant_id = $1
                AND clients.id IN ",
    family!(),
    "
        )"
);

const FORGET_CHATS: &str = concat!(
    "
    DELETE FROM bot_chats
    WHERE tenant_id = $1
        AND telegram_id IN (
            SELECT telegram_id
            FROM clients
            WHERE clients.tenant_id = $1
                AND clients.id IN ",
    family!(),
    "
        )"
);

/// Deletes the sessions, devices, codes and dialogues of a client and of those merged into this
/// one, while their phones are still known.
pub(in crate::clients) async fn forget_own_side(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
) -> Result<(), Error> {
    for statement in [FORGET_SESSIONS, FORGET_DEVICES, FORGET_CODES, FORGET_CHATS] {
        tx.execute(statement, (tenant_id, id)).await?.any();
    }
    Ok(())
}

const FORGET_ANSWERS: &str = concat!(
    r#"
    DELETE FROM idempotency_keys
    WHERE tenant_id = $1
        AND EXISTS (
            SELECT 1
            FROM clients
            WHERE clients.tenant_id = $1
                AND clients.id IN "#,
    family!(),
    r#"
                AND idempotency_keys.body LIKE '%"' || clients.phone || '"%'
        )
"#
);

/// Deletes the stored answers to tills that contain the phone. Reads every answer that the store
/// keeps, which are those of seven days.
pub(in crate::clients) async fn forget_answers(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
) -> Result<(), Error> {
    tx.execute(FORGET_ANSWERS, (tenant_id, id)).await?.any();
    Ok(())
}
