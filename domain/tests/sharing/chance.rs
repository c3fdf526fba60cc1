//! Chance that is the same in every run.

/// A generator of pseudo-random numbers (`SplitMix64`).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Returns a number from `from` to `to`, both included.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from).unwrap() + 1;
        from + i64::try_from(self.next() % span).unwrap()
    }

    /// Returns `true` in so many of a thousand cases.
    pub(crate) fn is(&mut self, of_thousand: i64) -> bool {
        self.between(1, 1_000) <= of_thousand
    }

    pub(crate) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        let last = i64::try_from(choices.len()).unwrap() - 1;
        choices[usize::try_from(self.between(0, last)).unwrap()]
    }

    /// Returns a time to wait that is `mean` on average, mostly shorter and sometimes much longer.
    pub(crate) fn wait(&mut self, mean: i64) -> i64 {
        let mut wait = mean / 8;
        while self.is(875) {
            wait += mean / 8;
        }
        wait
    }
}
