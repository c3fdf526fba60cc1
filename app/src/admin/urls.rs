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
        /// The journal of the platform.
        Journal = "/admin/journal",
        /// The health of the platform.
        Health = "/admin/health",
        /// The admins, and the form of an invitation.
        Admins = "/admin/admins",
        /// The name and the language of the admin, and the way to the rest of the account.
        Account = "/admin/account",
        /// The form of the admin's own password.
        OwnPassword = "/admin/account/password",
        /// The state of the second step. POST makes the secret of another app.
        SecondStep = "/admin/account/second-step",
        /// The secret of another authenticator app, and the form of its first code.
        AnotherApp = "/admin/account/second-step/app",
        /// POST makes new recovery codes.
        RecoveryCodes = "/admin/account/second-step/codes",
        /// The tills of all stores whose tokens may be shared.
        Signs = "/admin/sharing",
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
        /// POST cancels an invitation.
        CancelInvitation = "/admin/invitations/{id}/cancel",
        /// POST makes a link with which an admin sets a new password.
        NewPasswordLink = "/admin/admins/{id}/password-link",
        /// The question before an admin loses access, and its answer.
        RemoveAdmin = "/admin/admins/{id}/remove",
        /// A store.
        Store = "/admin/stores/{id}",
        /// What the tills of a store do.
        Activity = "/admin/stores/{id}/activity",
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
        /// What a till does, and whether its token is shared.
        TillActivity = "/admin/stores/{id}/tills/{till}",
        /// The question whether a reason is normal for a till; POST silences it.
        NormalReason = "/admin/stores/{id}/tills/{till}/normal",
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
