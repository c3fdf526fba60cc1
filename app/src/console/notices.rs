//! The messages after something was done. A redirect carries the code of the message in a short
//! cookie; the next page shows it.

use super::texts::texts;
use crate::locales::Language;
use crate::ui::states::{Notice, Tone};

/// Declares the messages with their codes and words.
macro_rules! done {
    (
        $(#[$enum_doc:meta])*
        $name:ident:
        $($(#[$doc:meta])* $done:ident = $code:literal, $words:ident;)*
    ) => {
        $(#[$enum_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $done,)*
        }

        impl $name {
            /// Every message.
            pub const ALL: &[Self] = &[$(Self::$done,)*];

            /// Returns the value of the cookie.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$done => $code,)*
                }
            }

            /// Returns the message in a language.
            pub fn notice(self, language: Language) -> Notice {
                let t = &texts(language).done;
                let words = match self {
                    $(Self::$done => t.$words,)*
                };
                Notice::new(Tone::Good, words)
            }

            /// Returns the message with this code.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|done| done.code() == code)
            }
        }
    };
}

pub(crate) use done;

done! {
    /// Something that was done with a person's own account.
    AccountDone:
    /// The session is ended.
    SessionEnded = "session-ended", session_ended;
    /// All other sessions are ended.
    SessionsEnded = "sessions-ended", sessions_ended;
    /// The person signed in with a recovery code.
    RecoveryUsed = "recovery-used", recovery_used;
}
