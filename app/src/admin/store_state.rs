//! What the tills of a store do, in one word.

use domain::Timestamp;

use super::texts::StoresTexts;
use crate::locales::Language;
use crate::ui::format::fill;
use crate::ui::states::Tone;

const DAY: i64 = 86_400_000_000;

/// What the tills of a store do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreState {
    /// None has sent anything for two days, since this moment.
    Silent(Timestamp),
    /// They work.
    Works,
    /// None has ever sent anything.
    NotConnected,
    /// The store is suspended.
    Suspended,
}

impl StoreState {
    /// Returns the place in the list: the stores to look at are first.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Silent(_) => 0,
            Self::Works => 1,
            Self::NotConnected => 2,
            Self::Suspended => 3,
        }
    }

    /// Returns the meaning and its words; `None` if there is nothing to say.
    pub(super) fn sign(
        self,
        language: Language,
        t: &StoresTexts,
        now: Timestamp,
    ) -> Option<(Tone, String)> {
        match self {
            Self::Silent(since) => {
                let days = (now.micros() - since.micros()) / DAY;
                let days = t.days_noun.of(language, days);
                Some((Tone::Neutral, fill(t.silent, &[&days])))
            }
            Self::Works => None,
            Self::NotConnected => Some((Tone::Neutral, t.not_connected.to_owned())),
            Self::Suspended => Some((Tone::Neutral, t.suspended.to_owned())),
        }
    }
}
