//! The statements that read the ledger of a page of clients, and those that compare tables with
//! each other.

use crate::Error;
use crate::db::{Db, Tx};

/// Comparisons of the documents with the ledger and the outbox: the name of a contradiction and the
/// statement that counts it.
const CROSS_CHECKS: [(&str, &str); 9] = [
    (
        "sales whose entries are not what the sale says",
        SALES_UNLIKE_ENTRIES,
    ),
    (
        "returns whose entries are not what the return says",
        RETURNS_UNLIKE_ENTRIES,
    ),
    (
        "voided sales that are not undone, or undone ones that are not voided",
        VOIDS_UNLIKE_RETURNS,
    ),
    ("sales without a notification", SALES_WITHOUT_NOTIFICATION),
    ("notifications without a sale", NOTIFICATIONS_WITHOUT_SALE),
    (
        "changes by hand whose entries are not what the act says",
        CHANGES_UNLIKE_ENTRIES,
    ),
    (
        "merges that took in something else than they closed",
        MERGES_UNLIKE_ENTRIES,
    ),
    ("merged clients with bonuses or debt", MERGED_WITH_BONUSES),
    (
        "imports whose entries are not what the import says",
        IMPORTS_UNLIKE_ENTRIES,
    ),
];

const SALES_UNLIKE_ENTRIES: &str = r"
    SELECT COUNT(*)
    FROM sales
    LEFT JOIN (
        SELECT
            sale_id,
            SUM(amount_dirams) AS accrued
        FROM entries
        WHERE tenant_id = $1
            AND return_id IS NULL
            AND kind = 'purchase'
        GROUP BY sale_id
    ) AS earned
        ON earned.sale_id = sales.id
    LEFT JOIN (
        SELECT
            sale_id,
            SUM(-amount_dirams) AS redeemed
        FROM entries
        WHERE tenant_id = $1
            AND return_id IS NULL
            AND kind = 'redeem'
        GROUP BY sale_id
    ) AS spent
        ON spent.sale_id = COALESCE(sales.redemption_id, sales.id)
    WHERE sales.tenant_id = $1
        AND (
            COALESCE(redeemed, 0) <> redeemed_dirams
            OR COALESCE(accrued, 0) <> accrued_dirams
        )
";

const RETURNS_UNLIKE_ENTRIES: &str = r"
    SELECT COUNT(*)
    FROM returns
    LEFT JOIN (
        SELECT
            client_id,
            return_id,
            SUM(CASE WHEN kind = 'revoke' THEN -amount_dirams ELSE 0 END) AS revoked,
            SUM(CASE WHEN kind = 'settlement' THEN amount_dirams ELSE 0 END) AS settled,
            SUM(CASE WHEN kind = 'restore' THEN amount_dirams ELSE 0 END) AS restored
        FROM entries
        WHERE tenant_id = $1
            AND return_id IS NOT NULL
        GROUP BY client_id, return_id
    ) AS booked
        ON booked.client_id = returns.client_id
        AND booked.return_id = returns.id
    WHERE returns.tenant_id = $1
        AND (
            COALESCE(revoked, 0) <> revoked_dirams
            OR COALESCE(settled, 0) <> settled_dirams
            OR COALESCE(restored, 0) <> restored_dirams
        )
";

// A sale that has taken an earlier redemption as its own was undone by one row.
const VOIDS_UNLIKE_RETURNS: &str = r"
    SELECT COUNT(*)
    FROM sales
    LEFT JOIN returns
        ON returns.tenant_id = $1
        AND returns.id = sales.voided_by
    WHERE sales.tenant_id = $1
        AND CASE
            WHEN voided_by IS NULL THEN EXISTS (
                SELECT 1
                FROM returns AS undoing
                WHERE undoing.tenant_id = $1
                    AND undoing.sale_id = sales.id
                    AND undoing.is_void = 1
            )
            WHEN voided_by = 0 THEN gross_dirams <> 0
            ELSE COALESCE(is_void, 0) <> 1
        END
