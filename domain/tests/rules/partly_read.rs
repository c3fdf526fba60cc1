//! An account with only some of its lots in memory behaves like an account with all of them.

use domain::{Account, Holdings, LedgerFault, Lot, LotKind, Money, Source};
use proptest::prelude::*;

use crate::strategies::{START, account, money};

const SOURCE: Source = Source {
    sale_id: Some(7),
    return_id: None,
    act_id: None,
};

/// Makes the account without its lots, with the sums that a database would compute of them.
fn unread(whole: &Account) -> Account {
    let sum = |held: bool, welcome: bool| {
        let lots = whole.lots().iter();
        lots.filter(|lot| !lot.is_expired(START) && lot.is_held(START) == held)
            .filter(|lot| !welcome || lot.kind == LotKind::Welcome)
            .map(|lot| lot.remaining)
            .sum()
    };
    let holdings = Holdings {
        available: sum(false, false),
        held: sum(true, false),
        available_welcome: sum(false, true),
        held_welcome: sum(true, true),
    };
    Account::unread(whole.balance(), whole.debt(), whole.last_seq(), holdings)
}

/// Reads lots in spending order until those for which `counts` is true hold `amount`.
fn read_until(
    account: &mut Account,
    whole: &Account,
    amount: Money,
    counts: impl Fn(&Lot) -> bool,
) {
    let mut found = Money::ZERO;
    for lot in whole.lots() {
        if found >= amount {
            break;
        }
        account.read(vec![*lot], START);
        found += if counts(lot) {
            lot.remaining
        } else {
            Money::ZERO
        };
    }
}

fn assert_same(partly: &Account, whole: &Account) {
    assert_eq!(partly.new_entries(), whole.new_entries());
    assert_eq!(partly.figures(START), whole.figures(START));
    let changed = |account: &Account| account.changed_lots().copied().collect::<Vec<_>>();
    assert_eq!(changed(partly), changed(whole));
}

proptest! {
    #[test]
    fn a_partly_read_account_has_the_figures_of_the_whole_one(whole in account(), read in prop::collection::vec(0..8_usize, 0..8)) {
        let mut partly = unread(&whole);
        prop_assert_eq!(partly.figures(START), whole.figures(START));
        for place in read {
            partly.read(whole.lots().get(place).copied().into_iter().collect(), START);
            prop_assert_eq!(partly.figures(START), whole.figures(START));
        }
    }

    #[test]
    fn a_partly_read_account_spends_the_same_lots(whole in account(), amount in money(), welcome: bool) {
        let counts = |lot: &Lot| {
            !lot.is_held(START) && !lot.is_expired(START) && (welcome || lot.kind != LotKind::Welcome)
        };
        let (mut partly, mut whole) = (unread(&whole), whole);
        read_until(&mut partly, &whole, amount, counts);
        let spent = partly.spend(amount, SOURCE, START, welcome);
        prop_assert_eq!(spent, whole.spend(amount, SOURCE, START, welcome));
        assert_same(&partly, &whole);
    }

    #[test]
    fn a_partly_read_account_revokes_from_the_same_lots(whole in account(), amounts in (money(), money()), own in 1..8_i64) {
        let (mut partly, mut whole) = (unread(&whole), whole);
        read_until(&mut partly, &whole, amounts.0 + amounts.1, |lot| !lot.is_expired(START));
        partly.read(whole.lot(own).copied().into_iter().collect(), START);
        for account in [&mut partly, &mut whole] {
            account.revoke(amounts.0, |lot| lot.seq == own, SOURCE, START).unwrap();
            account.revoke(amounts.1, |_| false, SOURCE, START).unwrap();
        }
        assert_same(&partly, &whole);
    }

    #[test]
    fn lots_that_were_not_read_do_not_become_debt(whole in account(), over in money()) {
        let held = whole.figures(START).bonus_balance + whole.debt();
        let mut partly = unread(&whole);
        let revoked = partly.revoke(held + over, |_| false, SOURCE, START);
        let fault = LedgerFault::Unread { missing: held + over, unread: held };
        prop_assert_eq!(revoked, if held.is_positive() { Err(fault) } else { Ok(()) });
    }
}

#[test]
fn an_account_with_100_000_lots_is_handled_quickly() {
    const LOTS: i64 = 100_000;
    let cent = Money::from_dirams(1);
    let lot = |seq| Lot {
        seq,
        kind: LotKind::Purchase,
        amount: cent,
        remaining: cent,
        available_at: START,
        expires_at: Some(START.plus_days(1)),
        sale_id: None,
    };
    let all = Money::from_dirams(LOTS);
    let mut account = Account::new(all, Money::ZERO, LOTS, (1..=LOTS).map(lot).collect());
    account.spend(all, SOURCE, START, true).unwrap();
    assert_eq!(account.changed_lots().count(), 100_000);
    let parts: Vec<_> = (1..=LOTS)
        .map(|lot_seq| domain::RestoredPart {
            lot_seq,
            amount: cent,
            moved: None,
        })
        .collect();
    account.restore(&parts, SOURCE, START, None).unwrap();
    assert_eq!(account.expire(START.plus_days(1)), all);
    assert_eq!(account.new_entries().len(), 100_002);
}
