//! Brings clients along from another system: a file is uploaded, looked at, and applied wholly or
//! not at all.

mod apply;
mod encoding;
mod headings;
mod plan;
mod preview;
mod reading;
mod sql;
mod table;
mod upload;

pub use apply::{Applied, Apply};
pub use encoding::Encoding;
pub use headings::Columns;
pub use plan::Totals;
pub use preview::{Opened, Preview, found_columns, import, open, preview};
pub use reading::{Numbered, Reading, Table};
pub use table::{MAX_LINES, Separator};
pub(crate) use upload::forget;
pub use upload::{Discard, ReadAnew, Upload};

use domain::{Money, Timestamp};

/// The most bytes of a file.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// A reason why nothing of a file can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// It has no rows.
    Empty,
    /// It has more than [`MAX_LINES`] lines.
    TooManyRows,
    /// It is a workbook of Excel, which must be saved as CSV.
    Workbook,
    /// It is not a text.
    NotText,
}

/// An uploaded file.
#[derive(Clone, Debug)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// The name of the person who uploaded it, at that time.
    pub who: String,
    /// The name of the file.
    pub file_name: String,
    /// The moment of the upload.
    pub created_at: Timestamp,
    /// The moment when it was applied.
    pub applied_at: Option<Timestamp>,
    /// The number of clients that it has added.
    pub new_clients: i64,
    /// The number of known clients that it has changed.
    pub known_clients: i64,
    /// The opening bonuses that it has given.
    pub opening: Money,
}
