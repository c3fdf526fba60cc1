//! The text of a JSON number.

use std::borrow::Cow;

use serde_json::value::RawValue;

/// Returns the text of a number, or of a string that may contain a number.
pub(crate) fn number_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    match raw.get().as_bytes().first()? {
        b'"' => serde_json::from_str(raw.get()).ok().map(Cow::Owned),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw.get())),
        _ => None,
    }
}
