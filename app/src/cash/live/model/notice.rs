//! A message to the cashier, shown until the next action.

use domain::Money;

/// A message to the cashier.
#[derive(Clone, PartialEq)]
pub struct Notice {
    pub text: String,
    /// The bonuses that may be taken instead of the refused ones.
    pub instead: Option<Money>,
    /// `true` if the message reports no problem.
    pub is_good: bool,
}

impl Notice {
    /// Creates the message of a problem.
    pub fn problem(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            instead: None,
            is_good: false,
        }
    }
}
