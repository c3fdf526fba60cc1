//! The documents that are still to be sent.

use domain::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::format::with_currency;
use till::journal::Kind;
use till::outgoing::{Age, Outgoing, age, record_of};

use crate::cash::live::flows::outbox;
use crate::cash::live::model::till::Till;
use crate::cash::live::ui::record::who;

/// The documents that are still to be sent, with their age.
#[component]
pub fn Waiting(till: Till) -> impl IntoView {
    let texts = &till.texts.history;
    let busy = RwSignal::new(false);
    let send = move |_| {
        busy.set(true);
        spawn_local(async move {
            outbox::drain(till).await;
            let _ = busy.try_set(false);
        });
    };
    move || {
        let waiting = till.link.outbox.get();
        (!waiting.is_empty()).then(|| {
            let rows = waiting
                .iter()
                .map(|outgoing| waiting_row(till, outgoing))
                .collect_view();
            view! {
                <div class="waiting" data-testid="waiting">
                    <h3 class="menu-heading">{texts.unsent}</h3>
                    <Show when=move || !till.link.online.get()>
                        <p class="offline">{till.texts.sale.offline}</p>
                    </Show>
                    <ul class="records">{rows}</ul>
                    <button type="button" class="button button-soft" disabled=busy on:click=send>
                        {texts.send_now}
                    </button>
                </div>
            }
        })
    }
}

fn waiting_row(till: Till, outgoing: &Outgoing) -> impl IntoView + use<> {
    let record = record_of(outgoing, None, None);
    let total = Money::from_dirams(record.total_dirams);
    let is_return = record.kind == Kind::Return;
    let sign = if is_return { "−" } else { "" };
    let units = &till.texts.units;
    let age = match age(outgoing.made_at_ms, till.now_ms()) {
        Age::Seconds => units.now.to_owned(),
        Age::Minutes(count) => format!("{count}\u{a0}{}", units.minutes),
        Age::Hours(count) => format!("{count}\u{a0}{}", units.hours),
        Age::Days(count) => format!("{count}\u{a0}{}", units.days),
    };
    view! {
        <li class="record">
            <div class="record-line">
                <p class="record-who">{who(till, &record).0}</p>
                <p class="record-sum">{sign} {with_currency(total, till.texts.currency)}</p>
            </div>
            <p class="note">{till.texts.history.waits} " · " {age}</p>
            {is_return.then(|| view! { <p class="record-return">{till.texts.history.returned}</p> })}
        </li>
    }
}
