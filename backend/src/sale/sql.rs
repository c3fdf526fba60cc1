//! The statements of a check.

use domain::sale::{Accrual, Accrue};
use domain::{DocumentDate, LotKind, Money, Timestamp};
use serde::Serialize;

use super::{PastSale, Planned, Redemption, Sale, SaleLine, SaleRecord};
use crate::Error;
use crate::db::{Engine, Tx, on_engine};
use crate::external_id::{ExternalKey, Known};

/// Records the check; `None` if the store has its external key already.
pub(super) async fn insert(
    tx: &mut Tx,
    sale: &Sale<'_>,
    client_id: i64,
    planned: &Planned,
    key: Option<&ExternalKey>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    const INSERT: &str = "INSERT INTO sales (tenant_id, client_id, cashier_node_id, kind, external_key, \
                          external_sale_id, receipt_number, redeem_mode, total_dirams, gross_dirams, \
                          paid_dirams, redeemed_dirams, accrued_dirams, new_balance_dirams, \
                          payment_method, cashier_id, sale_date, happened_at, redemption_id, created_at) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
                          $17, $18, $19, $20) \
                          ON CONFLICT (tenant_id, external_key) DO NOTHING RETURNING id";
    let (check, record) = (&planned.plan.check, &planned.record);
    let (kind, paid) = match sale.accrue {
        Accrue::Yes => ("sale", check.paid()),
        // The goods are the sale's, which may follow.
        Accrue::No => ("redemption", Money::ZERO),
    };
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(INSERT)
            .bind(sale.caller.tenant_id)
            .bind(client_id)
            .bind(sale.caller.node_id)
            .bind(kind)
            .bind(key.map(ExternalKey::as_str))
            .bind(&sale.external_sale_id)
            .bind(&sale.receipt_number)
            .bind(check.mode().as_str())
            .bind(check.total().dirams())
            .bind(check.gross().dirams())
            .bind(paid.dirams())
            .bind(record.bonus_redeemed.dirams())
            .bind(record.bonus_accrued.dirams())
            .bind(record.new_balance.dirams())
            .bind(&sale.payment_method)
            .bind(&sale.cashier_id)
            .bind(record.sale_date.micros())
            .bind(DocumentDate::happened_at(sale.sale_date, now).micros())
            .bind(planned.redemption_id)
            .bind(now.micros())
            .fetch_optional(conn)
            .await
    })?)
}

/// The client's redemption of this key that no return has undone.
pub(super) async fn open_redemption(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    key: &ExternalKey,
    now: Timestamp,
) -> Result<Option<Redemption>, Error> {
    const REDEMPTION: &str = "SELECT id, redeemed_dirams, created_at, (SELECT COUNT(*) FROM entries \
                              CROSS JOIN allocations CROSS JOIN lots \
                              WHERE entries.tenant_id = $1 AND entries.client_id = $3 \
                              AND entries.sale_id = sales.id AND allocations.tenant_id = $1 \
                              AND allocations.client_id = $3 AND allocations.entry_seq = entries.seq \
                              AND lots.tenant_id = $1 AND lots.client_id = $3 \
                              AND lots.seq = allocations.lot_seq AND lots.kind = 'welcome') AS welcome_lots \
                              FROM sales \
                              WHERE tenant_id = $1 AND external_key = $2 AND client_id = $3 \
                              AND NOT EXISTS (SELECT 1 FROM returns \
                              WHERE returns.tenant_id = $1 AND returns.sale_id = sales.id)";
    let row: Option<(i64, i64, i64, i64)> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(REDEMPTION)
            .bind(tenant_id)
            .bind(key.as_str())
            .bind(client_id)
            .fetch_optional(conn)
            .await
    })?;
    let recent =
        row.filter(|(_, _, made, _)| !key.is_free_again(Timestamp::from_micros(*made), now));
    Ok(recent.map(|(id, redeemed, _, welcome_lots)| Redemption {
        id,
        redeemed: Money::from_dirams(redeemed),
        took_welcome: welcome_lots > 0,
    }))
}

/// A line as both engines unpack it from one JSON parameter.
#[derive(Serialize)]
struct LineJson<'a> {
    line_no: usize,
    sku: Option<&'a str>,
    category_code: Option<&'a str>,
    name: &'a str,
    quantity_thousandths: i64,
    unit_price_dirams: i64,
    line_dirams: i64,
}

