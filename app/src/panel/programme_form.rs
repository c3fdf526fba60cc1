//! The form of the programme: its fields, and the way from and to a [`Programme`].

use std::borrow::Cow;

use domain::{AccrualBase, DurationUnit, Money, Programme, Tier, whole_units};

use crate::forms::{Field, FormState, Problem};
use crate::locales::Language;
use crate::ui::format::{input_amount, input_percent};
use crate::ui::head::is_colour;

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
    /// A text of [`AccrualBase`].
    AccrualBase,
    /// The largest part of a purchase in percent that bonuses may pay.
    MaxRedeemPercent,
    /// The hold, in the unit of [`Self::HoldUnit`].
    Hold,
    /// The unit of the hold: `minutes`, `hours` or `days`.
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
const FIELDS: [(ProgrammeField, &str); 16] = [
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
];

const PARTS: [(TierPart, &str); 7] = [
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
        (seconds, DurationUnit::Seconds) => ((seconds + 59) / 60, "minutes"),
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

/// Reads a programme from its form. `saved` gives the currency. The state of the form has the
/// problems of all fields.
///
/// # Errors
/// The form with its problems.
pub fn read(
    mut form: FormState<ProgrammeField>,
    saved: &Programme,
) -> Result<Programme, FormState<ProgrammeField>> {
    use ProgrammeField as F;
    let Some(programme) = read_settings(&mut form, saved) else {
        return Err(form);
    };
    let tiers = read_tiers(&mut form, saved);
    let programme = Programme { tiers, ..programme };
    if programme.check().is_err() {
        form.wrong(F::ExpiryDays, Problem::HoldOutlivesBonuses);
    }
    if form.is_wrong() {
        return Err(form);
    }
    Ok(programme)
}

/// Reads everything except the tiers.
fn read_settings(form: &mut FormState<ProgrammeField>, saved: &Programme) -> Option<Programme> {
    use ProgrammeField as F;
    /// More days than any programme needs, in seconds within `i64`.
    const MAX_DAYS: i64 = 36_500;
    let base = form.value(F::AccrualBase).parse::<AccrualBase>();
    if base.is_err() {
        form.wrong(F::AccrualBase, Problem::Unknown);
    }
    let unit = match form.value(F::HoldUnit) {
        "minutes" => Some(60),
        "hours" => Some(3_600),
        "days" => Some(86_400),
        _ => None,
    };
    if unit.is_none() {
        form.wrong(F::HoldUnit, Problem::Unknown);
    }
    let max = Money::MAX_INPUT;
    // Every field is read before the first failure returns, so that the form shows all problems.
    let bonus_percent = form.read_percent(F::BonusPercent);
    let min_purchase = form.read_money(F::MinPurchase, max);
    let max_redeem_percent = form.read_percent(F::MaxRedeemPercent);
    let hold = form.read_number(F::Hold, MAX_DAYS);
    let bonus_expiry_days = form.read_number(F::ExpiryDays, MAX_DAYS);
    let bonus_expiry_reminder_days = form.read_number(F::ReminderDays, MAX_DAYS);
    let welcome_bonus = form.read_money(F::WelcomeBonus, max);
    let welcome_min_redeem = form.read_money(F::WelcomeMin, max);
    let reactivation_days = form.read_number(F::ReactivationDays, MAX_DAYS);
    let reactivation_bonus = form.read_money(F::ReactivationBonus, max);
    let second_purchase_days = form.read_number(F::SecondDays, MAX_DAYS);
    let second_purchase_bonus = form.read_money(F::SecondBonus, max);
    let referral_bonus = form.read_money(F::ReferralBonus, max);
    Some(Programme {
        currency: saved.currency.clone(),
        bonus_percent: bonus_percent?,
        max_redeem_percent: max_redeem_percent?,
        accrual_base: base.ok()?,
        redeem_hold_seconds: hold? * unit?,
        bonus_expiry_days: bonus_expiry_days?,
        bonus_expiry_reminder_days: bonus_expiry_reminder_days?,
        min_purchase: min_purchase?,
        welcome_bonus: welcome_bonus?,
        welcome_min_redeem: welcome_min_redeem?,
        referral_bonus: referral_bonus?,
        reactivation_days: reactivation_days?,
        reactivation_bonus: reactivation_bonus?,
        second_purchase_days: second_purchase_days?,
        second_purchase_bonus: second_purchase_bonus?,
        tiers: Vec::new(),
    })
}

/// Reads the tiers. A new tier gets the number after the largest one of the stored programme.
fn read_tiers(form: &mut FormState<ProgrammeField>, saved: &Programme) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    let mut last_id = saved.tiers.iter().map(|tier| tier.id).max().unwrap_or(0);
    for row in 0..MAX_TIERS {
        let field = |part| ProgrammeField::Tier(row, part);
        if !has_tier(form, row) || form.is_checked(field(TierPart::Remove)) {
            continue;
        }
        let known = form.value(field(TierPart::Id)).parse::<i64>().ok();
        let known = known.filter(|id| saved.tiers.iter().any(|tier| tier.id == *id));
        let known = known.filter(|id| tiers.iter().all(|tier| tier.id != *id));
        let name = form.read_required(field(TierPart::Name), 40);
        let color = form.value(field(TierPart::Colour)).to_owned();
        if !is_colour(&color) {
            form.wrong(field(TierPart::Colour), Problem::NotAColour);
        }
        let from_spent = form.read_money(field(TierPart::From), Money::MAX_INPUT);
        let mut rate = |part| {
            let is_set = !form.value(field(part)).is_empty();
            is_set.then(|| form.read_percent(field(part))).flatten()
        };
        let bonus_percent = rate(TierPart::Bonus);
        let max_redeem_percent = rate(TierPart::MaxRedeem);
        let (Some(name), Some(from_spent)) = (name, from_spent) else {
            continue;
        };
        if tiers.iter().any(|tier| tier.from_spent == from_spent) {
            form.wrong(field(TierPart::From), Problem::TierTwice);
        }
        let id = known.unwrap_or_else(|| {
            last_id += 1;
            last_id
        });
        tiers.push(Tier {
            id,
            name,
            color,
            from_spent,
            bonus_percent,
            max_redeem_percent,
        });
    }
    tiers
}

