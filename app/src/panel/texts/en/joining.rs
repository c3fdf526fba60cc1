//! Joining in English.

use crate::panel::texts::joining::JoiningTexts;

pub(super) const JOINING: JoiningTexts = JoiningTexts {
    title: "Joining",
    note: "How clients join by themselves: by the link of a bot or in the app.",
    terms: "Terms for clients",
    terms_hint: "A client accepts them when joining. Each change is a new version; earlier clients keep theirs. Say in them that used bonuses are withheld when goods are returned.",
    version: "Version {} holds since {}.",
    none: "There are no terms yet: clients join without them.",
    link: "Link for clients",
    link_note: "Open it on a phone or print the QR: the bot asks for the number and connects receipts.",
    no_bot: "The link appears when there is a bot: connect one under “Channels”.",
    sample: "An example of terms",
    sample_text: "1. The store “{}” gives bonuses for purchases; 1 bonus = 1 somoni off.\n\
             2. When goods are returned, the bonuses given for them are taken back and those used are given back; if there is nothing to take back, their value is withheld from the money returned.\n\
             3. Bonuses end on a day that we announce. They cannot be exchanged for money.\n\
             4. The store keeps your number, name and purchases to keep the account and send receipts. Messages can be switched off, and the store erases your data when you ask.",
};
