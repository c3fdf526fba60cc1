//! Rewards for buying again, and the rules by which a return takes them back (rules, "Returns").

use crate::account::Account;
use crate::entry::{Lot, LotKind, Source};
use crate::ledger_fault::LedgerFault;
use crate::money::Money;
use crate::programme::Programme;
use crate::sales::{KeptPurchase, is_reactivation, is_second_in_time};
use crate::time::Timestamp;

/// A referral, reactivation or second-purchase bonus that was given and has not been taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reward {
    /// The kind of the reward.
    pub kind: LotKind,
    /// The sale that earned it.
    pub sale_id: i64,
    /// The amount to charge when the reward is taken back: the bonus without the part that expired
    /// unspent.
    pub due: Money,
}

impl Reward {
    /// Returns whether `lot` holds this reward, or what a merge has moved of it. A sale earns at
    /// most one reward of a kind.
    pub fn is_in(&self, lot: &Lot) -> bool {
        lot.kind == self.kind && lot.sale_id == Some(self.sale_id)
    }
}

/// Returns the rewards that a return takes back from a client. `before` and `kept` are the
/// purchases that the client keeps before and after the return, each in the order in which they
/// were made.
///
/// A reward is lost if all goods of its own sale have come back, unless a later kept purchase earns
/// it now. So the exchange "buy B, return A" ends in the same state as "return A, buy B". A reward
/// that no kept purchase had earned even before the return stays: the programme has changed since,
/// and this return is not the reason.
pub fn lost(
    rewards: &[Reward],
    before: &[KeptPurchase],
    kept: &[KeptPurchase],
    programme: &Programme,
) -> Vec<Reward> {
    let already = unearned(rewards, before, programme);
    let mut lost = unearned(rewards, kept, programme);
    lost.retain(|reward| !already.contains(reward));
    lost
}

/// Returns whether the client still has the second-purchase bonus: it is in `given` and not in
/// `lost`.
pub fn keeps_second(given: &[Reward], lost: &[Reward]) -> bool {
    given
        .iter()
        .any(|reward| reward.kind == LotKind::SecondPurchase && !lost.contains(reward))
}

/// Takes rewards back from the account that received them, each from its own lot first. What the
/// client has already spent of them becomes debt.
///
/// # Errors
/// [`LedgerFault::Unread`], as for [`Account::revoke`].
pub fn take_back(
    account: &mut Account,
    lost: &[Reward],
    source: Source,
    now: Timestamp,
) -> Result<(), LedgerFault> {
    for reward in lost {
        account.revoke(reward.due, |lot| reward.is_in(lot), source, now)?;
    }
    Ok(())
}

/// Returns the rewards that no kept purchase earns: neither their own sale nor a later one.
fn unearned(rewards: &[Reward], kept: &[KeptPurchase], programme: &Programme) -> Vec<Reward> {
    let is_kept = |reward: &Reward| kept.iter().any(|sale| sale.sale_id == reward.sale_id);
    let mut lost = Vec::new();
    for kind in [
        LotKind::Referral,
        LotKind::Reactivation,
        LotKind::SecondPurchase,
    ] {
        let of_kind = || rewards.iter().filter(move |reward| reward.kind == kind);
        let mut others = earning(kind, kept, programme);
        others.retain(|other| !of_kind().any(|reward| reward.sale_id == *other));
        for reward in of_kind().filter(|reward| !is_kept(reward)) {
            match others.iter().position(|other| *other > reward.sale_id) {
                Some(other) => {
                    others.remove(other);
                }
                None => lost.push(*reward),
            }
        }
    }
    lost
}

/// Returns the kept purchases that earn a reward of this kind.
fn earning(kind: LotKind, kept: &[KeptPurchase], programme: &Programme) -> Vec<i64> {
    let pairs = kept.iter().zip(kept.iter().skip(1));
    match kind {
        LotKind::Referral => kept.iter().take(1).map(|first| first.sale_id).collect(),
        LotKind::Reactivation => pairs
            .filter(|(last, next)| is_reactivation(last.at, next.at, programme))
            .map(|(_, next)| next.sale_id)
            .collect(),
        LotKind::SecondPurchase => pairs
            .take(1)
            .filter(|(first, second)| is_second_in_time(first.at, second.at, programme))
            .map(|(_, second)| second.sale_id)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purchase(sale_id: i64) -> KeptPurchase {
        let at = Timestamp::default().plus_days(5 * sale_id);
        KeptPurchase { sale_id, at }
    }

    #[test]
    fn a_return_takes_no_reward_back_because_the_programme_has_changed() {
        let reward = Reward {
            kind: LotKind::SecondPurchase,
            sale_id: 2,
            due: Money::from_somoni(20),
        };
        let ours = Programme {
            second_purchase_days: 30,
            second_purchase_bonus: Money::from_somoni(20),
            ..Programme::default()
        };
        let [first, second, third, other] = [1, 2, 3, 4].map(purchase);
        // The third purchase inherits the reward of the second, and loses it when it comes back
        // itself.
        let [all, without] = [&[first, second, third][..], &[first, third]];
        assert_eq!(lost(&[reward], all, without, &ours), []);
        assert_eq!(lost(&[reward], without, &[first], &ours), [reward]);
        // The store no longer gives this reward. The return of another sale must not take it back.
        let none = Programme {
            second_purchase_days: 0,
            ..ours
        };
        let before = [first, third, other];
        assert_eq!(lost(&[reward], &before, without, &none), []);
        assert_eq!(lost(&[reward], without, without, &none), []);
    }
}
