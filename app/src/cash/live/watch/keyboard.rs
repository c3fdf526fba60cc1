//! The hardware keyboard, which works like the keypad, and scanners that type a client's code.

use leptos::prelude::*;
use till::amount::{AmountEntry, Key};
use till::journal::Kind;
use till::phone::PhoneEntry;
use till::quote::Redeem;
use till::typing::{KeyTarget, Typing};
use till::wedge::{Recognised, SILENCE_MS, Wedge};

use crate::cash::live::flows::sale::take;
use crate::cash::live::flows::scan::find_code;
use crate::cash::live::flows::typing::{press, press_return};
use crate::cash::live::model::client::Who;
use crate::cash::live::model::sale::Field;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{Listener, page};

/// Listens to the keys until the listener is dropped.
pub fn listen(till: Till) -> Listener {
    let wedge = StoredValue::new(Wedge::default());
    let before = StoredValue::new(None::<Before>);
    let scanned = move |code: &str| {
        if let Some(before) = before.try_update_value(Option::take).flatten() {
            before.restore(till);
        }
        find_code(till, code);
    };
    let silence = StoredValue::new_local(None);
    on_cleanup(move || silence.dispose());
    page::on_keydown(move |event| {
        if event.is_command || event.is_repeat {
            return;
        }
        let Some(recognised) = wedge.try_update_value(|wedge| wedge.key(&event.key, event.at_ms))
        else {
            return;
        };
        match recognised {
            Recognised::Code(code) => {
                event.prevent();
                silence.set_value(None);
                scanned(&code);
                return;
            }
            Recognised::Burst => {
                event.prevent();
                let timer = page::after(SILENCE_MS, move || {
                    if let Some(code) = wedge.try_update_value(Wedge::take).flatten() {
                        scanned(&code);
                    }
                });
                silence.set_value(Some(timer));
                return;
            }
            Recognised::CodeBefore(code) => {
                silence.set_value(None);
                scanned(&code);
            }
            Recognised::Nothing => {}
        }
        if is_character(&event.key) {
            // Only characters matter here: a scanner may press Shift in the middle of a code.
            if wedge.with_value(Wedge::is_first) || till.is_busy_now() {
                // Restoring later must not bring back a sale that is being sent.
                before.set_value(None);
            }
            if !till.is_busy_now() && before.with_value(Option::is_none) {
                before.set_value(Some(Before::of(till)));
            }
            if event.target == page::Target::Field {
                till.sale
                    .typing
                    .update_value(|typing| typing.record_key(event.at_ms));
            }
        }
        if event.target != page::Target::Field {
            type_key(till, &event);
        }
    })
}

/// The state before keys that may come from a scanner, because its first keys look like a person's.
struct Before {
    amount: AmountEntry,
    back: AmountEntry,
    redeem: Redeem,
    exact: AmountEntry,
    phone: PhoneEntry,
    code: Option<String>,
    field: Field,
    typing: Typing,
    is_nobody: bool,
}

impl Before {
    fn of(till: Till) -> Self {
        Self {
            amount: till.sale.amount.get_untracked(),
            back: till.give_back.amount.get_untracked(),
            redeem: till.sale.redeem.get_untracked(),
            exact: till.sale.exact.get_untracked(),
            phone: till.sale.phone.get_untracked(),
            code: till.sale.code.get_untracked(),
            field: till.sale.field.get_untracked(),
            typing: till.sale.typing.get_value(),
            is_nobody: till.sale.who.with_untracked(|who| *who == Who::Nobody),
        }
    }

    fn restore(self, till: Till) {
        till.sale.amount.set(self.amount);
        till.give_back.amount.set(self.back);
        till.sale.redeem.set(self.redeem);
        till.sale.exact.set(self.exact);
        till.sale.phone.set(self.phone);
        till.sale.code.set(self.code);
        till.sale.field.set(self.field);
        till.sale.typing.set_value(self.typing);
        if self.is_nobody {
            // The beginning of a slow scanner's code may have started the search for another
            // client.
            till.sale.who.set(Who::Nobody);
        }
    }
}

fn type_key(till: Till, event: &page::KeyEvent) {
    let pressed = Key::from_keyboard(&event.key);
    if till.is_busy_now() {
        if pressed.is_some() {
            till.sale
                .typing
                .update_value(|typing| typing.record_key(event.at_ms));
        }
        return;
    }
    let screen = till.screens.shown.get_untracked();
    match (pressed, &screen) {
        (Some(key), Screen::Done(record)) if record.kind != Kind::Return => {
            // The cash of a return must stay on the screen; after a sale or receipt, typing begins
            // the next sale.
            let target = till
                .sale
                .typing
                .try_update_value(|typing| typing.press(key, event.at_ms, true));
            if target == Some(KeyTarget::Nothing) {
                return;
            }
            let is_begun = !untrack(|| till.sale.is_empty());
            till.screens.shown.set(Screen::Sale);
            // The key is not written into a sale that the cashier could not see.
            if !is_begun {
                press(till, key, event.at_ms);
            }
        }
        (Some(key), Screen::Sale) => press(till, key, event.at_ms),
        (None, Screen::Sale) if event.key == "Enter" && event.target == page::Target::Page => {
            event.prevent();
            // Enter right after a phone ends the phone, and does not take the sale.
            if !till
                .sale
                .typing
                .with_value(|typing| typing.is_typed_on(event.at_ms))
            {
                take(till);
            }
        }
        _ if event.key == "Escape" => till.leave_screen(),
        (Some(key), Screen::Return { .. }) => press_return(till, key, event.at_ms),
        _ => {}
    }
}

/// Checks whether a key is a character; other keys have longer names.
fn is_character(key: &str) -> bool {
    key.chars().nth(1).is_none()
}
