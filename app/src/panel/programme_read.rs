//! The way from the programme's form to a [`Programme`].

use domain::{AccrualBase, Money, Programme, Tier};

use super::programme_form::{
    FIELDS, MAX_TIERS, PARTS, ProgrammeField, TierPart, form_of, has_tier,
};
use crate::forms::{FormState, Problem};
use crate::locales::Language;
use crate::ui::head::is_colour;

/// More days than any programme needs, in seconds within `i64`.
const MAX_DAYS: i64 = 36_500;

/// The colour of a tier for which none was chosen.
const NEW_COLOUR: &str = "#9aa5b1";

/// Reads a programme from its form. `saved` gives what the form does not show. The state of the
/// form has the problems of all fields.
///
/// # Errors
/// The form with its problems.
pub fn read(
    mut form: FormState<ProgrammeField>,
    saved: &Programme,
) -> Result<Programme, FormState<ProgrammeField>> {
    use ProgrammeField as F;
    // Both are read before the first failure returns, so that the form shows all problems.
    let settings = read_settings(&mut form, saved);
    let tiers = read_tiers(&mut form, saved);
    let Some(settings) = settings else {
        return Err(form);
    };
    if settings.check().is_err() {
        form.wrong(F::ExpiryDays, Problem::HoldOutlivesBonuses);
    }
    if form.is_wrong() {
        return Err(form);
    }
    Ok(Programme { tiers, ..settings })
}

