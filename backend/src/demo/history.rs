//! Half a year of purchases in the demo store, the same on every machine.

use domain::returns::ReturnRequest;
use domain::sales::{Accrue, CheckSums};
use domain::{DocumentDate, Identifier, Money, Phone, Quantity, Timestamp};

use super::dice::Dice;
use crate::db::Tx;
use crate::ledger;
use crate::returns::ReturnGoods;
use crate::sales::{RecordSale, SaleLine};
use crate::tills::AuthenticatedTill;
use crate::{Command, Error};

/// The number of days that the history goes back.
pub(super) const DAYS: i64 = 182;

/// Goods on the shelves: name, sku, category, price in dirams.
const GOODS: [(&str, &str, &str, i64); 6] = [
    ("Молоко 1л", "SKU-001", "DAIRY", 1_250),
    ("Нон", "SKU-002", "BREAD", 400),
    ("Рис 5кг", "SKU-003", "GROCERY", 9_500),
    ("Чай зелёный", "SKU-004", "GROCERY", 2_800),
    ("Масло 1л", "SKU-005", "GROCERY", 3_150),
    ("Курт", "SKU-006", "DAIRY", 1_800),
];

/// One visit of a client to a till.
struct Visit {
    day: i64,
    client: usize,
    chance: u64,
}

/// Records what the clients buy, redeem and return from [`DAYS`] days ago until yesterday, in order
/// of time.
pub(super) async fn play(
    tx: &mut Tx,
    tills: &[AuthenticatedTill],
    phones: &[Phone],
    now: Timestamp,
) -> Result<(), Error> {
    let mut dice = Dice::new(2_026);
    let mut visits = Vec::new();
    for client in 0..phones.len() {
        // The first client's last visit was three days ago, so that there are bonuses to try a
        // redemption with.
        let last = if client == 0 { 3 } else { 1 + dice.below(40) };
        let mut day = DAYS - 1 - dice.below(20);
        while day > last {
            visits.push(Visit {
                day,
                client,
                chance: dice.next(),
            });
            day -= 5 + dice.below(25);
        }
        visits.push(Visit {
            day: last,
            client,
            chance: dice.next(),
        });
    }
    visits.sort_by_key(|visit| (-visit.day, visit.client));
    for (index, visit) in visits.iter().enumerate() {
        let (Some(phone), Some(till)) = (
            phones.get(visit.client),
            tills.get(visit.client % tills.len().max(1)),
        ) else {
            continue;
        };
        let at = now
            .plus_days(-visit.day)
            .plus_seconds(-i64::try_from(visit.chance % 30_000).unwrap_or(0));
        let last_of_first = visit.client == 0 && visit.day == 3;
        buy(tx, till, phone, index, visit.chance, last_of_first, at).await?;
    }
    Ok(())
}

async fn buy(
    tx: &mut Tx,
    till: &AuthenticatedTill,
    phone: &Phone,
    number: usize,
    chance: u64,
    big: bool,
    at: Timestamp,
) -> Result<(), Error> {
    let client = Identifier::Phone(phone.clone());
    let lines = basket(chance, big);
    let total: Money = lines.iter().map(|line| line.line_amount).sum();
    let redeem = if !big && chance.is_multiple_of(3) {
        let found = ledger::find_in(tx, till.tenant_id, &client, at).await?;
        found.map_or(Money::ZERO, |found| {
            let terms = till.programme.terms(found.total_spent);
            found.account.figures(at).max_redeem(total, &terms)
        })
    } else {
        Money::ZERO
    };
    let external_sale_id = Some(format!("demo-{number:04}"));
    let sale = RecordSale {
        till,
        client: client.clone(),
        sums: CheckSums {
            total,
            redeem,
            ..CheckSums::default()
        },
        accrue: Accrue::Yes,
        external_sale_id: external_sale_id.clone(),
        receipt_number: Some(format!("{:06}", number + 1)),
        cashier_node_id: None,
        cashier_id: None,
        payment_method: Some(
            if chance.is_multiple_of(2) {
                "cash"
            } else {
                "card"
            }
            .to_owned(),
        ),
        sale_date: Some(DocumentDate {
            at: at.whole_seconds(),
            has_offset: true,
        }),
        lines,
    };
    sale.execute(tx, at).await?;
    if !big && chance.is_multiple_of(11) {
        let goods = ReturnGoods {
            till,
            client,
            original_external_sale_id: external_sale_id,
            external_return_id: Some(format!("demo-return-{number:04}")),
            request: ReturnRequest {
                shortage_settled: true,
                ..ReturnRequest::default()
            },
        };
        goods.execute(tx, at.plus_seconds(7_200)).await?;
    }
    Ok(())
}

/// Makes the lines of a basket: three to five articles, 20 pieces of each if the sale is to be
/// `big`.
fn basket(chance: u64, big: bool) -> Vec<SaleLine> {
    let kinds = 1 + usize::try_from(chance % 3).unwrap_or(0);
    let pieces = if big {
        20
    } else {
        1 + i64::try_from(chance % 7).unwrap_or(0)
    };
    let first = usize::try_from(chance % 5).unwrap_or(0);
    GOODS
        .iter()
        .cycle()
        .skip(first)
        .take(kinds + 2)
        .map(|(name, sku, category, price)| SaleLine {
            sku: Some((*sku).to_owned()),
            category_code: Some((*category).to_owned()),
            name: (*name).to_owned(),
            quantity: Quantity::from_thousandths(pieces * 1_000),
            unit_price: Money::from_dirams(*price),
            line_amount: Money::from_dirams(price * pieces),
        })
        .collect()
}
