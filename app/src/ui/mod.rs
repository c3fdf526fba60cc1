//! The parts of the pages that work without a script: figures, tables, states, charts, codes.
//!
//! A part is a function from plain data to a view. All sizes that depend on data are attributes of
//! SVG, because the pages must not have `style` attributes.

pub mod chart;
pub mod format;
pub mod sheet;
pub mod states;

pub(crate) mod codes;
pub(crate) mod figures;
pub(crate) mod head;
pub(crate) mod heat;
pub(crate) mod icons;
pub(crate) mod months;
pub(crate) mod pager;
pub(crate) mod rates;
pub(crate) mod sums;
pub(crate) mod table;
