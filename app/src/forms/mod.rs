//! Forms: their state, and the controls that show it.
//!
//! A page with a form gets a [`FormState`]. If a form is refused, the server answers with the same
//! page and the same state: all values except secrets stay, each problem is shown at its field and
//! in a summary above the form.

mod buttons;
mod control;
mod problem;
mod read;
mod state;
mod summary;

pub use problem::Problem;
pub use state::{Field, FormState};

pub(crate) use buttons::{hidden, post_button, submit};
pub(crate) use control::{Choice, Control};
pub(crate) use state::fields;
pub(crate) use summary::summary;
