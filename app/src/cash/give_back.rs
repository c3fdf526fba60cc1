//! Goods coming back: how much, one sentence that says what to do, one confirmation.

use cashier_api::answers::PastSale;
use cashier_api::requests::CalculateReturnRequest;
use cashier_api::{Amount, ClientIdentifier};
use domain::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::amount::{AmountEntry, Key};
use till::format;
use till::give_back::{Proposal, propose};
use till::identify::read_code;
use till::journal::Record;
use till::outgoing::{Document, Outgoing};

use super::api::{self, Fault};
use super::browser::storage;
use super::client::with_currency;
use super::drawn::Draw;
use super::history;
use super::keypad::Keypad;
use super::menu::SheetHeader;
use super::notice::Notice;
use super::reach::is_reached;
use super::send::submit;
use super::state::Till;
use super::sum::width;

/// The return of a sale, `before` of which has come back as far as this till knows.
#[component]
pub(super) fn GiveBack(till: Till, sale: Record, before: Money) -> impl IntoView {
    let texts = &till.texts.give_back;
    let total = Money::from_dirams(sale.total_dirams);
    let left = RwSignal::new((total - before).or_zero());
    till.back.set(AmountEntry::filled_in(left.get_untracked()));
    learn_left(till, sale.clone(), left);
    let proposal = RwSignal::new(None::<Proposal>);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    // Another sum, or a refusal, makes what was agreed worthless.
    Effect::new(move || {
        till.back.track();
        proposal.set(None);
        problem.set(None);
    });
    let refusal = Memo::new(move |_| till.notice.get().filter(|notice| !notice.is_good));
    Effect::new(move || {
        if refusal.with(Option::is_some) {
            proposal.set(None);
        }
    });
    // What was wrong with it is no word on the sale behind it.
    on_cleanup(move || {
        let _ = till.notice.try_update(|notice| {
            *notice = notice.take().filter(|notice| notice.is_good);
        });
    });
    let (who, when) = (history::who(till, &sale).0, history::when(till, &sale));
    let external_id = sale.external_id.clone();
    let waits = Memo::new(move |_| is_on_its_way(till, &external_id) && !till.is_busy());
    let sale = StoredValue::new(sale);
    let take = move |part: Money| {
        till.notice.set(None);
        till.back.set(AmountEntry::filled_in(part));
    };
    let calculate = move |_| {
        calculate(till, sale.get_value(), proposal, busy, problem);
    };
    let confirm = move |_| {
        if let Some(agreed) = proposal.get_untracked() {
            give_back(till, sale.get_value(), agreed);
        }
    };
    // The button that was pressed has gone.
    let sentence_place = NodeRef::<leptos::html::P>::new();
    Effect::new(move || {
        if let Some(sentence) = sentence_place.get() {
            let _ = sentence.focus();
        }
    });
    let asked = move || till.back.with(AmountEntry::money);
    let checked = format::money(total);
    let rest = move || format::money(left.get());
    let has_left = move || left.get().is_positive();
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
            <div class="sum">
                <span class="sum-label">{texts.amount}</span>
                <output
                    class="sum-figure"
                    style:--width=move || width(&till.back.with(AmountEntry::text))
                >
                    <span data-figure=move || till.back.with(AmountEntry::text)>
                        {move || till.back.with(AmountEntry::text)}
                    </span>
                    <span class="sum-currency">{till.texts.currency}</span>
                </output>
            </div>
            <div class="outcome" role="status">
                {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
                {move || refusal.get().map(Notice::paragraph)}
                {move || waits.get().then(|| view! { <p class="problem">{texts.waits}</p> })}
                {move || {
                    (!has_left()).then(|| view! { <p class="problem">{texts.nothing_left}</p> })
                }}
                {move || (left.get() < asked() && has_left()).then(|| view! { <p class="problem">{texts.over}</p> })}
                {move || {
                    proposal
                        .get()
                        .map(|proposal| {
                            view! {
                                <p class="sentence" tabindex="-1" node_ref=sentence_place>
                                    {sentence(till, &proposal)}
                                </p>
                            }
                        })
                }}
            </div>
            {move || {
                if proposal.with(Option::is_some) {
                    view! {
                        // At first they do not listen: the second tap of a hasty finger is no consent.
                        <div class="actions actions-late">
                            <button
                                type="button"
                                class="button button-quiet"
                                disabled=busy
                                on:click=move |_| proposal.set(None)
                            >
                                {texts.change}
                            </button>
                            <button
                                type="button"
                                class="button button-main"
                                disabled=move || till.is_busy()
                                on:click=confirm
                            >
                                {move || if till.is_busy() { till.texts.sending.sending } else { texts.confirm }}
                            </button>
                        </div>
                    }
                        .drawn()
                } else {
                    view! {
                        // At first they do not listen either: the sheet has come under the finger.
                        <div class="actions actions-late">
                            <div class="chips" role="group" aria-label=texts.amount>
                                <button type="button" class="chip" on:click=move |_| take(half(left.get_untracked()))>
                                    {texts.half}
                                </button>
                                <button type="button" class="chip" on:click=move |_| take(left.get_untracked())>
                                    {texts.all}
                                </button>
                            </div>
                            <Keypad texts=till.texts name=|| texts.amount pressed=move |key, at_ms| press(till, key, at_ms) />
                            <button
                                type="button"
                                class="button button-main"
                                disabled=move || {
                                    busy.get() || waits.get() || !asked().is_positive() || left.get() < asked()
                                }
                                on:click=calculate
                            >
                                {move || if busy.get() { texts.calculating } else { texts.calculate }}
                            </button>
                        </div>
                    }
                        .drawn()
                }
            }}
        </section>
    }
    .drawn()
}

