//! What must hold after every step.

use domain::LotKind;
use domain::sales::PurchaseHistory;

use super::{Given, Store};

impl Store {
    /// Checks invariant 8: no more is left of a sale's cashback than the kept goods earn, and no
    /// client has more rewards than purchases that could earn them.
    pub(crate) fn assert_no_client_keeps_more_than_purchases_earn(&self) {
        for (id, sold) in self.sales.iter().enumerate() {
            let (sums, before) = (&sold.sums, sold.sums.before);
            if before.count > 0 {
                let expired = self.expired_cashback(self.into[sold.client], id);
                let share = sums.accrued.pro_rata(before.returned, sums.total);
                assert!(before.revoked + expired >= share, "{sold:?}");
            }
        }
        // A reward that a later purchase had inherited may lose its heir by a merge.
        if self.into != [0, 1] {
            return;
        }
        for client in 0..2 {
            let kept = self.kept(client).len();
            let count = |kind| {
                let own = |given: &&Given| given.buyer == client && given.reward.kind == kind;
                self.rewards.iter().filter(own).count()
            };
            assert!(count(LotKind::Referral) <= kept.min(1));
            assert!(count(LotKind::SecondPurchase) <= kept.min(1));
            assert!(count(LotKind::Reactivation) <= kept);
        }
    }

    /// Checks that the stored record of each client's purchases agrees with the sales and with the
    /// reference.
    pub(crate) fn assert_knows_what_was_bought(&self, spent: [i64; 2]) {
        for (client, bought) in self.bought.iter().enumerate() {
            let second = |given: &Given| {
                self.into[given.buyer] == client && given.reward.kind == LotKind::SecondPurchase
            };
            let rewarded = self.rewards.iter().any(second);
            let history = PurchaseHistory::of(&self.kept(client), rewarded);
            assert_eq!(bought.history, history);
            assert_eq!(bought.spent.dirams(), spent[client]);
        }
    }
}
