//! The form of the limits from which on something is shown as unusual.

use domain::{BasisPoints, MAX_UNUSUAL_COUNT, Money, UnusualLimits};
use leptos::prelude::*;

use crate::forms::{Control, FormState, Problem, fields, submit, summary};
use crate::locales::Language;
use crate::panel::chrome::{Chrome, Page, Section};
use crate::panel::texts::texts;
use crate::panel::urls::Url;
use crate::ui::format::{input_amount, input_percent};
use crate::ui::head::{Head, Weight, button_link};

fields! {
    /// The fields of the limits.
    LimitField = "limits" {
        /// The checks of a client in a day.
        ChecksADay = "checks",
        /// The share of one cashier.
        GiverShare = "giver",
        /// The multiple that is round.
        RoundStep = "step",
        /// The share of round sums.
        RoundShare = "round",
        /// The least number of purchases.
        MinPurchases = "least",
    }
}

/// Returns the form with the present limits.
pub fn filled(language: Language, limits: &UnusualLimits) -> FormState<LimitField> {
    FormState::new()
        .with(LimitField::ChecksADay, limits.checks_a_day.to_string())
        .with(
            LimitField::GiverShare,
            input_percent(language, limits.giver_share),
        )
        .with(
            LimitField::RoundStep,
            input_amount(language, limits.round_step),
        )
        .with(
            LimitField::RoundShare,
            input_percent(language, limits.round_share),
        )
        .with(LimitField::MinPurchases, limits.min_purchases.to_string())
}

/// The largest step of a round sum.
const MAX_STEP: Money = Money::from_somoni(100_000);

/// Reads the form. A limit of zero would show everything, so none may be zero.
pub fn read(language: Language, form: &mut FormState<LimitField>) -> Option<UnusualLimits> {
    let checks_a_day = form.read_number(LimitField::ChecksADay, MAX_UNUSUAL_COUNT);
    let giver_share = form.read_percent(LimitField::GiverShare);
    let round_step = form.read_money(LimitField::RoundStep, MAX_STEP);
    let round_share = form.read_percent(LimitField::RoundShare);
    let min_purchases = form.read_number(LimitField::MinPurchases, MAX_UNUSUAL_COUNT);
    for (field, value) in [
        (LimitField::ChecksADay, checks_a_day),
        (LimitField::GiverShare, giver_share.map(BasisPoints::get)),
        (LimitField::RoundStep, round_step.map(Money::dirams)),
        (LimitField::RoundShare, round_share.map(BasisPoints::get)),
        (LimitField::MinPurchases, min_purchases),
    ] {
        if value == Some(0) {
            let words = texts(language).reports.not_zero;
            form.wrong(field, Problem::Other(words.to_owned()));
        }
    }
    if form.is_wrong() {
        return None;
    }
    Some(UnusualLimits {
        checks_a_day: checks_a_day?,
        giver_share: giver_share?,
        min_purchases: min_purchases?,
        round_step: round_step?,
        round_share: round_share?,
    })
}

/// Renders the page.
pub fn html(chrome: &Chrome, form: &FormState<LimitField>) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.reports;
    let label = |field| match field {
        LimitField::ChecksADay => t.checks_a_day,
        LimitField::GiverShare => t.giver_share,
        LimitField::RoundStep => t.round_step,
        LimitField::RoundShare => t.round_share,
        LimitField::MinPurchases => t.min_purchases,
    };
    let label = |field| label(field).to_owned();
    let control = |field| Control::new(form, language, field, label(field)).setting();
    let percents = || Some("%".to_owned());
    let checks = || Some(t.unit_checks.to_owned());
    let mut head = Head::new(t.limits);
    head.crumbs = vec![
        (t.title.to_owned(), Url::Reports.to_string()),
        (t.unusual.to_owned(), Url::Unusual.to_string()),
    ];
    let body = view! {
        {summary(form, language, all.common.not_saved, label)}
        <form
            class="settings columns"
            method="post"
            action=Url::UnusualLimits.to_string()
            novalidate
        >
            <div class="panel">
                {control(LimitField::ChecksADay).hint(t.checks_a_day_hint).number(checks())}
                {control(LimitField::GiverShare).number(percents())}
                {control(LimitField::RoundStep).number(Some(all.common.somoni.to_owned()))}
                {control(LimitField::RoundShare).number(percents())}
                {control(LimitField::MinPurchases).number(checks())}
            </div>
            <div class="form-end">
                {submit(Weight::Main, all.common.save)}
                {button_link(Weight::Quiet, Url::Unusual, all.common.cancel)}
            </div>
        </form>
    };
    chrome.page(Page {
        section: Some(Section::Reports),
        head,
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}
