//! The messages after something was done with the admins or the own account.

use super::texts::platform as texts;
use crate::console::notices::done;
use crate::locales::Language;
use crate::ui::states::{Notice, Tone};

done! {
    /// Something that was done.
    PlatformDone:
    /// The invitation is cancelled.
    InvitationCancelled = "admin-invitation-cancelled", invitation_cancelled;
    /// The admin lost access.
    AdminRemoved = "admin-removed", admin_removed;
    /// The name and the language are saved.
    AccountSaved = "account-saved", account_saved;
    /// The new password is valid.
    PasswordSet = "own-password-set", password_set;
}
