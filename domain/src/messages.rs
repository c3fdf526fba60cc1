//! The rules of messages: what goes where, when a client may be disturbed, and for how long a
//! message that did not arrive is tried again.

use crate::time::Timestamp;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A way to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// A notification of the app.
    Push,
    /// A message of a bot.
    Telegram,
    /// An SMS.
    Sms,
}

impl Channel {
    /// Every channel, the cheapest first.
    pub const ALL: [Self; 3] = [Self::Push, Self::Telegram, Self::Sms];

    /// Returns the name under which it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Telegram => "telegram",
            Self::Sms => "sms",
        }
    }

    /// Returns the channel with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|channel| channel.as_str() == name)
    }
}

/// What a message is about, which decides its channels, its time and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// A purchase, a return or another change of the account.
    Receipt,
    /// The client has joined.
    Welcome,
    /// Another phone: it goes to the number itself too, and nobody can switch it off.
    Phone,
    /// Bonuses will end.
    Reminder,
    /// A store's offer.
    Offer,
}

/// The order of sending: lower lanes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// News of the account, at once.
    News,
    /// Reminders.
    Reminders,
    /// Offers.
    Offers,
}

impl Lane {
    /// Every lane in order.
    pub const ALL: [Self; 3] = [Self::News, Self::Reminders, Self::Offers];

    /// Returns the number under which it is stored.
    pub const fn number(self) -> i64 {
        match self {
            Self::News => 0,
            Self::Reminders => 1,
            Self::Offers => 2,
        }
    }
}

impl MessageKind {
    /// Returns the lane of such messages.
    pub const fn lane(self) -> Lane {
        match self {
            Self::Receipt | Self::Welcome | Self::Phone => Lane::News,
            Self::Reminder => Lane::Reminders,
            Self::Offer => Lane::Offers,
        }
    }

    /// Returns the moment after which a message of `since` is no longer sent: an old receipt would
    /// only disturb. A reminder ends with the bonuses that it is about, an offer with its day; both
    /// have an end of their own.
    pub const fn ends_at(self, since: Timestamp) -> Timestamp {
        match self {
            Self::Receipt => since.plus_seconds(6 * HOUR),
            Self::Welcome | Self::Phone | Self::Reminder | Self::Offer => since.plus_seconds(DAY),
        }
    }

    /// Returns the first moment from `at` on when the client may be disturbed: reminders from 9 to
    /// 21 o'clock, offers from 10 to 19, all other messages at once.
    pub const fn allowed_from(self, at: Timestamp) -> Timestamp {
        let (from, to) = match self {
            Self::Receipt | Self::Welcome | Self::Phone => return at,
            Self::Reminder => (9 * HOUR, 21 * HOUR),
            Self::Offer => (10 * HOUR, 19 * HOUR),
        };
        let midnight = at.local_midnight();
        if at.micros() < midnight.plus_seconds(from).micros() {
            midnight.plus_seconds(from)
        } else if at.micros() < midnight.plus_seconds(to).micros() {
            at
        } else {
            midnight.plus_days(1).plus_seconds(from)
        }
    }
}

/// The time over which the reminders of a day are spread, in seconds.
const SMEAR_SECONDS: i64 = 2 * HOUR;

/// Returns the moment at which a client gets a reminder that is written at `now`: spread over two
/// hours by the client's number, so that neither the shop's phone nor a gateway is flooded, and not
/// in quiet hours.
pub fn reminder_moment(now: Timestamp, client_id: i64) -> Timestamp {
    // Neighbouring numbers get moments far apart (Knuth, multiplicative hashing).
    let spread = client_id
        .wrapping_mul(2_654_435_761)
        .rem_euclid(SMEAR_SECONDS);
    MessageKind::Reminder.allowed_from(now.plus_seconds(spread))
}

/// Which channels a message goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// To each of them.
    All,
    /// To the first that accepts it.
    First,
}

/// What a client can be reached by, and what the client and the store allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "they are independent facts, not the state of a machine"
)]
pub struct Reach {
    /// The client has a device with the app.
    pub has_device: bool,
    /// The client has started the bot and has not blocked it.
    pub has_telegram: bool,
    /// An SMS may be sent to the client.
    pub has_sms: bool,
    /// The client wants no receipts.
    pub receipts_off: bool,
    /// The client wants no reminders.
    pub reminders_off: bool,
    /// The client has agreed to offers.
    pub offers_on: bool,
    /// The store sends receipts to the app, and only otherwise to Telegram.
    pub receipts_first: bool,
}

impl Reach {
    /// Returns whether the client does not want messages of this kind.
    pub const fn is_off(&self, kind: MessageKind) -> bool {
        match kind {
            MessageKind::Receipt => self.receipts_off,
            MessageKind::Welcome | MessageKind::Phone => false,
            MessageKind::Reminder => self.reminders_off,
            MessageKind::Offer => !self.offers_on,
        }
    }

    /// Returns the channels for a message of this kind in order, and how many of them it goes to.
    /// No channels: it is not sent.
    pub fn channels(&self, kind: MessageKind) -> (Spread, Vec<Channel>) {
        let spread = match kind {
            MessageKind::Receipt | MessageKind::Welcome if !self.receipts_first => Spread::All,
            MessageKind::Phone => Spread::All,
            _ => Spread::First,
        };
        // A client who gets news of purchases by no other way does not get them by SMS, which costs
        // the store money.
        let may_cost = matches!(kind, MessageKind::Phone | MessageKind::Reminder);
        let mut channels = Vec::new();
        if !self.is_off(kind) {
            channels.extend(self.has_device.then_some(Channel::Push));
            channels.extend(self.has_telegram.then_some(Channel::Telegram));
            channels.extend((self.has_sms && may_cost).then_some(Channel::Sms));
        }
        (spread, channels)
    }
}