";

const SALES_WITHOUT_NOTIFICATION: &str = r"
    SELECT COUNT(*)
    FROM sales
    WHERE tenant_id = $1
        AND voided_by IS NULL
        AND NOT EXISTS (
            SELECT 1
            FROM outbox
            WHERE outbox.tenant_id = sales.tenant_id
                AND outbox.subject = 'sale:' || sales.id
        )
";

const NOTIFICATIONS_WITHOUT_SALE: &str = r"
    SELECT COUNT(*)
    FROM outbox
    WHERE tenant_id = $1
        AND subject LIKE 'sale:%'
        AND NOT EXISTS (
            SELECT 1
            FROM sales
            WHERE sales.tenant_id = outbox.tenant_id
                AND sales.id = CAST(SUBSTR(subject, 6) AS BIGINT)
                AND (voided_by IS NULL OR outbox.sent_at IS NOT NULL)
        )
";

const CHANGES_UNLIKE_ENTRIES: &str = r"
    SELECT COUNT(*)
    FROM client_acts
    LEFT JOIN (
        SELECT
            client_id,
            act_id,
            SUM(CASE WHEN kind = 'manual' THEN amount_dirams ELSE 0 END) AS given,
            SUM(CASE WHEN kind = 'adjust' THEN -amount_dirams ELSE 0 END) AS taken
        FROM entries
        WHERE tenant_id = $1
            AND act_id IS NOT NULL
        GROUP BY client_id, act_id
    ) AS booked
        ON booked.client_id = client_acts.client_id
        AND booked.act_id = client_acts.id
    WHERE client_acts.tenant_id = $1
        AND client_acts.kind <> 'merge'
        AND (
            COALESCE(given, 0) <> CASE WHEN kind = 'credit' THEN amount_dirams ELSE 0 END
            OR COALESCE(taken, 0) <> CASE WHEN kind = 'debit' THEN amount_dirams ELSE 0 END
        )
";

const MERGES_UNLIKE_ENTRIES: &str = r"
    SELECT COUNT(*)
    FROM client_acts
    LEFT JOIN (
        SELECT
            act_id,
            SUM(CASE WHEN kind = 'merge_out' THEN -amount_dirams ELSE 0 END) AS closed,
            SUM(CASE WHEN kind = 'merge_in' THEN amount_dirams ELSE 0 END) AS taken_in
        FROM entries
        WHERE tenant_id = $1
            AND act_id IS NOT NULL
        GROUP BY act_id
    ) AS booked
        ON booked.act_id = client_acts.id
    WHERE client_acts.tenant_id = $1
        AND client_acts.kind = 'merge'
        AND (
            COALESCE(closed, 0) <> amount_dirams
            OR COALESCE(taken_in, 0) <> amount_dirams
        )
";

const MERGED_WITH_BONUSES: &str = r"
    SELECT COUNT(*)
    FROM clients
    WHERE tenant_id = $1
        AND merged_into IS NOT NULL
        AND (balance_dirams <> 0 OR debt_dirams <> 0)
";

/// Returns the name of each contradiction between tables and how many the store has. Seven
// The entries of an import have its moment.
const IMPORTS_UNLIKE_ENTRIES: &str = r"
    SELECT COUNT(*)
    FROM (
        SELECT
            applied_at,
            SUM(opening_dirams) AS said
        FROM imports
        WHERE tenant_id = $1
            AND applied_at IS NOT NULL
        GROUP BY applied_at
    ) AS applied
    LEFT JOIN (
        SELECT
            created_at,
            SUM(amount_dirams) AS booked
        FROM entries
        WHERE tenant_id = $1
            AND kind = 'opening'
        GROUP BY created_at
    ) AS opened
        ON opened.created_at = applied.applied_at
    WHERE COALESCE(booked, 0) <> said
