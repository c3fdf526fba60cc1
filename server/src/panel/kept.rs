//! A form whose session ended while it was filled in. The page that asks to sign in carries it,
//! sealed. After the sign-in the same person gets it back, and nobody else.

use app::console::Console;
use app::console::sign_in::{self, SignIn};
use app::forms::FormState;
use app::panel::kept_form::{KeptForm, html};
use app::panel::urls::Url;
use axum::extract::MatchedPath;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, NewSession};
use domain::Timestamp;
use serde::{Deserialize, Serialize};

use super::ANY;
use super::answer::{Failed, page};
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::pairs::Pairs;
use crate::console::password::PASSWORD;
use crate::console::person::to_sign_in;
use crate::console::{cookie, language, next};

/// The forms that are shown again as they were typed. In the others nothing is typed but secrets,
/// or a file, which a browser does not give back.
const SHOWN_AGAIN: [Url; 15] = [
    Url::NewBranch,
    Url::Branch(ANY),
    Url::NewTill,
    Url::EditTill(ANY),
    Url::AdjustClient(ANY),
    Url::BlockClient(ANY),
    Url::ChangePhone(ANY),
    Url::GiveCard(ANY),
    Url::Cards,
    Url::Programme,
    Url::ProgrammePreview,
    Url::UnusualLimits,
    Url::People,
    Url::Settings,
    Url::ReadImport(ANY),
];

/// The purpose of the seal.
const PURPOSE: &str = "panel form";
/// The seconds for which a form is kept.
const SECONDS: i64 = 3_600;
/// The most bytes that are kept.
const MOST_BYTES: usize = 32 * 1024;

/// A form that waits for its person.
#[derive(Deserialize, Serialize)]
struct Kept {
    /// The numbers of the store and of the person.
    person: (i64, i64),
    /// The moment until which it waits.
    until: i64,
    path: String,
    pairs: Vec<(String, String)>,
    /// The page with the form.
    back: String,
}

/// Returns whether the request is for a form that is shown again as it was typed.
pub(super) fn is_shown_again(parts: &Parts) -> bool {
    let matched = parts.extensions.get::<MatchedPath>();
    matched.is_some_and(|path| SHOWN_AGAIN.iter().any(|url| url.pattern() == path.as_str()))
}

/// Asks a person whose session has ended to sign in, and keeps the form that was sent.
pub(super) fn ask_to_sign_in(app: &App, parts: &Parts, pairs: &Pairs) -> Response {
    let back = next::after(Console::Panel, parts);
    let Some(kept) = sealed(app, parts, pairs, back.as_deref()) else {
        return to_sign_in(Console::Panel, parts);
    };
    let language = language::of_headers(&parts.headers);
    let asked = SignIn {
        console: Console::Panel,
        language,
        form: FormState::new(),
        notice: Some(sign_in::ended(language, true)),
        next: back,
        kept: Some(kept),
    };
    page(StatusCode::UNPROCESSABLE_ENTITY, sign_in::html(&asked))
}

fn sealed(app: &App, parts: &Parts, pairs: &Pairs, back: Option<&str>) -> Option<String> {
    let cookie = cookie::session(Console::Panel).read(&parts.headers)?;
    let is_kept = is_shown_again(parts) && !pairs.is_empty();
    let kept = Kept {
        person: accounts::person_of_cookie(cookie).filter(|_| is_kept)?,
        until: app.backend.clock.now().plus_seconds(SECONDS).micros(),
        path: pairs.path.clone(),
        pairs: pairs.without(PASSWORD),
        back: back.map_or_else(|| Url::Today.to_string(), str::to_owned),
    };
    let text = serde_json::to_string(&kept).ok()?;
    let text = Some(text).filter(|text| text.len() <= MOST_BYTES)?;
    app.backend.secrets.seal(PURPOSE, &text).ok()
}

/// Returns the page that gives a kept form back to its person; `None` for anybody else.
pub(super) async fn bring_back(
    app: &App,
    headers: &HeaderMap,
    kept: &str,
    session: &NewSession,
    address: &str,
) -> Result<Option<Response>, Failed> {
    let opened = app.backend.secrets.open(PURPOSE, kept).ok();
    let kept = opened.and_then(|text| serde_json::from_str::<Kept>(&text).ok());
    let now = app.backend.clock.now();
    let kept = kept.filter(|kept| now <= Timestamp::from_micros(kept.until));
    let session = accounts::session(&app.backend, &session.cookie, address).await?;
    let (Some(kept), Some(session)) = (kept, session) else {
        return Ok(None);
    };
    if kept.person != (session.tenant_id, session.user_id) {
        return Ok(None);
    }
    let person = SignedIn {
        session,
        address: address.to_owned(),
        now,
    };
    let form = KeptForm {
        action: kept.path,
        pairs: kept.pairs,
        back: kept.back,
    };
    Ok(Some(page(
        StatusCode::OK,
        html(&person.chrome(headers), &form),
    )))
}
