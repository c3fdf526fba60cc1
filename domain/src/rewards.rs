//! Rewards for buying again: which of them a return takes back (rules, "Returns").

use crate::entry::LotKind;
use crate::money::Money;
use crate::programme::Programme;
use crate::sale::{KeptPurchase, is_reactivation, is_second_in_time};

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

/// The rewards to take back from a client who keeps `kept`, in the order the purchases were made:
/// those whose own sale has wholly come back, unless a later purchase earns them now. So an exchange
/// made as "buy B, return A" ends as "return A, buy B" does.
pub fn lost(rewards: &[Reward], kept: &[KeptPurchase], programme: &Programme) -> Vec<Reward> {
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
