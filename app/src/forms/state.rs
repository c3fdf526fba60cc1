//! The values and problems of a form.

use std::borrow::Cow;

use super::problem::Problem;

/// The fields of a form, usually an enum.
pub trait Field: Copy + PartialEq + 'static {
    /// The name of the form; it makes the ids of a page unique.
    const FORM: &'static str;

    /// Returns the name that the browser sends.
    fn name(self) -> Cow<'static, str>;

    /// Returns the field with this name.
    fn parse(name: &str) -> Option<Self>;

    /// Returns whether a refused form shows the value again. It does not show secrets.
    fn keep(self) -> bool {
        true
    }
}

/// A form as it was sent, or as it is shown first.
#[derive(Clone, Debug, PartialEq)]
pub struct FormState<F> {
    values: Vec<(F, String)>,
    problems: Vec<(Option<F>, Problem)>,
}

impl<F> Default for FormState<F> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl<F: Field> FormState<F> {
    /// Makes an empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the pairs that a browser sent. Unknown names are ignored.
    pub fn read<K: AsRef<str>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut form = Self::new();
        for (name, value) in pairs {
            if let Some(field) = F::parse(name.as_ref()) {
                form.set(field, value);
            }
        }
        form
    }

    /// Sets the value of a field. PostgreSQL stores no NUL, so it is removed.
    pub fn set(&mut self, field: F, value: impl Into<String>) {
        let value = value.into().replace('\0', "");
        self.values.retain(|(known, _)| *known != field);
        self.values.push((field, value));
    }

    /// Returns the form with a value.
    #[must_use]
    pub fn with(mut self, field: F, value: impl Into<String>) -> Self {
        self.set(field, value);
        self
    }

    /// Returns the value of a field as it was sent, without spaces around it; secrets unchanged.
    /// A field that was not sent is empty.
    pub fn value(&self, field: F) -> &str {
        let sent = self.values.iter().find(|(known, _)| *known == field);
        let value = sent.map_or("", |(_, value)| value.as_str());
        if field.keep() { value.trim() } else { value }
    }

    /// Returns whether a checkbox was sent as checked.
    pub fn is_checked(&self, field: F) -> bool {
        !self.value(field).is_empty()
    }

    /// Adds a problem of a field.
    pub fn wrong(&mut self, field: F, problem: Problem) {
        self.problems.push((Some(field), problem));
    }

    /// Adds a problem of the whole form.
    pub fn refused(&mut self, problem: Problem) {
        self.problems.push((None, problem));
    }

    /// Returns the form with its values and without its problems, to be checked again.
    #[must_use]
    pub fn unchecked(&self) -> Self {
        Self {
            values: self.values.clone(),
            problems: Vec::new(),
        }
    }

    /// Returns whether the form has a problem.
    pub fn is_wrong(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Returns the first problem of a field.
    pub fn problem(&self, field: F) -> Option<&Problem> {
        self.problems
            .iter()
            .find(|(known, _)| *known == Some(field))
            .map(|(_, problem)| problem)
    }

    /// Returns all problems; `None` instead of a field is the whole form.
    pub fn problems(&self) -> &[(Option<F>, Problem)] {
        &self.problems
    }

    /// Returns the value to show in a field: nothing for a secret.
    pub(crate) fn shown(&self, field: F) -> String {
        let value = if field.keep() { self.value(field) } else { "" };
        value.to_owned()
    }

    /// Returns the id of a field's control.
    pub(crate) fn id(field: F) -> String {
        format!("{}-{}", F::FORM, field.name())
    }
}

/// Declares the fields of a form: an enum with the name of each field. The values of the fields
/// after `secret` are never shown again.
macro_rules! fields {
    (
        $(#[$about:meta])*
        $form:ident = $name:literal {
            $($(#[$doc:meta])* $field:ident = $text:literal,)*
        }
        $(secret $($secret:ident)|+)?
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $form {
            $($(#[$doc])* $field,)*
        }

        impl $crate::forms::Field for $form {
            const FORM: &'static str = $name;

            fn name(self) -> std::borrow::Cow<'static, str> {
                match self {
                    $(Self::$field => $text.into(),)*
                }
            }

            fn parse(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$field),)*
                    _ => None,
                }
            }

            $(fn keep(self) -> bool {
                !matches!(self, $(Self::$secret)|+)
            })?
        }
    };
}
pub(crate) use fields;

#[cfg(test)]
mod tests {
    use super::*;

    fields! {
        /// A form of the tests.
        Login = "login" {
            /// A name.
            Name = "name",
            /// A password.
            Password = "password",
        }
        secret Password
    }

    #[test]
    fn a_form_keeps_what_was_sent_except_secrets() {
        let pairs = [("name", " Зебо "), ("password", " 1 "), ("other", "2")];
        let form = FormState::<Login>::read(pairs);
        assert_eq!(form.value(Login::Name), "Зебо");
        assert_eq!(form.value(Login::Password), " 1 ");
        assert_eq!(form.shown(Login::Name), "Зебо");
        assert_eq!(form.shown(Login::Password), "");
    }

    #[test]
    fn a_problem_belongs_to_a_field_or_to_the_form() {
        let mut form = FormState::new();
        assert!(!form.is_wrong());
        form.refused(Problem::SignIn);
        assert!(form.is_wrong() && form.problem(Login::Name).is_none());
        form.wrong(Login::Name, Problem::Empty);
        assert_eq!(form.problem(Login::Name), Some(&Problem::Empty));
    }
}
