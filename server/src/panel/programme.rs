//! «Программа лояльности»: the settings, their saved versions, and what others would change.

use app::Language;
use app::forms::{FormState, Problem};
use app::panel::notices::Done;
use app::panel::programme::{ProgrammePage, html};
use app::panel::programme_changes::changes;
use app::panel::programme_effect::Effect;
use app::panel::programme_form::{ProgrammeField, form_of};
use app::panel::programme_read::{read, read_possible, rebase};
use app::panel::programme_versions::{self, UP_TO, conflict};
use app::panel::urls::Url;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::Backend;
use backend::audit::{Entry, Subject};
use backend::programme::{self, SaveProgramme, Saved, Version};
use domain::Role;

use super::answer::{Failed, done, page};
use super::form::{SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;

/// The versions that the page lists.
const LISTED: i64 = 20;
/// The most versions that a page of the journal reads.
const MOST_NAMED: i64 = 200;

/// Shows the settings that apply, and the saved versions. One statement, two for older versions.
pub(super) async fn show_programme(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let up_to = query.iter().find(|(name, _)| name == UP_TO);
    let up_to = up_to.and_then(|(_, number)| number.parse().ok());
    let tenant_id = person.session.tenant_id;
    let current = programme::version(&app.backend, tenant_id).await?;
    let form = form_of(
        &current.programme,
        current.number,
        person.language(&headers),
    );
    shown(
        &app,
        &headers,
        &person,
        &current,
        Asked {
            up_to,
            ..Asked::of(form)
        },
    )
    .await
}

/// The part of the page that a request decides.
pub(super) struct Asked {
    pub(super) form: FormState<ProgrammeField>,
    pub(super) effect: Option<Effect>,
    /// `true` if the effect was not computed to its end.
    pub(super) is_stopped: bool,
    /// The newest version to list; `None` for the newest of all.
    pub(super) up_to: Option<i64>,
}

impl Asked {
    /// Makes the part of a page without an effect.
    pub(super) const fn of(form: FormState<ProgrammeField>) -> Self {
        Self {
            form,
            effect: None,
            is_stopped: false,
            up_to: None,
        }
    }
}

/// Shows the form, with 422 if it is refused. One statement.
pub(super) async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    current: &Version,
    Asked {
        form,
        effect,
        is_stopped,
        up_to,
    }: Asked,
) -> Result<Response, Failed> {
    let language = person.language(headers);
    let tenant_id = person.session.tenant_id;
    // One more than are listed: the last one is compared with it.
    let versions = programme::versions(&app.backend, tenant_id, up_to, LISTED + 1).await?;
    let now = app.backend.clock.now();
    let older = versions.get(usize::try_from(LISTED).unwrap_or(usize::MAX));
    let status = status_of(&form);
    let (proposed, wrong) = read_possible(&form, &current.programme, language);
    let page_data = ProgrammePage {
        now,
        saved: current.programme.clone(),
        form,
        proposed,
        wrong,
        effect,
        is_stopped,
        older: older.map(|version| version.number),
        versions: listed(language, &versions),
        shown: None,
        may_change: person.session.role >= Role::Owner,
        asks_password: !person.session.account.is_confirmed(now),
    };
    Ok(page(status, html(&person.chrome(headers), &page_data)))
}

/// Words versions, each compared with the one before it. A version without one is left out, unless
/// it is the first.
fn listed(language: Language, versions: &[Version]) -> Vec<programme_versions::Version> {
    let before = versions.iter().skip(1).map(Some).chain([None]);
    let pairs = versions.iter().zip(before);
    let pairs = pairs.filter(|(version, before)| before.is_some() || version.number == 1);
    pairs
        .map(|(version, before)| programme_versions::Version {
            number: version.number,
            at: version.at,
            who: version.who.clone(),
            changes: before.map_or_else(Vec::new, |before| {
                changes(language, &before.programme, &version.programme)
            }),
        })
        .collect()
}

/// Saves the settings as a new version.
pub(super) async fn save_programme(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let language = person.language(&headers);
    let current = programme::version(&app.backend, person.session.tenant_id).await?;
    let form: FormState<ProgrammeField> = pairs.form();
    let refused = |form| Asked::of(form);
    let read = match read(form.clone(), &current.programme) {
        Ok(read) => read,
        Err(form) => return shown(&app, &headers, &person, &current, refused(form)).await,
    };
    let asked = person.password_again(&app, &headers, &pairs, &Url::Programme);
    if let Some(asked) = asked.await? {
        return Ok(asked);
    }
    let based_on = form.value(ProgrammeField::Version).parse().unwrap_or(0);
    let save = SaveProgramme {
        actor: &person.actor(),
        based_on,
        programme: &read,
    };
    let newest = match app.backend.run(&save).await? {
        Saved::Now(_) | Saved::Before => {
            return Ok(done(&headers, Url::Programme, Done::ProgrammeSaved));
        }
        Saved::Unchanged => {
            return Ok(done(&headers, Url::Programme, Done::ProgrammeUnchanged));
        }
        Saved::Outdated(newest) => newest,
    };
    let tenant_id = person.session.tenant_id;
    let base = programme::versions(&app.backend, tenant_id, Some(based_on), 1).await?;
    let base = base.first().filter(|base| base.number == based_on);
    let base = base.map_or(&newest.programme, |base| &base.programme);
    let mut form = rebase(form, base, (&newest.programme, newest.number), language);
    let words = programme_versions::Version {
        number: newest.number,
        at: newest.at,
        who: newest.who.clone(),
        changes: Vec::new(),
    };
    let sentence = conflict(language, &words, app.backend.clock.now());
    form.refused(Problem::Other(sentence));
    shown(&app, &headers, &person, &newest, refused(form)).await
}

/// Shows a saved version: its settings, and what it changed. Two statements.
pub(super) async fn show_version(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(number): Path<i64>,
) -> Result<Response, Failed> {
    let language = person.language(&headers);
    let tenant_id = person.session.tenant_id;
    let versions = programme::versions(&app.backend, tenant_id, Some(number), 2).await?;
    let version = versions.first().filter(|version| version.number == number);
    let version = version.ok_or(Failed::NotFound)?;
    let page_data = ProgrammePage {
        now: app.backend.clock.now(),
        saved: version.programme.clone(),
        form: form_of(&version.programme, number, language),
        proposed: version.programme.clone(),
        wrong: Vec::new(),
        effect: None,
        is_stopped: false,
        older: None,
        versions: listed(language, &versions),
        shown: Some(number),
        may_change: false,
        asks_password: false,
    };
    let html = html(&person.chrome(&headers), &page_data);
    Ok(page(axum::http::StatusCode::OK, html))
}

/// Returns the versions that entries of the journal name. One statement, or none.
pub(super) async fn versions_of(
    backend: &Backend,
    tenant_id: i64,
    language: Language,
    entries: &[Entry],
) -> Result<Vec<programme_versions::Version>, Failed> {
    let number = |entry: &Entry| match entry.subject {
        Some(Subject::Programme(number)) => Some(number),
        _ => None,
    };
    let numbers = || entries.iter().filter_map(number);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
        return Ok(Vec::new());
    };
    // Entries of a filter may lie far apart; the words of the oldest are left out then.
    let limit = (last - first + 2).clamp(2, MOST_NAMED);
    let versions = programme::versions(backend, tenant_id, Some(last), limit).await?;
    Ok(listed(language, &versions))
}
