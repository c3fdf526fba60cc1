//! Our own keypad: it has the same keys in every browser, and no on-screen keyboard covers the sum.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use till::amount::Key;

use crate::cash::live::platform::page;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::icons::Backspace;
use crate::cash::texts::Texts;

/// The keys from left to right, row by row, with their labels.
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

/// The keypad. `pressed` is called with each key and its moment; `name` says what the keys write.
#[component]
pub fn Keypad(
    texts: &'static Texts,
    name: impl Fn() -> &'static str + Send + 'static,
    pressed: impl Fn(Key, i64) + Copy + 'static,
) -> impl IntoView {
    // The keys take no focus from a finger: otherwise Enter and Space would press the last key
    // again.
    let keep_focus = |event: MouseEvent| {
        event.prevent_default();
        page::leave_field();
    };
    view! {
        <div class="keypad" role="group" aria-label=name on:mousedown=keep_focus>
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
                        <button
                            type="button"
                            class=class
                            aria-label=name
                            on:click=move |event| pressed(key, page::happened_at_ms(&event))
                        >
                            {if key == Key::Backspace {
                                view! { <Backspace /> }.erased()
                            } else {
                                face.erased()
                            }}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
    .erased()
}
