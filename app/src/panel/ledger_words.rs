//! The kinds of lots and entries in words.

use domain::{EntryKind, LotKind};

use super::texts::Texts;

/// Returns the reason why a lot was given.
pub(super) const fn lot(texts: &'static Texts, kind: LotKind) -> &'static str {
    let t = &texts.client;
    match kind {
        LotKind::Purchase => t.lot_purchase,
        LotKind::Welcome => t.lot_welcome,
        LotKind::Referral => t.lot_referral,
        LotKind::Reactivation => t.lot_reactivation,
        LotKind::SecondPurchase => t.lot_second,
        LotKind::Restore => t.lot_restore,
        LotKind::Settlement => t.lot_settlement,
        LotKind::Manual => t.lot_manual,
    }
}

/// Returns the effect of an entry.
pub(super) const fn entry(texts: &'static Texts, kind: EntryKind) -> &'static str {
    let t = &texts.client;
    match kind {
        EntryKind::Credit(LotKind::Purchase) => t.accrued,
        EntryKind::Credit(kind) => lot(texts, kind),
        EntryKind::Redeem => t.spent_on,
        EntryKind::Revoke => t.revoked,
        EntryKind::Restore => t.restored,
        EntryKind::Expire => t.expired,
    }
}
