//! What the settings in the programme's form would change on the sales of the last months.

use app::forms::FormState;
use app::panel::programme_effect::Effect;
use app::panel::programme_form::{ProgrammeField, form_of};
use app::panel::programme_progress::{self, Progress};
use app::panel::programme_read::{read, read_possible};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use backend::programme;
use backend::replay::{self, StartLook, StopLook, run_look};
use domain::Role;

use super::answer::{Failed, page, see_other};
use super::form::SentBy;
use super::programme::{Asked, shown};
use super::session::SignedIn;
use crate::app_state::App;

/// The seconds after which the page of a look that is being computed is opened again.
const REFRESH_SECONDS: &str = "3";

fn effect_of(effect: replay::Effect) -> Effect {
    Effect {
        from: effect.from,
        until: effect.until,
        before: effect.before,
        after: effect.after,
    }
}

/// Shows what the settings in the form would change, and saves nothing. A wrong field counts as it
/// is stored. A store with very many sales gets a page that waits.
pub(super) async fn look(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let language = person.language(&headers);
    let current = programme::version(backend, tenant_id).await?;
    let sent: FormState<ProgrammeField> = pairs.form();
    let (form, whole) = match read(sent.clone(), &current.programme) {
        Ok(whole) => (sent, Some(whole)),
        Err(refused) => (refused, None),
    };
    let is_too_long = replay::is_too_long(backend, tenant_id).await?;
    if let (true, Some(whole)) = (is_too_long, &whole) {
        let start = StartLook {
            actor: &person.actor(),
            based_on: form.value(ProgrammeField::Version).parse().unwrap_or(0),
            programme: whole,
        };
        let started = backend.run(&start).await?;
        if started.is_new {
            tokio::spawn(run_look(backend.clone(), tenant_id, started.id));
        }
        return Ok(see_other(Url::ProgrammeLook(started.id)));
    }
    let mut asked = Asked::of(form);
    if !is_too_long {
        let (proposed, _) = read_possible(&asked.form, &current.programme, language);
        let effect = replay::effect(backend, tenant_id, &current.programme, &proposed).await?;
        asked.effect = Some(effect_of(effect));
    }
    shown(&app, &headers, &person, &current, asked).await
}

/// Shows a look: its progress, or the form with its settings and the result.
pub(super) async fn show_look(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let look = replay::look(backend, tenant_id, id).await?;
    let look = look.ok_or(Failed::NotFound)?;
    if look.is_running {
        let progress = Progress {
            id,
            done: look.done,
            all: look.all,
        };
        let html = programme_progress::html(&person.chrome(&headers), &progress);
        let mut answer = page(StatusCode::OK, html);
        // Browsers obey this header as they obey the element in a page.
        let refresh = HeaderValue::from_static(REFRESH_SECONDS);
        answer.headers_mut().insert(header::REFRESH, refresh);
        return Ok(answer);
    }
    let current = programme::version(backend, tenant_id).await?;
    let language = person.language(&headers);
    let asked = Asked {
        effect: look.effect.map(effect_of),
        is_stopped: look.effect.is_none(),
        ..Asked::of(form_of(&look.programme, look.based_on, language))
    };
    shown(&app, &headers, &person, &current, asked).await
}

/// Stops a look.
pub(super) async fn stop_look(
    State(app): State<App>,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let tenant_id = person.session.tenant_id;
    let stop = StopLook { tenant_id, id };
    if !app.backend.run(&stop).await? {
        // It has ended in the meantime, or there is none.
        let look = replay::look(&app.backend, tenant_id, id).await?;
        look.ok_or(Failed::NotFound)?;
    }
    Ok(see_other(Url::ProgrammeLook(id)))
}