/// Asks what other tills have taken back of the sale. Without an answer the server says so when it is asked to calculate.
fn learn_left(till: Till, sale: Record, left: RwSignal<Money>) {
    let (Some(tokens), true) = (till.tokens(), till.online.get_untracked()) else {
        return;
    };
    spawn_local(async move {
        let client = sale.phone.unwrap_or_default();
        let Ok(past) = api::past_sales(&tokens, &client).await else {
            return;
        };
        let of_sale = |past: &PastSale| past.external_sale_id.as_ref() == Some(&sale.external_id);
        let Some(past) = past.sales.into_iter().find(of_sale) else {
            return;
        };
        let now = (past.total_amount.0 - past.returned_amount.0).or_zero();
        let Some(known) = left.try_get_untracked().filter(|known| now < *known) else {
            return;
        };
        if till.is_busy_now() {
            // It may be this very return that has been counted.
            return;
        }
        left.set(now);
        if till.back.with_untracked(AmountEntry::money) == known {
            till.back.set(AmountEntry::filled_in(now));
        }
    });
}

/// A key of the keypad or of a keyboard, for what comes back.
pub(super) fn press(till: Till, key: Key, at_ms: i64) {
    till.typing.update_value(|typing| typing.heard(at_ms));
    if !till.is_busy_now() {
        till.notice.set(None);
        till.back.update(|amount| amount.press(key));
    }
}

fn half(of: Money) -> Money {
    Money::from_dirams(of.dirams() / 2)
}

/// «Выдать 950 сом., забрать бонусов: 47,50, вернуть бонусов: 45».
fn sentence(till: Till, proposal: &Proposal) -> String {
    let texts = &till.texts.give_back;
    let mut parts = vec![format!(
        "{} {}",
        texts.pay_out,
        with_currency(proposal.cash, till.texts.currency)
    )];
    if proposal.restored.is_positive() {
        parts.push(format!(
            "{} {}",
            texts.restore,
            format::bonuses(proposal.restored)
        ));
    }
    // What the client no longer has is withheld from the money.
    let revoked = proposal.revoked - proposal.settled;
    if revoked.is_positive() {
        parts.push(format!("{} {}", texts.revoke, format::bonuses(revoked)));
    }
    let sentence = ended(parts.join(", "));
    if !proposal.settled.is_positive() {
        return sentence;
    }
    let settled = with_currency(proposal.settled, till.texts.currency);
    ended(format!("{sentence} {} {settled}", texts.shortage))
}

/// With a full stop, which «сом.» has already.
fn ended(mut sentence: String) -> String {
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

/// Asks what the return takes back and pays out.
fn calculate(
    till: Till,
    sale: Record,
    proposal: RwSignal<Option<Proposal>>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
) {
    let client = sale.phone.as_deref().and_then(read_code);
    let Some(client) = client else {
        return;
    };
    problem.set(None);
    till.notice.set(None);
    let amount = till.back.with_untracked(AmountEntry::money);
    let request = CalculateReturnRequest {
        client_phone: ClientIdentifier(client),
        return_amount: Some(Amount(amount)),
        bonus_to_revoke: None,
        original_external_sale_id: Some(sale.external_id),
    };
    busy.set(true);
    spawn_local(async move {
        if !is_reached(till).await {
            // Whoever has closed the sheet meanwhile need not know.
            if busy.try_set(false).is_none() {
                till.tell(till.texts.give_back.offline);
            }
            return;
        }
        let Some(tokens) = till.tokens() else { return };
        let answer = api::calculate_return(&tokens, &request).await;
        let _ = busy.try_set(false);
        till.heard(!matches!(answer, Err(Fault::NoAnswer)));
        if till.back.try_with_untracked(AmountEntry::money) != Some(amount) {
            return;
        }
        let said = match answer {
            Ok(calculation) => match propose(amount, &calculation) {
                Some(agreed) => {
                    let _ = proposal.try_set(Some(agreed));
                    return;
                }
                None => till.texts.client.no_answer.to_owned(),
            },
            Err(Fault::Refused { code, message }) => till.texts.refusal(&code, message),
            Err(Fault::NoAnswer) => till.texts.client.no_answer.to_owned(),
        };
        let _ = problem.try_set(Some(said));
    });
}

/// Sends the return. Money goes out only when it is recorded, and then as much as the server says.
fn give_back(till: Till, sale: Record, agreed: Proposal) {
    let external_id = storage::new_uuid();
    till.agreed
        .update_value(|all| all.push((external_id.clone(), agreed.cash)));
    submit(
        till,
        Outgoing {
            external_id,
            made_at_ms: till.now_ms(),
            guess: till.guess(),
            document: Document::Return {
                client: sale.phone.unwrap_or_default(),
                return_of: sale.external_id,
                amount: agreed.amount,
                shortage_settled: agreed.is_short,
            },
            client_name: sale.name,
            instead_of: None,
        },
    );
}

/// A return of this sale that may have been recorded already.
fn is_on_its_way(till: Till, external_id: &str) -> bool {
    till.outbox.with(|outbox| {
        outbox.iter().any(|waiting| {
            matches!(&waiting.document, Document::Return { return_of, .. } if return_of == external_id)
        })
    })
}
