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
        /// The form that opens a store.
        NewStore = "/admin/stores/new",
        /// The sessions of the admin.
        Sessions = "/admin/sessions",
        /// POST ends all sessions of the admin except the current one.
        EndOtherSessions = "/admin/sessions/end-others",
    }
    numbered {
        /// POST ends a session.
        EndSession = "/admin/sessions/{id}/end",
        /// A store.
        Store = "/admin/stores/{id}",
        /// The name of a store and the number of its paid tills.
        EditStore = "/admin/stores/{id}/edit",
        /// The question before a store is suspended; POST does it.
        SuspendStore = "/admin/stores/{id}/suspend",
        /// The question before a store works again; POST does it.
        ResumeStore = "/admin/stores/{id}/resume",
        /// POST invites an owner and shows the link once.
        InviteOwner = "/admin/stores/{id}/owners",
    }
    paired {
        /// POST makes a link with which an owner sets a new password, and shows it once.
        OwnerLink = "/admin/stores/{id}/owners/{owner}/link",
        /// POST cancels the invitation of an owner.
        CancelOwner = "/admin/stores/{id}/invitations/{invitation}/cancel",
        /// The question before a till is unbound from its device; POST does it.
        UnbindTill = "/admin/stores/{id}/tills/{till}/unbind",
        /// The question before a till gets a new key; POST does it.
        RotateKey = "/admin/stores/{id}/tills/{till}/new-key",
        /// The question before a till is switched off; POST does it.
        SwitchTillOff = "/admin/stores/{id}/tills/{till}/off",
        /// The question before a till is switched on; POST does it.
        SwitchTillOn = "/admin/stores/{id}/tills/{till}/on",
    }
}
