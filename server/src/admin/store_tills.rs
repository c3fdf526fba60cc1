//! What an admin does to a till of a store: the question with the reason, and the act. The store's
//! owner reads both the act and the reason.

use app::admin::notices::StoreDone;
use app::admin::question::{Act, ActField, TillRef, old_key_works};
use app::admin::urls::Url;
use app::forms::{FormState, Problem};
use app::panel::till_parts::Grace;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::audit::{Action, Details};
use backend::stores::{ByAdmin, StoreView};
use backend::tills::{self, ActOnTill, ActedOnTill, RotateKey, Rotated, TillAct, TillView};

use super::session::Admin;
use super::store::find;
use super::store_acts::{Asking, reason};
use crate::app_state::App;
use crate::console::answer::Failed;
use crate::console::form::SentBy;
use crate::console::pairs::Pairs;

/// The number of a store and that of one of its tills.
type Ids = Path<(i64, i64)>;

/// Returns a store and one of its tills. Two statements.
async fn found(app: &App, id: i64, till_id: i64) -> Result<(StoreView, TillView), Failed> {
    let store = find(app, id).await?;
    let till = tills::view(&app.backend, id, till_id).await?;
    Ok((store, till.ok_or(Failed::NotFound)?))
}

fn named(till: &TillView) -> TillRef {
    TillRef {
        id: till.id,
        name: till.name.clone(),
        branch: till.branch.clone(),
    }
}

/// Returns what the journal of the platform has beside the act.
fn details(store: &StoreView, till: &TillView, reason: &str) -> Details {
    Details {
        name: store.name.clone(),
        after: Some(format!("{}, {}", till.branch, till.name)),
        reason: Some(reason.to_owned()),
        ..Details::default()
    }
}

/// Asks before an act. Two statements.
async fn ask(
    app: &App,
    headers: &HeaderMap,
    admin: &Admin,
    (id, till_id): (i64, i64),
    act: fn(TillRef) -> Act,
) -> Result<Response, Failed> {
    let (store, till) = found(app, id, till_id).await?;
    let asking = Asking {
        app,
        headers,
        admin,
        store_id: id,
        store: &store,
    };
    let form = FormState::new().with(ActField::Grace, Grace::Day.as_str());
    Ok(asking.page(act(named(&till)), till.seen_at, form))
}

/// Asks before a till is unbound from its device.
pub(super) async fn ask_unbind(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(ids): Ids,
) -> Result<Response, Failed> {
    ask(&app, &headers, &admin, ids, Act::Unbind).await
}

/// Asks before a till gets a new key.
pub(super) async fn ask_rotate(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(ids): Ids,
) -> Result<Response, Failed> {
    ask(&app, &headers, &admin, ids, Act::Rotate).await
}

/// Asks before a till is switched off.
pub(super) async fn ask_off(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(ids): Ids,
) -> Result<Response, Failed> {
    ask(&app, &headers, &admin, ids, Act::SwitchOff).await
}

/// Asks before a till is switched on.
pub(super) async fn ask_on(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(ids): Ids,
) -> Result<Response, Failed> {
    ask(&app, &headers, &admin, ids, Act::SwitchOn).await
}

/// Removes the binding of a till to its device.
pub(super) async fn unbind_till(
    State(app): State<App>,
    headers: HeaderMap,
    Path(ids): Ids,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let act = (Act::Unbind as fn(TillRef) -> Act, TillAct::ResetBinding);
    let done = (Action::TillUnbound, StoreDone::Unbound);
    acted(&app, &headers, (person, pairs), ids, act, done).await
}

/// Switches a till off.
pub(super) async fn switch_till_off(
    State(app): State<App>,
    headers: HeaderMap,
    Path(ids): Ids,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let act = (Act::SwitchOff as fn(TillRef) -> Act, TillAct::Disable);
    let done = (Action::TillOff, StoreDone::TillOff);
    acted(&app, &headers, (person, pairs), ids, act, done).await
}

/// Switches a till on, unless as many are on as the store has paid for.
pub(super) async fn switch_till_on(
    State(app): State<App>,
    headers: HeaderMap,
    Path(ids): Ids,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let act = (Act::SwitchOn as fn(TillRef) -> Act, TillAct::Enable);
    let done = (Action::TillOn, StoreDone::TillOn);
    acted(&app, &headers, (person, pairs), ids, act, done).await
}

async fn acted(
    app: &App,
    headers: &HeaderMap,
    (admin, pairs): (Admin, Pairs),
    (id, till_id): (i64, i64),
    (question, act): (fn(TillRef) -> Act, TillAct),
    (action, done): (Action, StoreDone),
) -> Result<Response, Failed> {
    let (store, till) = found(app, id, till_id).await?;
    let back = Url::Store(id);
    if let Some(asked) = admin.password_again(app, headers, &pairs, &back).await? {
        return Ok(asked);
    }
    let asking = Asking {
        app,
        headers,
        admin: &admin,
        store_id: id,
        store: &store,
    };
    let question = question(named(&till));
    let mut form = pairs.form();
    let Some(reason) = reason(&mut form) else {
        return Ok(asking.page(question, till.seen_at, form));
    };
    let actor = admin.actor();
    let command = ByAdmin {
        admin: &actor,
        tenant_id: id,
        command: ActOnTill {
            actor: &actor.in_store(id),
            till_id,
            act,
            reason: Some(&reason),
        },
        action,
        details: details(&store, &till, &reason),
    };
    match app.backend.run(&command).await? {
        ActedOnTill::Done | ActedOnTill::Before => Ok(asking.done(done)),
        ActedOnTill::TillLimit => {
            form.refused(Problem::NoPaidTill);
            Ok(asking.page(question, till.seen_at, form))
        }
        ActedOnTill::NoTill => Err(Failed::NotFound),
    }
}

/// Makes a new key for a till. Only the store's owner sees it.
pub(super) async fn rotate_key(
    State(app): State<App>,
    headers: HeaderMap,
    Path((id, till_id)): Ids,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let (store, till) = found(&app, id, till_id).await?;
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
    let question = Act::Rotate(named(&till));
    let mut form: FormState<ActField> = pairs.form();
    let grace = Grace::parse(form.value(ActField::Grace));
    if grace.is_none() {
        form.wrong(ActField::Grace, Problem::Unknown);
    }
    let (Some(reason), Some(grace)) = (reason(&mut form), grace) else {
        return Ok(asking.page(question, till.seen_at, form));
    };
    let actor = person.actor();
    let command = ByAdmin {
        admin: &actor,
        tenant_id: id,
        command: RotateKey {
            actor: &actor.in_store(id),
            secrets: &app.backend.secrets,
            till_id,
            grace_seconds: grace.seconds(),
            reason: Some(&reason),
        },
        action: Action::KeyRotated,
        details: details(&store, &till, &reason),
    };
    match app.backend.run(&command).await? {
        Rotated::Done => Ok(asking.done(StoreDone::Rotated)),
        Rotated::OldKeyWorks => {
            let sentence = old_key_works(&person.chrome(&headers));
            form.refused(Problem::Other(sentence));
            Ok(asking.page(question, till.seen_at, form))
        }
        Rotated::NoTill => Err(Failed::NotFound),
    }
}
