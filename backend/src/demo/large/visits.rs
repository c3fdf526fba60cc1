//! Who comes when, and to which till.

use domain::Timestamp;

use super::size::Size;
use crate::demo::dice::Dice;

/// The number of days that the history goes back.
pub(super) const DAYS: i64 = 400;

/// How many of a hundred visits happen in each hour from 8:00 on.
const HOURS: [i64; 14] = [3, 5, 6, 7, 8, 9, 7, 6, 6, 8, 11, 12, 8, 4];
/// How busy the days from Monday to Sunday are, in tenths of the busiest.
const WEEKDAYS: [i64; 7] = [6, 6, 6, 7, 8, 10, 8];

/// The last minutes before now, in which nobody comes.
const PAUSE_SECONDS: i64 = 600;

/// A visit to a till.
pub(super) struct Visit {
    pub(super) at: Timestamp,
    /// The index of the client.
    pub(super) client: usize,
    /// The index of the till.
    pub(super) till: usize,
    /// Decides everything else.
    pub(super) chance: u64,
}

/// What a client is like.
pub(super) struct Habits {
    /// The day of the registration, counted from the opening of the store.
    pub(super) joined: i64,
    /// The days from then until the last visit.
    active: i64,
    /// How often the client comes, compared with others.
    often: i64,
    /// The index of the till, or of the first till of the branch, that the client lives beside.
    home: usize,
    dice: Dice,
}

/// Returns the habits of all clients: a third joined in the first weeks, a quarter have left, and
/// one in a hundred comes almost every day, like a card that a cashier lends to others.
pub(super) fn habits(size: &Size) -> Vec<Habits> {
    let clients = u64::try_from(size.clients).unwrap_or(0);
    let habits_of = |client: u64| {
        let mut dice = Dice::new((client + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        dice.next();
        let joined = match dice.below(100) {
            0..35 => dice.below(20),
            _ => dice.below(DAYS.unsigned_abs() - 10),
        };
        let left = DAYS - joined;
        let active = match dice.below(100) {
            0..25 => 1 + dice.below(left.unsigned_abs()),
            _ => left,
        };
        let often = match dice.below(1_000) {
            0..10 => 60,
            10..100 => 20,
            100..400 => 8,
            _ => 1 + dice.below(5),
        };
        let branch = usize::try_from(dice.next()).unwrap_or(0) % size.branches.max(1);
        let home = branch * size.tills / size.branches.max(1);
        Habits {
            joined,
            active,
            often,
            home,
            dice,
        }
    };
    (0..clients).map(habits_of).collect()
}

/// Returns exactly as many visits as the store has sales, in order of time.
pub(super) fn visits(size: &Size, clients: &mut [Habits], now: Timestamp) -> Vec<Visit> {
    let weights = clients.iter().map(|habits| habits.often * habits.active);
    let all: i64 = weights.sum::<i64>().max(1);
    let sales = i128::try_from(size.sales).unwrap_or(0);
    let (mut weight, mut visits) = (0, Vec::with_capacity(size.sales));
    for (client, habits) in clients.iter_mut().enumerate() {
        weight += habits.often * habits.active;
        let due = sales * i128::from(weight) / i128::from(all);
        while i128::try_from(visits.len()).is_ok_and(|made| made < due) {
            let day = habits.joined + habits.dice.below(habits.active.unsigned_abs());
            visits.push(Visit {
                at: moment(&mut habits.dice, habits.joined, day, now),
                client,
                till: habits.till(size),
                chance: habits.dice.next() << 31 | habits.dice.next(),
            });
        }
    }
    visits.sort_by_key(|visit| (visit.at, visit.client));
    visits
}

/// Returns a moment in the opening hours, which may be of another day: `first` or a later one. The
/// later days of a week are busier.
pub(super) fn moment(dice: &mut Dice, first: i64, day: i64, now: Timestamp) -> Timestamp {
    let opening = now.plus_days(-DAYS).local_midnight();
    let mut day = day;
    for _ in 0..3 {
        // The Unix epoch was a Thursday; local midnight is before the same day's in UTC.
        let of_epoch = opening.plus_days(day + 1).micros() / 86_400_000_000;
        let weekday = usize::try_from((of_epoch + 3).rem_euclid(7)).unwrap_or(0);
        let busy = WEEKDAYS.get(weekday).copied().unwrap_or(10);
        if dice.below(10) < busy {
            break;
        }
        day = (first + (day + 1 - first) % (DAYS + 1 - first).max(1)).max(first);
    }
    let mut left = dice.below(100);
    let closes = HOURS.len();
    let hour = HOURS.iter().position(|share| {
        left -= share;
        left < 0
    });
    let hour = 8 + i64::try_from(hour.unwrap_or(closes)).unwrap_or(0);
    let second = hour * 3_600 + dice.below(3_600);
    let at = opening.plus_days(day).plus_seconds(second);
    let latest = now.plus_seconds(-PAUSE_SECONDS);
    let at = if at > latest {
        let days = 1 + (at.micros() - latest.micros()) / 86_400_000_000;
        at.plus_days(-days)
    } else {
        at
    };
    Timestamp::from_micros(at.micros() + dice.below(1_000_000))
}

impl Habits {
    /// Picks a till: mostly of the same branch. The most frequent clients use only one.
    fn till(&mut self, size: &Size) -> usize {
        if self.often == 60 {
            return self.home;
        }
        let any = usize::try_from(self.dice.next()).unwrap_or(0);
        if self.dice.below(100) < 85 {
            let of_branch = (size.tills / size.branches.max(1)).max(1);
            self.home + any % of_branch
        } else {
            any % size.tills.max(1)
        }
    }
}
