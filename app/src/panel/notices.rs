//! The messages after something was done. A redirect carries the code of the message in a short
//! cookie; the next page shows it.

use super::texts::texts;
use crate::console::notices::done;
use crate::locales::Language;
use crate::ui::states::{Notice, Tone};

done! {
    /// Something that was done.
    Done:
    /// The new password is valid.
    PasswordSet = "password-set", password_set;
    /// The branch is saved.
    BranchSaved = "branch-saved", branch_saved;
    /// The till is created.
    TillCreated = "till-created", till_created;
    /// The till is saved.
    TillSaved = "till-saved", till_saved;
    /// The key is replaced.
    KeyRotated = "key-rotated", key_rotated;
    /// The old key is stopped.
    OldKeyStopped = "old-key-stopped", old_key_stopped;
    /// The key of the store is replaced.
    StoreKeyRotated = "store-key-rotated", store_key_rotated;
    /// The old key of the store is stopped.
    OldStoreKeyStopped = "old-store-key-stopped", old_store_key_stopped;
    /// The till is unbound.
    TillUnbound = "till-unbound", till_unbound;
    /// The till is switched off.
    TillOff = "till-off", till_off;
    /// The till is switched on.
    TillOn = "till-on", till_on;
    /// The programme is saved.
    ProgrammeSaved = "programme-saved", programme_saved;
    /// Nothing in the programme has changed.
    ProgrammeUnchanged = "programme-unchanged", programme_unchanged;
    /// The balance is changed.
    ClientAdjusted = "client-adjusted", client_adjusted;
    /// The client is blocked.
    ClientBlocked = "client-blocked", client_blocked;
    /// The client is not blocked any more.
    ClientUnblocked = "client-unblocked", client_unblocked;
    /// The phone of the client is changed.
    PhoneChanged = "phone-changed", phone_changed;
    /// The clients are merged.
    ClientMerged = "client-merged", client_merged;
    /// The name and phone of the client are erased.
    ClientErased = "client-erased", client_erased;
    /// The person has lost access.
    PersonRemoved = "person-removed", person_removed;
    /// The invitation is cancelled.
    InvitationCancelled = "invitation-cancelled", invitation_cancelled;
    /// The second step is off.
    SecondStepOff = "second-step-off", second_step_off;
    /// The clients of a file are saved.
    Imported = "imported", imported;
    /// The file was applied before.
    ImportedBefore = "imported-before", import_before;
    /// The file is deleted.
    ImportDiscarded = "import-discarded", discarded;
    /// The card numbers are reserved.
    CardsReserved = "cards-reserved", cards_reserved;
    /// The client has another card.
    CardGiven = "card-given", card_given;
    /// The goods are switched on again.
    GoodsRestored = "goods-restored", goods_restored;
    /// The goods are left off.
    GoodsOffConfirmed = "goods-off-confirmed", goods_off_confirmed;
    /// The settings are saved.
    SettingsSaved = "settings-saved", settings_saved;
    /// The limits of what is unusual are set.
    LimitsSet = "limits-set", limits_set;
    /// The channel is saved.
    ChannelSaved = "channel-saved", channel_saved;
    /// The channel is removed.
    ChannelRemoved = "channel-removed", channel_removed;
    /// The channel works.
    ChannelWorks = "channel-works", channel_works;
    /// It is saved how messages go out.
    MessagesSaved = "messages-saved", messages_saved;
    /// The message will be sent again.
    MessageAskedAgain = "message-asked-again", message_asked_again;
    /// The message cannot be sent again.
    MessageIsOver = "message-is-over", message_is_over;
    /// The terms are saved.
    TermsSaved = "terms-saved", terms_saved;
}
