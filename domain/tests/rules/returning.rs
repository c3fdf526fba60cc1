//! The bonuses that returns take back and give back, for any way in which a till divides a return.

use domain::returns::{self, ReturnPlan, ReturnRequest, ReturnTotals, ReturnedSale};
use domain::{Account, LedgerFault, Lot, LotKind, Money, Refusal, RestoredPart, Source, Timestamp};
use proptest::prelude::*;

use crate::strategies::{START, account, cut, money, sale};

const SPENT_LOT: i64 = 1_000;

/// A client and the sale whose goods the client returns.
struct Returning {
    account: Account,
    sale: ReturnedSale,
}

impl Returning {
    /// Makes a client with the lots of `account` and the lot that the sale has spent.
    fn new(account: &Account, sale: ReturnedSale) -> Self {
        let mut lots = account.lots().to_vec();
        lots.push(manual_lot(SPENT_LOT, sale.redeemed, Money::ZERO));
        Self {
            account: Account::new(account.balance(), account.debt(), SPENT_LOT, lots),
            sale,
        }
    }

    /// Makes a client who has enough bonuses for everything that a return can take back.
    fn rich(sale: ReturnedSale) -> Self {
        let plenty = Money::from_somoni(1_000_000);
        let account = Account::new(plenty, Money::ZERO, 1, vec![manual_lot(1, plenty, plenty)]);
        Self::new(&account, sale)
    }

    fn send(&mut self, request: &ReturnRequest) -> Result<ReturnPlan, Refusal> {
        let plan = returns::plan(request, Some(&self.sale), &self.account, START)?;
        let taken = [RestoredPart {
            lot_seq: SPENT_LOT,
            amount: self.sale.redeemed,
            moved: None,
        }];
        let parts = returns::parts_to_restore(taken, self.sale.before.restored, plan.restored);
        let source = Source {
            sale_id: Some(1),
            return_id: Some(1),
            act_id: None,
        };
        plan.apply(&mut self.account, &parts, source, START, None)
            .expect("redeemed bonuses can be given back");
        let before = &mut self.sale.before;
        before.count += 1;
        before.returned += plan.counted;
        before.refunded += plan.cash_refund;
        before.revoked += cashback(&plan);
        before.restored += plan.restored;
        before.settled += plan.settled;
        before.spent_back += plan.spent_back;
        Ok(plan)
    }

    fn send_parts(&mut self, parts: &[Money]) {
        for part in parts {
            self.send(&goods(Some(*part)))
                .expect("goods that are left can be returned");
        }
    }
}

/// Checks invariant 5: a split return and a full return have the same sums.
fn assert_same_sums(split: &Returning, full: &Returning) {
    let sums = |client: &Returning| ReturnTotals {
        count: 0,
        ..client.sale.before
    };
    assert_eq!(sums(split), sums(full));
}

/// Returns the part of the revocation that is not rewards.
fn cashback(plan: &ReturnPlan) -> Money {
    let rewards = plan.lost_rewards.iter().map(|reward| reward.due);
    plan.revocation.to_revoke - rewards.sum()
}

fn rewards(sale: &ReturnedSale) -> Money {
    sale.lost_rewards.iter().map(|reward| reward.due).sum()
}

fn manual_lot(seq: i64, amount: Money, remaining: Money) -> Lot {
    Lot {
        seq,
        kind: LotKind::Manual,
        amount,
        remaining,
        available_at: Timestamp::default(),
        expires_at: None,
        sale_id: None,
    }
}

fn goods(return_amount: Option<Money>) -> ReturnRequest {
    ReturnRequest {
        return_amount,
        shortage_settled: true,
        ..ReturnRequest::default()
    }
}

fn shares() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(0..=600_i64, 0..12)
}

