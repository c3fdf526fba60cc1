//! Forms of the panel.

use super::session::SignedIn;
use crate::console::form;
pub(super) use crate::console::form::{MAX_NAME, Sent, check_new_password, status_of};

/// A form from a person who has signed in.
pub(super) type SentBy = form::SentBy<SignedIn>;