";

/// Returns the name of each contradiction between tables and how many the store has. Five
/// statements.
pub(in crate::jobs) async fn cross_check(
    db: &Db,
    tenant_id: i64,
) -> Result<Vec<(&'static str, i64)>, Error> {
    let mut found = Vec::new();
    for (what, statement) in CROSS_CHECKS {
        let (count,): (i64,) = db.reads().fetch_one(statement, (tenant_id,)).await?;
        found.push((what, count));
    }
    Ok(found)
}

#[derive(sqlx::FromRow)]
pub(in crate::jobs) struct ClientRow {
    pub(in crate::jobs) id: i64,
    pub(in crate::jobs) balance_dirams: i64,
    pub(in crate::jobs) debt_dirams: i64,
    pub(in crate::jobs) last_seq: i64,
}

const CLIENTS: &str = r"
    SELECT
        id,
        balance_dirams,
        debt_dirams,
        last_seq
    FROM clients
    WHERE tenant_id = $1
        AND id > $2
    ORDER BY id
    LIMIT $3
";

/// Returns the first `most` clients after the one numbered `after`.
pub(in crate::jobs) async fn clients(
    tx: &mut Tx,
    tenant_id: i64,
    after: i64,
    most: i64,
) -> Result<Vec<ClientRow>, Error> {
    tx.fetch_all(CLIENTS, (tenant_id, after, most)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::jobs) struct EntryRow {
    pub(in crate::jobs) client_id: i64,
    pub(in crate::jobs) seq: i64,
    pub(in crate::jobs) amount_dirams: i64,
    pub(in crate::jobs) debt_change_dirams: i64,
}

const ENTRIES: &str = r"
    SELECT
        client_id,
        seq,
        amount_dirams,
        debt_change_dirams
    FROM entries
    WHERE tenant_id = $1
        AND client_id > $2
        AND client_id <= $3
";

/// Returns the entries of the clients after `after` up to `last`.
pub(in crate::jobs) async fn entries(
    tx: &mut Tx,
    tenant_id: i64,
    after: i64,
    last: i64,
) -> Result<Vec<EntryRow>, Error> {
    tx.fetch_all(ENTRIES, (tenant_id, after, last)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::jobs) struct LotRow {
    pub(in crate::jobs) client_id: i64,
    pub(in crate::jobs) seq: i64,
    pub(in crate::jobs) amount_dirams: i64,
    pub(in crate::jobs) remaining_dirams: i64,
}

const LOTS: &str = r"
    SELECT
        client_id,
        seq,
        amount_dirams,
        remaining_dirams
    FROM lots
    WHERE tenant_id = $1
        AND client_id > $2
        AND client_id <= $3
";

/// Returns the lots of the clients after `after` up to `last`.
pub(in crate::jobs) async fn lots(
    tx: &mut Tx,
    tenant_id: i64,
    after: i64,
    last: i64,
) -> Result<Vec<LotRow>, Error> {
    tx.fetch_all(LOTS, (tenant_id, after, last)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::jobs) struct AllocationRow {
    pub(in crate::jobs) client_id: i64,
    pub(in crate::jobs) entry_seq: i64,
    pub(in crate::jobs) lot_seq: i64,
    pub(in crate::jobs) amount_dirams: i64,
}

const ALLOCATIONS: &str = r"
    SELECT
        client_id,
        entry_seq,
        lot_seq,
        amount_dirams
    FROM allocations
    WHERE tenant_id = $1
        AND client_id > $2
        AND client_id <= $3
";

/// Returns the allocations of the clients after `after` up to `last`.
pub(in crate::jobs) async fn allocations(
    tx: &mut Tx,
    tenant_id: i64,
    after: i64,
    last: i64,
) -> Result<Vec<AllocationRow>, Error> {
    tx.fetch_all(ALLOCATIONS, (tenant_id, after, last)).await
}