/// Generates requests with figures named by the till, some of them wrong.
fn request() -> impl Strategy<Value = ReturnRequest> {
    let figure = |given: f64| prop::option::weighted(given, money());
    (
        figure(0.8),
        figure(0.3),
        figure(0.2),
        figure(0.3),
        any::<bool>(),
    )
        .prop_map(
            |(return_amount, cash_refund, to_revoke, to_restore, shortage_settled)| ReturnRequest {
                return_amount,
                cash_refund,
                to_revoke,
                to_restore,
                shortage_settled,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_split_of_a_return_does_what_one_full_return_does(sale in sale(), shares in shares()) {
        let (mut split, mut full) = (Returning::rich(sale.clone()), Returning::rich(sale.clone()));
        split.send_parts(&cut(sale.gross, &shares));
        let plan = full.send(&goods(None)).expect("a whole sale can be returned");

        assert_same_sums(&split, &full);
        prop_assert_eq!(split.account.balance(), full.account.balance());
        prop_assert!(plan.completes);
        prop_assert_eq!(plan.revocation.to_revoke, sale.accrued + rewards(&sale));
        prop_assert_eq!(plan.restored, sale.redeemed);
        prop_assert_eq!(plan.spent_back, sale.paid);
        prop_assert_eq!(plan.cash_refund, sale.paid);
    }

    #[test]
    fn a_split_in_single_dirams_does_what_one_full_return_does(
        gross in 1..=200_i64,
        redeemed in 0..=200_i64,
        accrued in 0..=200_i64,
    ) {
        let redeemed = redeemed.min(gross);
        let sale = ReturnedSale {
            total: Money::from_dirams(gross),
            gross: Money::from_dirams(gross),
            paid: Money::from_dirams(gross - redeemed),
            accrued: Money::from_dirams(accrued),
            redeemed: Money::from_dirams(redeemed),
            ..ReturnedSale::default()
        };
        let (mut split, mut full) = (Returning::rich(sale.clone()), Returning::rich(sale.clone()));
        let diram = Money::from_dirams(1);
        split.send_parts(&vec![diram; usize::try_from(gross).unwrap()]);
        full.send_parts(&[sale.gross]);
        assert_same_sums(&split, &full);
    }

    #[test]
    fn a_split_of_a_return_allows_the_same_cash(sale in sale(), shares in shares()) {
        let mut client = Returning::rich(sale.clone());
        for part in cut(sale.gross, &shares) {
            let too_much = client.sale.paid + Money::from_dirams(1);
            let ask = |cash| ReturnRequest { cash_refund: Some(cash), ..goods(Some(part)) };
            let Err(Refusal::OverRefund { limit }) = client.send(&ask(too_much)) else {
                return Err(TestCaseError::fail("a refund of more than was paid must be refused"));
            };
            prop_assert!(client.send(&ask(limit + Money::from_dirams(1))).is_err());
            prop_assert!(client.send(&ask(limit)).is_ok());
        }
        prop_assert_eq!(client.sale.before.refunded, sale.paid);
    }

    #[test]
    fn a_settled_shortage_leaves_the_client_neither_richer_nor_poorer(
        account in account(),
        sale in sale(),
        shares in shares(),
    ) {
        let mut client = Returning::new(&account, sale.clone());
        let had = client.account.balance();
        client.send_parts(&cut(sale.gross, &shares));
        let got = client.account.balance() - had + client.sale.before.refunded;
        prop_assert_eq!(got, sale.gross - sale.accrued - rewards(&sale));
    }

    #[test]
    fn no_sequence_of_returns_gives_back_more_than_was_paid(
        account in account(),
        sale in sale(),
        requests in prop::collection::vec(request(), 1..12),
    ) {
        let mut client = Returning::new(&account, sale.clone());
        for request in requests {
            let was = format!("{:?}", client.account);
            let accepted = client.send(&request).is_ok();
            let is = format!("{:?}", client.account);
            prop_assert!(accepted || is == was, "a refusal changes nothing");
            let before = client.sale.before;
            prop_assert!(before.refunded + before.settled <= sale.paid);
            prop_assert!(before.restored <= sale.redeemed);
            prop_assert!(before.returned <= sale.gross);
            prop_assert!(before.spent_back <= sale.paid);
            // The shares of money and of bonuses are rounded separately.
            let worth = sale.gross.pro_rata(before.returned, sale.total) + Money::from_dirams(1);
            prop_assert!(before.refunded + before.settled + before.restored <= worth);
        }
    }

    #[test]
    fn the_calculation_announces_what_the_return_does(
        account in account(),
        sale in sale(),
        request in request(),
    ) {
        let mut client = Returning::new(&account, sale.clone());
        let announced = returns::calculate(&request, Some(&sale), &client.account, START);
        let request = ReturnRequest { shortage_settled: false, ..request };
        match client.send(&request) {
            Ok(plan) => {
                prop_assert_eq!(announced, Ok(plan.revocation));
                prop_assert_eq!(plan.revocation.shortage(), Money::ZERO);
                prop_assert_eq!(plan.settled, Money::ZERO);
            }
            Err(Refusal::ReturnShortage(balance)) => {
                prop_assert_eq!(announced, Ok(balance));
                prop_assert!(balance.shortage().is_positive());
            }
            Err(_) => {}
        }
    }

    #[test]
    fn a_restoration_follows_the_order_of_the_redemption(
        amounts in prop::collection::vec(money(), 1..6),
        shares in shares(),
    ) {
        let taken: Vec<_> = (1..)
            .zip(&amounts)
            .map(|(lot_seq, amount)| RestoredPart { lot_seq, amount: *amount, moved: None })
            .collect();
        let (mut before, mut back) = (Money::ZERO, vec![Money::ZERO; amounts.len()]);
        for amount in cut(amounts.iter().copied().sum(), &shares) {
            for part in returns::parts_to_restore(taken.clone(), before, amount) {
                back[usize::try_from(part.lot_seq).unwrap() - 1] += part.amount;
            }
            before += amount;
        }
        prop_assert_eq!(back, amounts);
    }
}

#[test]
fn bonuses_restored_in_place_of_money_are_not_paid_out_later() {
    let somoni = Money::from_somoni;
    let mut client = Returning::rich(ReturnedSale {
        total: somoni(1_000),
        gross: somoni(1_000),
        paid: somoni(500),
        redeemed: somoni(500),
        ..ReturnedSale::default()
    });
    let back = |amount, cash, bonuses| ReturnRequest {
        cash_refund: Some(cash),
        to_restore: bonuses,
        ..goods(Some(amount))
    };
    let half = back(somoni(500), Money::ZERO, Some(somoni(500)));
    client
        .send(&half)
        .expect("a return may give back only bonuses");
    let diram = Money::from_dirams(1);
    assert_eq!(
        client.send(&back(diram, somoni(250), None)),
        Err(Refusal::OverRefund { limit: diram })
    );
    let plan = client.send(&goods(None)).expect("the rest can be returned");
    assert_eq!(
        (plan.cash_refund, plan.restored),
        (somoni(500), Money::ZERO)
    );
}

#[test]
fn restoring_less_than_the_plan_announced_is_a_fault() {
    let sale = ReturnedSale {
        total: Money::from_somoni(100),
        gross: Money::from_somoni(100),
        paid: Money::from_somoni(70),
        redeemed: Money::from_somoni(30),
        ..ReturnedSale::default()
    };
    let mut client = Returning::rich(sale.clone());
    let plan = returns::plan(&goods(None), Some(&sale), &client.account, START).unwrap();
    let missing = [RestoredPart {
        lot_seq: SPENT_LOT,
        amount: Money::from_somoni(29),
        moved: None,
    }];
    assert_eq!(
        plan.apply(
            &mut client.account,
            &missing,
            Source::default(),
            START,
            None
        ),
        Err(LedgerFault::WrongRestore {
            due: Money::from_somoni(30),
            found: Money::from_somoni(29),
        })
    );
}