/// Returns whether a row has a tier.
pub(super) fn has_tier(form: &FormState<ProgrammeField>, row: u8) -> bool {
    let parts = [TierPart::Id, TierPart::Name, TierPart::From];
    parts
        .into_iter()
        .any(|part| !form.value(ProgrammeField::Tier(row, part)).is_empty())
}

#[cfg(test)]
mod tests {
    use domain::BasisPoints;

    use super::*;

    fn programme() -> Programme {
        Programme {
            redeem_hold_seconds: 5_400,
            welcome_bonus: Money::from_dirams(1_050),
            tiers: vec![Tier {
                id: 3,
                name: "Gold".to_owned(),
                color: "#c9a227".to_owned(),
                from_spent: Money::from_somoni(5_000),
                bonus_percent: Some(BasisPoints::new(750)),
                max_redeem_percent: None,
            }],
            ..Programme::default()
        }
    }

    #[test]
    fn a_form_returns_the_programme_it_was_made_of() {
        let programme = programme();
        for language in Language::ALL {
            let form = form_of(&programme, 1, language);
            assert_eq!(read(form, &programme).unwrap(), programme);
        }
    }

    #[test]
    fn tiers_are_added_and_removed() {
        let programme = programme();
        let form = form_of(&programme, 1, Language::Ru)
            .with(ProgrammeField::Tier(0, TierPart::Remove), "on")
            .with(ProgrammeField::Tier(1, TierPart::Name), "Silver")
            .with(ProgrammeField::Tier(1, TierPart::Colour), "#aaaaaa")
            .with(ProgrammeField::Tier(1, TierPart::From), "1 000");
        let tiers = read(form, &programme).unwrap().tiers;
        let ids: Vec<_> = tiers
            .iter()
            .map(|tier| (tier.id, tier.name.as_str()))
            .collect();
        assert_eq!(ids, [(4, "Silver")]);
    }

    #[test]
    fn every_problem_is_shown_at_its_field() {
        use ProgrammeField as F;
        let programme = programme();
        let form = form_of(&programme, 1, Language::Ru)
            .with(F::BonusPercent, "101")
            .with(F::MinPurchase, "x");
        let form = read(form, &programme).unwrap_err();
        assert_eq!(form.problem(F::BonusPercent), Some(&Problem::Above(100)));
        assert_eq!(form.problem(F::MinPurchase), Some(&Problem::NotANumber));
        let form = form_of(&programme, 1, Language::Ru)
            .with(F::HoldUnit, "days")
            .with(F::Hold, "1")
            .with(F::ExpiryDays, "1");
        let form = read(form, &programme).unwrap_err();
        assert_eq!(
            form.problem(F::ExpiryDays),
            Some(&Problem::HoldOutlivesBonuses)
        );
    }
}
