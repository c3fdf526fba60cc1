//! Returns: their calculation, and the document that is sent.

use cashier_api::answers::PastSale;
use cashier_api::requests::CalculateReturnRequest;
use cashier_api::{Amount, ClientIdentifier};
use domain::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::amount::AmountEntry;
use till::give_back::{Proposal, propose};
use till::identify::read_code;
use till::journal::Record;
use till::outgoing::{Document, Outgoing};

use crate::cash::live::api::{self, Fault};
use crate::cash::live::flows::connection::is_reached;
use crate::cash::live::flows::send::submit;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::storage;

/// Asks how much of the sale other tills have taken back. If there is no answer, the server refuses
/// a too large return when it calculates it.
pub fn learn_left(till: Till, sale: Record, left: RwSignal<Money>, is_learned: RwSignal<bool>) {
    spawn_local(async move {
        ask_left(till, sale, left).await;
        let _ = is_learned.try_set(true);
    });
}

async fn ask_left(till: Till, sale: Record, left: RwSignal<Money>) {
    if !till.link.online.get_untracked() {
        return;
    }
    let client = sale.phone.unwrap_or_default();
    let Some(Ok(past)) = till.ask(api::past_sales(&client)).await else {
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
        // The server may already have counted this very return.
        return;
    }
    left.set(now);
    if till.give_back.amount.with_untracked(AmountEntry::money) == known {
        till.give_back.amount.set(AmountEntry::filled_in(now));
    }
}

/// Asks which bonuses and how much money the return moves.
pub fn calculate(
    till: Till,
    sale: Record,
    proposal: RwSignal<Option<Proposal>>,
    problem: RwSignal<Option<String>>,
) {
    let client = sale.phone.as_deref().and_then(read_code);
    let Some(client) = client else {
        return;
    };
    problem.set(None);
    let amount = till.give_back.amount.with_untracked(AmountEntry::money);
    let request = CalculateReturnRequest {
        client_phone: ClientIdentifier(client),
        return_amount: Some(Amount(amount)),
        bonus_to_revoke: None,
        original_external_sale_id: Some(sale.external_id),
    };
    spawn_local(async move {
        if !is_reached(till).await {
            // If the cashier has closed the sheet meanwhile, there is no place for the message.
            let offline = till.texts.give_back.offline.to_owned();
            let _ = problem.try_set(Some(offline));
            return;
        }
        let Some(answer) = till.ask(api::calculate_return(&request)).await else {
            return;
        };
        if till.give_back.amount.try_with_untracked(AmountEntry::money) != Some(amount) {
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
            Err(Fault::Refused(reason)) => till.texts.refusal(reason.as_ref()),
            Err(Fault::NoAnswer) => till.texts.client.no_answer.to_owned(),
        };
        let _ = problem.try_set(Some(said));
    });
}

/// Sends the return. The cashier pays out only after it is recorded, and the sum that the server
/// returns.
pub fn give_back(till: Till, sale: Record, agreed: Proposal) {
    let external_id = storage::new_uuid();
    till.give_back
        .agreed
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
