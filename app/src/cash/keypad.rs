//! Our own keypad: the same keys in every browser, and no keyboard sliding over the sum.

use leptos::prelude::*;
use till::amount::Key;

use super::drawn::Draw;
use super::icons::Backspace;
use super::texts::Texts;

/// Keys from left to right, row by row, with their faces.
const KEYS: [(Key, &str); 14] = [
    (Key::Digit(1), "1"),
    (Key::Digit(2), "2"),
    (Key::Digit(3), "3"),
    (Key::Backspace, "⌫"),
    (Key::Digit(4), "4"),
    (Key::Digit(5), "5"),
    (Key::Digit(6), "6"),
    (Key::Clear, "C"),
    (Key::Digit(7), "7"),
    (Key::Digit(8), "8"),
    (Key::Digit(9), "9"),
    (Key::DoubleZero, "00"),
    (Key::Digit(0), "0"),
    (Key::Comma, ","),
];

/// The keys; `pressed` is told each.
#[component]
pub(super) fn Keypad(
    texts: &'static Texts,
    pressed: impl Fn(Key) + Copy + 'static,
) -> impl IntoView {
    view! {
        <div class="keypad" role="group" aria-label=texts.sale.keypad>
            {KEYS
                .into_iter()
                .map(|(key, face)| {
                    let class = match key {
                        Key::Digit(0) => "key key-zero",
                        Key::Digit(_) | Key::DoubleZero | Key::Comma => "key",
                        _ => "key key-other",
                    };
                    let name = match key {
                        Key::Backspace => Some(texts.sale.erase),
                        Key::Clear => Some(texts.sale.clear),
                        Key::Comma => Some(texts.sale.comma),
                        _ => None,
                    };
                    view! {
                        <button type="button" class=class aria-label=name on:click=move |_| pressed(key)>
                            {if key == Key::Backspace {
                                view! { <Backspace /> }.drawn()
                            } else {
                                face.drawn()
                            }}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
    .drawn()
}
