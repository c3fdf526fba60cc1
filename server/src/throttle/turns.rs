//! Turns for large requests: a store may send one stock list at a time, and a limited number an
//! hour.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_hours(1);
/// The time that a store must wait if it sends a list while another one is handled.
const BUSY: Duration = Duration::from_secs(5);

/// The turns of all stores.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<i64, StoreTurns>>>);

#[derive(Debug)]
struct StoreTurns {
    began: Instant,
    count: u32,
    is_taken: bool,
}

/// A turn of a store, taken until this value is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    turns: Turns,
    tenant_id: i64,
}

impl Turns {
    /// Takes a store's turn, or returns how long the store must wait.
    pub(super) fn take(&self, tenant_id: i64, max: u32, now: Instant) -> Result<Turn, Duration> {
        let mut stores = self.lock();
        let store = stores.entry(tenant_id).or_insert(StoreTurns {
            began: now,
            count: 0,
            is_taken: false,
        });
        let passed = now.duration_since(store.began);
        if passed >= HOUR {
            (store.began, store.count) = (now, 0);
        } else if store.count >= max {
            return Err(HOUR.saturating_sub(passed));
        }
        if store.is_taken {
            return Err(BUSY);
        }
        store.is_taken = true;
        store.count += 1;
        Ok(Turn {
            turns: self.clone(),
            tenant_id,
        })
    }

    /// Removes stores whose hour is over and whose turn is not taken.
    pub(super) fn forget_run_out(&self, now: Instant) {
        self.lock()
            .retain(|_, store| store.is_taken || now.duration_since(store.began) < HOUR);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, StoreTurns>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Entry::Occupied(mut store) = self.turns.lock().entry(self.tenant_id) {
            store.get_mut().is_taken = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_given_one_at_a_time_and_up_to_the_hourly_limit() {
        let (turns, start) = (Turns::default(), Instant::now());
        let first = turns.take(1, 2, start).unwrap();
        assert_eq!(turns.take(1, 2, start).unwrap_err(), BUSY);
        let other = turns.take(2, 2, start).unwrap();
        drop(first);
        drop(turns.take(1, 2, start).unwrap());
        let later = start + Duration::from_mins(20);
        let wait = turns.take(1, 2, later).unwrap_err();
        assert_eq!(wait, Duration::from_mins(40));
        drop(turns.take(1, 2, start + HOUR).unwrap());
        turns.forget_run_out(start + 2 * HOUR);
        assert_eq!(turns.lock().len(), 1, "the other store's is still taken");
        drop(other);
        turns.forget_run_out(start + 2 * HOUR);
        assert!(turns.lock().is_empty());
    }
}
