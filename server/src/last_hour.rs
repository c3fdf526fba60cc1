//! The requests of the last hour, minute by minute, in the memory of this process.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// The minutes that are kept.
const MINUTES: usize = 60;

/// The requests of a minute.
#[derive(Clone, Copy, Default)]
struct Minute {
    /// The minute since the process began to count.
    number: u64,
    all: u64,
    failed: u64,
}

/// A counter of the last hour. Its lock is held for a few additions.
#[derive(Clone)]
pub(crate) struct LastHour {
    began: Instant,
    minutes: Arc<Mutex<[Minute; MINUTES]>>,
}

/// The sums of the last hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// The requests that were answered.
    pub(crate) all: u64,
    /// Those that were answered with a status from 500 on.
    pub(crate) failed: u64,
}

impl LastHour {
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            minutes: Arc::new(Mutex::new([Minute::default(); MINUTES])),
        }
    }

    /// Counts an answered request.
    pub(crate) fn count(&self, status: u16) {
        self.count_at(self.minute(), status);
    }

    /// Returns the sums of the last hour.
    pub(crate) fn sums(&self) -> Sums {
        self.sums_at(self.minute())
    }

    fn minute(&self) -> u64 {
        self.began.elapsed().as_secs() / 60
    }

    fn count_at(&self, minute: u64, status: u16) {
        let mut minutes = self.minutes.lock().unwrap_or_else(PoisonError::into_inner);
        let place = usize::try_from(minute).unwrap_or_default() % MINUTES;
        let Some(known) = minutes.get_mut(place) else {
            return;
        };
        if known.number != minute {
            *known = Minute {
                number: minute,
                ..Minute::default()
            };
        }
        known.all += 1;
        known.failed += u64::from(status >= 500);
    }

    fn sums_at(&self, minute: u64) -> Sums {
        let minutes = *self.minutes.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = (minute + 1).saturating_sub(60);
        let kept = minutes.iter().filter(|known| known.number >= oldest);
        kept.fold(Sums::default(), |sums, known| Sums {
            all: sums.all + known.all,
            failed: sums.failed + known.failed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_hour_counts() {
        let hour = LastHour::new();
        assert_eq!(hour.sums_at(0), Sums::default());
        for (minute, status) in [(0, 503), (0, 200), (59, 500), (59, 422)] {
            hour.count_at(minute, status);
        }
        assert_eq!(hour.sums_at(59), Sums { all: 4, failed: 2 });
        assert_eq!(hour.sums_at(60), Sums { all: 2, failed: 1 });
        hour.count_at(60, 200);
        assert_eq!(hour.sums_at(60), Sums { all: 3, failed: 1 });
        assert_eq!(hour.sums_at(119), Sums { all: 1, failed: 0 });
        assert_eq!(hour.sums_at(1_000), Sums::default());
    }
}
