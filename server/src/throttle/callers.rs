//! The state of callers: which have proven their tokens, when their minute began, and how often
//! each address was refused.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use backend::tills::TillNumber;

pub(super) const MINUTE: Duration = Duration::from_mins(1);

/// The time for which tokens stay proven after the last successful authentication: a shop's working
/// day.
const PROVEN: Duration = Duration::from_hours(12);

/// The number of addresses that are counted one by one. All others are counted together.
const MOST_ADDRESSES: usize = 10_000;

/// The SHA-256 of the headers that identify a caller.
pub(crate) type CallerHash = [u8; 32];

/// Who shares one minute's requests: a till has one allowance, whichever of its keys it uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Allowance {
    /// A till.
    Till(TillNumber),
    /// The back office of a store.
    Store(i64),
    /// A caller that has just been disproved.
    Stranger(CallerHash),
}

/// The state of all callers. Callers with unproven tokens are known only by their address, so that
/// invented tokens cannot fill the memory.
#[derive(Debug, Default)]
pub(super) struct Callers {
    proven: HashMap<CallerHash, Proven>,
    minutes: HashMap<Allowance, Instant>,
    addresses: HashMap<IpAddr, Refusals>,
    other_addresses: Option<Refusals>,
}

#[derive(Debug)]
struct Proven {
    allowance: Allowance,
    since: Instant,
}

#[derive(Clone, Copy, Debug)]
struct Refusals {
    began: Instant,
    count: u32,
}

fn is_over(began: Instant, now: Instant) -> bool {
    now.duration_since(began) >= MINUTE
}

impl Refusals {
    fn again(before: Option<Self>, now: Instant) -> Self {
        let running = before.filter(|before| !is_over(before.began, now));
        let before = running.unwrap_or(Self {
            began: now,
            count: 0,
        });
        Self {
            began: before.began,
            count: before.count.saturating_add(1),
        }
    }
}

impl Callers {
    /// Records that a caller's tokens are right.
    pub(super) fn prove(&mut self, caller: CallerHash, allowance: Allowance, now: Instant) {
        let proven = Proven {
            allowance,
            since: now,
        };
        self.proven.insert(caller, proven);
    }

    /// Returns the allowance of a caller whose tokens have been right.
    pub(super) fn allowance(&self, caller: &CallerHash) -> Option<Allowance> {
        self.proven.get(caller).map(|proven| proven.allowance)
    }

    /// Records that a caller's tokens are no longer right.
    pub(super) fn disprove(&mut self, caller: &CallerHash) {
        self.proven.remove(caller);
    }

    pub(super) fn is_proven(&self, caller: &CallerHash, now: Instant) -> bool {
        let proven = self.proven.get(caller);
        proven.is_some_and(|proven| now.duration_since(proven.since) < PROVEN)
    }

    /// Returns the allowance of a proven caller, and the beginning of the minute to which a request
    /// at `now` belongs. A minute begins with the first request of the allowance.
    pub(super) fn enter(&mut self, caller: &CallerHash, now: Instant) -> (Allowance, Instant) {
        let Some(allowance) = self.allowance(caller) else {
            return (Allowance::Stranger(*caller), now);
        };
        let began = self.minutes.entry(allowance).or_insert(now);
        if is_over(*began, now) {
            *began = now;
        }
        (allowance, *began)
    }

    /// Counts a request from an address whose tokens or device were refused.
    pub(super) fn refused(&mut self, address: IpAddr, now: Instant) {
        if self.addresses.contains_key(&address) || self.addresses.len() < MOST_ADDRESSES {
            let before = self.addresses.get(&address).copied();
            self.addresses.insert(address, Refusals::again(before, now));
        } else {
            self.other_addresses = Some(Refusals::again(self.other_addresses, now));
        }
    }

    /// Returns how often an address was refused in its minute, and how much of the minute is left.
    pub(super) fn refusals(&self, address: IpAddr, now: Instant) -> (u32, Duration) {
        let own = self.addresses.get(&address).copied();
        let others = self
            .other_addresses
            .filter(|_| self.addresses.len() >= MOST_ADDRESSES);
        own.or(others)
            .filter(|refusals| !is_over(refusals.began, now))
            .map_or((0, MINUTE), |refusals| {
                let left = MINUTE.saturating_sub(now.duration_since(refusals.began));
                (refusals.count, left)
            })
    }

