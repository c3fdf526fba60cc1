//! Tickets that show that a device is the same as before, and not a copy of it.
//!
//! An answer carries the next ticket now and then, and the till sends it with its following
//! requests. A copy of a device has the ticket of the moment when it was copied. As soon as one of
//! the two gets the next ticket, that of the other one is old.

use crate::time::Timestamp;

/// The seconds between two tickets of a till that sends them.
const NEXT_SECONDS: i64 = 600;

/// The seconds between two tickets of a till that does not send them.
const OFFER_SECONDS: i64 = 24 * 3_600;

/// The tickets of a till that are good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tickets {
    /// The number of the last one; 0 if there was none.
    pub last: i64,
    /// The number of the one before that is still good: an answer with a ticket may be lost.
    pub before: Option<i64>,
    /// When the last one was given.
    pub given_at: Option<Timestamp>,
}

/// What follows from a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The tickets from now on, if the till gets another one.
    pub next: Option<Tickets>,
    /// `true` if the ticket is an old one: another device uses the same id.
    pub is_old: bool,
}

impl Tickets {
    /// Returns what follows from the ticket with the number `sent`, which is `None` for a till that
    /// has sent no ticket of its own.
    pub fn step(self, sent: Option<i64>, now: Timestamp) -> Step {
        let is_known = |number: i64| number == self.last || Some(number) == self.before;
        let is_old = sent.is_some_and(|number| !is_known(number));
        let pause = if sent.is_some() {
            NEXT_SECONDS
        } else {
            OFFER_SECONDS
        };
        let is_due = self
            .given_at
            .is_none_or(|given_at| given_at.plus_seconds(pause) <= now);
        let next = is_due.then(|| Self {
            last: self.last.saturating_add(1),
            // The one that this till has, or that another one has got.
            before: sent
                .filter(|number| is_known(*number))
                .or((self.last > 0).then_some(self.last)),
            given_at: Some(now),
        });
        Step { next, is_old }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_micros(1_780_669_800_000_000);

    /// A device that keeps the last ticket it got.
    #[derive(Clone, Copy, Default)]
    struct Device(Option<i64>);

    /// Sends a request. Returns whether its ticket was old.
    fn ask(tickets: &mut Tickets, device: &mut Device, minute: i64, is_lost: bool) -> bool {
        let step = tickets.step(device.0, NOON.plus_seconds(60 * minute));
        if let Some(next) = step.next {
            *tickets = next;
            if !is_lost {
                device.0 = Some(next.last);
            }
        }
        step.is_old
    }

    #[test]
    fn one_device_is_never_old_whichever_answers_are_lost() {
        for losses in 0..1_u32 << 12 {
            let (mut tickets, mut device) = (Tickets::default(), Device::default());
            for (place, minute) in (0..12).zip((0..).step_by(11)) {
                let is_lost = losses >> place & 1 == 1;
                assert!(
                    !ask(&mut tickets, &mut device, minute, is_lost),
                    "{losses:b}"
                );
            }
        }
    }

    #[test]
    fn a_copy_is_seen_as_soon_as_both_have_had_a_ticket() {
        let (mut tickets, mut device) = (Tickets::default(), Device::default());
        assert!(!ask(&mut tickets, &mut device, 0, false));
        let mut copy = device;
        let seen = (1..10).any(|turn| {
            let is_old = ask(&mut tickets, &mut device, turn * 11, false);
            is_old | ask(&mut tickets, &mut copy, turn * 11 + 5, false)
        });
        assert!(seen);
    }

    #[test]
    fn a_till_that_sends_none_is_offered_one_a_day() {
        let mut tickets = Tickets::default();
        let given = (0..3 * 24 * 60).filter(|minute| {
            let step = tickets.step(None, NOON.plus_seconds(60 * minute));
            assert!(!step.is_old);
            tickets = step.next.unwrap_or(tickets);
            step.next.is_some()
        });
        assert_eq!(given.count(), 3);
    }
}
