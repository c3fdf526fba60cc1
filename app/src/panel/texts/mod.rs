//! Every text of the panel, by typed key: a missing translation does not compile.

mod access;
mod choice;
mod clients;
mod day;
mod en;
mod goods;
mod imports;
mod integrations;
mod joining;
mod messages;
mod modules;
mod programme;
mod reports;
mod ru;
mod sales;
mod tg;
mod tills;

use crate::console::texts::{AccessTexts, AccountTexts, SecondStepTexts};
use access::{CommonTexts, PeopleTexts, SettingsTexts};
use clients::{ClientTexts, ClientsTexts};
use day::{ActTexts, DoneTexts, JournalTexts, TodayTexts};
use goods::GoodsTexts;
use imports::{CardsTexts, FaultTexts, ImportTexts};
use integrations::IntegrationTexts;
use joining::JoiningTexts;
use messages::MessageTexts;
use modules::{CashierStepsTexts, ModuleTexts};
use programme::ProgrammeTexts;
use reports::ReportTexts;
use sales::{SaleTexts, SalesTexts};
use tills::{ConfirmTexts, RefusalTexts, SuspendedTexts, TillTexts, TillsTexts};

pub(super) use choice::texts;

/// The texts of the panel in one language.
pub(super) struct Texts {
    pub(super) common: CommonTexts,
    pub(super) access: AccessTexts,
    pub(super) account: AccountTexts,
    pub(super) second_step: SecondStepTexts,
    pub(super) people: PeopleTexts,
    pub(super) settings: SettingsTexts,
    pub(super) clients: ClientsTexts,
    pub(super) client: ClientTexts,
    pub(super) import: ImportTexts,
    pub(super) faults: FaultTexts,
    pub(super) cards: CardsTexts,
    pub(super) today: TodayTexts,
    pub(super) journal: JournalTexts,
    pub(super) acts: ActTexts,
    pub(super) done: DoneTexts,
    pub(super) goods: GoodsTexts,
    pub(super) joining: JoiningTexts,
    pub(super) messages: MessageTexts,
    pub(super) programme: ProgrammeTexts,
    pub(super) reports: ReportTexts,
    pub(super) sales: SalesTexts,
    pub(super) sale: SaleTexts,
    pub(super) integrations: IntegrationTexts,
    pub(super) modules: ModuleTexts,
    pub(super) cashier_steps: CashierStepsTexts,
    pub(super) suspended: SuspendedTexts,
    pub(super) tills: TillsTexts,
    pub(super) till: TillTexts,
    pub(super) confirm: ConfirmTexts,
    pub(super) refusals: RefusalTexts,
}