/// Stores all lines with one statement.
pub(super) async fn insert_lines(
    tx: &mut Tx,
    tenant_id: i64,
    sale_id: i64,
    lines: &[SaleLine],
) -> Result<(), Error> {
    const SQLITE: &str = "INSERT INTO sale_lines (tenant_id, sale_id, line_no, sku, category_code, name, \
                          quantity_thousandths, unit_price_dirams, line_dirams) \
                          SELECT $1, $2, value ->> 'line_no', value ->> 'sku', \
                          value ->> 'category_code', value ->> 'name', \
                          value ->> 'quantity_thousandths', value ->> 'unit_price_dirams', \
                          value ->> 'line_dirams' FROM json_each($3)";
    const POSTGRES: &str = "INSERT INTO sale_lines (tenant_id, sale_id, line_no, sku, category_code, name, \
                            quantity_thousandths, unit_price_dirams, line_dirams) \
                            SELECT $1, $2, line_no, sku, category_code, name, quantity_thousandths, \
                            unit_price_dirams, line_dirams \
                            FROM json_to_recordset(CAST($3 AS json)) AS line (line_no BIGINT, sku TEXT, \
                            category_code TEXT, name TEXT, quantity_thousandths BIGINT, \
                            unit_price_dirams BIGINT, line_dirams BIGINT)";
    let lines: Vec<LineJson<'_>> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| LineJson {
            line_no: index + 1,
            sku: line.sku.as_deref(),
            category_code: line.category_code.as_deref(),
            name: &line.name,
            quantity_thousandths: line.quantity.thousandths(),
            unit_price_dirams: line.unit_price.dirams(),
            line_dirams: line.line_amount.dirams(),
        })
        .collect();
    let json = serde_json::to_string(&lines).map_err(|error| Error::corrupt("lines", error))?;
    match tx.conn() {
        Engine::Sqlite(conn) => {
            sqlx::query(SQLITE)
                .bind(tenant_id)
                .bind(sale_id)
                .bind(json)
                .execute(conn)
                .await?;
        }
        Engine::Postgres(conn) => {
            sqlx::query(POSTGRES)
                .bind(tenant_id)
                .bind(sale_id)
                .bind(json)
                .execute(conn)
                .await?;
        }
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SaleRow {
    id: i64,
    client_id: i64,
    total_dirams: i64,
    accrued_dirams: i64,
    redeemed_dirams: i64,
    new_balance_dirams: i64,
    sale_date: i64,
    created_at: i64,
    redemption_id: Option<i64>,
    is_undone: bool,
}

impl SaleRow {
    /// Whether it is the check that `client_id` sends again: of the same client, sum and bonuses. A redemption whose bonuses
    /// have come back is not: who is told that it is recorded, takes them for spent.
    fn is_repeated_by(&self, sale: &Sale<'_>, client_id: i64) -> bool {
        let asked = sale.sums.redeem.dirams();
        let same_bonuses =
            asked == self.redeemed_dirams || (asked == 0 && self.redemption_id.is_some());
        self.client_id == client_id
            && self.total_dirams == sale.sums.total.dirams()
            && same_bonuses
            && !self.is_undone
    }
}

/// What the store has under the key of a check, as its till was answered. Two statements.
pub(super) async fn known(
    tx: &mut Tx,
    sale: &Sale<'_>,
    client_id: i64,
    key: &ExternalKey,
    now: Timestamp,
) -> Result<Known<SaleRecord>, Error> {
    const SALE: &str = "SELECT id, client_id, total_dirams, accrued_dirams, redeemed_dirams, \
                        new_balance_dirams, sale_date, created_at, redemption_id, \
                        kind = 'redemption' AND EXISTS (SELECT 1 FROM returns \
                        WHERE returns.tenant_id = $1 AND returns.sale_id = sales.id) AS is_undone FROM sales \
                        WHERE tenant_id = $1 AND external_key = $2";
    // SQLite would rather walk the client's lots by the primary key, which may be very many.
    macro_rules! accruals {
        ($from:literal) => {
            concat!(
                "SELECT kind, amount_dirams, available_at FROM ",
                $from,
                " WHERE tenant_id = $1 AND client_id = $2 AND sale_id = $3 ORDER BY seq"
            )
        };
    }
    let accruals = tx.text(accruals!("lots INDEXED BY lots_by_sale"), accruals!("lots"));
    let tenant_id = sale.caller.tenant_id;
    let row: Option<SaleRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(SALE).bind(tenant_id).bind(key.as_str()).fetch_optional(conn).await
    })?;
    let Some(row) = row else {
        return Ok(Known::Free(None));
    };
    if key.is_free_again(Timestamp::from_micros(row.created_at), now) {
        return Ok(Known::Free(Some(row.id)));
    }
    if !row.is_repeated_by(sale, client_id) {
        return Ok(Known::Other);
    }
    let lots: Vec<(String, i64, i64)> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(accruals)
            .bind(tenant_id)
            .bind(row.client_id)
            .bind(row.id)
            .fetch_all(conn)
            .await
    })?;
    let accrual = |(kind, dirams, available_at): (String, i64, i64)| {
        Ok(Accrual {
            kind: LotKind::parse(&kind).ok_or_else(|| Error::corrupt("lots.kind", &kind))?,
            amount: Money::from_dirams(dirams),
            available_at: Timestamp::from_micros(available_at),
        })
    };
    Ok(Known::Same(SaleRecord {
        id: row.id,
        total_amount: Money::from_dirams(row.total_dirams),
        bonus_accrued: Money::from_dirams(row.accrued_dirams),
        bonus_redeemed: Money::from_dirams(row.redeemed_dirams),
        new_balance: Money::from_dirams(row.new_balance_dirams),
        sale_date: Timestamp::from_micros(row.sale_date),
        accruals: lots
            .into_iter()
            .map(accrual)
            .collect::<Result<_, Error>>()?,
    }))
}

