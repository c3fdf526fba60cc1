//! The differences of two programmes in words.

use domain::{AccrualBase, DurationUnit, Programme, Tier, whole_units};

use super::texts::Texts;
use super::texts::texts;
use crate::locales::Language;
use crate::ui::format::{NBSP, count, fill, money, percent};

/// A setting that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The name of the setting.
    pub name: String,
    /// The value before.
    pub before: String,
    /// The value after.
    pub after: String,
}

impl Change {
    /// Returns the change in one line: `Кэшбэк 5 % → 6 %`.
    pub fn line(&self) -> String {
        format!("{} {} → {}", self.name, self.before, self.after)
    }
}

/// Returns the settings that differ, in the order of the form; `None` for the first version.
pub fn changes(language: Language, before: &Programme, after: &Programme) -> Vec<Change> {
    let all = texts(language);
    let pairs = settings(language, all, before)
        .into_iter()
        .zip(settings(language, all, after));
    let pairs = pairs.map(|((name, before), (_, after))| Change {
        name: name.to_owned(),
        before,
        after,
    });
    let mut changes: Vec<Change> = pairs
        .filter(|change| change.before != change.after)
        .collect();
    let ids = after.tiers.iter().chain(&before.tiers).map(|tier| tier.id);
    let mut known = Vec::new();
    for id in ids {
        if known.contains(&id) {
            continue;
        }
        known.push(id);
        let find = |tiers: &[Tier]| tiers.iter().find(|tier| tier.id == id).cloned();
        let (was, is) = (find(&before.tiers), find(&after.tiers));
        if was == is {
            continue;
        }
        let name = was.as_ref().or(is.as_ref()).map_or("", |tier| &tier.name);
        let words = |tier: Option<&Tier>| match tier {
            Some(tier) => tier_words(language, all, tier, name),
            None => all.programme.no_tier.to_owned(),
        };
        changes.push(Change {
            name: fill(all.programme.tier, &[name]),
            before: words(was.as_ref()),
            after: words(is.as_ref()),
        });
    }
    changes
}

/// Returns every setting except the tiers: name and value.
fn settings(
    language: Language,
    all: &'static Texts,
    programme: &Programme,
) -> Vec<(&'static str, String)> {
    let t = &all.programme;
    let sum = |amount| format!("{}{NBSP}{}", money(language, amount), all.common.somoni);
    let bonus = |amount| format!("{}{NBSP}{}", money(language, amount), t.bonuses_unit);
    let days = |days| format!("{}{NBSP}{}", count(language, days), t.days_unit);
    let base = match programme.accrual_base {
        AccrualBase::NetCash => t.base_net,
        AccrualBase::Gross => t.base_gross,
    };
    vec![
        (t.bonus, percent(language, programme.bonus_percent)),
        (t.min, sum(programme.min_purchase)),
        (t.base, base.to_owned()),
        (t.redeem, percent(language, programme.max_redeem_percent)),
        (t.hold, hold(language, all, programme.redeem_hold_seconds)),
        (t.expiry, days(programme.bonus_expiry_days)),
        (t.reminder, days(programme.bonus_expiry_reminder_days)),
        (t.welcome, bonus(programme.welcome_bonus)),
        (t.welcome_min, sum(programme.welcome_min_redeem)),
        (t.second_bonus, bonus(programme.second_purchase_bonus)),
        (t.second, days(programme.second_purchase_days)),
        (t.pause_bonus, bonus(programme.reactivation_bonus)),
        (t.pause, days(programme.reactivation_days)),
        (t.referral, bonus(programme.referral_bonus)),
    ]
}

fn hold(language: Language, all: &'static Texts, seconds: i64) -> String {
    let t = &all.programme;
    let (number, unit) = whole_units(seconds);
    let unit = match unit {
        DurationUnit::Days => t.days,
        DurationUnit::Hours => t.hours,
        DurationUnit::Minutes => t.minutes,
        DurationUnit::Seconds => t.seconds,
    };
    format!("{}{NBSP}{unit}", count(language, number))
}

/// Returns the terms of a tier, and its name if it has another one than `known`.
fn tier_words(language: Language, all: &'static Texts, tier: &Tier, known: &str) -> String {
    let t = &all.programme;
    let rate = |name: &str, rate: Option<_>| {
        rate.map(|rate| format!(", {} {}", name.to_lowercase(), percent(language, rate)))
            .unwrap_or_default()
    };
    let name = if tier.name == known {
        String::new()
    } else {
        format!("{}: ", tier.name)
    };
    format!(
        "{name}{} {}{}{}",
        t.tier_from.to_lowercase(),
        money(language, tier.from_spent),
        rate(t.bonus, tier.bonus_percent),
        rate(t.tier_redeem, tier.max_redeem_percent),
    )
}

#[cfg(test)]
mod tests {
    use domain::{BasisPoints, Money};

    use super::*;

    #[test]
    fn only_what_differs_is_named() {
        let tier = |id, name: &str, percent| Tier {
            id,
            name: name.to_owned(),
            color: "#c9a227".to_owned(),
            from_spent: Money::from_somoni(5_000),
            bonus_percent: Some(BasisPoints::from_percent(percent)),
            max_redeem_percent: None,
        };
        let before = Programme {
            tiers: vec![tier(1, "Gold", 7)],
            ..Programme::default()
        };
        let after = Programme {
            bonus_percent: BasisPoints::new(650),
            tiers: vec![tier(1, "Золото", 8), tier(2, "Platinum", 9)],
            ..before.clone()
        };
        let lines: Vec<String> = changes(Language::Ru, &before, &after)
            .iter()
            .map(|change| change.line().replace(NBSP, " "))
            .collect();
        assert_eq!(
            lines,
            [
                "Кэшбэк 5 % → 6,5 %",
                "Уровень «Gold» от суммы 5 000,00, кэшбэк 7 % → Золото: от суммы 5 000,00, кэшбэк 8 %",
                "Уровень «Platinum» нет → от суммы 5 000,00, кэшбэк 9 %",
            ]
        );
        assert_eq!(changes(Language::En, &after, &after), []);
    }
}
