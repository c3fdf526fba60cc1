//! Changes by hand, and merges.

use domain::by_hand::{self, Direction};
use domain::merging::welcome_to_cancel;
use domain::{LotKind, Money, Role, Source, expiry, rewards};

use super::{Bought, Store};
use crate::steps::Outcome;

impl Store {
    pub(super) fn adjust(&mut self, client: usize, direction: Direction, amount: Money) -> Outcome {
        let mut account = self.clients[client].load(&[]);
        let now = self.now;
        let allowed = by_hand::check(Role::Owner, direction, amount, Money::ZERO, &account, now);
        if allowed.is_err() {
            return Outcome::Refused;
        }
        let before = self.balance(client);
        let source = Source::default();
        let expected = match direction {
            Direction::Credit => {
                let until = expiry::expiry(&self.terms(client), now);
                account.credit(LotKind::Manual, amount, source, now, now, until);
                before + amount
            }
            Direction::Debit => {
                account
                    .debit_by_hand(amount, source, now)
                    .expect("the account holds the amount that the rules allow");
                before - amount
            }
        };
        self.clients[client].save(&account);
        assert_eq!(self.balance(client), expected);
        Outcome::Nothing
    }

    pub(super) fn merge(&mut self, from: usize, into: usize) -> Outcome {
        if self.into != [0, 1] {
            return Outcome::Refused;
        }
        let (now, source) = (self.now, Source::default());
        let sum = self.balance(from) + self.balance(into);
        let referrals = self.given_rewards(1, 0);
        let mut inviter = self.clients[0].load(&[]);
        rewards::take_back(&mut inviter, &referrals, source, now).expect("every lot is in memory");
        self.clients[0].save(&inviter);
        self.forget(0, &referrals);
        let gifts = [from, into].map(|client| self.clients[client].welcome_gifts(now));
        let cancelled = welcome_to_cancel([&gifts[0], &gifts[1]]);
        for (client, amount) in [from, into].into_iter().zip(cancelled) {
            let mut account = self.clients[client].load(&[]);
            account
                .cancel_welcome(amount, source, now)
                .expect("the lots hold what is left of the gifts");
            self.clients[client].save(&account);
        }
        let mut closing = self.clients[from].load(&[]);
        let moved = closing.close(source, now).expect("every lot is in memory");
        self.clients[from].save(&closing);
        assert_eq!(
            (closing.balance(), closing.debt()),
            (Money::ZERO, Money::ZERO)
        );
        let mut account = self.clients[into].load(&[]);
        account
            .take_in(&moved, source, now)
            .expect("every lot is in memory");
        self.clients[into].save(&account);
        let lost: Money = referrals.iter().map(|reward| reward.due).sum();
        let lost = lost + cancelled.into_iter().sum();
        assert_eq!(
            self.balance(into),
            sum - lost,
            "a merge moves everything else"
        );
        let [Bought { spent, history }, kept] = [from, into].map(|client| self.bought[client]);
        self.bought[from] = Bought::default();
        self.bought[into] = Bought {
            spent: kept.spent + spent,
            history: kept.history.with(history),
        };
        self.into[from] = into;
        Outcome::Nothing
    }
}
