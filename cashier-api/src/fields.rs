//! Reading the object a till sent: every wrong field is found, not only the first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::{FieldError, FieldErrors};
use serde_json::value::RawValue;

use crate::values;

/// How many wrong fields one answer names: enough to mend a request, too few to make the
/// answer larger than it.
const MAX_REPORTED: usize = 20;

/// Why a request cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The body is not JSON.
    #[error("malformed JSON")]
    Malformed,
    /// The body is JSON, but fields of it are wrong.
    #[error("invalid fields")]
    Invalid(FieldErrors),
}

/// The members of one object.
pub(crate) struct Fields<'json, 'errors> {
    members: BTreeMap<String, &'json RawValue>,
    errors: &'errors mut FieldErrors,
}

/// Reads the body of a request. `read` must ask for every field before it gives up on one.
pub(crate) fn read_object<T>(
    body: &[u8],
    read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
) -> Result<T, RequestError> {
    let json = json_text(body).ok_or(RequestError::Malformed)?;
    read_members(&json, read).map_err(RequestError::Invalid)
}

/// Reads one object of a request by itself, as if nothing stood around it.
pub(crate) fn read_members<T>(
    json: &str,
    read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
) -> Result<T, FieldErrors> {
    let members = serde_json::from_str(json)
        .map_err(|_| FieldErrors::one("body", FieldError::NotAnObject))?;
    let mut errors = FieldErrors::default();
    let request = read(&mut Fields {
        members,
        errors: &mut errors,
    });
    match request {
        Some(request) if errors.is_empty() => Ok(request),
        _ => Err(errors),
    }
}

impl<'json> Fields<'json, '_> {
    /// A field that must be there.
    pub(crate) fn required<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&'json RawValue) -> Result<T, FieldError>,
    ) -> Option<T> {
        if self.value(name).is_none() {
            self.refuse(name, FieldError::Required);
        }
        self.optional(name, parse)
    }

    /// A field that may be missing or null.
    pub(crate) fn optional<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&'json RawValue) -> Result<T, FieldError>,
    ) -> Option<T> {
        match parse(self.value(name)?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(name, error);
                None
            }
        }
    }

    /// Text that must be there and say something.
    pub(crate) fn required_text(&mut self, name: &str, max: usize) -> Option<String> {
        let text = self.required(name, |raw| values::text(raw, max))?;
        if text.is_empty() {
            self.refuse(name, FieldError::Required);
            return None;
        }
        Some(text)
    }

    /// Text that may be missing; an empty one is missing too.
    pub(crate) fn optional_text(&mut self, name: &str, max: usize) -> Option<String> {
        self.optional(name, |raw| values::text(raw, max))
            .filter(|text| !text.is_empty())
    }

    /// A list that must be there, its elements not yet looked into.
    pub(crate) fn required_list(&mut self, name: &str, max: usize) -> Vec<&'json RawValue> {
        let elements = self.required(name, |raw| {
            let elements: Vec<&'json RawValue> =
                serde_json::from_str(raw.get()).map_err(|_| FieldError::NotAList)?;
            if elements.len() > max {
                return Err(FieldError::TooManyRows { max });
            }
            Ok(elements)
        });
        elements.unwrap_or_default()
    }

    /// Notes that a field is wrong.
    pub(crate) fn refuse(&mut self, name: &str, error: FieldError) {
        if self.errors.iter().count() < MAX_REPORTED {
            self.errors.add(name, error);
        }
    }

    /// Whether the field has been refused.
    pub(crate) fn is_wrong(&self, name: &str) -> bool {
        self.errors.iter().any(|(field, _)| field == name)
    }

    fn value(&self, name: &str) -> Option<&'json RawValue> {
        self.members
            .get(name)
            .copied()
            .filter(|raw| raw.get() != "null")
    }
}

/// The body as a JSON text, without the byte order mark that 1C puts before it. `NaN` and
/// `Infinity`, which some tills write for a number, become empty objects: a wrong type in any
/// field, so that the field gets its error.
fn json_text(body: &[u8]) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(body).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_json = |text: &str| serde_json::from_str::<&RawValue>(text).is_ok();
    if is_json(text) {
        return Some(Cow::Borrowed(text));
    }
    let replaced = replace_non_numbers(text);
    is_json(&replaced).then_some(Cow::Owned(replaced))
}

fn replace_non_numbers(text: &str) -> String {
    const WORDS: [&str; 3] = ["NaN", "-Infinity", "Infinity"];
    let mut replaced = String::with_capacity(text.len());
    let mut inside_string = false;
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let word = WORDS
            .into_iter()
            .find(|word| !inside_string && rest.starts_with(word));
        let taken = match (word, next) {
            (Some(word), _) => {
                replaced.push_str("{}");
                word.len()
            }
            // Whatever is escaped, it does not end the string.
            (None, '\\') => {
                let escaped: String = rest.chars().take(2).collect();
                replaced.push_str(&escaped);
                escaped.len()
            }
            (None, next) => {
                inside_string ^= next == '"';
                replaced.push(next);
                next.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    replaced
}