/// Returns the seconds until the next attempt after `failures` in a row: from 15 seconds, twice as
/// long each time, to an hour, and less by a random part of up to a half, `random` in 0…1 of
/// 1,000,000 (exponential backoff with jitter).
pub const fn retry_seconds(failures: u32, random: u32) -> i64 {
    let doublings = if failures > 9 {
        8
    } else {
        failures.saturating_sub(1)
    };
    let whole = (15_i64 << doublings) * 1_000_000;
    let longest = HOUR * 1_000_000;
    let whole = if whole < longest { whole } else { longest };
    let half = whole / 2;
    (half + half * (random as i64 % 1_000_001) / 1_000_000) / 1_000_000
}

/// Returns the last moment until `now` at which a daily job was due: `at_seconds` after a local
/// midnight.
pub const fn last_due(now: Timestamp, at_seconds: i64) -> Timestamp {
    let today = now.local_midnight().plus_seconds(at_seconds);
    if today.micros() <= now.micros() {
        today
    } else {
        now.local_midnight().plus_days(-1).plus_seconds(at_seconds)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn local(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(&format!("{text}+05:00")).unwrap()
    }

    #[test]
    fn reminders_wait_for_the_morning_and_offers_for_business_hours() {
        for (kind, at, from) in [
            (
                MessageKind::Reminder,
                "2026-06-05T08:59:59",
                "2026-06-05T09:00:00",
            ),
            (
                MessageKind::Reminder,
                "2026-06-05T20:59:59",
                "2026-06-05T20:59:59",
            ),
            (
                MessageKind::Reminder,
                "2026-06-05T21:00:00",
                "2026-06-06T09:00:00",
            ),
            (
                MessageKind::Offer,
                "2026-06-05T19:00:00",
                "2026-06-06T10:00:00",
            ),
            (
                MessageKind::Offer,
                "2026-06-05T00:00:00",
                "2026-06-05T10:00:00",
            ),
            (
                MessageKind::Receipt,
                "2026-06-05T03:00:00",
                "2026-06-05T03:00:00",
            ),
        ] {
            assert_eq!(kind.allowed_from(local(at)), local(from), "{kind:?} {at}");
        }
    }

    #[test]
    fn channels_are_those_that_the_client_and_the_store_allow() {
        use Channel::{Push, Sms, Telegram};
        let everything = Reach {
            has_device: true,
            has_telegram: true,
            has_sms: true,
            ..Reach::default()
        };
        let both = vec![Push, Telegram];
        let receipt = everything.channels(MessageKind::Receipt);
        assert_eq!(receipt, (Spread::All, both.clone()));
        let first = Reach {
            receipts_first: true,
            ..everything
        };
        let receipt = first.channels(MessageKind::Receipt);
        assert_eq!(receipt, (Spread::First, both));
        let reminder = everything.channels(MessageKind::Reminder);
        assert_eq!(reminder, (Spread::First, vec![Push, Telegram, Sms]));
        let phone = everything.channels(MessageKind::Phone);
        assert_eq!(phone, (Spread::All, vec![Push, Telegram, Sms]));
        // Offers only to those who have agreed.
        assert_eq!(everything.channels(MessageKind::Offer).1, vec![]);
        let off = Reach {
            receipts_off: true,
            reminders_off: true,
            ..everything
        };
        assert_eq!(off.channels(MessageKind::Receipt).1, vec![]);
        assert_eq!(off.channels(MessageKind::Reminder).1, vec![]);
        assert_eq!(off.channels(MessageKind::Phone).1.len(), 3);
        let by_sms = Reach {
            has_sms: true,
            ..Reach::default()
        };
        assert_eq!(by_sms.channels(MessageKind::Receipt).1, vec![]);
    }

    #[test]
    fn attempts_are_made_ever_more_rarely() {
        let range = |failures| {
            (
                retry_seconds(failures, 0),
                retry_seconds(failures, 1_000_000),
            )
        };
        assert_eq!(range(1), (7, 15));
        assert_eq!(range(2), (15, 30));
        assert_eq!(range(5), (120, 240));
        assert_eq!(range(9), (1_800, 3_600));
        assert_eq!(range(u32::MAX), (1_800, 3_600));
    }

    #[test]
    fn a_daily_job_is_due_at_its_local_time() {
        let three = 3 * HOUR;
        assert_eq!(
            last_due(local("2026-06-05T03:00:00"), three),
            local("2026-06-05T03:00:00")
        );
        assert_eq!(
            last_due(local("2026-06-05T02:59:59"), three),
            local("2026-06-04T03:00:00")
        );
        assert_eq!(
            last_due(local("2026-06-05T23:59:59"), three),
            local("2026-06-05T03:00:00")
        );
    }

    proptest! {
        #[test]
        fn no_reminder_comes_in_quiet_hours(second in 0..400 * DAY, client in any::<i64>()) {
            let now = local("2026-01-01T00:00:00").plus_seconds(second);
            let at = reminder_moment(now, client);
            let of_day = (at.micros() - at.local_midnight().micros()) / 1_000_000;
            prop_assert!((9 * HOUR..21 * HOUR).contains(&of_day));
            prop_assert!(at >= now && at < now.plus_days(1));
        }
    }
}
