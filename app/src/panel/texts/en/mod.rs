//! The English texts.

mod access;
mod day;
mod tills;

use super::Texts;

/// All English texts of the panel.
pub(super) const TEXTS: Texts = Texts {
    common: access::COMMON,
    access: access::ACCESS,
    errors: access::ERRORS,
    people: access::PEOPLE,
    today: day::TODAY,
    journal: day::JOURNAL,
    acts: day::ACTS,
    done: day::DONE,
    tills: tills::TILLS,
    till: tills::TILL,
    confirm: tills::CONFIRM,
    refusals: tills::REFUSALS,
};
