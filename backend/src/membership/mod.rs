//! The client's own side: joining by themselves, codes and sessions, devices and preferences, and
//! what a bot knows of a person.

mod bot;
mod codes;
mod devices;
mod expiring;
mod join;
mod preferences;
mod referral;
mod sessions;
mod sign_in;
mod sql;
mod terms;

pub use bot::{
    BotStore, Dialogue, begin_dialogue, dialogue, forget_update, note_update, set_blocked,
    stores_of, switch_all_off, switch_on_again,
};
pub use codes::{Asked, CODE_SECONDS, RESEND_SECONDS, ask_code, withdraw_code};
pub use devices::{ForgetDevice, MAX_DEVICES, Platform, RegisterDevice};
pub use expiring::{Expiring, expiring};
pub use join::{BindTelegram, Join, Joined, UnbindTelegram};
pub use preferences::{Preferences, SavePreferences, preferences};
pub use referral::referral_code;
pub use sessions::{AuthenticatedClient, EndSession, NewSession, authenticate};
pub use sign_in::{SignInByCode, SignedIn};
pub use terms::{SaveTerms, Terms, terms};
