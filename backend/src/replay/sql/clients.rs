//! The statements that read clients and their documents for a replay.

use domain::replay::PastSale;
use domain::sales::{Accrue, KeptPurchase, RedeemMode};
use domain::{Money, Timestamp};

use crate::Error;
use crate::db::{Dialect, Numbers, Tx};

/// A client now, with what changed since a moment.
#[derive(sqlx::FromRow)]
pub(in crate::replay) struct OpeningRow {
    pub(in crate::replay) id: i64,
    pub(in crate::replay) is_invited: bool,
    pub(in crate::replay) total_spent_dirams: i64,
    /// The money paid since then.
    pub(in crate::replay) paid_dirams: i64,
    /// The first and the last purchase before, of those kept then.
    first_at: Option<i64>,
    last_at: Option<i64>,
}

impl OpeningRow {
    /// Returns the purchases kept at the beginning, without those between the first and the last.
    pub(in crate::replay) fn first_and_last(&self) -> Vec<KeptPurchase> {
        let last = self.last_at.filter(|last| Some(*last) != self.first_at);
        let purchase = |at| KeptPurchase {
            sale_id: 0,
            at: Timestamp::from_micros(at),
        };
        self.first_at
            .into_iter()
            .chain(last)
            .map(purchase)
            .collect()
    }
}

/// The condition for a purchase before `$3` of which the client still kept something then.
macro_rules! kept_before {
    () => {
        "
            AND sales.kind = 'sale'
            AND sales.voided_by IS NULL
            AND sales.created_at < $3
            AND NOT EXISTS (
                SELECT 1
                FROM returns
                WHERE returns.tenant_id = $1
                    AND returns.sale_id = sales.id
                    AND returns.created_at < $3
                GROUP BY returns.sale_id
                HAVING SUM(returns.counted_dirams) >= sales.total_dirams
            )"
    };
}

/// The clients of a list.
macro_rules! in_list {
    (sqlite) => {
        " IN (SELECT value FROM json_each($2))"
    };
    (postgres) => {
        " = ANY($2)"
    };
}

macro_rules! openings {
    ($engine:ident) => {
        concat!(
            "
    SELECT
        id,
        referred_by IS NOT NULL AS is_invited,
        total_spent_dirams,
        CAST(COALESCE((
            SELECT SUM(sales.paid_dirams)
            FROM sales
            WHERE sales.tenant_id = $1
                AND sales.client_id = clients.id
                AND sales.voided_by IS NULL
                AND sales.created_at >= $3
        ), 0) AS BIGINT) AS paid_dirams,
        (
            SELECT sales.created_at
            FROM sales
            WHERE sales.tenant_id = $1
                AND sales.client_id = clients.id",
            kept_before!(),
            "
            ORDER BY sales.created_at
            LIMIT 1
        ) AS first_at,
        (
            SELECT sales.created_at
            FROM sales
            WHERE sales.tenant_id = $1
                AND sales.client_id = clients.id",
            kept_before!(),
            "
            ORDER BY sales.created_at DESC
            LIMIT 1
        ) AS last_at
    FROM clients
    WHERE tenant_id = $1
        AND id",
            in_list!($engine),
            "
    ORDER BY id
"
        )
    };
}

/// Returns clients with their state at a moment.
pub(in crate::replay) async fn openings(
    tx: &mut Tx,
    tenant_id: i64,
    ids: &[i64],
    from: Timestamp,
) -> Result<Vec<OpeningRow>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => openings!(sqlite),
        Dialect::Postgres => openings!(postgres),
    };
    let params = (tenant_id, Numbers(ids), from.micros());
    tx.fetch_all(statement, params).await
}

/// A sale or redemption.
#[derive(sqlx::FromRow)]
pub(in crate::replay) struct SaleRow {
    pub(in crate::replay) id: i64,
    pub(in crate::replay) client_id: i64,
    kind: String,
    redeem_mode: String,
    total_dirams: i64,
    gross_dirams: i64,
    redeemed_dirams: i64,
    accrued_dirams: i64,
    pub(in crate::replay) redemption_id: Option<i64>,
    pub(in crate::replay) created_at: i64,
}