    /// Removes expired entries.
    pub(super) fn forget_run_out(&mut self, now: Instant) {
        self.proven
            .retain(|_, proven| now.duration_since(proven.since) < PROVEN);
        self.minutes.retain(|_, began| !is_over(*began, now));
        self.addresses
            .retain(|_, refusals| !is_over(refusals.began, now));
    }

    /// Returns the number of entries.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.proven.len() + self.addresses.len()
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const TILL: CallerHash = [1; 32];
    const OTHER: CallerHash = [2; 32];
    const FIRST: Allowance = Allowance::Store(1);
    const SECOND: Allowance = Allowance::Store(2);
    const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn a_minute_begins_with_its_first_request() {
        let (mut callers, start) = (Callers::default(), Instant::now());
        callers.prove(TILL, FIRST, start);
        assert_eq!(callers.enter(&TILL, start), (FIRST, start));
        let late = start + Duration::from_millis(59_999);
        callers.prove(OTHER, SECOND, late);
        assert_eq!(callers.enter(&TILL, late), (FIRST, start));
        assert_eq!(callers.enter(&OTHER, late), (SECOND, late));
        let next = start + MINUTE;
        assert_eq!(callers.enter(&TILL, next), (FIRST, next));
    }

    #[test]
    fn two_keys_of_one_till_share_its_minute() {
        let (mut callers, start) = (Callers::default(), Instant::now());
        callers.prove(TILL, FIRST, start);
        callers.enter(&TILL, start);
        let later = start + Duration::from_secs(30);
        callers.prove(OTHER, FIRST, later);
        assert_eq!(callers.enter(&OTHER, later), (FIRST, start));
    }

    #[test]
    fn refusals_of_an_address_are_counted_for_a_minute() {
        let (mut callers, start) = (Callers::default(), Instant::now());
        callers.refused(ADDRESS, start);
        callers.refused(ADDRESS, start + Duration::from_secs(1));
        let later = start + Duration::from_secs(20);
        let left = Duration::from_secs(40);
        assert_eq!(callers.refusals(ADDRESS, later), (2, left));
        let elsewhere = IpAddr::V4(Ipv4Addr::BROADCAST);
        assert_eq!(callers.refusals(elsewhere, later).0, 0);
        assert_eq!(callers.refusals(ADDRESS, start + MINUTE).0, 0);
        callers.refused(ADDRESS, start + MINUTE);
        assert_eq!(callers.refusals(ADDRESS, start + MINUTE).0, 1);
    }

    #[test]
    fn tokens_stay_proven_for_a_working_day_or_until_disproved() {
        let (mut callers, start) = (Callers::default(), Instant::now());
        callers.prove(TILL, FIRST, start);
        assert!(callers.is_proven(&TILL, start + MINUTE));
        assert!(!callers.is_proven(&TILL, start + PROVEN));
        assert!(!callers.is_proven(&OTHER, start));
        callers.disprove(&TILL);
        assert!(!callers.is_proven(&TILL, start));
    }

    #[test]
    fn entries_expire_and_many_addresses_do_not_fill_the_memory() {
        let (mut callers, start) = (Callers::default(), Instant::now());
        callers.prove(TILL, FIRST, start);
        for address in 0..200_000_u32 {
            callers.refused(IpAddr::V4(Ipv4Addr::from_bits(address)), start);
        }
        assert_eq!(callers.len(), MOST_ADDRESSES + 1);
        // 10,000 of the addresses are counted one by one, and the other 190,000 together.
        let uncounted = IpAddr::V4(Ipv4Addr::from_bits(300_000));
        assert_eq!(callers.refusals(uncounted, start).0, 190_000);
        callers.forget_run_out(start + MINUTE);
        assert_eq!(callers.len(), 1);
        assert_eq!(callers.refusals(uncounted, start + MINUTE).0, 0);
        callers.forget_run_out(start + PROVEN);
        assert_eq!(callers.len(), 0);
    }
}
