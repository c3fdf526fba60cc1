//! When each caller's minute began, and who has guessed too often in theirs.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

pub(super) const MINUTE: Duration = Duration::from_mins(1);

/// How long a token that was right once is let past a blocked address: a shop's working day, so
/// that a wrong token behind the same router does not stop the other tills.
const TRUSTED: Duration = Duration::from_hours(12);

/// SHA-256 of a token and its kind, or of the address of who sent none.
pub(super) type CallerHash = [u8; 32];

/// The minutes of all callers.
#[derive(Debug, Default)]
pub(super) struct Minutes {
    callers: HashMap<CallerHash, CallerMinute>,
    guesses: HashMap<IpAddr, Guesses>,
}

#[derive(Debug)]
struct CallerMinute {
    began: Instant,
    trusted_since: Option<Instant>,
}

#[derive(Debug)]
struct Guesses {
    began: Instant,
    count: u32,
}

fn is_over(began: Instant, now: Instant) -> bool {
    now.duration_since(began) >= MINUTE
}

impl Minutes {
    /// The beginning of the minute that a request at `now` falls into: the first request's.
    pub(super) fn enter(&mut self, caller: CallerHash, now: Instant) -> Instant {
        let minute = self.callers.entry(caller).or_insert(CallerMinute {
            began: now,
            trusted_since: None,
        });
        if is_over(minute.began, now) {
            minute.began = now;
        }
        minute.began
    }

    /// Notes that the caller's token is right.
    pub(super) fn trust(&mut self, caller: &CallerHash, now: Instant) {
        if let Some(minute) = self.callers.get_mut(caller) {
            minute.trusted_since = Some(now);
        }
    }

    /// Notes a wrong token from an address.
    pub(super) fn wrong_token(&mut self, address: IpAddr, now: Instant) {
        let guesses = self.guesses.entry(address).or_insert(Guesses {
            began: now,
            count: 0,
        });
        if is_over(guesses.began, now) {
            *guesses = Guesses {
                began: now,
                count: 0,
            };
        }
        guesses.count = guesses.count.saturating_add(1);
    }

    /// How long an address that has guessed `max` times must wait before a token not known to
    /// be right is looked at.
    pub(super) fn blocked_for(
        &self,
        address: IpAddr,
        caller: &CallerHash,
        max: u32,
        now: Instant,
    ) -> Option<Duration> {
        let guesses = self.guesses.get(&address)?;
        let trusted = self
            .callers
            .get(caller)
            .is_some_and(|it| it.is_trusted(now));
        let blocked = guesses.count >= max && !is_over(guesses.began, now) && !trusted;
        blocked.then(|| MINUTE.saturating_sub(now.duration_since(guesses.began)))
    }

    /// Forgets what no longer matters.
    pub(super) fn forget_run_out(&mut self, now: Instant) {
        self.callers
            .retain(|_, minute| !is_over(minute.began, now) || minute.is_trusted(now));
        self.guesses
            .retain(|_, guesses| !is_over(guesses.began, now));
    }
}

impl CallerMinute {
    fn is_trusted(&self, now: Instant) -> bool {
        self.trusted_since
            .is_some_and(|since| now.duration_since(since) < TRUSTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILL: CallerHash = [1; 32];
    const OTHER: CallerHash = [2; 32];
    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn a_minute_begins_with_its_first_request() {
        let (mut minutes, start) = (Minutes::default(), Instant::now());
        assert_eq!(minutes.enter(TILL, start), start);
        let late = start + Duration::from_millis(59_999);
        assert_eq!(minutes.enter(TILL, late), start);
        assert_eq!(minutes.enter(OTHER, late), late);
        let next = start + MINUTE;
        assert_eq!(minutes.enter(TILL, next), next);
    }

    #[test]
    fn who_guesses_is_blocked_and_who_was_right_goes_on() {
        let (mut minutes, start) = (Minutes::default(), Instant::now());
        minutes.enter(TILL, start);
        minutes.trust(&TILL, start);
        minutes.wrong_token(ADDRESS, start);
        assert_eq!(minutes.blocked_for(ADDRESS, &OTHER, 2, start), None);
        minutes.wrong_token(ADDRESS, start);
        assert_eq!(minutes.blocked_for(ADDRESS, &OTHER, 2, start), Some(MINUTE));
        assert_eq!(minutes.blocked_for(ADDRESS, &TILL, 2, start), None);
        let elsewhere = IpAddr::V4(std::net::Ipv4Addr::BROADCAST);
        assert_eq!(minutes.blocked_for(elsewhere, &OTHER, 2, start), None);
        assert_eq!(
            minutes.blocked_for(ADDRESS, &OTHER, 2, start + MINUTE),
            None
        );
        minutes.wrong_token(ADDRESS, start + MINUTE);
        assert_eq!(
            minutes.blocked_for(ADDRESS, &OTHER, 2, start + MINUTE),
            None
        );
    }

    #[test]
    fn nothing_is_kept_for_ever() {
        let (mut minutes, start) = (Minutes::default(), Instant::now());
        minutes.enter(TILL, start);
        minutes.trust(&TILL, start);
        minutes.enter(OTHER, start);
        minutes.wrong_token(ADDRESS, start);
        minutes.forget_run_out(start + MINUTE);
        assert_eq!((minutes.callers.len(), minutes.guesses.len()), (1, 0));
        minutes.forget_run_out(start + TRUSTED);
        assert!(minutes.callers.is_empty());
    }
}
