//! The data that several pages show about tills.

use domain::Timestamp;

use super::texts::Texts;
use crate::ui::states::Tone;

/// The name, in queries and forms of the integrations, of the number of a till.
pub const PICKED: &str = "till";

/// A till with its branch, as pages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillName {
    /// The number of the till; integrations call it the cashier node.
    pub id: i64,
    /// The name of the till.
    pub name: String,
    /// The number of its branch.
    pub branch_id: i64,
    /// The name of its branch.
    pub branch: String,
}

/// The state of a till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TillState {
    /// It works.
    Online,
    /// It sells at this time on other days, and now sends nothing.
    Silent,
    /// Another device tries its key.
    ForeignDevice,
    /// No request has used its key.
    NeverUsed,
    /// It is switched off.
    Off,
}

impl TillState {
    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Online => Tone::Good,
            Self::Silent => Tone::Attention,
            Self::ForeignDevice => Tone::Danger,
            Self::NeverUsed | Self::Off => Tone::Neutral,
        }
    }

    pub(super) const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::Online => texts.tills.online,
            Self::Silent => texts.tills.silent,
            Self::ForeignDevice => texts.tills.foreign_device,
            Self::NeverUsed => texts.tills.never_used,
            Self::Off => texts.tills.off,
        }
    }
}

/// The time for which the old key of a till stays valid after a new one was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grace {
    /// The old key stops at once.
    None,
    /// One hour.
    Hour,
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
}

impl Grace {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::None, Self::Hour, Self::Day, Self::Week];

    /// Returns the value of the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    /// Returns the choice with this value.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grace| grace.as_str() == text)
    }

    /// Returns the length in seconds.
    pub const fn seconds(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Week => 604_800,
        }
    }

    pub(super) const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::None => texts.till.grace_none,
            Self::Hour => texts.till.grace_hour,
            Self::Day => texts.till.grace_day,
            Self::Week => texts.till.grace_week,
        }
    }
}

/// The old key of a till while both keys are valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldKey {
    /// The moment from which it is refused.
    pub until: Timestamp,
    /// Its last use since the new key was made, exact to a minute.
    pub last_used: Option<Timestamp>,
}
