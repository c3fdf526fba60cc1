//! The fields of the programme's form, and the form of a [`Programme`].

use std::borrow::Cow;

use domain::{DurationUnit, Programme, whole_units};

use crate::forms::{Field, FormState};
use crate::locales::Language;
use crate::ui::format::{input_amount, input_percent};

/// The largest number of tiers of a programme.
pub const MAX_TIERS: u8 = 8;

/// The fields of the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgrammeField {
    /// The number of the version that the form was made from.
    Version,
    /// The cashback in percent.
    BonusPercent,
    /// The smallest purchase.
    MinPurchase,
    /// A text of [`AccrualBase`](domain::AccrualBase).
    AccrualBase,
    /// The largest part of a purchase in percent that bonuses may pay.
    MaxRedeemPercent,
    /// The hold, in the unit of [`Self::HoldUnit`].
    Hold,
    /// The unit of the hold: `seconds`, `minutes`, `hours` or `days`.
    HoldUnit,
    /// The life of bonuses in days.
    ExpiryDays,
    /// The days before the expiry in which the client is reminded.
    ReminderDays,
    /// The bonus for the registration.
    WelcomeBonus,
    /// The smallest purchase that the welcome bonus may pay.
    WelcomeMin,
    /// The days of a pause.
    ReactivationDays,
    /// The bonus for a purchase after a pause.
    ReactivationBonus,
    /// The days for the second purchase.
    SecondDays,
    /// The bonus for the second purchase.
    SecondBonus,
    /// The bonus for the client who invited another one.
    ReferralBonus,
    /// The password of the person, if it was entered too long ago.
    Password,
    /// A part of the tier in this row.
    Tier(u8, TierPart),
}

/// A part of a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierPart {
    /// The number of the tier; empty for a new one.
    Id,
    /// The name.
    Name,
    /// The colour.
    Colour,
    /// The amount from which a client has the tier.
    From,
    /// The cashback; empty for the programme's.
    Bonus,
    /// The largest part that bonuses may pay; empty for the programme's.
    MaxRedeem,
    /// Removes the tier if it is checked.
    Remove,
}

/// The fields that are not parts of tiers, with their names.
pub(super) const FIELDS: [(ProgrammeField, &str); 17] = [
    (ProgrammeField::Version, "version"),
    (ProgrammeField::BonusPercent, "bonus"),
    (ProgrammeField::MinPurchase, "min"),
    (ProgrammeField::AccrualBase, "base"),
    (ProgrammeField::MaxRedeemPercent, "redeem"),
    (ProgrammeField::Hold, "hold"),
    (ProgrammeField::HoldUnit, "hold-unit"),
    (ProgrammeField::ExpiryDays, "expiry"),
    (ProgrammeField::ReminderDays, "reminder"),
    (ProgrammeField::WelcomeBonus, "welcome"),
    (ProgrammeField::WelcomeMin, "welcome-min"),
    (ProgrammeField::ReactivationDays, "return-days"),
    (ProgrammeField::ReactivationBonus, "return"),
    (ProgrammeField::SecondDays, "second-days"),
    (ProgrammeField::SecondBonus, "second"),
    (ProgrammeField::ReferralBonus, "referral"),
    (ProgrammeField::Password, "password"),
];

pub(super) const PARTS: [(TierPart, &str); 7] = [
    (TierPart::Id, "id"),
    (TierPart::Name, "name"),
    (TierPart::Colour, "colour"),
    (TierPart::From, "from"),
    (TierPart::Bonus, "bonus"),
    (TierPart::MaxRedeem, "redeem"),
    (TierPart::Remove, "remove"),
];

impl Field for ProgrammeField {
    const FORM: &'static str = "programme";

    fn name(self) -> Cow<'static, str> {
        if let Self::Tier(row, part) = self {
            let name = PARTS.iter().find(|(known, _)| *known == part);
            return format!("tier-{row}-{}", name.map_or("", |(_, name)| name)).into();
        }
        let name = FIELDS.iter().find(|(known, _)| *known == self);
        name.map_or("", |(_, name)| name).into()
    }

    fn parse(name: &str) -> Option<Self> {
        if let Some((row, part)) = name
            .strip_prefix("tier-")
            .and_then(|rest| rest.split_once('-'))
        {
            let row = row.parse().ok().filter(|row| *row < MAX_TIERS)?;
            let (part, _) = PARTS.iter().find(|(_, known)| *known == part)?;
            return Some(Self::Tier(row, *part));
        }
        let field = FIELDS.iter().find(|(_, known)| *known == name);
        field.map(|(field, _)| *field)
    }

    fn keep(self) -> bool {
        self != Self::Password
    }
}

/// Returns the form of a programme. `version` is the number of the stored version.
pub fn form_of(
    programme: &Programme,
    version: i64,
    language: Language,
) -> FormState<ProgrammeField> {
    use ProgrammeField as F;
    let (hold, unit) = match whole_units(programme.redeem_hold_seconds) {
        (days, DurationUnit::Days) => (days, "days"),
        (hours, DurationUnit::Hours) => (hours, "hours"),
        (minutes, DurationUnit::Minutes) => (minutes, "minutes"),
        (seconds, DurationUnit::Seconds) => (seconds, "seconds"),
    };
    let amount = |amount| input_amount(language, amount);
    let mut form = FormState::new()
        .with(F::Version, version.to_string())
        .with(
            F::BonusPercent,
            input_percent(language, programme.bonus_percent),
        )
        .with(F::MinPurchase, amount(programme.min_purchase))
        .with(F::AccrualBase, programme.accrual_base.as_str())
        .with(
            F::MaxRedeemPercent,
            input_percent(language, programme.max_redeem_percent),
        )
        .with(F::Hold, hold.to_string())
        .with(F::HoldUnit, unit)
        .with(F::ExpiryDays, programme.bonus_expiry_days.to_string())
        .with(
            F::ReminderDays,
            programme.bonus_expiry_reminder_days.to_string(),
        )
        .with(F::WelcomeBonus, amount(programme.welcome_bonus))
        .with(F::WelcomeMin, amount(programme.welcome_min_redeem))
        .with(F::ReactivationDays, programme.reactivation_days.to_string())
        .with(F::ReactivationBonus, amount(programme.reactivation_bonus))
        .with(F::SecondDays, programme.second_purchase_days.to_string())
        .with(F::SecondBonus, amount(programme.second_purchase_bonus))
        .with(F::ReferralBonus, amount(programme.referral_bonus));
    let mut tiers: Vec<_> = programme.tiers.iter().collect();
    tiers.sort_by_key(|tier| tier.from_spent);
    for (row, tier) in (0..MAX_TIERS).zip(tiers) {
        let rate =
            |rate: Option<_>| rate.map_or_else(String::new, |rate| input_percent(language, rate));
        form.set(F::Tier(row, TierPart::Id), tier.id.to_string());
        form.set(F::Tier(row, TierPart::Name), tier.name.clone());
        form.set(F::Tier(row, TierPart::Colour), tier.color.clone());
        form.set(F::Tier(row, TierPart::From), amount(tier.from_spent));
        form.set(F::Tier(row, TierPart::Bonus), rate(tier.bonus_percent));
        form.set(
            F::Tier(row, TierPart::MaxRedeem),
            rate(tier.max_redeem_percent),
        );
    }
    form
}

/// Returns whether a row has a tier.
pub(super) fn has_tier(form: &FormState<ProgrammeField>, row: u8) -> bool {
    let parts = [TierPart::Id, TierPart::Name, TierPart::From];
    parts
        .into_iter()
        .any(|part| !form.value(ProgrammeField::Tier(row, part)).is_empty())
}
