//! The pairs of a form as they were sent.

use app::console::sign_in::BROUGHT_BACK;
use app::forms::{Field, FormState, Problem};
use axum::Form;
use axum::extract::{FromRequest as _, Request};
use axum::response::{IntoResponse as _, Response};

use super::answer::Failed;
use crate::app_state::App;

/// The pairs of a form, in the order in which they were sent, and the path to which they were.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    pub(crate) path: String,
    pairs: Vec<(String, String)>,
}

impl Pairs {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// The answer to a body that is no form.
    pub(crate) async fn read(request: Request, app: &App) -> Result<Self, Response> {
        let path = request.uri().path().to_owned();
        let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
        let Form(pairs) = form.map_err(|_| Failed::Unreadable.into_response())?;
        Ok(Self { path, pairs })
    }

    /// Returns the first value with this name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Reads the fields of a form. A form that is brought back after a new sign-in has a problem,
    /// so it is shown and does nothing.
    pub(crate) fn form<F: Field>(&self) -> FormState<F> {
        let pairs = self.pairs.iter();
        let mut form = FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
        if self.value(BROUGHT_BACK).is_some() {
            form.refused(Problem::SessionEnded);
        }
        form
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Returns the pairs without the one with this name.
    pub(crate) fn without(&self, name: &str) -> Vec<(String, String)> {
        let others = self.pairs.iter().filter(|(known, _)| known != name);
        others.cloned().collect()
    }
}
