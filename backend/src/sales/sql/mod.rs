//! The statements of a sale: recording it, and finding one recorded before.

mod past_sales;

pub(super) use past_sales::past_sales;

use domain::sales::{Accrual, Accrue};
use domain::{DocumentDate, LotKind, Money, Timestamp};
use serde::Serialize;

use super::{Planned, RecordSale, Redemption, SaleLine, SaleRecord};
use crate::Error;
use crate::db::{Dialect, Tx};
use crate::external_id::{ExternalKey, Known};
use crate::ledger::Family;

const INSERT: &str = r"
    INSERT INTO sales (
        tenant_id,
        client_id,
        cashier_node_id,
        kind,
        external_key,
        external_sale_id,
        receipt_number,
        redeem_mode,
        total_dirams,
        gross_dirams,
        paid_dirams,
        redeemed_dirams,
        accrued_dirams,
        new_balance_dirams,
        payment_method,
        cashier_id,
        sale_date,
        happened_at,
        redemption_id,
        created_at
    )
    VALUES (
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
    )
    ON CONFLICT (tenant_id, external_key) DO NOTHING
    RETURNING id
";

/// Records the sale. Returns `None` if the store has its external key already.
pub(super) async fn insert(
    tx: &mut Tx,
    sale: &RecordSale<'_>,
    client_id: i64,
    planned: &Planned,
    key: Option<&ExternalKey>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let (check, record) = (&planned.plan.check, &planned.record);
    let (kind, paid) = match sale.accrue {
        Accrue::Yes => ("sale", check.paid()),
        // The goods count in the sale, which may follow.
        Accrue::No => ("redemption", Money::ZERO),
    };
    let params = (
        sale.till.tenant_id,
        client_id,
        sale.till.id,
        kind,
        key.map(ExternalKey::as_str),
        &sale.external_sale_id,
        &sale.receipt_number,
        check.mode().as_str(),
        check.total().dirams(),
        check.gross().dirams(),
        paid.dirams(),
        record.bonus_redeemed.dirams(),
        record.bonus_accrued.dirams(),
        record.new_balance.dirams(),
        &sale.payment_method,
        &sale.cashier_id,
        record.sale_date.micros(),
        DocumentDate::happened_at(sale.sale_date, now).micros(),
        planned.redemption_id,
        now.micros(),
    );
    let inserted = tx.fetch_optional(INSERT, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const OPEN_REDEMPTION: &str = r"
    SELECT
        id,
        client_id,
        redeemed_dirams,
        created_at,
        (
            SELECT COUNT(*)
            FROM entries
            CROSS JOIN allocations
            CROSS JOIN lots
            WHERE entries.tenant_id = $1
                AND entries.client_id = sales.client_id
                AND entries.sale_id = sales.id
                AND allocations.tenant_id = $1
                AND allocations.client_id = sales.client_id
                AND allocations.entry_seq = entries.seq
                AND lots.tenant_id = $1
                AND lots.client_id = sales.client_id
                AND lots.seq = allocations.lot_seq
                AND lots.kind = 'welcome'
        ) AS welcome_lots
    FROM sales
    WHERE tenant_id = $1
        AND external_key = $2
        AND NOT EXISTS (
            SELECT 1
            FROM returns
            WHERE returns.tenant_id = $1
                AND returns.sale_id = sales.id
        )
";

/// Returns the client's redemption with this key, unless a return has undone it.
pub(super) async fn open_redemption(
    tx: &mut Tx,
    tenant_id: i64,
    client: &Family,
    key: &ExternalKey,
    now: Timestamp,
) -> Result<Option<Redemption>, Error> {
    let params = (tenant_id, key.as_str());
    let row: Option<(i64, i64, i64, i64, i64)> = tx.fetch_optional(OPEN_REDEMPTION, params).await?;
    let recent = row.filter(|(_, owner, _, made, _)| {
        client.has(*owner) && !key.is_free_again(Timestamp::from_micros(*made), now)
    });
    Ok(recent.map(|(id, _, redeemed, _, welcome_lots)| Redemption {
        id,
        redeemed: Money::from_dirams(redeemed),
        took_welcome: welcome_lots > 0,
    }))
}

macro_rules! line_columns {
    () => {
        r"
        tenant_id,
        sale_id,
        line_no,
        sku,
        category_code,
        name,
        quantity_thousandths,
        unit_price_dirams,
        line_dirams"
    };
}

const INSERT_LINES_SQLITE: &str = concat!(
    "
    INSERT INTO sale_lines (",
    line_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        value ->> 'line_no',
        value ->> 'sku',
        value ->> 'category_code',
        value ->> 'name',
        value ->> 'quantity_thousandths',
        value ->> 'unit_price_dirams',
        value ->> 'line_dirams'
    FROM json_each($3)
"
);

const INSERT_LINES_POSTGRES: &str = concat!(
    "
    INSERT INTO sale_lines (",
    line_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        line_no,
        sku,
        category_code,
        name,
        quantity_thousandths,
        unit_price_dirams,
        line_dirams
    FROM json_to_recordset(CAST($3 AS json)) AS line (
        line_no BIGINT,
        sku TEXT,
        category_code TEXT,
        name TEXT,
        quantity_thousandths BIGINT,
        unit_price_dirams BIGINT,
        line_dirams BIGINT
    )
"
);

/// A line of the JSON parameter that both engines unpack.
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
    let statement = match tx.dialect() {
        Dialect::Sqlite => INSERT_LINES_SQLITE,
        Dialect::Postgres => INSERT_LINES_POSTGRES,
    };
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
    let stored = tx.execute(statement, (tenant_id, sale_id, json)).await?;
    stored.exactly(lines.len())
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
    is_voided: bool,
}

impl SaleRow {
    /// Returns whether `sale`, sent by `client`, repeats this one: it has the same client, sum and
    /// bonuses. A redemption whose bonuses were given back is not repeated: an answer that it
    /// is recorded would mean to the till that the bonuses are spent.
    fn is_repeated_by(&self, sale: &RecordSale<'_>, client: &Family) -> bool {
        let asked = sale.sums.redeem.dirams();
        let same_bonuses =
            asked == self.redeemed_dirams || (asked == 0 && self.redemption_id.is_some());
        client.has(self.client_id)
            && self.total_dirams == sale.sums.total.dirams()
            && same_bonuses
            && !self.is_undone
    }
}

const BY_KEY: &str = r"
    SELECT
        id,
        client_id,
        total_dirams,
        accrued_dirams,
        redeemed_dirams,
        new_balance_dirams,
        sale_date,
        created_at,
        redemption_id,
        kind = 'redemption' AND EXISTS (
            SELECT 1
            FROM returns
            WHERE returns.tenant_id = $1
                AND returns.sale_id = sales.id
        ) AS is_undone,
        voided_by IS NOT NULL AS is_voided
    FROM sales
    WHERE tenant_id = $1
        AND external_key = $2
";

// Without INDEXED BY, SQLite scans the client's lots by the primary key, and there may be very
// many.
const ACCRUALS_SQLITE: &str = r"
    SELECT
        kind,
        amount_dirams,
        available_at
    FROM lots INDEXED BY lots_by_sale
    WHERE tenant_id = $1
        AND client_id = $2
        AND sale_id = $3
    ORDER BY seq
";

const ACCRUALS_POSTGRES: &str = r"
    SELECT
        kind,
        amount_dirams,
        available_at
    FROM lots
    WHERE tenant_id = $1
        AND client_id = $2
        AND sale_id = $3
    ORDER BY seq
";

/// Finds what is recorded under the key of a sale. A repeated sale gets the same record again. At
/// most two statements.
///
/// # Errors
/// [`Error::SaleVoided`] if the till has undone it, or has said that it never will be one.
pub(super) async fn known(
    tx: &mut Tx,
    sale: &RecordSale<'_>,
    client: &Family,
    key: &ExternalKey,
    now: Timestamp,
) -> Result<Known<SaleRecord>, Error> {
    let tenant_id = sale.till.tenant_id;
    let row: Option<SaleRow> = tx.fetch_optional(BY_KEY, (tenant_id, key.as_str())).await?;
    let Some(row) = row else {
        return Ok(Known::Free(None));
    };
    if key.is_free_again(Timestamp::from_micros(row.created_at), now) {
        return Ok(Known::Free(Some(row.id)));
    }
    if row.is_voided {
        return Err(Error::SaleVoided);
    }
    if !row.is_repeated_by(sale, client) {
        return Ok(Known::Other);
    }
    let accruals = match tx.dialect() {
        Dialect::Sqlite => ACCRUALS_SQLITE,
        Dialect::Postgres => ACCRUALS_POSTGRES,
    };
    let params = (tenant_id, row.client_id, row.id);
    let lots: Vec<(String, i64, i64)> = tx.fetch_all(accruals, params).await?;
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
