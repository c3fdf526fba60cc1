//! Every URL of the panel: for the server's router, for the links, and for redirects.

use crate::console::urls::urls;

urls! {
    /// An URL of the panel.
    invitation = "/panel/invitation/{secret}";
    fixed {
        /// The sign-in form.
        SignIn = "/panel/sign-in",
        /// The form of the second step: a code of the authenticator app, or a recovery code.
        SignInCode = "/panel/sign-in/code",
        /// The form that asks for the password of the person who is signed in.
        Password = "/panel/password",
        /// POST ends the session.
        SignOut = "/panel/sign-out",
        /// The figures of a day.
        Today = "/panel",
        /// The branches with their tills.
        Tills = "/panel/tills",
        /// The form of a new till. The query may name its branch.
        NewTill = "/panel/tills/new",
        /// The form of a new branch.
        NewBranch = "/panel/branches/new",
        /// What to type into a till's program. The query may name a till.
        Integrations = "/panel/integrations",
        /// The cashier's steps to print. The query names the program and the language.
        CashierSteps = "/panel/integrations/steps",
        /// POST shows the keys of the store and of a till.
        ShowKeys = "/panel/integrations/keys",
        /// Asks before the key of the store is replaced, and POST replaces it.
        RotateStoreKey = "/panel/integrations/store-key",
        /// Asks before the old key of the store is stopped, and POST stops it.
        StopOldStoreKey = "/panel/integrations/store-key/stop",
        /// The settings of the programme.
        Programme = "/panel/programme",
        /// POST shows what the settings in the form would change, without saving them.
        ProgrammePreview = "/panel/programme/preview",
        /// The clients.
        Clients = "/panel/clients",
        /// The form that uploads a file with clients.
        ImportClients = "/panel/clients/import",
        /// The form that exports the clients, and POST sends the file.
        ExportClients = "/panel/clients/export",
        /// The reserved cards, and the form that reserves more.
        Cards = "/panel/cards",
        /// The sales, returns and receipts.
        Sales = "/panel/sales",
        /// The reports: clients and others, bonuses that clients have, who comes again, and when.
        Reports = "/panel/reports",
        /// What the programme gave and took in a period.
        ProgrammeResult = "/panel/reports/result",
        /// The tiers and the moves between them.
        TierReport = "/panel/reports/tiers",
        /// What is unusual by the owner's limits.
        Unusual = "/panel/reports/unusual",
        /// The form of these limits.
        UnusualLimits = "/panel/reports/unusual/limits",
        /// The goods.
        Goods = "/panel/goods",
        /// POST switches the goods on again that a list of stock has switched off.
        RestoreGoods = "/panel/goods/restore",
        /// POST leaves the goods off that a list of stock has switched off.
        ConfirmGoodsOff = "/panel/goods/leave-off",
        /// The messages to clients.
        Messages = "/panel/messages",
        /// How messages look.
        MessagePreviews = "/panel/messages/looks",
        /// POST sends a message again.
        SendAgain = "/panel/messages/again",
        /// How clients join, and POST saves the terms.
        Joining = "/panel/messages/joining",
        /// The channels, and POST sets up one.
        Channels = "/panel/settings/channels",
        /// POST asks a channel whether it works.
        CheckChannel = "/panel/settings/channels/check",
        /// POST removes a channel.
        RemoveChannel = "/panel/settings/channels/remove",
        /// POST changes how messages go out.
        MessageRules = "/panel/settings/channels/rules",
        /// The journal of what people did.
        Journal = "/panel/journal",
        /// The people of the store.
        People = "/panel/people",
        /// The sessions of the person who is signed in.
        Sessions = "/panel/sessions",
        /// POST ends all sessions of the person except the current one.
        EndOtherSessions = "/panel/sessions/end-others",
        /// The settings of the store and of the person.
        Settings = "/panel/settings",
        /// The form of the person's own password.
        OwnPassword = "/panel/settings/password",
        /// The second step of the sign-in; POST makes a new secret.
        SecondStep = "/panel/second-step",
        /// The new secret, and the form of its first code.
        NewSecondStep = "/panel/second-step/new",
        /// POST makes new recovery codes and shows them.
        RecoveryCodes = "/panel/second-step/codes",
        /// Asks for the password before the second step is switched off, and POST does it.
        SecondStepOff = "/panel/second-step/off",
    }
    numbered {
        /// The form of a branch.
        Branch = "/panel/branches/{id}",
        /// A till.
        Till = "/panel/tills/{id}",
        /// The form with the name and the branch of a till.
        EditTill = "/panel/tills/{id}/edit",
        /// POST shows the key of a till.
        ShowKey = "/panel/tills/{id}/key",
        /// What the file of a till's module contains, and POST sends it.
        TillModule = "/panel/tills/{id}/module",
        /// POST makes a pairing code and shows it.
        PairTill = "/panel/tills/{id}/pair",
        /// Asks before the key is replaced, and POST replaces it.
        RotateKey = "/panel/tills/{id}/rotate",
        /// Asks before the old key is stopped, and POST stops it.
        StopOldKey = "/panel/tills/{id}/stop-old-key",
        /// Asks before the till is unbound from its device, and POST unbinds it.
        UnbindTill = "/panel/tills/{id}/unbind",
        /// Asks before the till is switched off, and POST switches it off.
        SwitchTillOff = "/panel/tills/{id}/off",
        /// POST switches the till on.
        SwitchTillOn = "/panel/tills/{id}/on",
        /// A saved version of the programme.
        ProgrammeVersion = "/panel/programme/versions/{id}",
        /// The effect of a programme on many sales, while it is computed and afterwards.
        ProgrammeLook = "/panel/programme/looks/{id}",
        /// POST stops the computation.
        StopProgrammeLook = "/panel/programme/looks/{id}/stop",
        /// A client.
        Client = "/panel/clients/{id}",
        /// The form of a client's new phone.
        ChangePhone = "/panel/clients/{id}/phone",
        /// Asks before another client is merged into this one, and POST merges it.
        MergeClient = "/panel/clients/{id}/merge",
        /// Asks before the name and phone are erased, and POST erases them.
        EraseClient = "/panel/clients/{id}/erase",
        /// POST credits or debits bonuses by hand.
        AdjustClient = "/panel/clients/{id}/adjust",
        /// POST blocks a client.
        BlockClient = "/panel/clients/{id}/block",
        /// POST ends the block of a client.
        UnblockClient = "/panel/clients/{id}/unblock",
        /// The card of a client to print.
        ClientCard = "/panel/clients/{id}/card",
        /// The form that gives a client another card.
        GiveCard = "/panel/clients/{id}/give-card",
        /// A file with clients: what it would change, and POST applies it.
        Import = "/panel/clients/import/{id}",
        /// The form that chooses how a file is read.
        ReadImport = "/panel/clients/import/{id}/reading",
        /// The lines of a file that are left aside, as a file.
        ImportFaults = "/panel/clients/import/{id}/faults",
        /// POST deletes a file that was not applied.
        DiscardImport = "/panel/clients/import/{id}/discard",
        /// The cards of a batch as a file.
        CardBatch = "/panel/cards/{id}",
        /// The cards of a batch to print.
        PrintCards = "/panel/cards/{id}/print",
        /// A sale.
        Sale = "/panel/sales/{id}",
        /// A return.
        Return = "/panel/returns/{id}",
        /// A purchase without a client.
        Receipt = "/panel/receipts/{id}",
        /// POST makes a link with which a person sets a new password.
        NewPasswordLink = "/panel/people/{id}/password-link",
        /// Asks before a person loses access, and POST takes it.
        RemovePerson = "/panel/people/{id}/remove",
        /// POST cancels an invitation.
        CancelInvitation = "/panel/people/invitations/{id}/cancel",
        /// POST ends a session.
        EndSession = "/panel/sessions/{id}/end",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn an_url_is_its_pattern_with_the_parameter() {
        assert_eq!(Url::Today.to_string(), "/panel");
        assert_eq!(Url::Till(103).to_string(), "/panel/tills/103");
        assert_eq!(Url::EndSession(7).to_string(), "/panel/sessions/7/end");
        let invitation = Url::Invitation("a/b?".to_owned());
        assert_eq!(invitation.to_string(), "/panel/invitation/a%2Fb%3F");
    }

    #[test]
    fn a_query_is_encoded_and_has_no_empty_values() {
        let url = Url::Clients.with_query(&[("q", "Зебо & 1"), ("after", ""), ("tier", "2")]);
        assert_eq!(
            url,
            "/panel/clients?q=%D0%97%D0%B5%D0%B1%D0%BE%20%26%201&tier=2"
        );
    }

    #[test]
    fn patterns_are_unique() {
        let patterns: BTreeSet<_> = ALL_PATTERNS.iter().collect();
        assert_eq!(patterns.len(), ALL_PATTERNS.len());
    }
}
