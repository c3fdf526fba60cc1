//! The programme: every setting with a sentence about it, the tiers, and the saved versions.

use domain::{AccrualBase, Programme, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::programme_effect::{Aside, Effect};
use super::programme_form::{MAX_TIERS, ProgrammeField, TierPart, form_of, has_tier};
use super::programme_versions::{Saved, Version, versions};
use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Choice, Control, Field, FormState, hidden, submit, summary};
use crate::locales::Language;
use crate::ui::format::{NBSP, fill, moment};
use crate::ui::head::{Head, Weight, noted_section, section};

/// The page of the programme.
#[derive(Clone, Debug)]
pub struct ProgrammePage {
    /// The current moment.
    pub now: Timestamp,
    /// The programme as it is stored; changed fields show its values.
    pub saved: Programme,
    /// The form; see [`form_of`].
    pub form: FormState<ProgrammeField>,
    /// The programme as far as the form can be read.
    pub proposed: Programme,
    /// The wrong fields, for which `proposed` has the stored value.
    pub wrong: Vec<ProgrammeField>,
    /// The effect on the last months' sales, if it was asked for.
    pub effect: Option<Effect>,
    /// `true` if the effect was asked for and its computation has not come to its end.
    pub is_stopped: bool,
    /// The saved versions, the newest first.
    pub versions: Vec<Version>,
    /// The number from which older versions follow.
    pub older: Option<i64>,
    /// The version that the page shows instead of the valid one.
    pub shown: Option<i64>,
    /// `true` if the person may change the programme.
    pub may_change: bool,
    /// `true` if the password was entered too long ago to save.
    pub asks_password: bool,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ProgrammePage) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.programme;
    let form = &page.form;
    let saved = form_of(&page.saved, 0, language);
    let settings = Settings {
        language,
        t: all,
        form,
        saved: &saved,
    };
    let mut head = Head::new(all.common.programme);
    if let Some(number) = page.shown {
        head = Head::new(fill(t.version, &[&number.to_string()]));
        head.crumbs = vec![crumb(Section::Programme, all)];
    }
    let current = page.versions.iter().find(|version| match page.shown {
        Some(number) => version.number == number,
        None => true,
    });
    head.note = current.map(|version| {
        let at = moment(language, version.at, page.now);
        let number = version.number.to_string();
        fill(t.valid, &[&number, &version.who, &at]).into_any()
    });
    let label = |field| settings.label(field);
    let is_editable = page.may_change && page.shown.is_none();
    let aside = Aside {
        language,
        all,
        now: page.now,
        saved: &page.saved,
        proposed: &page.proposed,
        wrong: page.wrong.iter().map(|field| label(*field)).collect(),
        effect: page.effect.as_ref(),
        is_stopped: page.is_stopped,
        may_look: is_editable,
    };
    let aside = page.shown.is_none().then(|| aside.view());
    // A fieldset that is disabled shows the values and lets nobody change them.
    let saved = Saved {
        now: page.now,
        versions: &page.versions,
        shown: page.shown,
        older: page.older,
    };
    let body = view! {
        {summary(form, language, all.common.not_saved, label)}
        <form
            class="columns columns-aside"
            method="post"
            action=Url::ProgrammePreview.to_string()
            novalidate
        >
            {is_editable.then(first_button)}
            <fieldset class="columns settings" disabled=!is_editable>
                {hidden("version", form.value(ProgrammeField::Version))}
                {settings.earning()}
                {settings.spending()}
                {settings.gifts()}
                {settings.tiers(is_editable)}
                {is_editable.then(|| view! { <p class="note section-head">{t.old_dates}</p> })}
            </fieldset>
            {aside}
            {is_editable.then(|| settings.end(page.asks_password))}
        </form>
        {versions(language, all, &saved)}
    };
    chrome.page(Page {
        section: Some(Section::Programme),
        head,
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}

/// The button that Enter in a field presses: it must not save.
fn first_button() -> AnyView {
    view! { <button class="hidden" tabindex="-1" aria-hidden="true"></button> }.into_any()
}

/// The settings of the form.
#[derive(Clone, Copy)]
struct Settings<'f> {
    language: Language,
    t: &'static Texts,
    form: &'f FormState<ProgrammeField>,
    /// The form of the stored programme.
    saved: &'f FormState<ProgrammeField>,
}

