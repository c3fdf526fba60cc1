//! A form with a file, as browsers send it (RFC 7578).

use app::forms::Field as _;
use app::panel::import::{Refused, UploadField};
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::imports::MAX_BYTES;
use domain::Role;

use super::answer::Failed;
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::person::Person as _;

/// The most bytes of a form with a file: the file, and what is around it.
pub(super) const MAX_FORM: usize = MAX_BYTES + 64 * 1024;

/// A file from an owner who has signed in. Nobody else's file is read.
pub(super) struct FileSentBy {
    pub(super) person: SignedIn,
    /// The name of the file and its content; `None` if no file was chosen.
    pub(super) file: Result<Option<(String, Vec<u8>)>, Refused>,
}

impl FromRequest<App> for FileSentBy {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let person = SignedIn::from_request_parts(&mut parts, app).await?;
        person
            .needs(Role::Owner)
            .map_err(IntoResponse::into_response)?;
        if !person.may_send(&parts) {
            return Err(Failed::Suspended.into_response());
        }
        let request = Request::from_parts(parts, body);
        let form = Multipart::from_request(request, app).await;
        let form = form.map_err(|_| Failed::Unreadable.into_response())?;
        let file = read(form).await.map_err(|error| refused(&error));
        Ok(Self { person, file })
    }
}

async fn read(mut form: Multipart) -> Result<Option<(String, Vec<u8>)>, MultipartError> {
    while let Some(field) = form.next_field().await? {
        if field.name() != Some(&*UploadField::File.name()) {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let content = field.bytes().await?.to_vec();
        // A browser sends an empty part if no file was chosen.
        let is_chosen = !name.is_empty() || !content.is_empty();
        return Ok(is_chosen.then_some((name, content)));
    }
    Ok(None)
}

fn refused(error: &MultipartError) -> Refused {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::TooLarge,
        _ => Refused::Cut,
    }
}
