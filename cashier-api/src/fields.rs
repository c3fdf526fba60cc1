//! Reading the object a till sent: every wrong field is found, not only the first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::FieldErrors;
use serde_json::value::RawValue;

use crate::values::{self, Message};

/// How many wrong fields one answer names: enough to mend a request, too few to make the
/// answer larger than it.
const MAX_REPORTED: usize = 20;

const REQUIRED: &str = "обязательное поле";
const NOT_AN_OBJECT: &str = "должно быть объектом JSON";

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

/// The members of one object, and where it stands in the request.
pub(crate) struct Fields<'json, 'errors> {
    members: BTreeMap<String, &'json RawValue>,
    path: String,
    errors: &'errors mut FieldErrors,
}

/// Reads the body of a request. `read` must ask for every field before it gives up on one.
pub(crate) fn read_object<T>(
    body: &[u8],
    read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
) -> Result<T, RequestError> {
    let json = json_text(body).ok_or(RequestError::Malformed)?;
    let members = serde_json::from_str(&json)
        .map_err(|_| RequestError::Invalid(FieldErrors::one("body", NOT_AN_OBJECT)))?;
    let mut errors = FieldErrors::default();
    let request = read(&mut Fields {
        members,
        path: String::new(),
        errors: &mut errors,
    });
    match request {
        Some(request) if errors.is_empty() => Ok(request),
        _ => Err(RequestError::Invalid(errors)),
    }
}

impl<'json> Fields<'json, '_> {
    /// A field that must be there.
    pub(crate) fn required<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&'json RawValue) -> Result<T, Message>,
    ) -> Option<T> {
        if self.value(name).is_none() {
            self.refuse(name, REQUIRED);
        }
        self.optional(name, parse)
    }

    /// A field that may be missing or null.
    pub(crate) fn optional<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&'json RawValue) -> Result<T, Message>,
    ) -> Option<T> {
        match parse(self.value(name)?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.refuse(name, message);
                None
            }
        }
    }

    /// Text that must be there and say something.
    pub(crate) fn required_text(&mut self, name: &str, max: usize) -> Option<String> {
        let text = self.required(name, |raw| values::text(raw, max))?;
        if text.is_empty() {
            self.refuse(name, REQUIRED);
            return None;
        }
        Some(text)
    }

    /// Text that may be missing; an empty one is missing too.
    pub(crate) fn optional_text(&mut self, name: &str, max: usize) -> Option<String> {
        self.optional(name, |raw| values::text(raw, max))
            .filter(|text| !text.is_empty())
    }

    /// A list of objects, empty where missing.
    pub(crate) fn list<T>(
        &mut self,
        name: &str,
        max: usize,
        mut read: impl FnMut(&mut Fields<'json, '_>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.optional(name, |raw| {
            let items: Vec<&'json RawValue> =
                serde_json::from_str(raw.get()).map_err(|_| "должно быть списком")?;
            if items.len() > max {
                return Err(format!("не больше {max} строк").into());
            }
            Ok(items)
        });
        let mut list = Vec::new();
        for (index, item) in items.into_iter().flatten().enumerate() {
            let path = format!("{name}[{index}]");
            match serde_json::from_str(item.get()) {
                Ok(members) => list.extend(read(&mut Fields {
                    members,
                    path: format!("{}{path}.", self.path),
                    errors: self.errors,
                })),
                Err(_) => self.refuse(&path, NOT_AN_OBJECT),
            }
        }
        list
    }

    /// Notes that a field is wrong.
    pub(crate) fn refuse(&mut self, name: &str, message: impl Into<Message>) {
        if self.errors.iter().count() < MAX_REPORTED {
            let message: Message = message.into();
            self.errors.add(&format!("{}{name}", self.path), message);
        }
    }

    /// Whether the field has been refused.
    pub(crate) fn is_wrong(&self, name: &str) -> bool {
        let path = format!("{}{name}", self.path);
        self.errors.iter().any(|(field, _)| field == path)
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
/// field, so that the field gets its message.
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
