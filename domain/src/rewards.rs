//! Rewards for buying again: which of them a return takes back (rules, "Returns").

use crate::account::{Account, LedgerFault};
use crate::entry::{LotKind, Source};
use crate::money::Money;
use crate::programme::Programme;
use crate::sales::{KeptPurchase, is_reactivation, is_second_in_time};
use crate::time::Timestamp;

/// A referral, reactivation or second-purchase bonus that was given and not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reward {
    /// Its lot.
    pub lot_seq: i64,
    /// What it was given for.
    pub kind: LotKind,
    /// The sale that earned it.
    pub sale_id: i64,
    /// What is charged when it is taken back: the bonus without what expired unspent.
    pub due: Money,
}

/// The rewards to take back from a client who kept `before` and keeps `kept` after a return, each in the order the
/// purchases were made: those whose own sale has wholly come back, unless a later purchase earns them now. So an exchange
/// made as "buy B, return A" ends as "return A, buy B" does. What nothing kept had earned before, under a programme that
/// has changed since, is no matter of this return.
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

/// Whether the second-purchase bonus is among the rewards `given` and not among those `lost`.
pub fn keeps_second(given: &[Reward], lost: &[Reward]) -> bool {
    given
        .iter()
        .any(|reward| reward.kind == LotKind::SecondPurchase && !lost.contains(reward))
}

/// Takes rewards back from the account that got them, each from its own lot first; what its client has
/// spent of them becomes their debt.
///
/// # Errors
/// [`LedgerFault::Unread`], as [`Account::revoke`].
pub fn take_back(
    account: &mut Account,
    lost: &[Reward],
    source: Source,
    now: Timestamp,
) -> Result<(), LedgerFault> {
    for reward in lost {
        account.revoke(reward.due, |lot| lot.seq == reward.lot_seq, source, now)?;
    }
    Ok(())
}

fn unearned(rewards: &[Reward], kept: &[KeptPurchase], programme: &Programme) -> Vec<Reward> {
    let stands = |reward: &Reward| kept.iter().any(|sale| sale.sale_id == reward.sale_id);
    let mut lost = Vec::new();
    for kind in [
        LotKind::Referral,
        LotKind::Reactivation,
        LotKind::SecondPurchase,
    ] {
        let of_kind = || rewards.iter().filter(move |reward| reward.kind == kind);
        let mut heirs = earning(kind, kept, programme);
        heirs.retain(|heir| !of_kind().any(|reward| reward.sale_id == *heir));
        for reward in of_kind().filter(|reward| !stands(reward)) {
            match heirs.iter().position(|heir| *heir > reward.sale_id) {
                Some(heir) => {
                    heirs.remove(heir);
                }
                None => lost.push(*reward),
            }
        }
    }
    lost
}

/// The kept purchases that earn a reward of this kind.
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
    fn a_programme_that_has_changed_since_is_no_matter_of_a_return() {
        let reward = Reward {
            lot_seq: 1,
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
        // The third inherits what the second had earned, and loses it when it comes back itself.
        let [all, without] = [&[first, second, third][..], &[first, third]];
        assert_eq!(lost(&[reward], all, without, &ours), []);
        assert_eq!(lost(&[reward], without, &[first], &ours), [reward]);
        // The store gives none any more: another check that comes back does not cost it.
        let none = Programme {
            second_purchase_days: 0,
            ..ours
        };
        let before = [first, third, other];
        assert_eq!(lost(&[reward], &before, without, &none), []);
        assert_eq!(lost(&[reward], without, without, &none), []);
    }
}
