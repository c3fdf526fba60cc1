//! The state of a till in one word.

use app::panel::till_parts::TillState;
use domain::Timestamp;

/// The seconds without a request after which a till is not on the line.
const SILENT_SECONDS: i64 = 900;

/// Returns the state of a till in one word.
pub(super) fn state(
    is_disabled: bool,
    seen_at: Option<Timestamp>,
    mismatches: i64,
    now: Timestamp,
) -> TillState {
    let Some(seen_at) = seen_at.filter(|_| !is_disabled) else {
        return if is_disabled {
            TillState::Off
        } else {
            TillState::NeverUsed
        };
    };
    if mismatches > 0 {
        TillState::ForeignDevice
    } else if seen_at < now.plus_seconds(-SILENT_SECONDS) {
        TillState::Silent
    } else {
        TillState::Online
    }
}
