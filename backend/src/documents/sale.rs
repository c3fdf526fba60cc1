//! One document with all that belongs to it.

use domain::{LotKind, Money, Quantity, Timestamp};

use super::{Kind, sql};
use crate::{Backend, Error};

/// The lots that a page shows of those that paid a sale: a lent card may have thousands.
const MOST_LOTS: usize = 50;

/// The place of a document: the till and its branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPlace {
    /// The number of the till.
    pub till_id: i64,
    /// The name of the till.
    pub till: String,
    /// The number of the branch.
    pub branch_id: i64,
    /// The name of the branch.
    pub branch: String,
}

/// The client of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentClient {
    /// The number.
    pub id: i64,
    /// The name, if the client has given one.
    pub name: Option<String>,
    /// The phone in E.164.
    pub phone: String,
}

/// A sale or a redemption.
#[derive(Clone, Debug)]
pub struct SaleView {
    /// `Sale` or `Redemption`.
    pub kind: Kind,
    /// The moment at which it happened.
    pub at: Timestamp,
    /// The number of the fiscal printer, or else of the till.
    pub number: Option<String>,
    /// The till.
    pub place: DocumentPlace,
    /// The client.
    pub client: DocumentClient,
    /// The cashier, as the till names them.
    pub cashier: Option<String>,
    /// The total as the till sent it, in which returns are counted.
    pub total: Money,
    /// The value of all goods before bonuses.
    pub gross: Money,
    /// The part paid with money; zero for a redemption.
    pub paid: Money,
    /// The part paid with bonuses.
    pub redeemed: Money,
    /// The cashback.
    pub accrued: Money,
    /// The balance of the client after it.
    pub balance: Money,
    /// `true` if its till has voided it: it counts nowhere.
    pub is_voided: bool,
    /// The redemption that took the bonuses before, if they were taken before the sale.
    pub redemption_id: Option<i64>,
    /// The goods; empty if the till sends none.
    pub lines: Vec<SaleLineView>,
    /// The bonuses that it gave its client.
    pub given: Vec<GivenLot>,
    /// The bonuses that paid it, at most fifty.
    pub taken: Vec<TakenLot>,
    /// `true` if further bonuses paid it.
    pub has_more_taken: bool,
    /// The returns of its goods, the oldest first.
    pub returns: Vec<SaleReturnView>,
}

/// A line of a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleLineView {
    /// The shop's article number.
    pub sku: Option<String>,
    /// The name as printed.
    pub name: String,
    /// The quantity.
    pub quantity: Quantity,
    /// The price of one unit.
    pub price: Money,
    /// The amount of the whole line.
    pub total: Money,
}

/// Bonuses that a sale gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenLot {
    /// The reason.
    pub kind: LotKind,
    /// The amount.
    pub amount: Money,
    /// The part that is left.
    pub remaining: Money,
    /// The moment from which they can be spent.
    pub available_at: Timestamp,
    /// The moment from which they can no longer be spent.
    pub expires_at: Option<Timestamp>,
}

/// Bonuses that paid a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenLot {
    /// The reason why they were given.
    pub kind: LotKind,
    /// The moment when they were given.
    pub given_at: Timestamp,
    /// The sale that had given them.
    pub sale_id: Option<i64>,
    /// The amount that was taken.
    pub amount: Money,
}

/// A return of a sale's goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleReturnView {
    /// The number.
    pub id: i64,
    /// The moment at which it happened.
    pub at: Timestamp,
    /// The value of the goods as the till sent it.
    pub amount: Money,
    /// The same, counted in the total of the sale.
    pub counted: Money,
    /// The cash paid out.
    pub paid_out: Money,
    /// The spent bonuses that went back to the client.
    pub restored: Money,
    /// The given bonuses that were taken back, settled ones included.
    pub revoked: Money,
    /// The cash withheld because given bonuses were spent.
    pub settled: Money,
    /// The amount deducted from what the client has spent.
    pub spent_back: Money,
}

/// A return on its own page.
#[derive(Clone, Debug)]
pub struct ReturnView {
    /// The number that the till gave it.
    pub number: Option<String>,
    /// The sale of the goods, if the till has named it.
    pub sale_id: Option<i64>,
    /// The till.
    pub place: DocumentPlace,
    /// The client.
    pub client: DocumentClient,
    /// Its figures.
    pub figures: SaleReturnView,
}

/// A purchase without a client.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// The moment at which it happened.
    pub at: Timestamp,
    /// The number that the till gave it.
    pub number: Option<String>,
    /// The till.
    pub place: DocumentPlace,
    /// The value of the goods.
    pub total: Money,
    /// The moment when it was cancelled.
    pub voided_at: Option<Timestamp>,
}

