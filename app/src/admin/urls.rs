//! Every URL of the admin console.

use crate::console::urls::urls;

urls! {
    /// An URL of the admin console.
    invitation = "/admin/invitation/{secret}";
    fixed {
        /// The sign-in form.
        SignIn = "/admin/sign-in",
        /// The form of the second step: a code of the authenticator app, or a recovery code.
        SignInCode = "/admin/sign-in/code",
        /// The secret of a new authenticator app, and the form of its first code.
        ConnectApp = "/admin/sign-in/app",
        /// POST ends the session.
        SignOut = "/admin/sign-out",
        /// The stores.
        Stores = "/admin",
        /// The sessions of the admin.
        Sessions = "/admin/sessions",
        /// POST ends all sessions of the admin except the current one.
        EndOtherSessions = "/admin/sessions/end-others",
    }
    numbered {
        /// POST ends a session.
        EndSession = "/admin/sessions/{id}/end",
    }
}
