//! The search for the client of a sale by phone, card, barcode or camera, and the registration of a
//! new client.

use cashier_api::answers::ClientData;
use cashier_api::{ErrorCode, Reason};
use domain::{Identifier, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::identify::{read_code, spelled};
use till::phone::PhoneEntry;
use till::typing::PAUSE_MS;

use crate::cash::live::api::{self, Fault};
use crate::cash::live::flows::connection::is_reached;
use crate::cash::live::model::client::Who;
use crate::cash::live::model::sale::Field;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{feedback, http, page};

const AGAIN_AT_LEAST_MS: u32 = 1_000;

/// Searches for the typed phone when it is complete. If the digits may also be the country's code
/// and the beginning of a longer phone, it first waits for a pause in the typing.
pub fn find_phone(till: Till) {
    let phone = till.sale.phone.get_untracked();
    if !phone.may_go_on() {
        find_phone_now(till);
        return;
    }
    spawn_local(async move {
        page::sleep(PAUSE_MS).await;
        let is_still = till.sale.phone.try_with_untracked(|now| *now == phone) == Some(true)
            && till.sale.who.with_untracked(|who| *who == Who::Nobody)
            && till.sale.field.get_untracked() == Field::Phone;
        if is_still {
            find_phone_now(till);
        }
    });
}

/// Searches for the typed phone.
pub fn find_phone_now(till: Till) {
    let phone = till.sale.phone.get_untracked();
    if let Some(identifier) = phone.e164().and_then(|phone| read_code(&phone)) {
        find(till, identifier);
        till.sale
            .typing
            .update_value(|typing| typing.switched(Some(phone)));
    }
}

/// Asks the server for a client. The typed sum stays.
pub fn find(till: Till, identifier: Identifier) {
    till.screens.notice.set(None);
    till.sale.choose_no_bonuses();
    till.sale.switch_to_sum();
    if !till.link.online.get_untracked() {
        till.sale.who.set(Who::Unverified(identifier));
        return;
    }
    till.sale.who.set(Who::Finding(identifier.clone()));
    spawn_local(async move {
        let Some(answer) = till.ask(api::find(&spelled(&identifier))).await else {
            return;
        };
        // Another client may have been asked for meanwhile.
        let asked = Who::Finding(identifier.clone());
        if till.sale.who.try_with_untracked(|who| *who == asked) != Some(true) {
            return;
        }
        match answer {
            Ok(client) => known(till, client),
            Err(Fault::Refused(Some(Reason::Refused(Refusal::ClientNotFound)))) => {
                feedback::beep_error();
                till.sale.who.set(Who::Unknown(identifier));
            }
            // The till has sent too many requests, which has nothing to do with the client at the
            // counter.
            Err(Fault::Refused(Some(Reason::Failed(ErrorCode::TooManyRequests)))) => {
                // Keep the named client, and ask again automatically.
                let kept = Who::Unverified(identifier.clone());
                till.sale.who.set(kept.clone());
                till.tell(till.texts.client.busy);
                page::sleep(http::wait_ms().max(AGAIN_AT_LEAST_MS)).await;
                if till.sale.who.try_with_untracked(|who| *who == kept) == Some(true) {
                    find(till, identifier);
                }
            }
            Err(Fault::Refused(reason)) => {
                feedback::beep_error();
                till.sale.who.set(Who::Nobody);
                till.tell(till.texts.refusal(reason.as_ref()));
            }
            Err(Fault::NoAnswer) => {
                till.sale.who.set(Who::Unverified(identifier));
                till.tell(till.texts.client.no_answer);
            }
        }
    });
}

/// Asks for a client who was named without a network, now that there is one.
pub fn verify(till: Till) {
    if let Some(Who::Unverified(identifier)) = till.sale.who.try_get_untracked() {
        find(till, identifier);
    }
}

/// Asks again for the client of a sale in progress, because their balance has changed. The chosen
/// bonuses and the notice stay.
pub fn renew_client(till: Till) {
    let known = move || {
        till.sale.who.try_with_untracked(|who| match who {
            Who::Known(client) => Some(client.phone.clone()),
            _ => None,
        })?
    };
    let Some(phone) = known() else { return };
    spawn_local(async move {
        if let Some(Ok(client)) = till.ask(api::find(&phone)).await
            && known() == Some(phone)
        {
            till.sale.who.set(Who::Known(Box::new(client)));
        }
    });
}

fn known(till: Till, client: ClientData) {
    feedback::vibrate(20);
    till.sale.switch_to_sum();
    till.sale.phone.set(PhoneEntry::default());
    till.sale.code.set(None);
    till.screens.notice.set(None);
    till.sale.who.set(Who::Known(Box::new(client)));
}

/// Removes the client from the sale, and opens the phone for correction if one was typed.
pub fn remove(till: Till) {
    let is_left = till
        .sale
        .phone
        .with_untracked(|phone| !phone.digits().is_empty());
    till.sale
        .field
        .set(if is_left { Field::Phone } else { Field::Amount });
    till.sale.who.set(Who::Nobody);
    till.sale.choose_no_bonuses();
    till.screens.notice.set(None);
}

/// Registers a client with this phone.
pub fn register(till: Till, phone: String, name: String, busy: RwSignal<bool>) {
    let texts = &till.texts.client;
    busy.set(true);
    spawn_local(async move {
        if !is_reached(till).await {
            let _ = busy.try_set(false);
            till.tell(texts.register_offline);
            return;
        }
        let name = Some(name.trim()).filter(|name| !name.is_empty());
        let answer = till.ask(api::register(&phone, name)).await;
        let _ = busy.try_set(false);
        let Some(answer) = answer else { return };
        // Another client may have been named meanwhile.
        let is_still_asked = till.sale.who.try_with_untracked(
            |who| matches!(who, Who::Unknown(asked) if spelled(asked) == phone),
        );
        if is_still_asked != Some(true) {
            return;
        }
        match answer {
            Ok(client) => known(till, client),
            Err(Fault::Refused(reason)) => till.tell(till.texts.refusal(reason.as_ref())),
            Err(Fault::NoAnswer) => till.tell(texts.no_answer),
        }
    });
}
