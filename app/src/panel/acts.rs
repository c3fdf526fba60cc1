//! What people do in the panel, as the journal names it.

use super::texts::{Texts, texts};
use crate::locales::Language;

/// Declares the acts with their codes and words.
macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $code:literal, $words:ident;)*) => {
        /// An act of a person.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Act {
            $($(#[$doc])* $act,)*
        }

        impl Act {
            /// Every act.
            pub const ALL: &[Self] = &[$(Self::$act,)*];

            /// Returns the text of the database and of filters.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$act => $code,)*
                }
            }

            pub(super) const fn words(self, texts: &Texts) -> &'static str {
                match self {
                    $(Self::$act => texts.acts.$words,)*
                }
            }
        }
    };
}

acts! {
    /// A person signed in.
    SignedIn = "signed_in", signed_in;
    /// A person ended a session.
    SessionEnded = "session_ended", session_ended;
    /// A branch was created.
    BranchCreated = "branch_created", branch_created;
    /// A branch got another name or address.
    BranchChanged = "branch_changed", branch_changed;
    /// A till was created.
    TillCreated = "till_created", till_created;
    /// A till got another name.
    TillRenamed = "till_renamed", till_renamed;
    /// A till was moved to another branch.
    TillMoved = "till_moved", till_moved;
    /// The key of a till was shown.
    KeyShown = "key_shown", key_shown;
    /// The key of a till was replaced.
    KeyRotated = "key_rotated", key_rotated;
    /// The old key of a till was stopped.
    OldKeyStopped = "old_key_stopped", old_key_stopped;
    /// A module for a till was downloaded.
    ModuleTaken = "module_taken", module_taken;
    /// The key of the store was shown.
    StoreKeyShown = "store_key_shown", store_key_shown;
    /// The key of the store was replaced.
    StoreKeyRotated = "store_key_rotated", store_key_rotated;
    /// The old key of the store was stopped.
    OldStoreKeyStopped = "old_store_key_stopped", old_store_key_stopped;
    /// A pairing code was shown.
    PairingShown = "pairing_shown", pairing_shown;
    /// A phone was paired.
    TillPaired = "till_paired", till_paired;
    /// A till was unbound from its device.
    TillUnbound = "till_unbound", till_unbound;
    /// A reason to think that a key is shared was said to be normal.
    SignSilenced = "sign_silenced", sign_silenced;
    /// A till was switched off.
    TillOff = "till_off", till_off;
    /// A till was switched on.
    TillOn = "till_on", till_on;
    /// The programme was changed.
    ProgrammeSaved = "programme_saved", programme_saved;
    /// Bonuses were added by hand.
    ClientCredited = "client_credited", client_credited;
    /// Bonuses were taken by hand.
    ClientDebited = "client_debited", client_debited;
    /// A client was blocked.
    ClientBlocked = "client_blocked", client_blocked;
    /// The block of a client was ended.
    ClientUnblocked = "client_unblocked", client_unblocked;
    /// The phone of a client was changed.
    ClientPhoneChanged = "client_phone_changed", client_phone_changed;
    /// A client was merged into another one.
    ClientMerged = "client_merged", client_merged;
    /// The name and phone of a client were erased.
    ClientErased = "client_erased", client_erased;
    /// A person was invited.
    PersonInvited = "person_invited", person_invited;
    /// An invitation was cancelled.
    InvitationCancelled = "invitation_cancelled", invitation_cancelled;
    /// A person accepted an invitation.
    PersonJoined = "person_joined", person_joined;
    /// A person lost access.
    PersonRemoved = "person_removed", person_removed;
    /// A link for a new password was made.
    PasswordLinkMade = "password_link_made", password_link_made;
    /// A person set a new password.
    PasswordSet = "password_set", password_set;
    /// The second step of the sign-in was switched on.
    SecondStepOn = "second_step_on", second_step_on;
    /// The second step of the sign-in was switched off.
    SecondStepOff = "second_step_off", second_step_off;
    /// Another authenticator app was connected.
    AppReplaced = "app_replaced", app_replaced;
    /// New recovery codes were made.
    RecoveryCodesMade = "recovery_codes_made", recovery_codes_made;
    /// A person signed in with a recovery code.
    RecoveryCodeUsed = "recovery_code_used", recovery_code_used;
    /// A person changed their own name.
    PersonRenamed = "person_renamed", person_renamed;
    /// Clients were imported from a file.
    ClientsImported = "clients_imported", clients_imported;
    /// The list of clients was exported.
    ClientsExported = "clients_exported", clients_exported;
    /// Card numbers were reserved for a printer.
    CardsReserved = "cards_reserved", cards_reserved;
    /// A client got another card.
    CardGiven = "card_given", card_given;
    /// Goods that a list of stock had switched off were switched on again.
    GoodsRestored = "goods_restored", goods_restored;
    /// Goods that a list of stock had switched off were left off.
    GoodsOffConfirmed = "goods_off_confirmed", goods_off_confirmed;
    /// The settings of the store were changed.
    SettingsSaved = "settings_saved", settings_saved;
    /// The limits of what is unusual were set.
    LimitsSet = "limits_set", limits_set;
    /// A channel for messages was set up or changed.
    ChannelSaved = "channel_saved", channel_saved;
    /// A channel for messages was removed.
    ChannelRemoved = "channel_removed", channel_removed;
    /// It was changed how messages go out.
    MessageSettingsSaved = "message_settings_saved", message_settings_saved;
    /// A message is to be sent again.
    MessageAskedAgain = "message_asked_again", message_asked_again;
    /// The terms that clients accept were changed.
    TermsSaved = "terms_saved", terms_saved;
    /// An admin opened the store.
    StoreOpened = "store_opened", store_opened;
    /// An admin suspended the store.
    StoreSuspended = "store_suspended", store_suspended;
    /// An admin let the store work again.
    StoreResumed = "store_resumed", store_resumed;
    /// An admin set the number of paid tills.
    PaidTillsSet = "paid_tills_set", paid_tills_set;
}

impl Act {
    /// Returns the words in a language.
    pub(crate) const fn words_in(self, language: Language) -> &'static str {
        self.words(texts(language))
    }

    /// Returns the act with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.code() == code)
    }
}
