//! What follows after a sign-in.

use app::console::Console;
use app::console::sign_in::KEPT;

use super::next;
use super::pairs::Pairs;

/// What follows after the sign-in.
#[derive(Clone, Copy, Default)]
pub(crate) struct Onward<'a> {
    /// The page that was asked for.
    pub(crate) next: Option<&'a str>,
    /// The sealed form that was being filled in when the session ended.
    pub(crate) kept: Option<&'a str>,
}

impl<'a> Onward<'a> {
    /// Reads what the sign-in form carries.
    pub(crate) fn of_form(console: Console, pairs: &'a Pairs) -> Self {
        Self {
            next: next::of_form(console, pairs),
            kept: pairs.value(KEPT),
        }
    }
}
