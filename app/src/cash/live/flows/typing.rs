//! The keys of the keypad or of a keyboard.

use leptos::prelude::*;
use till::amount::{AmountEntry, Key};
use till::quote::Redeem;
use till::typing::KeyTarget;

use crate::cash::live::flows::clients::find_phone;
use crate::cash::live::model::client::Who;
use crate::cash::live::model::sale::Field;
use crate::cash::live::model::till::Till;

/// Writes a key into the active field of the sale.
pub fn press(till: Till, key: Key, at_ms: i64) {
    till.screens.notice.set(None);
    if till.sale.field.get_untracked() == Field::Phone {
        till.sale
            .typing
            .update_value(|typing| typing.record_key(at_ms));
        press_phone(till, key);
        return;
    }
    let (is_known, is_named) = till.sale.who.with_untracked(|who| {
        let is_known = matches!(who, Who::Known(_));
        (is_known, matches!(who, Who::Unverified(_)))
    });
    let target = till.sale.typing.try_update_value(|typing| {
        if !is_known && let Some(phone) = typing.go_on(key, at_ms) {
            return KeyTarget::Phone(phone);
        }
        typing.press(key, at_ms, is_known || is_named)
    });
    match target {
        Some(KeyTarget::Field) if till.sale.field.get_untracked() == Field::Redeem => {
            till.sale.exact.update(|exact| exact.press(key));
            let exact = till.sale.exact.with_untracked(AmountEntry::money);
            till.sale.redeem.set(Redeem::Exact(exact));
        }
        Some(KeyTarget::Field) => till.sale.amount.update(|amount| amount.press(key)),
        Some(KeyTarget::Phone(phone)) => {
            till.sale.who.set(Who::Nobody);
            till.sale.choose_no_bonuses();
            till.sale.phone.set(phone);
            till.sale.field.set(Field::Phone);
        }
        _ => till.tell(till.texts.sale.typed_on),
    }
}

fn press_phone(till: Till, key: Key) {
    let before = till.sale.phone.get_untracked();
    till.sale.phone.update(|phone| phone.key(key));
    if till.sale.phone.with_untracked(|phone| *phone != before) {
        find_phone(till);
    }
}

/// Writes a key into the sum of a return.
pub fn press_return(till: Till, key: Key, at_ms: i64) {
    till.sale
        .typing
        .update_value(|typing| typing.record_key(at_ms));
    if !till.is_busy_now() {
        till.screens.notice.set(None);
        till.give_back.amount.update(|amount| amount.press(key));
    }
}
