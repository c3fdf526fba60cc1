//! The return sheet: the sum of the goods, one sentence that says what to pay out, one
//! confirmation.

use domain::Money;
use leptos::prelude::*;
use till::amount::AmountEntry;
use till::format::{self, with_currency};
use till::give_back::Proposal;
use till::journal::Record;

use crate::cash::live::flows::returns::{calculate, give_back, learn_left};
use crate::cash::live::flows::typing::press_return;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::ui::amount::{width, written};
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::keypad::Keypad;
use crate::cash::live::ui::notice::paragraph;
use crate::cash::live::ui::record;
use crate::cash::live::ui::sheet::SheetHeader;

/// The pause in typing after which the server is asked to calculate the return.
const TYPING_MILLISECONDS: u32 = 400;

/// The sheet of a return; `before` is the part of the sale that has been returned already, as far
/// as this till knows.
#[component]
pub fn GiveBack(till: Till, sale: Record, before: Money) -> impl IntoView {
    let texts = &till.texts.give_back;
    let total = Money::from_dirams(sale.total_dirams);
    let left = RwSignal::new((total - before).or_zero());
    till.give_back
        .amount
        .set(AmountEntry::filled_in(left.get_untracked()));
    let is_learned = RwSignal::new(false);
    learn_left(till, sale.clone(), left, is_learned);
    let proposal = RwSignal::new(None::<Proposal>);
    let problem = RwSignal::new(None::<String>);
    let (who, when) = (record::who(till, &sale).0, record::when(till, &sale));
    let external_id = sale.external_id.clone();
    let waits = Memo::new(move |_| till.link.holds_return_of(&external_id) && !till.is_busy());
    let sale = StoredValue::new(sale);
    let asked = move || till.give_back.amount.with(AmountEntry::money);
    let may_ask = move || !waits.get() && asked().is_positive() && asked() <= left.get();
    // A changed sum makes the calculation invalid. The first sum is calculated as soon as the sheet
    // is open.
    let due = StoredValue::new_local(None);
    Effect::new(move |before: Option<bool>| {
        proposal.set(None);
        problem.set(None);
        let is_ready = is_learned.get();
        if may_ask() && is_ready {
            let pause = if before == Some(true) {
                TYPING_MILLISECONDS
            } else {
                0
            };
            due.set_value(Some(page::after(pause, move || {
                calculate(till, sale.get_value(), proposal, problem);
            })));
        } else {
            due.set_value(None);
        }
        is_ready
    });
    // A refusal makes the calculation invalid too.
    let refusal = Memo::new(move |_| till.screens.notice.get().filter(|notice| !notice.is_good));
    Effect::new(move || {
        if refusal.with(Option::is_some) {
            proposal.set(None);
        }
    });
    // A problem of the return must not be shown on the sale screen behind it.
    on_cleanup(move || {
        due.dispose();
        let _ = till.screens.notice.try_update(|notice| {
            *notice = notice.take().filter(|notice| notice.is_good);
        });
    });
    let take = move |part: Money| {
        till.screens.notice.set(None);
        till.give_back.amount.set(AmountEntry::filled_in(part));
    };
    let figure = move || till.give_back.amount.with(written);
    let checked = with_currency(total, till.texts.currency);
    let rest = move || with_currency(left.get(), till.texts.currency);
    let has_left = move || left.get().is_positive();
    let has_failed = move || problem.with(Option::is_some) || refusal.with(Option::is_some);
    view! {
        <section class="sheet return" role="dialog" aria-modal="true" aria-labelledby="return">
            <SheetHeader till id="return" title=texts.title />
            <p class="return-of note">
                <span>{who}</span>
                " "
                <span class="return-when">{when}</span>
                " "
                <span>{texts.of_check} " " {checked}</span>
                " "
                <span>{texts.left} " " {rest}</span>
            </p>
            <div class="outcome" role="status">
                {move || {
                    proposal
                        .get()
                        .map_or_else(
                            || view! { <PayOut till cash=None /> }.erased(),
                            |proposal| {
                                view! {
                                    <PayOut till cash=Some(proposal.cash) />
                                    <p class="note">{moved(till, &proposal)}</p>
                                }
                                    .erased()
                            },
                        )
                }}
                {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
                {move || refusal.get().map(paragraph)}
                {move || waits.get().then(|| view! { <p class="problem">{texts.waits}</p> })}
                {move || {
                    (!has_left()).then(|| view! { <p class="problem">{texts.nothing_left}</p> })
                }}
                {move || (left.get() < asked() && has_left()).then(|| view! { <p class="problem">{texts.over}</p> })}
            </div>
            // The buttons ignore presses at first, because the sheet has just appeared under the
            // finger.
            <div class="actions actions-late">
                <div class="return-amount">
                    <p class="return-sum">
                        <span class="sum-label">{texts.amount}</span>
                        " "
                        <output>
                            <span data-figure=move || figure().0>{move || figure().0}</span>
                            <span class="sum-rest">{move || figure().1}</span>
                        </output>
                    </p>
                    <div class="chips" role="group" aria-label=texts.amount>
                        <button type="button" class="chip" on:click=move |_| take(half(left.get_untracked()))>
                            {texts.half}
                        </button>
                        <button type="button" class="chip" on:click=move |_| take(left.get_untracked())>
                            {texts.all}
                        </button>
                    </div>
                </div>
                <Keypad texts=till.texts name=|| texts.amount pressed=move |key, at_ms| press_return(till, key, at_ms) />
                {move || match proposal.get() {
                    Some(agreed) => {
                        view! {
                            // The button ignores presses at first each time it appears, so that the
                            // cashier sees the sum before they confirm it.
                            <button
                                type="button"
                                class="button button-main late"
                                disabled=move || till.is_busy()
                                on:click=move |_| give_back(till, sale.get_value(), agreed)
                            >
                                {move || if till.is_busy() { till.texts.sending.sending } else { texts.confirm }}
                            </button>
                        }
                            .erased()
                    }
                    None => {
                        view! {
                            <button
                                type="button"
                                class="button button-main"
                                disabled=move || !(has_failed() && may_ask())
                                on:click=move |_| {
                                    till.screens.notice.set(None);
                                    calculate(till, sale.get_value(), proposal, problem);
                                }
                            >
                                {move || {
                                    if !may_ask() {
                                        texts.confirm
                                    } else if has_failed() {
                                        texts.calculate
                                    } else {
                                        texts.calculating
                                    }
                                }}
                            </button>
                        }
                            .erased()
                    }
                }}
            </div>
        </section>
    }
    .erased()
}

/// The cash to pay out: «Выдать 1 200,71 сом.». It is the one figure of a return, shown once it is
/// known.
#[component]
fn PayOut(till: Till, cash: Option<Money>) -> impl IntoView {
    let figure = cash.map_or_else(|| "…".to_owned(), format::money);
    let (width, meant) = (width(&figure), figure.clone());
    view! {
        <p class="sum pay-out" class:pay-out-unknown=cash.is_none()>
            <span class="sum-label">{till.texts.give_back.pay_out}</span>
            " "
            <span class="sum-figure" style:--width=width>
                <span data-figure=meant>{figure}</span>
                <span class="sum-currency">"\u{a0}" {till.texts.currency}</span>
            </span>
        </p>
    }
}

fn half(of: Money) -> Money {
    Money::from_dirams(of.dirams() / 2)
}

/// Returns the moved bonuses, «вернуть бонусов: 45,00 · забрать бонусов: 47,50», and the sum that
/// is withheld.
fn moved(till: Till, proposal: &Proposal) -> String {
    let texts = &till.texts.give_back;
    // The bonuses that the client no longer has are withheld from the cash instead.
    let revoked = proposal.revoked - proposal.settled;
    let settled = with_currency(proposal.settled, till.texts.currency);
    [
        (
            texts.restore,
            proposal.restored,
            format::money(proposal.restored),
        ),
        (texts.revoke, revoked, format::money(revoked)),
        (texts.shortage, proposal.settled, settled),
    ]
    .into_iter()
    .filter(|(_, amount, _)| amount.is_positive())
    // A no-break space keeps a figure on the line of its last word.
    .map(|(words, _, figure)| [words, "\u{a0}", &figure].concat())
    .collect::<Vec<_>>()
    .join(" · ")
}
