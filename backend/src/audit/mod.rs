//! The journals of the stores and of the platform: who did what, to what, and why. Entries are
//! never changed.

mod filter;
mod list;
mod of_store;
mod on_platform;
mod platform;
mod record;
mod sql;

pub use filter::{Filter, PLATFORM, PlatformFilter, Whose};
pub use list::{Page, first, has_more_than, list};
pub use of_store::{AdminAct, acts_in_store};
pub use on_platform::{PlatformActor, PlatformSubject};
pub use platform::{
    PlatformEntry, PlatformPage, first_on_platform, has_more_on_platform_than, list_on_platform,
};
pub(crate) use record::{record, record_on_platform};

use domain::Timestamp;
use serde::{Deserialize, Serialize};

/// The person, or the platform itself, who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The store in which the act is done.
    pub tenant_id: i64,
    /// The person's number; `None` for the platform's operator.
    pub user_id: Option<i64>,
    /// The person's name as the journal shows it.
    pub name: String,
    /// The network address of the request.
    pub address: String,
}

/// The kinds of acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A person signed in.
    SignedIn,
    /// A person ended sessions of their own.
    SessionEnded,
    /// A person set a new password.
    PasswordSet,
    /// A person switched the second step of the sign-in on.
    SecondStepOn,
    /// The second step of a person was switched off.
    SecondStepOff,
    /// An admin connected another authenticator app.
    AppReplaced,
    /// A person made new recovery codes.
    RecoveryCodesMade,
    /// A person signed in with a recovery code.
    RecoveryCodeUsed,
    /// A person changed their own name.
    PersonRenamed,
    /// The name of the store was changed.
    SettingsSaved,
    /// A person was invited.
    PersonInvited,
    /// An invitation was cancelled.
    InvitationCancelled,
    /// A link for a new password was made.
    PasswordLinkMade,
    /// An invited person made an account.
    PersonJoined,
    /// A person lost access.
    PersonRemoved,
    /// A branch was created.
    BranchCreated,
    /// The name or address of a branch was changed.
    BranchChanged,
    /// A till was created.
    TillCreated,
    /// A till got another name.
    TillRenamed,
    /// A till was moved to another branch.
    TillMoved,
    /// A till was switched off.
    TillOff,
    /// A till was switched on.
    TillOn,
    /// A till was unbound from its device.
    TillUnbound,
    /// A reason to think that a till's token is shared was said to be normal.
    SignSilenced,
    /// A till's token was shown.
    KeyShown,
    /// A till got a new token.
    KeyRotated,
    /// The old token of a till was stopped.
    OldKeyStopped,
    /// A pairing code of a till was shown.
    PairingShown,
    /// A phone was made a till by a code.
    TillPaired,
    /// A module for a till was handed out, with the keys that it contains.
    ModuleTaken,
    /// The store's token was shown.
    StoreKeyShown,
    /// The store got a new token.
    StoreKeyRotated,
    /// The old token of the store was stopped.
    OldStoreKeyStopped,
    /// The programme was changed.
    ProgrammeSaved,
    /// The limits of what is unusual were set.
    LimitsSet,
    /// A channel for messages was set up or changed.
    ChannelSaved,
    /// A channel for messages was removed.
    ChannelRemoved,
    /// It was changed how messages go out.
    MessageSettingsSaved,
    /// A message that was not sent is to be sent again.
    MessageAskedAgain,
    /// The terms that clients accept were changed.
    TermsSaved,
    /// Bonuses were given to a client by hand.
    ClientCredited,
    /// Bonuses were taken from a client by hand.
    ClientDebited,
    /// A client was blocked.
    ClientBlocked,
    /// The block of a client was ended.
    ClientUnblocked,
    /// A client got another phone.
    ClientPhoneChanged,
    /// A client was merged with another one.
    ClientMerged,
    /// The name and phone of a client were erased.
    ClientErased,
    /// Clients were imported from a file.
    ClientsImported,
    /// The list of clients was exported.
    ClientsExported,
    /// Card numbers were reserved for a printer.
    CardsReserved,
    /// A client got another card.
    CardGiven,
    /// Goods that a list of stock had switched off were switched on again.
    GoodsRestored,
    /// Goods that a list of stock had switched off were left off.
    GoodsOffConfirmed,
    /// An admin opened the store.
    StoreOpened,
    /// An admin suspended the store.
    StoreSuspended,
    /// An admin let the store work again.
    StoreResumed,
    /// An admin set the number of tills that the store has paid for.
    PaidTillsSet,
}

