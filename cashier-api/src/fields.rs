//! Reads the JSON object of a request and finds all wrong fields, not only the first one.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::{FieldError, FieldErrors};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::values;

/// The most wrong fields that one answer names: enough to correct a request, and few enough that
/// the answer is not larger than the request.
const MAX_REPORTED: usize = 20;

/// A reason why a request cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The body is not JSON.
    #[error("malformed JSON")]
    Malformed,
    /// The body is JSON, but some of its fields are wrong.
    #[error("invalid fields")]
    Invalid(FieldErrors),
}

/// The members of one object.
pub(crate) struct Fields<'json, 'errors> {
    members: Members<'json>,
    errors: &'errors mut FieldErrors,
}

/// The members of an object by name. Names that stand there more than once have no value that could
/// be trusted (RFC 8259, 4: programs disagree which one counts).
#[derive(Default)]
struct Members<'json> {
    values: BTreeMap<String, &'json RawValue>,
    repeated: BTreeSet<String>,
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Members::default();
        while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
            match members.values.entry(name) {
                Entry::Vacant(free) => {
                    free.insert(value);
                }
                Entry::Occupied(known) => {
                    members.repeated.insert(known.key().clone());
                }
            }
        }
        Ok(members)
    }
}

/// Reads the body of a request. `read` must ask for every field before it returns `None` because of
/// one, so that all wrong fields are found.
pub(crate) fn read_object<T>(
    body: &[u8],
    read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
) -> Result<T, RequestError> {
    let json = json_text(body).ok_or(RequestError::Malformed)?;
    read_members(&json, read).map_err(RequestError::Invalid)
}

/// Reads one JSON object of a request, such as the body or a row of a list. The errors name the
/// fields without the position of the object in the request.
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
    /// Reads a field that must be present.
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

    /// Reads a field that may be missing or null.
    pub(crate) fn optional<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&'json RawValue) -> Result<T, FieldError>,
    ) -> Option<T> {
        let value = self.value(name)?;
        if self.members.repeated.contains(name) {
            self.refuse(name, FieldError::RepeatedField);
            return None;
        }
        match parse(value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(name, error);
                None
            }
        }
    }

    /// Reads a text that must be present and not empty.
    pub(crate) fn required_text(&mut self, name: &str, max: usize) -> Option<String> {
        let text = self.required(name, |raw| values::text(raw, max))?;
        if text.is_empty() {
            self.refuse(name, FieldError::Required);
            return None;
        }
        Some(text)
    }

    /// Reads a text that may be missing. An empty text counts as missing.
    pub(crate) fn optional_text(&mut self, name: &str, max: usize) -> Option<String> {
        self.optional(name, |raw| values::text(raw, max))
            .filter(|text| !text.is_empty())
    }

    /// Reads the till's own id of a document, which may be missing. The nil UUID counts as missing:
    /// 1C sends it for an empty reference.
    pub(crate) fn external_id(&mut self, name: &str, max: usize) -> Option<String> {
        self.optional_text(name, max)
            .filter(|id| !values::is_nil_uuid(id))
    }

    /// Reads a list that must be present, without reading its elements.
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

    /// Records that a field is wrong.
    pub(crate) fn refuse(&mut self, name: &str, error: FieldError) {
        if self.errors.iter().count() < MAX_REPORTED {
            self.errors.add(name, error);
        }
    }

    /// Returns whether the field is recorded as wrong.
    pub(crate) fn is_wrong(&self, name: &str) -> bool {
        self.errors.iter().any(|(field, _)| field == name)
    }

    fn value(&self, name: &str) -> Option<&'json RawValue> {
        let value = self.members.values.get(name).copied();
        // `null` counts as missing, but not if another value follows it.
        value.filter(|raw| raw.get() != "null" || self.members.repeated.contains(name))
    }
}

/// Returns the body as JSON text, without the byte order mark that 1C writes before it. Some tills
/// write `NaN` or `Infinity` for a number. Each is replaced by an empty object, which has the wrong
/// type for every field, so that the field gets its error.
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
            // An escaped character never ends the string.
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
