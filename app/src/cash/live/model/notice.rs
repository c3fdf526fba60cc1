//! Something to tell the cashier, until the next thing is done.

use domain::Money;

/// What is told.
#[derive(Clone, PartialEq)]
pub struct Notice {
    pub text: String,
    /// What may be taken instead of what was refused.
    pub instead: Option<Money>,
    /// Nothing went wrong.
    pub is_good: bool,
}

impl Notice {
    /// Something went wrong.
    pub fn problem(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            instead: None,
            is_good: false,
        }
    }
}
