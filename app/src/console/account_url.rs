//! The pages of a person's own account, which both consoles have.

/// A page of a person's own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountUrl {
    /// The first page after the sign-in.
    Home,
    /// The sign-in form.
    SignIn,
    /// The form of the second step.
    SignInCode,
    /// The page after a sign-in with a recovery code, which shows how many are left.
    AfterRecovery,
    /// The sessions.
    Sessions,
    /// POST ends all sessions but one.
    EndOtherSessions,
    /// POST ends the session with this number.
    EndSession(i64),
}