impl Settings<'_> {
    /// Returns the label of a field.
    fn label(&self, field: ProgrammeField) -> String {
        self.words(field).0.to_owned()
    }

    /// Returns the label and the sentence of a field.
    fn words(&self, field: ProgrammeField) -> (&'static str, &'static str) {
        use ProgrammeField as F;
        let t = &self.t.programme;
        match field {
            F::Version => (self.t.common.programme, ""),
            F::BonusPercent => (t.bonus, t.bonus_note),
            F::MinPurchase => (t.min, t.min_note),
            F::AccrualBase => (t.base, ""),
            F::MaxRedeemPercent => (t.redeem, t.redeem_note),
            F::Hold | F::HoldUnit => (t.hold, t.hold_note),
            F::ExpiryDays => (t.expiry, t.expiry_note),
            F::ReminderDays => (t.reminder, t.reminder_note),
            F::WelcomeBonus => (t.welcome, t.welcome_note),
            F::WelcomeMin => (t.welcome_min, t.welcome_min_note),
            F::ReactivationDays => (t.pause, t.pause_note),
            F::ReactivationBonus => (t.pause_bonus, t.pause_bonus_note),
            F::SecondDays => (t.second, t.second_note),
            F::SecondBonus => (t.second_bonus, t.second_bonus_note),
            F::ReferralBonus => (t.referral, t.referral_note),
            F::Password => (self.t.confirm.password, t.password_first),
            F::Tier(_, TierPart::Id | TierPart::Name) => (t.tier_name, ""),
            F::Tier(_, TierPart::Colour) => (t.tier_colour, ""),
            F::Tier(_, TierPart::From) => (t.tier_from, ""),
            F::Tier(_, TierPart::Bonus) => (t.bonus, ""),
            F::Tier(_, TierPart::MaxRedeem) => (t.tier_redeem, ""),
            F::Tier(_, TierPart::Remove) => (t.remove_tier, ""),
        }
    }

    fn setting(&self, field: ProgrammeField, unit: &'static str) -> AnyView {
        let (label, sentence) = self.words(field);
        let saved = self.saved.value(field);
        let was = (self.form.value(field) != saved).then(|| format!("{saved}{NBSP}{unit}"));
        Control::new(self.form, self.language, field, label)
            .hint(sentence)
            .was(self.was(was))
            .setting()
            .number(Some(unit.to_owned()))
    }

    /// Returns the words under a changed field: `было 5 %`.
    fn was(&self, value: Option<String>) -> Option<String> {
        value.map(|value| format!("{} {value}", self.t.today.was))
    }

    /// Renders the password, if it is asked for, and the buttons.
    fn end(&self, asks_password: bool) -> AnyView {
        let t = &self.t.programme;
        let (label, sentence) = self.words(ProgrammeField::Password);
        let password = asks_password.then(|| {
            let control = Control::new(self.form, self.language, ProgrammeField::Password, label);
            let control = control.hint(sentence).autocomplete("current-password");
            view! { <div class="password">{control.password()}</div> }
        });
        view! {
            <div class="form-end">
                {password}
                <button class=Weight::Main.class() formaction=Url::Programme.to_string()>
                    {t.save}
                </button>
                {submit(Weight::Quiet, t.look)}
            </div>
        }
        .into_any()
    }

    fn earning(&self) -> AnyView {
        use ProgrammeField as F;
        let t = &self.t.programme;
        let bases = [
            (AccrualBase::NetCash, t.base_net, t.base_net_note),
            (AccrualBase::Gross, t.base_gross, t.base_gross_note),
        ];
        let saved = self.saved.value(F::AccrualBase);
        let was = bases.iter().find(|(base, ..)| base.as_str() == saved);
        let was = was.filter(|_| self.form.value(F::AccrualBase) != saved);
        let was = self.was(was.map(|(_, label, _)| (*label).to_owned()));
        let bases = bases
            .into_iter()
            .map(|(base, label, note)| Choice::new(base.as_str(), label).noted(note))
            .collect();
        let content = view! {
            <div class="panel">
                {self.setting(F::BonusPercent, "%")}
                {self.setting(F::MinPurchase, self.t.common.somoni)}
                {Control::new(self.form, self.language, F::AccrualBase, t.base)
                    .was(was)
                    .setting()
                    .radios("", bases)}
            </div>
        };
        section(t.earning, content)
    }

    fn spending(&self) -> AnyView {
        use ProgrammeField as F;
        let t = &self.t.programme;
        let units = vec![
            Choice::new("seconds", t.seconds),
            Choice::new("minutes", t.minutes),
            Choice::new("hours", t.hours),
            Choice::new("days", t.days),
        ];
        let unit = Control::new(self.form, self.language, F::HoldUnit, t.hold_unit)
            .hide_label()
            .select(units);
        let same = |field| self.form.value(field) == self.saved.value(field);
        let was = (!same(F::Hold) || !same(F::HoldUnit)).then(|| {
            let unit = match self.saved.value(F::HoldUnit) {
                "seconds" => t.seconds,
                "minutes" => t.minutes,
                "hours" => t.hours,
                _ => t.days,
            };
            format!("{}{NBSP}{unit}", self.saved.value(F::Hold))
        });
        let hold = Control::new(self.form, self.language, F::Hold, t.hold)
            .hint(t.hold_note)
            .was(self.was(was))
            .beside(unit)
            .setting()
            .number(None);
        let content = view! {
            <div class="panel">
                {self.setting(F::MaxRedeemPercent, "%")}
                {hold}
                {self.setting(F::ExpiryDays, t.days_unit)}
                {self.setting(F::ReminderDays, t.days_unit)}
            </div>
        };
        section(t.spending, content)
    }

    fn gifts(&self) -> AnyView {
        use ProgrammeField as F;
        let t = &self.t.programme;
        let somoni = self.t.common.somoni;
        let content = view! {
            <div class="panel">
                {self.setting(F::WelcomeBonus, t.bonuses_unit)}
                {self.setting(F::WelcomeMin, somoni)}
                {self.setting(F::SecondBonus, t.bonuses_unit)}
                {self.setting(F::SecondDays, t.days_unit)}
                {self.setting(F::ReactivationBonus, t.bonuses_unit)}
                {self.setting(F::ReactivationDays, t.days_unit)}
                {self.setting(F::ReferralBonus, t.bonuses_unit)}
            </div>
        };
        noted_section(t.gifts, Some(t.gifts_note.to_owned()), None, content)
    }

    /// Renders the tiers and, if the form is editable, an empty row for a new one.
    fn tiers(&self, is_editable: bool) -> AnyView {
        let t = &self.t.programme;
        let is_used = |row: u8| has_tier(self.form, row);
        let used: Vec<u8> = (0..MAX_TIERS).filter(|row| is_used(*row)).collect();
        let new = (0..MAX_TIERS).find(|row| !is_used(*row));
        let new = new.filter(|_| is_editable);
        let rows = used.iter().copied().chain(new);
        let rows = rows.map(|row| self.tier(row, Some(row) == new));
        let content = view! { <div class="panel">{rows.collect_view()}</div> };
        noted_section(t.tiers, Some(t.tiers_note.to_owned()), None, content)
    }

    fn tier(&self, row: u8, is_new: bool) -> AnyView {
        let t = &self.t.programme;
        let field = |part| ProgrammeField::Tier(row, part);
        let saved_row = self.saved_row(self.form.value(field(TierPart::Id)));
        let control = |part| {
            let field = field(part);
            let saved = saved_row.map(|row| self.saved.value(ProgrammeField::Tier(row, part)));
            let was = saved.filter(|saved| *saved != self.form.value(field));
            let was = was.filter(|_| part != TierPart::Remove);
            let was = was.map(|was| if was.is_empty() { "—" } else { was }.to_owned());
            Control::new(self.form, self.language, field, self.label(field)).was(self.was(was))
        };
        let legend = if is_new {
            t.new_tier.to_owned()
        } else {
            self.form.value(field(TierPart::Name)).to_owned()
        };
        let legend = if legend.is_empty() {
            t.new_tier.to_owned()
        } else {
            legend
        };
        let percent = || Some("%".to_owned());
        view! {
            <fieldset class="tier">
                <legend class="label">{legend}</legend>
                {hidden(&field(TierPart::Id).name(), self.form.value(field(TierPart::Id)))}
                {control(TierPart::Name).text()}
                {control(TierPart::From).number(Some(self.t.common.somoni.to_owned()))}
                {control(TierPart::Bonus).number(percent())}
                {control(TierPart::MaxRedeem).number(percent())}
                {control(TierPart::Colour).text()}
                {(!is_new).then(|| control(TierPart::Remove).checkbox())}
            </fieldset>
        }
        .into_any()
    }

    /// Returns the row of the stored form that has the tier with this number.
    fn saved_row(&self, id: &str) -> Option<u8> {
        let of_row = |row: &u8| self.saved.value(ProgrammeField::Tier(*row, TierPart::Id)) == id;
        (0..MAX_TIERS).find(of_row).filter(|_| !id.is_empty())
    }
}