impl Action {
    /// Every act.
    pub const ALL: [Self; 57] = [
        Self::SignedIn,
        Self::SessionEnded,
        Self::PasswordSet,
        Self::SecondStepOn,
        Self::SecondStepOff,
        Self::AppReplaced,
        Self::RecoveryCodesMade,
        Self::RecoveryCodeUsed,
        Self::PersonRenamed,
        Self::SettingsSaved,
        Self::PersonInvited,
        Self::InvitationCancelled,
        Self::PasswordLinkMade,
        Self::PersonJoined,
        Self::PersonRemoved,
        Self::BranchCreated,
        Self::BranchChanged,
        Self::TillCreated,
        Self::TillRenamed,
        Self::TillMoved,
        Self::TillOff,
        Self::TillOn,
        Self::TillUnbound,
        Self::SignSilenced,
        Self::KeyShown,
        Self::KeyRotated,
        Self::OldKeyStopped,
        Self::PairingShown,
        Self::TillPaired,
        Self::ModuleTaken,
        Self::StoreKeyShown,
        Self::StoreKeyRotated,
        Self::OldStoreKeyStopped,
        Self::ProgrammeSaved,
        Self::LimitsSet,
        Self::ChannelSaved,
        Self::ChannelRemoved,
        Self::MessageSettingsSaved,
        Self::MessageAskedAgain,
        Self::TermsSaved,
        Self::ClientCredited,
        Self::ClientDebited,
        Self::ClientBlocked,
        Self::ClientUnblocked,
        Self::ClientPhoneChanged,
        Self::ClientMerged,
        Self::ClientErased,
        Self::ClientsImported,
        Self::ClientsExported,
        Self::CardsReserved,
        Self::CardGiven,
        Self::GoodsRestored,
        Self::GoodsOffConfirmed,
        Self::StoreOpened,
        Self::StoreSuspended,
        Self::StoreResumed,
        Self::PaidTillsSet,
    ];

    /// Returns the name under which it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SessionEnded => "session_ended",
            Self::PasswordSet => "password_set",
            Self::SecondStepOn => "second_step_on",
            Self::SecondStepOff => "second_step_off",
            Self::AppReplaced => "app_replaced",
            Self::RecoveryCodesMade => "recovery_codes_made",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::PersonRenamed => "person_renamed",
            Self::SettingsSaved => "settings_saved",
            Self::PersonInvited => "person_invited",
            Self::InvitationCancelled => "invitation_cancelled",
            Self::PasswordLinkMade => "password_link_made",
            Self::PersonJoined => "person_joined",
            Self::PersonRemoved => "person_removed",
            Self::BranchCreated => "branch_created",
            Self::BranchChanged => "branch_changed",
            Self::TillCreated => "till_created",
            Self::TillRenamed => "till_renamed",
            Self::TillMoved => "till_moved",
            Self::TillOff => "till_off",
            Self::TillOn => "till_on",
            Self::TillUnbound => "till_unbound",
            Self::SignSilenced => "sign_silenced",
            Self::GoodsRestored => "goods_restored",
            Self::GoodsOffConfirmed => "goods_off_confirmed",
            Self::KeyShown => "key_shown",
            Self::KeyRotated => "key_rotated",
            Self::OldKeyStopped => "old_key_stopped",
            Self::PairingShown => "pairing_shown",
            Self::TillPaired => "till_paired",
            Self::ModuleTaken => "module_taken",
            Self::StoreKeyShown => "store_key_shown",
            Self::StoreKeyRotated => "store_key_rotated",
            Self::OldStoreKeyStopped => "old_store_key_stopped",
            Self::ProgrammeSaved => "programme_saved",
            Self::LimitsSet => "limits_set",
            Self::ChannelSaved => "channel_saved",
            Self::ChannelRemoved => "channel_removed",
            Self::MessageSettingsSaved => "message_settings_saved",
            Self::MessageAskedAgain => "message_asked_again",
            Self::TermsSaved => "terms_saved",
            Self::ClientCredited => "client_credited",
            Self::ClientDebited => "client_debited",
            Self::ClientBlocked => "client_blocked",
            Self::ClientUnblocked => "client_unblocked",
            Self::ClientPhoneChanged => "client_phone_changed",
            Self::ClientMerged => "client_merged",
            Self::ClientErased => "client_erased",
            Self::ClientsImported => "clients_imported",
            Self::ClientsExported => "clients_exported",
            Self::CardsReserved => "cards_reserved",
            Self::CardGiven => "card_given",
            Self::StoreOpened => "store_opened",
            Self::StoreSuspended => "store_suspended",
            Self::StoreResumed => "store_resumed",
            Self::PaidTillsSet => "paid_tills_set",
        }
    }
}

/// What an act was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A person, by number.
    Person(i64),
    /// A branch, by number.
    Branch(i64),
    /// A till, by number.
    Till(i64),
    /// A version of the programme, by number.
    Programme(i64),
    /// A client, by number.
    Client(i64),
    /// The store itself.
    Store,
}

impl Subject {
    pub(crate) fn text(self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Branch(id) => format!("branch:{id}"),
            Self::Till(id) => format!("till:{id}"),
            Self::Programme(number) => format!("programme:{number}"),
            Self::Client(id) => format!("client:{id}"),
            Self::Store => "store".to_owned(),
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':').unwrap_or((text, "0"));
        let id = id.parse().ok()?;
        match kind {
            "person" => Some(Self::Person(id)),
            "branch" => Some(Self::Branch(id)),
            "till" => Some(Self::Till(id)),
            "programme" => Some(Self::Programme(id)),
            "client" => Some(Self::Client(id)),
            "store" => Some(Self::Store),
            _ => None,
        }
    }
}

/// The words of an entry beside its action and subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The name of the subject at that time.
    pub name: String,
    /// The state before, as shown to people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The state after, as shown to people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The reason that the person gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// Its moment.
    pub at: Timestamp,
    /// The name of the person at that time.
    pub who: String,
    /// The name of the person's present role; `None` for the platform's operator.
    pub role: Option<String>,
    /// The name of the act, as [`Action::as_str`] returns it.
    pub action: String,
    /// What it was done to.
    pub subject: Option<Subject>,
    /// Names and states.
    pub details: Details,
}
