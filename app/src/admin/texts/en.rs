//! The English texts.

use super::Texts;
use crate::console::texts::en;
use crate::ui::format::Plural;

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
    signed_in_as: "You are signed in as {}.",
    on_the_platform: "On the platform",
    store_noun: Plural {
        one: "store",
        few: "stores",
        many: "stores",
    },
    no_stores: "There are no stores yet",
    no_stores_advice: "The command bonex provision-demo creates the demo stores.",
    store: "Store",
    state: "State",
    works: "works",
    suspended: "suspended",
    active_tills: "Tills switched on",
    of_tills: "{} of {}",
    tills_on_phone: "tills on: {}",
    last_sale: "Last sale",
    never_sold: "no sales yet",
};
