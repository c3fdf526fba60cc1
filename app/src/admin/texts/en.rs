//! The English texts.

use super::{Texts, activity, stores};
use crate::console::texts::en;

/// All English texts of the admin console.
pub(super) const TEXTS: Texts = Texts {
    access: en::ACCESS,
    second_step: en::SECOND_STEP,
    role: "admin",
    join_title: "Welcome",
    join_lead: "You are invited to the console of the Bonex platform. You will see all stores.",
    connect_lead: "The console asks for the password and a code of your phone. Three steps, one minute.",
    connect: "Connect and sign in",
    stores: "Stores",
    store_pages: stores::en::STORES,
    activity: activity::en::ACTIVITY,
};
