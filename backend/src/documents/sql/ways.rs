//! The texts of the statements that list and sum up documents: one for each way to find them.

use crate::documents::filter::{Filter, Kinds};

/// The documents that pass a filter. A redemption has no value of its own, and a sale that has
/// taken an earlier redemption as its own took no bonuses itself: so every sum counts once. The
/// rows are the newest first, at most `$16` of each table. Each table is read in the order of an
/// index, and no further than needed: so the conditions that have an index of their own are in the
/// text, because a condition that a parameter switches off uses none: the macro is given the source
/// of each table's rows, with such a condition. `+happened_at` keeps SQLite from reading by moment.
/// The state is 2 for a document that a till has voided; the list makes it 1 for a sale of which
/// all goods came back.
macro_rules! documents {
    ($happened_at:literal, $sales:expr, $returns:expr, $receipts:expr) => {
        concat!(
            r"
        SELECT *
        FROM (
            SELECT
                CAST(0 AS BIGINT) AS source,
                kind,
                id,
                happened_at,
                CAST(NULL AS BIGINT) AS sale_id,
                client_id,
                cashier_node_id,
                COALESCE(receipt_number, external_sale_id) AS number,
                cashier_id,
                CASE WHEN kind = 'sale' THEN total_dirams ELSE 0 END AS total_dirams,
                accrued_dirams,
                CASE WHEN redemption_id IS NULL THEN redeemed_dirams ELSE 0 END AS redeemed_dirams,
                CAST(CASE WHEN voided_by IS NULL THEN 0 ELSE 2 END AS BIGINT) AS state
            FROM ",
            $sales,
            r"
                AND tenant_id = $1
                AND ",
            $happened_at,
            r" <= $2
                AND (",
            $happened_at,
            r", 0, id) < ($2, $3, $4)
                AND ",
            $happened_at,
            r" >= $5
                AND ",
            $happened_at,
            r" < $6
                AND COALESCE(voided_by, 1) <> 0
                AND $7 NOT IN ('return', 'receipt')
                AND $7 IN ('', kind, CASE WHEN kind = 'sale' THEN 'purchase' ELSE kind END)
                AND ($8 = 0 OR cashier_node_id IN (
                    SELECT id FROM cashier_nodes WHERE tenant_id = $1 AND branch_id = $8
                ))
                AND ($9 = 0 OR cashier_node_id = $9)
                AND ($10 = 0 OR client_id = $10)
                AND ($11 = '' OR cashier_id = $11)
                AND CASE WHEN kind = 'sale' THEN total_dirams ELSE 0 END BETWEEN $12 AND $13
                AND ($14 = '' OR external_sale_id = $14 OR receipt_number = $14 OR external_key = $17)
                AND ($15 <> 'given' OR accrued_dirams > 0)
                AND ($15 <> 'taken' OR redeemed_dirams > 0 AND redemption_id IS NULL)
            ORDER BY ",
            $happened_at,
            r" DESC, id DESC
            LIMIT $16
        ) AS found_sales
        UNION ALL
        SELECT *
        FROM (
            SELECT
                CAST(1 AS BIGINT) AS source,
                'return' AS kind,
                id,
                happened_at,
                sale_id,
                client_id,
                cashier_node_id,
                external_return_id AS number,
                CAST(NULL AS TEXT) AS cashier_id,
                return_dirams AS total_dirams,
                -revoked_dirams AS accrued_dirams,
                -restored_dirams AS redeemed_dirams,
                CAST(0 AS BIGINT) AS state
            FROM ",
            $returns,
            r"
                AND tenant_id = $1
                AND ",
            $happened_at,
            r" <= $2
                AND (",
            $happened_at,
            r", 1, id) < ($2, $3, $4)
                AND ",
            $happened_at,
            r" >= $5
                AND ",
            $happened_at,
            r" < $6
                AND is_void = 0
                AND $7 IN ('', 'return')
                AND ($8 = 0 OR cashier_node_id IN (
                    SELECT id FROM cashier_nodes WHERE tenant_id = $1 AND branch_id = $8
                ))
                AND ($9 = 0 OR cashier_node_id = $9)
                AND ($10 = 0 OR client_id = $10)
                AND $11 = ''
                AND return_dirams BETWEEN $12 AND $13
                AND ($14 = '' OR external_return_id = $14 OR external_key = $17)
                AND $15 = ''
            ORDER BY ",
            $happened_at,
            r" DESC, id DESC
            LIMIT $16
        ) AS found_returns
        UNION ALL
        SELECT *
        FROM (
            SELECT
                CAST(2 AS BIGINT) AS source,
                'receipt' AS kind,
                id,
                happened_at,
                CAST(NULL AS BIGINT) AS sale_id,
                CAST(NULL AS BIGINT) AS client_id,
                cashier_node_id,
                external_receipt_id AS number,
                CAST(NULL AS TEXT) AS cashier_id,
                total_dirams,
                CAST(0 AS BIGINT) AS accrued_dirams,
                CAST(0 AS BIGINT) AS redeemed_dirams,
                CAST(CASE WHEN voided_at IS NULL THEN 0 ELSE 2 END AS BIGINT) AS state
            FROM ",
            $receipts,
            r"
                AND tenant_id = $1
                AND ",
            $happened_at,
            r" <= $2
                AND (",
            $happened_at,
            r", 2, id) < ($2, $3, $4)
                AND ",
            $happened_at,
            r" >= $5
                AND ",
            $happened_at,
            r" < $6
                AND $7 IN ('', 'receipt', 'purchase')
                AND ($8 = 0 OR cashier_node_id IN (
                    SELECT id FROM cashier_nodes WHERE tenant_id = $1 AND branch_id = $8
                ))
                AND ($9 = 0 OR cashier_node_id = $9)
                AND $10 = 0
                AND $11 = ''
                AND total_dirams BETWEEN $12 AND $13
                AND ($14 = '' OR external_receipt_id = $14 OR external_key = $17)
                AND $15 = ''
            ORDER BY ",
            $happened_at,
            r" DESC, id DESC
            LIMIT $16
        ) AS found_receipts"
        )
    };
}

/// The list with the names of tills, branches and clients.
macro_rules! list {
    ($happened_at:literal, $sales:expr, $returns:expr, $receipts:expr) => {
        concat!(
            r"
    SELECT
        source,
        kind,
        documents.id,
        happened_at,
        sale_id,
        client_id,
        full_name,
        phone,
        cashier_node_id,
        cashier_nodes.name AS till,
        branches.name AS branch,
        number,
        cashier_id,
        total_dirams,
        accrued_dirams,
        redeemed_dirams,
        CASE
            WHEN kind <> 'sale' OR total_dirams = 0 OR state = 2 THEN state
            ELSE (
                SELECT CAST(CASE WHEN SUM(counted_dirams) >= total_dirams THEN 1 ELSE 0 END AS BIGINT)
                FROM returns
                WHERE returns.tenant_id = $1
                    AND returns.sale_id = documents.id
            )
        END AS state
    FROM (",
            documents!($happened_at, $sales, $returns, $receipts),
            r"
        ORDER BY happened_at DESC, source DESC, id DESC
        LIMIT $16
    ) AS documents
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    LEFT JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    ORDER BY happened_at DESC, source DESC, documents.id DESC
"
        )
    };
}

/// The sums of the same documents.
macro_rules! totals {
    ($happened_at:literal, $sales:expr, $returns:expr, $receipts:expr) => {
        concat!(
            r"
    SELECT
        COUNT(*) AS documents,
        CAST(COALESCE(SUM(CASE
            WHEN kind IN ('sale', 'receipt') AND state = 0 THEN 1 ELSE 0
        END), 0) AS BIGINT) AS purchases,
        CAST(COALESCE(SUM(CASE
            WHEN kind IN ('sale', 'receipt') AND state = 0 THEN total_dirams ELSE 0
        END), 0) AS BIGINT) AS sold,
        CAST(COALESCE(SUM(CASE WHEN kind = 'return' THEN 1 ELSE 0 END), 0) AS BIGINT) AS returns,
        CAST(COALESCE(SUM(CASE
            WHEN kind = 'return' THEN total_dirams ELSE 0
        END), 0) AS BIGINT) AS returned,
        CAST(COALESCE(SUM(CASE
            WHEN kind <> 'return' AND state = 0 THEN accrued_dirams ELSE 0
        END), 0) AS BIGINT) AS accrued,
        CAST(COALESCE(SUM(CASE
            WHEN kind <> 'return' AND state = 0 THEN redeemed_dirams ELSE 0
        END), 0) AS BIGINT) AS redeemed
    FROM (",
            documents!($happened_at, $sales, $returns, $receipts),
            r"
    ) AS documents
"
        )
    };
}

/// The ids of the documents of a table with the number `$14`: those with this external id, however
/// they are kept unique, and those with what the macro is given beside. `$17` is the key of a UUID.
macro_rules! numbered {
    ($table:literal, $external_id:literal, $beside:expr) => {
        concat!(
            "(
                SELECT id AS numbered_id
                FROM ",
            $table,
            "
                WHERE tenant_id = $1
                    AND external_key IN (
                        SELECT 'till:' || id || ':' || $14
                        FROM cashier_nodes
                        WHERE tenant_id = $1
                        UNION ALL
                        SELECT 'redemption:till:' || id || ':' || $14
                        FROM cashier_nodes
                        WHERE tenant_id = $1
                        UNION ALL
                        SELECT $17
                        UNION ALL
                        SELECT 'redemption:' || $17
                    )
                UNION
                SELECT id
                FROM ",
            $table,
            "
                WHERE tenant_id = $1
                    AND SUBSTR(external_key, 1, 8) = 'retired:'
                    AND ",
            $external_id,
            " = $14",
            $beside,
            "
            ) AS numbered
            CROSS JOIN ",
            $table,
            "
            WHERE id = numbered_id"
        )
    };
}

/// Makes a statement for each way to read the documents.
macro_rules! in_each_way {
    ($statement:ident) => {
        Ways {
            any: $statement!(
                "happened_at",
                "sales
            WHERE TRUE",
                "returns
            WHERE TRUE",
                "receipts
            WHERE TRUE"
            ),
            of_till: $statement!(
                "happened_at",
                "sales
            WHERE cashier_node_id = $9",
                "returns
            WHERE cashier_node_id = $9",
                "receipts
            WHERE cashier_node_id = $9"
            ),
            of_client: $statement!(
                "+happened_at",
                "sales
            WHERE client_id = $10",
                "returns
            WHERE client_id = $10",
                "receipts
            WHERE TRUE"
            ),
            redemptions: $statement!(
                "happened_at",
                "sales
            WHERE kind = 'redemption'",
                "returns
            WHERE TRUE",
                "receipts
            WHERE TRUE"
            ),
            by_number: $statement!(
                "+happened_at",
                numbered!(
                    "sales",
                    "external_sale_id",
                    "
                UNION
                SELECT id
                FROM sales
                WHERE tenant_id = $1
                    AND receipt_number = $14"
                ),
                numbered!("returns", "external_return_id", ""),
                numbered!("receipts", "external_receipt_id", "")
            ),
        }
    };
}

/// A statement in all ways to read the documents, by the condition that finds the fewest rows.
pub(super) struct Ways {
    any: &'static str,
    of_till: &'static str,
    of_client: &'static str,
    redemptions: &'static str,
    by_number: &'static str,
}

impl Ways {
    pub(super) const fn of(&self, filter: &Filter<'_>) -> &'static str {
        if !filter.number.is_empty() {
            self.by_number
        } else if filter.client_id.is_some() {
            self.of_client
        } else if filter.till_id.is_some() {
            self.of_till
        } else if matches!(filter.kinds, Kinds::Redemptions) {
            self.redemptions
        } else {
            self.any
        }
    }
}

pub(super) const LIST: Ways = in_each_way!(list);
pub(super) const TOTALS: Ways = in_each_way!(totals);
