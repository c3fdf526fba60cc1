//! A store's page.

use app::admin::store::{
    Branch, Invited, NewLink, Owner, OwnerField, Store, Suspension, Till, html,
};
use app::admin::store_journal::Done;
use app::forms::FormState;
use app::ui::states::Notice;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::accounts::{self, Invitation, Person};
use backend::audit::{self, AdminAct};
use backend::programme;
use backend::reports::{self, BranchTills};
use backend::secrets;
use backend::stores::{self, StoreView};
use domain::Role;

use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page};
use crate::console::form::status_of;

/// Returns a store. One statement.
pub(super) async fn find(app: &App, id: i64) -> Result<StoreView, Failed> {
    let store = stores::view(&app.backend, id).await?;
    store.ok_or(Failed::NotFound)
}

/// What a page of a store shows beside the store.
#[derive(Default)]
pub(super) struct Shown {
    /// The form of an invitation.
    pub(super) form: FormState<OwnerField>,
    /// The link that was just made.
    pub(super) link: Option<NewLink>,
    /// A message.
    pub(super) notice: Option<Notice>,
}

/// Shows a store. Eight statements.
pub(super) async fn show_store(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    shown(&app, &headers, &admin, id, Shown::default()).await
}

/// Answers with the page of a store. Eight statements.
pub(super) async fn shown(
    app: &App,
    headers: &HeaderMap,
    admin: &Admin,
    id: i64,
    Shown { form, link, notice }: Shown,
) -> Result<Response, Failed> {
    let (backend, now) = (&app.backend, app.backend.clock.now());
    let store = find(app, id).await?;
    let programme = programme::of_store(backend, id).await?;
    let people = accounts::people(backend, id).await?;
    let invited = accounts::invitations(backend, id).await?;
    let branches = reports::tills(backend, id, now.local_midnight()).await?;
    let acts = audit::acts_in_store(backend, id).await?;
    let status = status_of(&form);
    let details = Store {
        now,
        id,
        name: store.name,
        opened: store.opened_at,
        suspended: store.suspended.map(|known| Suspension {
            since: known.at,
            by: known.by,
            reason: known.reason,
        }),
        paid_tills: store.paid_tills,
        programme: (programme.bonus_percent, programme.max_redeem_percent),
        owners: people.into_iter().filter_map(owner).collect(),
        invited: invited.into_iter().filter_map(invitation).collect(),
        link,
        form,
        once: secrets::random_token()?,
        branches: branches.into_iter().map(branch).collect(),
        acts: acts.into_iter().map(done).collect(),
    };
    let mut chrome = admin.chrome(headers);
    chrome.notices.extend(notice);
    Ok(page(status, html(&chrome, &details)))
}

fn owner(person: Person) -> Option<Owner> {
    (person.role == Role::Owner).then_some(Owner {
        id: person.id,
        name: person.name,
        login: person.login,
        last_seen: person.seen_at,
    })
}

fn invitation(known: Invitation) -> Option<Invited> {
    (known.role == Role::Owner).then_some(Invited {
        id: known.id,
        name: known.name,
        until: known.expires_at,
    })
}

fn branch(branch: BranchTills) -> Branch {
    let till = |till: reports::TillRow| Till {
        id: till.id,
        name: till.name,
        is_on: !till.is_disabled,
        is_bound: till.is_bound,
        has_foreign: till.mismatches > 0,
        last_seen: till.seen_at,
        sold_today: till.sold,
    };
    Branch {
        name: branch.name,
        address: branch.address,
        tills: branch.tills.into_iter().map(till).collect(),
    }
}

fn done(act: AdminAct) -> Done {
    let details = act.details;
    let change = match (details.before, details.after) {
        (Some(before), Some(after)) => Some(format!("{before} → {after}")),
        (one, other) => one.or(other),
    };
    Done {
        at: act.at,
        who: act.who,
        act: act.action,
        details: change.into_iter().collect(),
        reason: details.reason,
    }
}
