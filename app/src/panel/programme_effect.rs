//! What the programme in the form would change: on the sales of the last months, and on three
//! sample sales.

use domain::replay::Sums;
use domain::{Money, Programme, SAMPLES, Timestamp};
use leptos::prelude::*;

use super::texts::Texts;
use crate::locales::Language;
use crate::ui::figures::{Figure, Pair, pairs, words};
use crate::ui::format::{day, fill, money, share, signed};
use crate::ui::head::section;
use crate::ui::table::{small, strong, sub};

/// The effect on the sales of the last months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The first moment of the sales.
    pub from: Timestamp,
    /// The last moment.
    pub until: Timestamp,
    /// The sums under the programme that is stored.
    pub before: Sums,
    /// The sums under the programme in the form.
    pub after: Sums,
}

/// Everything that stands beside the form.
pub(super) struct Aside<'a> {
    pub(super) language: Language,
    pub(super) all: &'static Texts,
    pub(super) now: Timestamp,
    pub(super) saved: &'a Programme,
    pub(super) proposed: &'a Programme,
    /// The labels of wrong fields, for which the stored value counts.
    pub(super) wrong: Vec<String>,
    pub(super) effect: Option<&'a Effect>,
    pub(super) is_stopped: bool,
    /// `true` if the person may ask for the effect.
    pub(super) may_look: bool,
}

impl Aside<'_> {
    pub(super) fn view(&self) -> AnyView {
        let t = &self.all.programme;
        let effect = match self.effect {
            Some(effect) if effect.before.sales == 0 => Some(self.hint(t.no_sales)),
            Some(effect) => Some(self.effect(effect)),
            None if self.is_stopped => Some(self.hint(t.stopped_note)),
            None => self.may_look.then(|| self.hint(t.look_hint)),
        };
        let title = if self.is_stopped {
            t.stopped
        } else {
            t.changes
        };
        let effect = effect.map(|effect| section(title, effect));
        view! {
            <aside class="columns sticky" aria-label=t.changes>
                {effect}
                {self.samples()}
            </aside>
        }
        .into_any()
    }

    fn hint(&self, words: &'static str) -> AnyView {
        view! {
            <div class="panel">
                <div class="pad stack">
                    <p class="note">{words}</p>
                    {self.used_saved()}
                </div>
            </div>
        }
        .into_any()
    }

    fn used_saved(&self) -> Option<AnyView> {
        let names = self.wrong.join(", ");
        let sentence = fill(self.all.programme.used_saved, &[&names]);
        (!self.wrong.is_empty()).then(|| view! { <p class="note">{sentence}</p> }.into_any())
    }

    fn effect(&self, effect: &Effect) -> AnyView {
        let (language, t) = (self.language, &self.all.programme);
        let (before, after) = (&effect.before, &effect.after);
        let difference = after.given() - before.given();
        let sentence = match difference.dirams() {
            ..0 => t.less,
            0 => t.same,
            _ => t.more,
        };
        let figure = Figure {
            label: t.on_sales.to_owned(),
            value: signed(language, difference),
            unit: None,
            href: None,
            words: Some(words(sentence)),
        };
        let most = before.given().max(after.given()).dirams().max(1);
        let bars = [
            (t.by_saved, "bar-past", before.given()),
            (t.by_new, "bar-now", after.given()),
        ];
        let bars = bars.map(|(name, class, given)| {
            let share = share(language, given.dirams(), before.sold.dirams());
            let note = share.map(|share| fill(t.of_sales, &[&share]));
            let wide = hundredths_of_percent(given.dirams(), most);
            view! {
                <div class="stack-tight">
                    <span class="line">
                        <span class="muted">{name}</span>
                        <span class="strong">{money(language, given)}</span>
                    </span>
                    <svg class="chart" width="100%" height="12" aria-hidden="true">
                        <rect class="bar-rail" width="100%" height="12" rx="3"></rect>
                        <rect class=class width=wide height="12" rx="3"></rect>
                    </svg>
                    {note.map(|note| view! { <span class="note">{note}</span> })}
                </div>
            }
        });
        let lines = self.lines(before, after);
        let lines = (!lines.is_empty()).then(|| pairs("ruled", lines));
        view! {
            <div class="panel">
                <div class="pad stack">
                    {figure.view()}
                    <div class="hbars">{bars.collect_view()}</div>
                </div>
                {lines}
                <div class="panel-foot note stack-tight">{self.foot(effect)}</div>
            </div>
        }
        .into_any()
    }

    /// Returns the parts of the difference. They add up to it, except the redemptions, which are
    /// told apart.
    fn lines(&self, before: &Sums, after: &Sums) -> Vec<Pair> {
        let (language, t) = (self.language, &self.all.programme);
        let smallest = money(language, self.proposed.min_purchase);
        let missed = after.missed - before.missed;
        let parts = [
            (
                t.bonus.to_owned(),
                after.cashback - before.cashback + missed,
            ),
            (fill(t.too_small, &[&smallest]), -missed),
            (
                t.second_bonus.to_owned(),
                after.second_purchase - before.second_purchase,
            ),
            (
                t.pause_bonus.to_owned(),
                after.reactivation - before.reactivation,
            ),
            (t.referral.to_owned(), after.referral - before.referral),
            (t.welcome.to_owned(), after.welcome - before.welcome),
            (
                t.line_returned.to_owned(),
                before.taken_back - after.taken_back,
            ),
        ];
        let pair = |(name, amount): (String, Money)| Pair::new(name, signed(language, amount));
        let cut = after.cut - before.cut;
        let cut =
            (!cut.is_zero()).then(|| Pair::new(t.cut, signed(language, -cut)).advised(t.cut_note));
        let parts = parts.into_iter().filter(|(_, amount)| !amount.is_zero());
        parts.map(pair).chain(cut).collect()
    }

    fn foot(&self, effect: &Effect) -> AnyView {
        let (language, t) = (self.language, &self.all.programme);
        let (from, until) = (
            day(language, effect.from, self.now),
            day(language, effect.until, self.now),
        );
        let checks = self.all.today.checks_noun.of(language, effect.before.sales);
        let real = effect.before.recorded;
        let real = (real != effect.before.cashback)
            .then(|| view! { <p>{fill(t.real, &[&money(language, real)])}</p> });
        view! {
            <p>{fill(t.counted, &[&checks, &from, &until])}</p>
            {real}
            {self.used_saved()}
            <p>{t.left_out}</p>
        }
        .into_any()
    }

    fn samples(&self) -> AnyView {
        let (language, t) = (self.language, &self.all.programme);
        let rows = SAMPLES.map(|sample| {
            let name = fill(t.sample, &[&money(language, sample.gross)]);
            let bonuses = sample
                .redeem
                .is_positive()
                .then(|| sub(fill(t.sample_bonuses, &[&money(language, sample.redeem)])));
            let given = |programme| money(language, sample.cashback(programme));
            vec![
                view! { {name} {bonuses} }.into_any(),
                given(self.saved).into_any(),
                strong(given(self.proposed)),
            ]
        });
        let headings = [t.samples_column, t.now_column, t.new_column];
        let table = small(headings.map(str::to_owned).to_vec(), Vec::from(rows));
        section(
            t.samples,
            view! { <div class="panel plain-rows">{table}</div> },
        )
    }
}

/// Returns `part` of `whole` as a width: `85.92%`.
fn hundredths_of_percent(part: i64, whole: i64) -> String {
    let hundredths = i128::from(part.max(0)) * 10_000 / i128::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