/// Reads everything except the tiers.
fn read_settings(form: &mut FormState<ProgrammeField>, saved: &Programme) -> Option<Programme> {
    use ProgrammeField as F;
    let base = form.value(F::AccrualBase).parse::<AccrualBase>();
    if base.is_err() {
        form.wrong(F::AccrualBase, Problem::Unknown);
    }
    let max = Money::MAX_INPUT;
    // Every field is read before the first failure returns, so that the form shows all problems.
    let bonus_percent = form.read_percent(F::BonusPercent);
    let min_purchase = form.read_money(F::MinPurchase, max);
    let max_redeem_percent = form.read_percent(F::MaxRedeemPercent);
    let redeem_hold_seconds = read_hold(form);
    let bonus_expiry_days = form.read_number(F::ExpiryDays, MAX_DAYS);
    let bonus_expiry_reminder_days = form.read_number(F::ReminderDays, MAX_DAYS);
    let welcome_bonus = form.read_money(F::WelcomeBonus, max);
    let welcome_min_redeem = form.read_money(F::WelcomeMin, max);
    let reactivation_days = form.read_number(F::ReactivationDays, MAX_DAYS);
    let reactivation_bonus = form.read_money(F::ReactivationBonus, max);
    let second_purchase_days = form.read_number(F::SecondDays, MAX_DAYS);
    let second_purchase_bonus = form.read_money(F::SecondBonus, max);
    let referral_bonus = form.read_money(F::ReferralBonus, max);
    for (bonus, days, field) in [
        (second_purchase_bonus, second_purchase_days, F::SecondDays),
        (reactivation_bonus, reactivation_days, F::ReactivationDays),
    ] {
        if bonus.is_some_and(Money::is_positive) && days == Some(0) {
            form.wrong(field, Problem::GiftWithoutDays);
        }
    }
    Some(Programme {
        currency: saved.currency.clone(),
        bonus_percent: bonus_percent?,
        max_redeem_percent: max_redeem_percent?,
        accrual_base: base.ok()?,
        redeem_hold_seconds: redeem_hold_seconds?,
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

/// Reads the hold, in seconds.
fn read_hold(form: &mut FormState<ProgrammeField>) -> Option<i64> {
    use ProgrammeField as F;
    let unit = match form.value(F::HoldUnit) {
        "seconds" => Some(1),
        "minutes" => Some(60),
        "hours" => Some(3_600),
        "days" => Some(86_400),
        _ => None,
    };
    if unit.is_none() {
        form.wrong(F::HoldUnit, Problem::Unknown);
    }
    let hold = form.read_number(F::Hold, MAX_DAYS)?;
    Some(hold * unit?)
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
        let color = match form.value(field(TierPart::Colour)) {
            "" => NEW_COLOUR.to_owned(),
            colour => colour.to_owned(),
        };
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
        // Only a tier whose name differs can be told from the others by a cashier.
        if tiers.iter().any(|tier| tier.name == name) {
            form.wrong(field(TierPart::Name), Problem::Taken);
        }
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
    tiers.sort_by_key(|tier| tier.from_spent);
    tiers
}

/// Reads a programme as far as its form can be read. A wrong field counts as it is stored. Returns
/// the wrong fields too.
pub fn read_possible(
    form: &FormState<ProgrammeField>,
    saved: &Programme,
    language: Language,
) -> (Programme, Vec<ProgrammeField>) {
    use ProgrammeField as F;
    let stored = form_of(saved, 0, language);
    let (mut form, mut all_wrong) = (form.unchecked(), Vec::new());
    // Only when the single fields can be read does it show whether they agree with each other.
    for _ in 0..2 {
        let refused = match read(form.clone(), saved) {
            Ok(programme) => return (programme, all_wrong),
            Err(refused) => refused,
        };
        let problems = refused.problems().iter();
        let wrong: Vec<F> = problems.filter_map(|(field, _)| *field).collect();
        for field in &wrong {
            match field {
                // The three are one rule: a stored life may be too short for a new hold.
                F::Hold | F::HoldUnit | F::ExpiryDays => {
                    for field in [F::Hold, F::HoldUnit, F::ExpiryDays] {
                        form.set(field, stored.value(field));
                    }
                }
                F::Tier(..) => copy_tiers(&mut form, &stored),
                field => form.set(*field, stored.value(*field)),
            }
        }
        for field in wrong {
            if !all_wrong.contains(&field) {
                all_wrong.push(field);
            }
        }
    }
    let programme = read(form, saved).unwrap_or_else(|_| saved.clone());
    (programme, all_wrong)
}

/// Brings a form that was made from the version `base` to the version `saved`, which another person
/// has saved meanwhile: fields that this person has not changed get the new values.
#[must_use]
pub fn rebase(
    mut form: FormState<ProgrammeField>,
    base: &Programme,
    saved: (&Programme, i64),
    language: Language,
) -> FormState<ProgrammeField> {
    let base = form_of(base, 0, language);
    let saved = form_of(saved.0, saved.1, language);
    for (field, _) in FIELDS {
        if field != ProgrammeField::Password && form.value(field) == base.value(field) {
            form.set(field, saved.value(field));
        }
    }
    form.set(
        ProgrammeField::Version,
        saved.value(ProgrammeField::Version),
    );
    let mut fields = tier_fields();
    if fields.all(|field| form.value(field) == base.value(field)) {
        copy_tiers(&mut form, &saved);
    }
    form
}

fn copy_tiers(form: &mut FormState<ProgrammeField>, from: &FormState<ProgrammeField>) {
    for field in tier_fields() {
        form.set(field, from.value(field));
    }
}

fn tier_fields() -> impl Iterator<Item = ProgrammeField> {
    (0..MAX_TIERS).flat_map(|row| PARTS.map(|(part, _)| ProgrammeField::Tier(row, part)))
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
    fn a_gift_that_depends_on_days_needs_them() {
        use ProgrammeField as F;
        let gifts = [
            (F::SecondBonus, F::SecondDays),
            (F::ReactivationBonus, F::ReactivationDays),
        ];
        for (bonus, days) in gifts {
            let form = form_of(&programme(), 1, Language::Ru).with(bonus, "50");
            let refused = read(form.clone(), &programme()).unwrap_err();
            assert_eq!(refused.problem(days), Some(&Problem::GiftWithoutDays));
            read(form.with(days, "30"), &programme()).unwrap();
        }
    }

    #[test]
    fn every_hold_is_shown_exactly() {
        for hold in [0, 1, 90, 120, 5_400, 7_200, 86_400] {
            let programme = Programme {
                redeem_hold_seconds: hold,
                ..programme()
            };
            let form = form_of(&programme, 1, Language::Ru);
            assert_eq!(read(form, &programme).unwrap(), programme);
        }
    }

    #[test]
    fn a_wrong_field_counts_as_it_is_stored() {
        use ProgrammeField as F;
        let programme = programme();
        let form = form_of(&programme, 1, Language::Ru)
            .with(F::BonusPercent, "6,5")
            .with(F::MinPurchase, "x")
            .with(F::Hold, "3")
            .with(F::HoldUnit, "days")
            .with(F::ExpiryDays, "2")
            .with(F::Tier(0, TierPart::Colour), "red");
        let (possible, wrong) = read_possible(&form, &programme, Language::Ru);
        // A form that was refused before is read in the same way.
        let refused = read(form, &programme).unwrap_err();
        let again = read_possible(&refused, &programme, Language::Ru);
        assert_eq!(again, (possible.clone(), wrong.clone()));
        let expected = Programme {
            bonus_percent: BasisPoints::new(650),
            ..programme.clone()
        };
        assert_eq!(possible, expected);
        assert!(
            wrong.contains(&F::MinPurchase) && wrong.contains(&F::ExpiryDays),
            "{wrong:?}"
        );
        let all = [
            F::Version,
            F::BonusPercent,
            F::MinPurchase,
            F::MaxRedeemPercent,
        ];
        let hopeless = all
            .into_iter()
            .fold(FormState::new(), |form, field| form.with(field, "x"));
        let (read, wrong) = read_possible(&hopeless, &programme, Language::Ru);
        assert_eq!(read.check(), Ok(()));
        assert!(wrong.len() > 3, "{wrong:?}");
    }

    #[test]
    fn a_form_takes_over_what_another_person_saved_and_keeps_its_own_changes() {
        use ProgrammeField as F;
        let base = programme();
        let saved = Programme {
            bonus_percent: BasisPoints::from_percent(7),
            min_purchase: Money::from_somoni(30),
            tiers: Vec::new(),
            ..base.clone()
        };
        let form = form_of(&base, 1, Language::Ru).with(F::BonusPercent, "6");
        let form = rebase(form, &base, (&saved, 2), Language::Ru);
        assert_eq!(form.value(F::Version), "2");
        let read = read(form, &saved).unwrap();
        let expected = Programme {
            bonus_percent: BasisPoints::from_percent(6),
            ..saved
        };
        assert_eq!(read, expected);
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
        let name = F::Tier(0, TierPart::Name);
        let form = form_of(&programme, 1, Language::Ru)
            .with(F::BonusPercent, "101")
            .with(name, "");
        assert_eq!(read(form, &programme).unwrap_err().problems().len(), 2);
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
