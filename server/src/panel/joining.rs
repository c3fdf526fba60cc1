//! «Сообщения → Вступление»: the terms of the store and the link of its bot.

use app::forms::FormState;
use app::panel::joining::{Joining, TermsField, html};
use app::panel::notices::Done;
use app::panel::urls::Url;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use backend::membership::{self, SaveTerms};
use domain::Role;
use domain::messages::Channel;

use super::answer::{Failed, done, page};
use super::form::{SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;

/// The most characters of the terms: what a bot can send in one message.
const MOST_TERMS: usize = 3_000;

/// Shows the terms and the link. Two statements.
pub(super) async fn show_joining(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    shown(&app, &headers, &person, None).await
}

async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    refused: Option<FormState<TermsField>>,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let terms = membership::terms(backend, tenant_id).await?;
    let text = terms.as_ref().map(|terms| terms.text.clone());
    let form = refused
        .unwrap_or_else(|| FormState::new().with(TermsField::Text, text.unwrap_or_default()));
    let status = status_of(&form);
    let details = Joining {
        now: backend.clock.now(),
        form,
        version: terms.map(|terms| (terms.version, terms.since)),
        link: link(app, tenant_id).await?,
        may_change: person.session.role == Role::Owner && person.session.suspended.is_none(),
    };
    Ok(page(status, html(&person.chrome(headers), &details)))
}

/// Returns the address that opens the store's bot, or the platform's, with this store.
async fn link(app: &App, tenant_id: i64) -> Result<Option<String>, Failed> {
    let known = backend::channels::channels(&app.backend, tenant_id).await?;
    let mut known = known.into_iter();
    let own = known.find(|known| known.channel == Channel::Telegram);
    let name = match own {
        Some(own) => Some(own.shown.trim_start_matches('@').to_owned()),
        None => app.services.platform_name().await,
    };
    Ok(name.map(|name| format!("https://t.me/{name}?start=s_{tenant_id}")))
}

/// Saves the terms as a new version.
pub(super) async fn save_terms(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let mut form: FormState<TermsField> = pairs.form();
    let text = form.read_required(TermsField::Text, MOST_TERMS);
    let Some(text) = text else {
        return shown(&app, &headers, &person, Some(form)).await;
    };
    let command = SaveTerms {
        actor: &person.actor(),
        text: &text.replace("\r\n", "\n"),
    };
    app.backend.run(&command).await?;
    Ok(done(&headers, Url::Joining, Done::TermsSaved))
}