#[derive(sqlx::FromRow)]
struct PastSaleRow {
    id: i64,
    external_sale_id: Option<String>,
    sale_date: i64,
    total_dirams: i64,
    gross_dirams: i64,
    redeemed_dirams: i64,
    accrued_dirams: i64,
    returned_dirams: i64,
    till_name: String,
    branch_name: String,
}

/// The client's checks that were recorded last, the newest first, at most so many. A redemption that a sale has taken
/// is that check, and no other.
pub(super) async fn past_sales(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    limit: usize,
) -> Result<Vec<PastSale>, Error> {
    const PAST: &str = "SELECT sales.id, external_sale_id, sale_date, total_dirams, gross_dirams, \
                        redeemed_dirams, accrued_dirams, \
                        CAST(COALESCE((SELECT SUM(counted_dirams) FROM returns \
                        WHERE returns.tenant_id = $1 AND returns.sale_id = sales.id), 0) AS BIGINT) \
                        AS returned_dirams, cashier_nodes.name AS till_name, branches.name AS branch_name \
                        FROM sales JOIN cashier_nodes ON cashier_nodes.tenant_id = $1 \
                        AND cashier_nodes.id = sales.cashier_node_id \
                        JOIN branches ON branches.tenant_id = $1 AND branches.id = cashier_nodes.branch_id \
                        WHERE sales.tenant_id = $1 AND sales.client_id = $2 \
                        AND (sales.kind = 'sale' OR NOT EXISTS (SELECT 1 FROM sales AS taker \
                        WHERE taker.tenant_id = $1 AND taker.client_id = $2 \
                        AND taker.redemption_id = sales.id)) ORDER BY sales.created_at DESC, sales.id DESC LIMIT $3";
    let rows: Vec<PastSaleRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(PAST)
            .bind(tenant_id)
            .bind(client_id)
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(conn)
            .await
    })?;
    let sale = |row: PastSaleRow| PastSale {
        id: row.id,
        external_sale_id: row.external_sale_id,
        sale_date: Timestamp::from_micros(row.sale_date),
        total_amount: Money::from_dirams(row.total_dirams),
        gross_amount: Money::from_dirams(row.gross_dirams),
        bonus_redeemed: Money::from_dirams(row.redeemed_dirams),
        bonus_accrued: Money::from_dirams(row.accrued_dirams),
        returned_amount: Money::from_dirams(row.returned_dirams),
        till_name: row.till_name,
        branch_name: row.branch_name,
    };
    Ok(rows.into_iter().map(sale).collect())
}
