//! The health of the platform: the runs of scheduled commands, the messages that wait, and the size
//! of the database. Nothing here reads the rows of a store.

mod overview;
mod runs;
mod sizes;
mod sql;

pub use overview::{Health, MOST_WAITING, Queue, due_messages, health};
pub use runs::{Figures, Job, Outcome, Run, StoreFaults, begin_run, end_run};
pub use sizes::{DaySize, note_size};