/// Returns a sale or a redemption of a store with its goods, bonuses and returns. Five
/// statements in one snapshot.
///
/// # Errors
/// [`Error::Storage`].
pub async fn sale(backend: &Backend, tenant_id: i64, id: i64) -> Result<Option<SaleView>, Error> {
    let tx = &mut backend.db.begin_read().await?;
    let Some(row) = sql::sale(tx, tenant_id, id).await? else {
        return Ok(None);
    };
    let lines = sql::lines(tx, tenant_id, id).await?;
    let given = sql::given(tx, tenant_id, row.client_id, id).await?;
    let taken_by = row.redemption_id.unwrap_or(id);
    let mut taken = sql::taken(tx, tenant_id, row.client_id, taken_by, MOST_LOTS + 1).await?;
    let has_more_taken = taken.len() > MOST_LOTS;
    taken.truncate(MOST_LOTS);
    let returns = sql::returns_of(tx, tenant_id, id).await?;
    let line = |line: sql::LineRow| SaleLineView {
        sku: line.sku,
        name: line.name,
        quantity: Quantity::from_thousandths(line.quantity_thousandths),
        price: Money::from_dirams(line.unit_price_dirams),
        total: Money::from_dirams(line.line_dirams),
    };
    Ok(Some(SaleView {
        kind: match row.kind.as_str() {
            "redemption" => Kind::Redemption,
            _ => Kind::Sale,
        },
        at: Timestamp::from_micros(row.happened_at),
        number: row.receipt_number.or(row.external_sale_id),
        place: DocumentPlace {
            till_id: row.cashier_node_id,
            till: row.till,
            branch_id: row.branch_id,
            branch: row.branch,
        },
        client: DocumentClient {
            id: row.client_id,
            name: row.full_name,
            phone: row.phone,
        },
        cashier: row.cashier_id,
        total: Money::from_dirams(row.total_dirams),
        gross: Money::from_dirams(row.gross_dirams),
        paid: Money::from_dirams(row.paid_dirams),
        redeemed: Money::from_dirams(row.redeemed_dirams),
        accrued: Money::from_dirams(row.accrued_dirams),
        balance: Money::from_dirams(row.new_balance_dirams),
        is_voided: row.voided_by.is_some(),
        redemption_id: row.redemption_id,
        lines: lines.into_iter().map(line).collect(),
        given: given.iter().map(given_lot).collect::<Result<_, _>>()?,
        taken: taken.iter().map(taken_lot).collect::<Result<_, _>>()?,
        has_more_taken,
        returns: returns.iter().map(figures).collect(),
    }))
}

fn kind(text: &str) -> Result<LotKind, Error> {
    LotKind::parse(text).ok_or_else(|| Error::corrupt("lots.kind", text))
}

fn given_lot(row: &sql::LotRow) -> Result<GivenLot, Error> {
    Ok(GivenLot {
        kind: kind(&row.kind)?,
        amount: Money::from_dirams(row.amount_dirams),
        remaining: Money::from_dirams(row.remaining_dirams),
        available_at: Timestamp::from_micros(row.available_at),
        expires_at: row.expires_at.map(Timestamp::from_micros),
    })
}

fn taken_lot(row: &sql::AllocationRow) -> Result<TakenLot, Error> {
    Ok(TakenLot {
        kind: kind(&row.kind)?,
        given_at: Timestamp::from_micros(row.given_at),
        sale_id: row.sale_id,
        amount: Money::from_dirams(row.amount_dirams),
    })
}

fn figures(row: &sql::ReturnRow) -> SaleReturnView {
    SaleReturnView {
        id: row.id,
        at: Timestamp::from_micros(row.happened_at),
        amount: Money::from_dirams(row.return_dirams),
        counted: Money::from_dirams(row.counted_dirams),
        paid_out: Money::from_dirams(row.cash_refund_dirams),
        restored: Money::from_dirams(row.restored_dirams),
        revoked: Money::from_dirams(row.revoked_dirams),
        settled: Money::from_dirams(row.settled_dirams),
        spent_back: Money::from_dirams(row.spent_back_dirams),
    }
}

/// Returns a return of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn single_return(
    backend: &Backend,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ReturnView>, Error> {
    let row = sql::single_return(&backend.db, tenant_id, id).await?;
    Ok(row.map(|row| ReturnView {
        figures: figures(&row),
        number: row.external_return_id,
        sale_id: row.sale_id,
        place: DocumentPlace {
            till_id: row.cashier_node_id,
            till: row.till,
            branch_id: row.branch_id,
            branch: row.branch,
        },
        client: DocumentClient {
            id: row.client_id,
            name: row.full_name,
            phone: row.phone,
        },
    }))
}

/// Returns a receipt of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn receipt(
    backend: &Backend,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ReceiptView>, Error> {
    let row = sql::receipt(&backend.db, tenant_id, id).await?;
    Ok(row.map(|row| ReceiptView {
        at: Timestamp::from_micros(row.happened_at),
        number: row.external_receipt_id,
        place: DocumentPlace {
            till_id: row.cashier_node_id,
            till: row.till,
            branch_id: row.branch_id,
            branch: row.branch,
        },
        total: Money::from_dirams(row.total_dirams),
        voided_at: row.voided_at.map(Timestamp::from_micros),
    }))
}
