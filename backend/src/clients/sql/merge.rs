//! The statements of a merge.

use domain::merging::WelcomeGift;
use domain::{Money, Timestamp};

use crate::Error;
use crate::db::Tx;
use crate::ledger::is_in_family;

const WELCOME_GIFTS: &str = concat!(
    "
    SELECT
        amount_dirams,
        EXISTS (
            SELECT 1
            FROM entries
            WHERE entries.tenant_id = lots.tenant_id
                AND entries.client_id = lots.client_id
                AND entries.seq = lots.seq
                AND entries.kind IN ('merge_in', 'restore')
        ) AS is_moved,
        CASE WHEN expires_at <= $3 THEN 0 ELSE remaining_dirams END AS remaining,
        CASE WHEN expires_at <= $3 THEN remaining_dirams ELSE 0 END
            + CAST(COALESCE((
                SELECT SUM(allocations.amount_dirams)
                FROM allocations
                JOIN entries
                    ON entries.tenant_id = allocations.tenant_id
                    AND entries.client_id = allocations.client_id
                    AND entries.seq = allocations.entry_seq
                WHERE allocations.tenant_id = lots.tenant_id
                    AND allocations.client_id = lots.client_id
                    AND allocations.lot_seq = lots.seq
                    AND (
                        entries.kind = 'expire'
                        OR (entries.kind = 'revoke' AND entries.act_id IS NOT NULL)
                    )
            ), 0) AS BIGINT) AS lost
    FROM lots
    WHERE tenant_id = $1
        AND ",
    is_in_family!(),
    "
        AND kind <> 'purchase'
        AND kind = 'welcome'
"
);

/// Returns the welcome bonuses that a client and those merged into this one were given. What a
/// merge moved belongs to the gift it came from, so the parts of all gifts are added up in one.
pub(in crate::clients) async fn welcome_gifts(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<Vec<WelcomeGift>, Error> {
    let params = (tenant_id, client_id, now.micros());
    let rows: Vec<(i64, bool, i64, i64)> = tx.fetch_all(WELCOME_GIFTS, params).await?;
    let given = rows.iter().filter(|(_, is_moved, ..)| !is_moved);
    let largest = given.map(|(amount, ..)| *amount).max();
    let Some(largest) = largest else {
        return Ok(Vec::new());
    };
    let sum =
        |part: fn(&(i64, bool, i64, i64)) -> i64| Money::from_dirams(rows.iter().map(part).sum());
    let remaining = sum(|(_, _, remaining, _)| *remaining);
    let lost = sum(|(_, _, _, lost)| *lost);
    let all = sum(|(amount, is_moved, ..)| if *is_moved { 0 } else { *amount });
    // What was used of all of them counts against the one that the person may have.
    let used = all - remaining - lost;
    let amount = Money::from_dirams(largest);
    Ok(vec![WelcomeGift {
        amount,
        expired: amount - used - remaining,
        remaining,
    }])
}

const SET_MOVED: &str = r"
    UPDATE client_acts
    SET amount_dirams = $3
    WHERE tenant_id = $1
        AND id = $2
";

/// Stores the balance that a merge has moved.
pub(in crate::clients) async fn set_moved(
    tx: &mut Tx,
    tenant_id: i64,
    act_id: i64,
    moved: Money,
) -> Result<(), Error> {
    let params = (tenant_id, act_id, moved.dirams());
    tx.execute(SET_MOVED, params).await?.exactly(1)
}

// All clients who were merged into the one who is merged now lead to the other one at once, so that
// every reference is followed in one step.
const LEAD: &str = r"
    UPDATE clients
    SET merged_into = $3
    WHERE tenant_id = $1
        AND (id = $2 OR merged_into = $2)
";

const ABSORB: &str = r"
    UPDATE clients
    SET absorbed = (
            SELECT COUNT(*)
            FROM clients AS merged
            WHERE merged.tenant_id = $1
                AND merged.merged_into = $3
        ),
        full_name = COALESCE(full_name, (
            SELECT source.full_name
            FROM clients AS source
            WHERE source.tenant_id = $1
                AND source.id = $2
        )),
        folded_name = CASE WHEN full_name IS NULL THEN (
            SELECT source.folded_name
            FROM clients AS source
            WHERE source.tenant_id = $1
                AND source.id = $2
        ) ELSE folded_name END,
        blocked_at = COALESCE(blocked_at, (
            SELECT source.blocked_at
            FROM clients AS source
            WHERE source.tenant_id = $1
                AND source.id = $2
        )),
        blocked_reason = COALESCE(blocked_reason, (
            SELECT source.blocked_reason
            FROM clients AS source
            WHERE source.tenant_id = $1
                AND source.id = $2
        )),
        phone_changed_at = (
            SELECT MAX(both_of_them.phone_changed_at)
            FROM clients AS both_of_them
            WHERE both_of_them.tenant_id = $1
                AND both_of_them.id IN ($2, $3)
        ),
        created_at = (
            SELECT MIN(both_of_them.created_at)
            FROM clients AS both_of_them
            WHERE both_of_them.tenant_id = $1
                AND both_of_them.id IN ($2, $3)
        ),
        referred_by = (
            SELECT MAX(COALESCE(referrers.merged_into, referrers.id))
            FROM clients AS members
            JOIN clients AS referrers
                ON referrers.tenant_id = $1
                AND referrers.id = members.referred_by
            WHERE members.tenant_id = $1
                AND (members.id = $3 OR members.merged_into = $3)
                AND COALESCE(referrers.merged_into, referrers.id) <> $3
        )
    WHERE tenant_id = $1
        AND id = $3
";

/// Lets everything that names client `from` lead to client `into`, who takes over the name if there
/// is none, a block, a changed phone, and who invited them.
pub(in crate::clients) async fn join(
    tx: &mut Tx,
    tenant_id: i64,
    from: i64,
    into: i64,
) -> Result<(), Error> {
    tx.execute(LEAD, (tenant_id, from, into)).await?.any();
    tx.execute(ABSORB, (tenant_id, from, into))
        .await?
        .exactly(1)
}

const MOVE_DEVICES: &str = r"
    UPDATE client_devices
    SET client_id = $3
    WHERE tenant_id = $1
        AND client_id = $2
";

const TAKE_TELEGRAM: &str = r"
    UPDATE clients
    SET telegram_id = NULL
    WHERE tenant_id = $1
        AND id = $2
        AND telegram_id IS NOT NULL
";

const TELEGRAM_OF: &str = r"
    SELECT telegram_id
    FROM clients
    WHERE tenant_id = $1
        AND id = $2
";

const GIVE_TELEGRAM: &str = r"
    UPDATE clients
    SET telegram_id = COALESCE(telegram_id, $3)
    WHERE tenant_id = $1
        AND id = $2
";

/// Gives the devices of a merged client to the one into whom they were merged, and their account in
/// Telegram if that one has none. Four statements.
pub(in crate::clients) async fn move_own_side(
    tx: &mut Tx,
    tenant_id: i64,
    from: i64,
    into: i64,
) -> Result<(), Error> {
    tx.execute(MOVE_DEVICES, (tenant_id, from, into))
        .await?
        .any();
    let (telegram_id,): (Option<i64>,) = tx.fetch_one(TELEGRAM_OF, (tenant_id, from)).await?;
    tx.execute(TAKE_TELEGRAM, (tenant_id, from)).await?.any();
    tx.execute(GIVE_TELEGRAM, (tenant_id, into, telegram_id))
        .await?
        .exactly(1)
}
