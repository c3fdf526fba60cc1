//! What an admin does to a store: the question with the reason, and the act.

use app::admin::notices::StoreDone;
use app::admin::question::{Act, ActField, Question, html};
use app::admin::urls::Url;
use app::console::Console;
use app::forms::FormState;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::stores::{self, ResumeStore, StoreChange, StoreView, SuspendStore};
use domain::Timestamp;

use super::session::Admin;
use super::store::find;
use crate::app_state::App;
use crate::console::answer::{Failed, done, page, see_other};
use crate::console::form::{SentBy, status_of};

/// The most characters of a reason.
const MAX_REASON: usize = 200;

/// A question about a store or one of its tills.
pub(super) struct Asking<'a> {
    pub(super) app: &'a App,
    pub(super) headers: &'a HeaderMap,
    pub(super) admin: &'a Admin,
    pub(super) store_id: i64,
    pub(super) store: &'a StoreView,
}

impl Asking<'_> {
    /// Answers with the question, with 422 if the form is refused.
    pub(super) fn page(
        &self,
        act: Act,
        last: Option<Timestamp>,
        form: FormState<ActField>,
    ) -> Response {
        let status = status_of(&form);
        let question = Question {
            now: self.app.backend.clock.now(),
            store_id: self.store_id,
            store: self.store.name.clone(),
            act,
            last,
            form,
            asks_password: self.admin.must_confirm(self.app),
        };
        page(status, html(&self.admin.chrome(self.headers), &question))
    }

    /// Answers with the page of the store, which says what was done.
    pub(super) fn done(&self, what: StoreDone) -> Response {
        let url = Url::Store(self.store_id);
        done(self.headers, Console::Admin, url, what.code())
    }
}

/// Reads the reason, which is required.
pub(super) fn reason(form: &mut FormState<ActField>) -> Option<String> {
    let reason = form.read_required(ActField::Reason, MAX_REASON);
    reason.filter(|_| !form.is_wrong())
}

/// Asks before a store is suspended. Two statements. A suspended one has nothing to ask.
pub(super) async fn ask_suspend(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    if store.suspended.is_some() {
        return Ok(see_other(Url::Store(id)));
    }
    let last = stores::last_sale(&app.backend, id).await?;
    let asking = Asking {
        app: &app,
        headers: &headers,
        admin: &admin,
        store_id: id,
        store: &store,
    };
    Ok(asking.page(Act::Suspend, last, FormState::new()))
}

/// Suspends a store: its tills are refused from now on.
pub(super) async fn suspend(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let back = Url::Store(id);
    if let Some(asked) = person.password_again(&app, &headers, &pairs, &back).await? {
        return Ok(asked);
    }
    let asking = Asking {
        app: &app,
        headers: &headers,
        admin: &person,
        store_id: id,
        store: &store,
    };
    let mut form = pairs.form();
    let Some(reason) = reason(&mut form) else {
        let last = stores::last_sale(&app.backend, id).await?;
        return Ok(asking.page(Act::Suspend, last, form));
    };
    let command = SuspendStore {
        admin: &person.actor(),
        tenant_id: id,
        reason: &reason,
    };
    match app.backend.run(&command).await? {
        StoreChange::Done => Ok(asking.done(StoreDone::Suspended)),
        StoreChange::Before | StoreChange::ByAnother => Ok(see_other(Url::Store(id))),
        StoreChange::NoStore => Err(Failed::NotFound),
    }
}

/// Asks before a store works again. One statement. A store that works has nothing to ask.
pub(super) async fn ask_resume(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let Some(suspended) = &store.suspended else {
        return Ok(see_other(Url::Store(id)));
    };
    let asking = Asking {
        app: &app,
        headers: &headers,
        admin: &admin,
        store_id: id,
        store: &store,
    };
    Ok(asking.page(Act::Resume, Some(suspended.at), FormState::new()))
}

/// Lets a store work again.
pub(super) async fn resume(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let back = Url::Store(id);
    if let Some(asked) = person.password_again(&app, &headers, &pairs, &back).await? {
        return Ok(asked);
    }
    let asking = Asking {
        app: &app,
        headers: &headers,
        admin: &person,
        store_id: id,
        store: &store,
    };
    let mut form = pairs.form();
    let Some(reason) = reason(&mut form) else {
        let last = store.suspended.as_ref().map(|known| known.at);
        return Ok(asking.page(Act::Resume, last, form));
    };
    let command = ResumeStore {
        admin: &person.actor(),
        tenant_id: id,
        reason: &reason,
    };
    match app.backend.run(&command).await? {
        StoreChange::Done => Ok(asking.done(StoreDone::Resumed)),
        StoreChange::Before | StoreChange::ByAnother => Ok(see_other(Url::Store(id))),
        StoreChange::NoStore => Err(Failed::NotFound),
    }
}
