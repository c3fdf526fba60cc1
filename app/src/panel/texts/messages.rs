//! Keys of the messages and their channels.

/// The messages and their channels.
pub(in crate::panel) struct MessageTexts {
    pub(in crate::panel) title: &'static str,
    pub(in crate::panel) note: &'static str,
    pub(in crate::panel) all: &'static str,
    /// How messages ended: waiting, sent, skipped, expired, failed, unknown.
    pub(in crate::panel) outcomes: [&'static str; 6],
    pub(in crate::panel) outcome_name: &'static str,
    pub(in crate::panel) empty: &'static str,
    pub(in crate::panel) empty_advice: &'static str,
    pub(in crate::panel) of_month: &'static str,
    pub(in crate::panel) sms_parts: &'static str,
    pub(in crate::panel) sms_cost: &'static str,
    pub(in crate::panel) what: &'static str,
    pub(in crate::panel) client: &'static str,
    pub(in crate::panel) channel: &'static str,
    pub(in crate::panel) state: &'static str,
    pub(in crate::panel) again: &'static str,
    pub(in crate::panel) next_try: &'static str,
    pub(in crate::panel) erased: &'static str,
    /// What messages are about: sale, return, voided, welcome, referral, adjusted, phone, expiring.
    pub(in crate::panel) kinds: [&'static str; 8],
    /// The channels: push, Telegram, SMS.
    pub(in crate::panel) channels: [&'static str; 3],
    pub(in crate::panel) previews: &'static str,
    pub(in crate::panel) previews_note: &'static str,
    pub(in crate::panel) language: &'static str,
    pub(in crate::panel) by_sms: &'static str,
    pub(in crate::panel) example_place: &'static str,
    pub(in crate::panel) set_up: &'static str,
    pub(in crate::panel) set_up_note: &'static str,
    pub(in crate::panel) not_set_up: &'static str,
    pub(in crate::panel) platform_bot: &'static str,
    pub(in crate::panel) works: &'static str,
    pub(in crate::panel) stopped: &'static str,
    pub(in crate::panel) paused_until: &'static str,
    pub(in crate::panel) check: &'static str,
    pub(in crate::panel) remove: &'static str,
    pub(in crate::panel) change: &'static str,
    pub(in crate::panel) connect: &'static str,
    pub(in crate::panel) only_owner: &'static str,
    pub(in crate::panel) checked: &'static str,
    pub(in crate::panel) checked_money: &'static str,
    pub(in crate::panel) telegram_note: &'static str,
    pub(in crate::panel) token: &'static str,
    pub(in crate::panel) token_hint: &'static str,
    pub(in crate::panel) push_note: &'static str,
    pub(in crate::panel) file: &'static str,
    pub(in crate::panel) file_hint: &'static str,
    pub(in crate::panel) sms_note: &'static str,
    pub(in crate::panel) login: &'static str,
    pub(in crate::panel) sender: &'static str,
    pub(in crate::panel) sender_hint: &'static str,
    pub(in crate::panel) way: &'static str,
    pub(in crate::panel) way_token: &'static str,
    pub(in crate::panel) way_hash: &'static str,
    pub(in crate::panel) key: &'static str,
    pub(in crate::panel) rules: &'static str,
    pub(in crate::panel) receipts: &'static str,
    pub(in crate::panel) receipts_all: &'static str,
    pub(in crate::panel) receipts_first: &'static str,
    pub(in crate::panel) sms_reminders: &'static str,
    pub(in crate::panel) sms_reminders_hint: &'static str,
    pub(in crate::panel) sms_a_client: &'static str,
    pub(in crate::panel) sms_a_month: &'static str,
    pub(in crate::panel) sms_part_price: &'static str,
    pub(in crate::panel) wrong_token: &'static str,
    pub(in crate::panel) wrong_file: &'static str,
    pub(in crate::panel) wrong_key: &'static str,
    /// Why something was not sent: the word of the database and the sentence.
    pub(in crate::panel) faults: &'static [(&'static str, &'static str)],
}

impl MessageTexts {
    /// Returns the sentence of a fault or of a reason to send nothing.
    pub(in crate::panel) fn fault(&self, word: &str) -> &'static str {
        let known = self.faults.iter().find(|(known, _)| *known == word);
        known.map_or("", |(_, sentence)| sentence)
    }
}
