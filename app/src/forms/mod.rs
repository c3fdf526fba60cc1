//! Forms: their state, and the controls that show it.
//!
//! A page with a form gets a [`FormState`]. If a form is refused, the server answers with the same
//! page and the same state: all values except secrets stay, each problem is shown at its field and
//! in a summary above the form.

mod control;
mod problem;
mod state;

pub use problem::Problem;
pub use state::{Field, FormState};

pub(crate) use control::{Choice, Control, hidden, post_button, submit, summary};
pub(crate) use state::fields;
