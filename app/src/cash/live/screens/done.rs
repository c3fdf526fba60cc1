//! The result after a document is recorded or stored: what it changed, and the way to the next
//! sale.

use domain::{DurationUnit, Money, whole_units};
use leptos::prelude::*;
use till::format::with_currency;
use till::journal::{Kind, Record};
use till::typing::Typing;

use crate::cash::live::flows::outbox::mark_seen;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::ui::erased::{Erase, Erased};
use crate::cash::live::ui::figures::figure_row;
use crate::cash::live::ui::focus::focus_heading;
use crate::cash::texts::Texts;

/// The time in which the buttons ignore presses; the same as `$double-tap` in the styles.
const LISTENS_AFTER_MILLISECONDS: u32 = 400;
/// The shortest hold that is shown. A shorter one is over before the client has left the counter.
const WORTH_TELLING_SECONDS: i64 = 60;

/// The result of a document.
#[component]
pub fn Done(till: Till, record: Record) -> impl IntoView {
    let texts = &till.texts.done;
    if record.is_owed() {
        mark_seen(till, record.clone());
    }
    let kept = record.number.is_none();
    let title = match record.kind {
        _ if kept => texts.queued,
        Kind::Sale => texts.sale,
        Kind::Receipt => texts.receipt,
        Kind::Return => texts.give_back,
    };
    let may_return = !kept && record.kind == Kind::Sale;
    let (main, figures) = (figure(till, &record), figures(till, &record));
    let gives = record.kind == Kind::Sale && record.accrued_dirams > 0;
    let hold = till
        .session
        .with_untracked(|session| session.loyalty.redeem_hold_seconds);
    // A sale may have been in progress before the return.
    let next = if untrack(|| till.sale.is_empty()) {
        texts.new_check
    } else {
        texts.to_check
    };
    let begin = move |_| {
        // The cashier has chosen to type the next sale: no key belongs to the last one any more.
        till.sale.typing.update_value(Typing::chosen);
        till.screens.shown.set(Screen::Sale);
    };
    let heading = NodeRef::<leptos::html::H2>::new();
    let button = NodeRef::<leptos::html::Button>::new();
    focus_heading(heading);
    // The button gets the focus late so that a second Enter right after the first does not close
    // the result.
    let late = StoredValue::new_local(page::after(LISTENS_AFTER_MILLISECONDS, move || {
        if let Some(button) = button.try_get_untracked().flatten() {
            let _ = button.focus();
        }
    }));
    on_cleanup(move || late.dispose());
    view! {
        <section class="done" role="dialog" aria-modal="true" aria-labelledby="done" data-testid="done">
            <div class="done-head">
                <div class="done-mark" class:done-kept=kept aria-hidden="true">
                    <svg viewBox="0 0 24 24">
                        <path pathLength="1" d="M5 13l5 5L20 7" />
                    </svg>
                </div>
                <h2 id="done" class="done-title" tabindex="-1" node_ref=heading>
                    {title}
                </h2>
                {kept.then(|| view! { <p class="muted">{texts.queued_why}</p> })}
                {record.name.clone().map(|name| view! { <p class="muted">{name}</p> })}
            </div>
            {changed(till, &record)
                .map(|text| {
                    view! {
                        <p class="problem" role="alert">
                            {text}
                        </p>
                    }
                })}
            <dl class="figures">
                <div class="figure figure-main">
                    <dt>{main.0}</dt>
                    <dd>{main.1}</dd>
                </div>
                {figures}
            </dl>
            {(gives && hold >= WORTH_TELLING_SECONDS)
                .then(|| {
                    view! {
                        <p class="note">{texts.hold} " " {duration(till.texts, hold)}</p>
                    }
                })}
            // The buttons ignore presses at first, so that a double tap does not close the result.
            <div class="actions actions-late">
                {may_return
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-quiet"
                                on:click=move |_| {
                                    till.screens.shown
                                        .set(Screen::Return {
                                            sale: record.clone(),
                                            before: Money::ZERO,
                                            in_history: false,
                                        });
                                }
                            >
                                {texts.to_return}
                            </button>
                        }
                    })}
                <button type="button" class="button button-main" node_ref=button on:click=begin>
                    {next}
                </button>
            </div>
        </section>
    }
    .erased()
}

/// Returns a warning if the sum to pay out differs from the one that was shown to the cashier:
/// another till changed something while the return was being sent.
fn changed(till: Till, record: &Record) -> Option<String> {
    let agreed = till.give_back.agreed.with_value(|all| {
        let announced = all
            .iter()
            .find(|(external_id, _)| *external_id == record.external_id);
        announced.map(|(_, agreed)| *agreed)
    })?;
    let is_other = record.number.is_some() && agreed.dirams() != record.cash_dirams;
    is_other.then(|| {
        let agreed = with_currency(agreed, till.texts.currency);
        format!("{} {agreed}", till.texts.give_back.changed)
    })
}

/// Returns the main figure: the cash to pay out, the client's balance, or the sum that was paid.
fn figure(till: Till, record: &Record) -> (&'static str, String) {
    let texts = till.texts;
    let (name, dirams) = match (record.kind, record.balance_dirams) {
        (Kind::Return, Some(_)) => (texts.give_back.cash, record.cash_dirams),
        (Kind::Return, None) => (texts.give_back.amount, record.total_dirams),
        (_, Some(balance)) => (texts.done.balance, balance),
        (_, None) => (
            texts.done.paid,
            record.total_dirams - record.redeemed_dirams,
        ),
    };
    (
        name,
        with_currency(Money::from_dirams(dirams), texts.currency),
    )
}

/// Returns the other figures. Those of zero are left out, except money.
fn figures(till: Till, record: &Record) -> Vec<Erased> {
    let texts = till.texts;
    let is_known = record.balance_dirams.is_some();
    let rows = if record.kind == Kind::Return {
        // The bonuses that the client no longer had were withheld from the cash instead.
        let revoked = record.accrued_dirams - record.settled_dirams;
        [
            (texts.give_back.revoked, "", revoked, revoked > 0),
            (
                texts.give_back.settled,
                "",
                record.settled_dirams,
                record.settled_dirams > 0,
            ),
            (
                texts.give_back.restored,
                "",
                record.redeemed_dirams,
                record.redeemed_dirams > 0,
            ),
            (
                texts.done.balance,
                "",
                record.balance_dirams.unwrap_or_default(),
                is_known,
            ),
        ]
        .to_vec()
    } else {
        let paid = record.total_dirams - record.redeemed_dirams;
        [
            (texts.done.paid, "", paid, is_known),
            (
                texts.done.accrued,
                "+",
                record.accrued_dirams,
                record.accrued_dirams > 0,
            ),
            (
                texts.done.redeemed,
                "−",
                record.redeemed_dirams,
                record.redeemed_dirams > 0,
            ),
        ]
        .to_vec()
    };
    rows.into_iter()
        .filter(|(_, _, _, is_told)| *is_told)
        .map(|(name, sign, dirams, _)| {
            let sum = with_currency(Money::from_dirams(dirams), texts.currency);
            figure_row(name, [sign, &sum].concat()).erased()
        })
        .collect()
}

/// Formats a duration in its largest whole unit: `24 ч`.
fn duration(texts: &Texts, seconds: i64) -> String {
    let (count, unit) = whole_units(seconds);
    let units = &texts.units;
    let unit = match unit {
        DurationUnit::Seconds => units.seconds,
        DurationUnit::Minutes => units.minutes,
        DurationUnit::Hours => units.hours,
        DurationUnit::Days => units.days,
    };
    format!("{count}\u{a0}{unit}")
}