impl SaleRow {
    pub(in crate::replay) fn into_sale(self) -> Result<PastSale, Error> {
        let mode = RedeemMode::parse(&self.redeem_mode)
            .ok_or_else(|| Error::corrupt("sales.redeem_mode", &self.redeem_mode))?;
        Ok(PastSale {
            id: self.id,
            at: Timestamp::from_micros(self.created_at),
            accrue: if self.kind == "sale" {
                Accrue::Yes
            } else {
                Accrue::No
            },
            mode,
            total: Money::from_dirams(self.total_dirams),
            gross: Money::from_dirams(self.gross_dirams),
            redeemed: Money::from_dirams(self.redeemed_dirams),
            accrued: Money::from_dirams(self.accrued_dirams),
        })
    }
}

macro_rules! sales {
    ($engine:ident) => {
        concat!(
            "
    SELECT
        id,
        client_id,
        kind,
        redeem_mode,
        total_dirams,
        gross_dirams,
        redeemed_dirams,
        accrued_dirams,
        redemption_id,
        created_at
    FROM sales
    WHERE tenant_id = $1
        AND client_id",
            in_list!($engine),
            "
        AND voided_by IS NULL
        AND created_at >= $3
"
        )
    };
}

/// Returns the sales and redemptions of clients since a moment.
pub(in crate::replay) async fn sales(
    tx: &mut Tx,
    tenant_id: i64,
    ids: &[i64],
    from: Timestamp,
) -> Result<Vec<SaleRow>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => sales!(sqlite),
        Dialect::Postgres => sales!(postgres),
    };
    let params = (tenant_id, Numbers(ids), from.micros());
    tx.fetch_all(statement, params).await
}

macro_rules! kept {
    ($engine:ident) => {
        concat!(
            "
    SELECT
        sales.client_id,
        sales.id,
        sales.created_at
    FROM sales
    WHERE sales.tenant_id = $1
        AND sales.client_id",
            in_list!($engine),
            kept_before!(),
            "
    ORDER BY sales.client_id, sales.created_at, sales.id
"
        )
    };
}

/// Returns every purchase that clients kept at a moment, with the number of the client, in the
/// order in which they were made.
pub(in crate::replay) async fn kept(
    tx: &mut Tx,
    tenant_id: i64,
    ids: &[i64],
    from: Timestamp,
) -> Result<Vec<(i64, KeptPurchase)>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => kept!(sqlite),
        Dialect::Postgres => kept!(postgres),
    };
    let params = (tenant_id, Numbers(ids), from.micros());
    let rows: Vec<(i64, i64, i64)> = tx.fetch_all(statement, params).await?;
    let purchase = |(client_id, sale_id, at)| {
        let at = Timestamp::from_micros(at);
        (client_id, KeptPurchase { sale_id, at })
    };
    Ok(rows.into_iter().map(purchase).collect())
}

// Without INDEXED BY, SQLite scans the clients' lots by the primary key.
macro_rules! rewards {
    ($engine:ident, $lots:literal) => {
        concat!(
            "
    SELECT
        lots.client_id,
        lots.kind,
        lots.sale_id
    FROM ",
            $lots,
            "
    JOIN sales
        ON sales.tenant_id = lots.tenant_id
        AND sales.id = lots.sale_id
    WHERE lots.tenant_id = $1
        AND lots.client_id",
            in_list!($engine),
            "
        AND lots.kind <> 'purchase'
        AND lots.kind IN ('reactivation', 'second_purchase')
        AND sales.voided_by IS NULL
        AND sales.created_at < $3
        AND (
            lots.taken_back_by IS NULL
            OR EXISTS (
                SELECT 1
                FROM returns
                WHERE returns.tenant_id = $1
                    AND returns.id = lots.taken_back_by
                    AND returns.created_at >= $3
            )
        )
"
        )
    };
}

/// Returns the rewards that clients had at a moment: client, kind and sale.
pub(in crate::replay) async fn rewards(
    tx: &mut Tx,
    tenant_id: i64,
    ids: &[i64],
    from: Timestamp,
) -> Result<Vec<(i64, String, i64)>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => rewards!(sqlite, "lots INDEXED BY lots_by_kind"),
        Dialect::Postgres => rewards!(postgres, "lots"),
    };
    let params = (tenant_id, Numbers(ids), from.micros());
    tx.fetch_all(statement, params).await
}
