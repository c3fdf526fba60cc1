//! The words of the sign that a token is shared.

use domain::sharing::{Level, Reason};

use crate::admin::texts::ActivityTexts;
use crate::ui::states::Tone;

/// Returns the state that says what a till was judged; `None` if nothing is to be said.
pub(super) const fn level(t: &ActivityTexts, level: Level) -> Option<(Tone, &'static str)> {
    match level {
        Level::Nothing => None,
        Level::WorthALook => Some((Tone::Attention, t.worth_a_look)),
        Level::LooksShared => Some((Tone::Danger, t.looks_shared)),
    }
}

/// The words of a reason: its name, and the sentence with the number of times and the two moments
/// between which it was seen.
pub(super) const fn reason(t: &ActivityTexts, reason: Reason) -> [&'static str; 2] {
    match reason {
        Reason::OtherDevice => t.other_device,
        Reason::TwoPlaces => t.two_places,
        Reason::TwoPrograms => t.two_programs,
        Reason::TwoCounters => t.two_counters,
        Reason::OverlappingChecks => t.overlapping_checks,
        Reason::TwoClocks => t.two_clocks,
        Reason::NeverCloses => t.never_closes,
        Reason::BindingGoesRound => t.binding_goes_round,
        Reason::CopiedDevice => t.copied_device,
    }
}

/// Returns the names of reasons in one line.
pub(super) fn names(t: &ActivityTexts, reasons: &[Reason]) -> String {
    let names: Vec<&str> = reasons.iter().map(|known| reason(t, *known)[0]).collect();
    names.join(" · ")
}
