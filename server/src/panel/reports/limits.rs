//! The form of the limits from which on something is unusual.

use app::forms::FormState;
use app::panel::notices::Done;
use app::panel::reports::limits::{LimitField, filled, html, read};
use app::panel::urls::Url;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports::{self, SetUnusualLimits};
use domain::Role;

use crate::app_state::App;
use crate::console::language;
use crate::panel::answer::{Failed, done, page, see_other};
use crate::panel::form::{SentBy, status_of};
use crate::panel::session::SignedIn;

/// Shows the form. Two statements.
pub(in crate::panel) async fn show_limits(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let limits = reports::limits(&app.backend, person.session.tenant_id).await?;
    let form = filled(language::of_headers(&headers), &limits);
    Ok(page(
        status_of(&form),
        html(&person.chrome(&headers), &form),
    ))
}

/// Sets the limits. At most four statements.
pub(in crate::panel) async fn set_limits(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let mut form: FormState<LimitField> = pairs.form();
    let Some(limits) = read(language::of_headers(&headers), &mut form) else {
        return Ok(page(
            status_of(&form),
            html(&person.chrome(&headers), &form),
        ));
    };
    let command = SetUnusualLimits {
        actor: &person.actor(),
        limits,
    };
    if app.backend.run(&command).await? {
        Ok(done(&headers, Url::Unusual, Done::LimitsSet))
    } else {
        Ok(see_other(Url::Unusual))
    }
}
