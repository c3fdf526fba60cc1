//! What the sandbox remembers while it runs.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use backend::Clock;
use domain::Timestamp;
use domain::messages::Channel;
use serde_json::Value;

/// The most messages that are kept.
const MOST_MESSAGES: usize = 500;
/// The most access tokens that are kept.
const MOST_BEARERS: usize = 1_000;

/// The state of the sandbox.
pub(super) struct Sandbox(Mutex<Kept>);

/// A message that a service would have sent.
#[derive(Clone)]
pub(super) struct Taken {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) channel: Channel,
    /// The bot, the project or the sender.
    pub(super) from: String,
    /// The chat, the device or the phone.
    pub(super) to: String,
    /// The first line of a push.
    pub(super) title: Option<String>,
    pub(super) text: String,
    /// The client's phone makes no sound.
    pub(super) is_silent: bool,
    /// The gateway does not show the text to the account's people.
    pub(super) is_confidential: bool,
    /// The keyboard of a bot's message.
    pub(super) keyboard: Option<Value>,
}

/// Where a bot's updates go.
#[derive(Clone)]
pub(super) struct Hook {
    pub(super) url: String,
    pub(super) secret: Option<String>,
    /// The kinds of updates that the bot wants; none: all.
    pub(super) allowed: Vec<String>,
}

/// An account of Firebase.
pub(super) struct Account {
    /// Its project, if its name tells it.
    pub(super) project: Option<String>,
}

/// Everything behind the lock.
pub(super) struct Kept {
    clock: Arc<dyn Clock>,
    messages: VecDeque<Taken>,
    last_id: i64,
    last_update: i64,
    /// Access tokens of Firebase, with the accounts that have asked for them.
    bearers: VecDeque<(String, Account)>,
    /// The numbers of SMS that were taken, with the account's login.
    pub(super) numbers: HashSet<(String, String)>,
    /// The webhooks by the bot's number.
    pub(super) hooks: BTreeMap<i64, Hook>,
    /// The bots that a person has blocked: the bot's number and the person's.
    pub(super) blocked: HashSet<(i64, i64)>,
    /// What became of the last update that a person wrote by the form.
    pub(super) told: Option<String>,
}

impl Sandbox {
    /// Makes a sandbox that has taken nothing yet.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Mutex::new(Kept {
            messages: VecDeque::new(),
            last_id: 0,
            // A bot remembers the numbers that it has seen; those of a later sandbox are higher.
            last_update: clock.now().micros() / 1_000_000,
            clock,
            bearers: VecDeque::new(),
            numbers: HashSet::new(),
            hooks: BTreeMap::new(),
            blocked: HashSet::new(),
            told: None,
        }))
    }

    /// Looks at what is remembered, or changes it.
    pub(super) fn with<T>(&self, look: impl FnOnce(&mut Kept) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    /// Returns the current moment.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns the seconds since 1970.
    pub(super) fn seconds(&self) -> i64 {
        self.now().micros() / 1_000_000
    }

    /// Keeps a message in place of the oldest one. Returns its number.
    pub(super) fn take(&mut self, message: Taken) -> i64 {
        let (id, at) = (self.next_id(), self.now());
        self.messages.truncate(MOST_MESSAGES - 1);
        self.messages.push_front(Taken { id, at, ..message });
        id
    }

    /// Returns the messages, the newest first.
    pub(super) fn messages(&self) -> Vec<Taken> {
        self.messages.iter().cloned().collect()
    }

    /// Returns the next number of a message, of a bot or of a person.
    pub(super) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Returns the next number of an update.
    pub(super) fn next_update(&mut self) -> i64 {
        self.last_update += 1;
        self.last_update
    }

    /// Keeps an access token.
    pub(super) fn give_bearer(&mut self, bearer: String, account: Account) {
        self.bearers.truncate(MOST_BEARERS - 1);
        self.bearers.push_front((bearer, account));
    }

    /// Returns the account of an access token; `None` if no such token was given.
    pub(super) fn account_of(&self, bearer: &str) -> Option<&Account> {
        let mut known = self.bearers.iter();
        known
            .find(|(given, _)| given == bearer)
            .map(|(_, account)| account)
    }
}

impl Taken {
    /// Makes a message, which gets its number and its moment when it is kept.
    pub(super) fn new(channel: Channel, from: String, to: String, text: String) -> Self {
        Self {
            id: 0,
            at: Timestamp::from_micros(0),
            channel,
            from,
            to,
            title: None,
            text,
            is_silent: false,
            is_confidential: false,
            keyboard: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use backend::SystemClock;

    use super::*;

    #[test]
    fn only_the_newest_messages_are_kept_and_updates_have_ever_higher_numbers() {
        let sandbox = Sandbox::new(Arc::new(SystemClock));
        let (messages, first, second) = sandbox.with(|kept| {
            for number in 1..=501 {
                let (from, to) = ("a".to_owned(), "b".to_owned());
                let id = kept.take(Taken::new(Channel::Sms, from, to, number.to_string()));
                assert_eq!(id, number);
            }
            (kept.messages(), kept.next_update(), kept.next_update())
        });
        assert_eq!(messages.len(), 500);
        assert_eq!(messages.first().unwrap().text, "501");
        assert_eq!(messages.last().unwrap().text, "2");
        assert!(second > first && first > 1_700_000_000);
    }
}
