//! A client's sales at all tills of the store, in the form in which this till keeps its own.

use cashier_api::answers::{PastSale, PastSalesData};
use domain::Money;

use crate::journal::{Kind, Record};

/// A sale made at any till of the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoreCheck {
    /// The sale in the form of this till's history. Its external id is empty if its till sent
    /// no id; goods of such a sale cannot be returned.
    pub sale: Record,
    /// The amount of goods that have come back.
    pub returned: Money,
    /// The till that made it, as branch and name.
    pub place: String,
}

/// Returns the client's sales without those that are already `shown`.
pub fn store_checks(past: PastSalesData, shown: &[&Record]) -> Vec<StoreCheck> {
    let (phone, name) = (past.phone, past.full_name);
    let is_shown = |sale: &PastSale| {
        shown
            .iter()
            .any(|record| record.kind == Kind::Sale && record.number == Some(sale.id))
    };
    past.sales
        .into_iter()
        .filter(|sale| !is_shown(sale))
        .map(|sale| StoreCheck {
            returned: sale.returned_amount.0,
            place: [&*sale.branch, &*sale.cashier_name].join(" · "),
            sale: Record {
                external_id: sale.external_sale_id.unwrap_or_default(),
                kind: Kind::Sale,
                at_ms: sale.sale_date.0.micros() / 1_000,
                number: Some(sale.id),
                phone: Some(phone.clone()),
                name: name.clone(),
                total_dirams: sale.total_amount.0.dirams(),
                redeemed_dirams: sale.bonus_redeemed.0.dirams(),
                accrued_dirams: sale.bonus_accrued.0.dirams(),
                balance_dirams: None,
                cash_dirams: 0,
                settled_dirams: 0,
                return_of: None,
                problem: None,
                seen: true,
                instead_of: None,
                voided: false,
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use cashier_api::{Amount, Moment};
    use domain::Timestamp;

    use super::*;

    fn somoni(amount: i64) -> Money {
        Money::from_somoni(amount)
    }

    fn past(numbers: &[i64]) -> PastSalesData {
        let sale = |&id: &i64| PastSale {
            id,
            external_sale_id: (id != 3).then(|| format!("check {id}")),
            sale_date: Moment(Timestamp::from_micros(1_000_000 * id)),
            total_amount: Amount(somoni(90)),
            gross_amount: Amount(somoni(100)),
            bonus_redeemed: Amount(somoni(10)),
            bonus_accrued: Amount(somoni(4)),
            returned_amount: Amount(somoni(id)),
            cashier_name: "Касса 2".to_owned(),
            branch: "Рудаки".to_owned(),
        };
        PastSalesData {
            phone: "+992901234567".to_owned(),
            full_name: None,
            sales: numbers.iter().map(sale).collect(),
            has_more: false,
        }
    }

    #[test]
    fn a_check_of_another_till_can_be_returned() {
        let found = store_checks(past(&[3, 2]), &[]);
        let [nameless, named] = &*found else {
            panic!("{found:?}");
        };
        assert_eq!(nameless.sale.external_id, "");
        assert_eq!(named.sale.external_id, "check 2");
        assert_eq!(
            (
                named.sale.total_dirams,
                named.sale.redeemed_dirams,
                named.sale.at_ms
            ),
            (9_000, 1_000, 2_000)
        );
        assert_eq!(
            (named.returned, &*named.place),
            (somoni(2), "Рудаки · Касса 2")
        );
    }

    #[test]
    fn a_check_is_not_shown_twice() {
        let journal: Vec<_> = store_checks(past(&[1, 2]), &[])
            .into_iter()
            .map(|own| own.sale)
            .collect();
        let shown: Vec<_> = journal.iter().collect();
        let found = store_checks(past(&[3, 2, 1]), &shown);
        assert_eq!(found.len(), 1, "{found:?}");
        let back = Record {
            kind: Kind::Return,
            return_of: Some("check 2".to_owned()),
            ..journal.into_iter().next().unwrap()
        };
        // Returns have numbers of their own, so a return with the same number is not the sale.
        assert_eq!(store_checks(past(&[1]), &[&back]).len(), 1);
    }
}
