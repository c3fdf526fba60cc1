//! The English texts.

mod access;
mod clients;
mod day;
mod goods;
mod imports;
mod integrations;
mod joining;
mod messages;
mod modules;
mod programme;
mod reports;
mod sales;
mod tills;

use super::Texts;
use crate::console::texts::en;

/// All English texts of the panel.
pub(super) const TEXTS: Texts = Texts {
    common: access::COMMON,
    access: en::ACCESS,
    account: en::ACCOUNT,
    second_step: en::SECOND_STEP,
    people: access::PEOPLE,
    settings: access::SETTINGS,
    clients: clients::CLIENTS,
    client: clients::CLIENT,
    import: imports::IMPORT,
    faults: imports::FAULTS,
    cards: imports::CARDS,
    today: day::TODAY,
    journal: day::JOURNAL,
    acts: day::ACTS,
    done: day::DONE,
    goods: goods::GOODS,
    joining: joining::JOINING,
    messages: messages::MESSAGES,
    programme: programme::PROGRAMME,
    reports: reports::REPORTS,
    sales: sales::SALES,
    sale: sales::SALE,
    integrations: integrations::INTEGRATIONS,
    modules: modules::MODULES,
    cashier_steps: modules::CASHIER_STEPS,
    suspended: tills::SUSPENDED,
    tills: tills::TILLS,
    till: tills::TILL,
    confirm: tills::CONFIRM,
    refusals: tills::REFUSALS,
};
