//! The pace of a bot: Telegram wants at most 30 messages a second of a bot, and one a second in a
//! chat (<https://core.telegram.org/bots/faq>, "Broadcasting to users").

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The time between two messages of a bot: 20 a second, which leaves room for another server.
const OF_BOT: Duration = Duration::from_millis(50);
/// The time between two messages in a chat.
const OF_CHAT: Duration = Duration::from_secs(1);
/// The most chats that are remembered before those whose time is over are forgotten.
const MOST: usize = 10_000;

/// The moments from which bots and chats are free again.
#[derive(Default)]
pub(super) struct Pace {
    bots: Turns<i64>,
    chats: Turns<i64>,
}

impl Pace {
    /// Waits for the turn of a message of `bot` in `chat`.
    pub(super) async fn turn(&self, bot: i64, chat: i64) {
        sleep_until(self.chats.take(chat, OF_CHAT, Instant::now())).await;
        sleep_until(self.bots.take(bot, OF_BOT, Instant::now())).await;
    }
}

struct Turns<K>(Mutex<HashMap<K, Instant>>);

impl<K> Default for Turns<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Turns<K> {
    /// Takes the next turn from `now` on. Returns its moment.
    fn take(&self, of: K, apart: Duration, now: Instant) -> Instant {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() >= MOST {
            free.retain(|_, at| *at > now);
        }
        let next = free.entry(of).or_insert(now);
        let turn = (*next).max(now);
        *next = turn + apart;
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_apart_and_none_is_kept_for_who_comes_late() {
        let (turns, now) = (Turns::default(), Instant::now());
        let after = |seconds| now + Duration::from_secs(seconds);
        assert_eq!(turns.take(7, OF_CHAT, now), now);
        assert_eq!(turns.take(7, OF_CHAT, now), after(1));
        assert_eq!(turns.take(8, OF_CHAT, now), now);
        assert_eq!(turns.take(7, OF_CHAT, after(9)), after(9));
        assert_eq!(turns.take(7, OF_CHAT, after(9)), after(10));
    }
}
