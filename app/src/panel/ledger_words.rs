//! The kinds of lots and entries in words.

use domain::{EntryKind, LotKind, Money};

use super::texts::Texts;
use crate::locales::Language;

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
        LotKind::Opening => t.lot_opening,
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
        EntryKind::Adjust => t.adjusted,
        EntryKind::MergeOut => t.merge_out,
        EntryKind::MergeIn => t.merge_in,
    }
}

/// Returns the noun after an amount of bonuses: `3 018,40 бонуса`, `5,00 бонусов`.
pub(super) fn bonuses(language: Language, texts: &'static Texts, amount: Money) -> &'static str {
    let t = &texts.today;
    let dirams = amount.dirams();
    if dirams % 100 == 0 {
        t.bonus_noun.form(language, dirams / 100)
    } else {
        t.bonus_part
    }
}
