//! The merge of two clients: what it would do, and doing it.

use app::forms::{FormState, Problem};
use app::panel::client_merge::{ClientMerge, FROM, MergeField, Merged, Merging, html};
use app::panel::notices::Done;
use app::panel::urls::Url;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::clients::{self, ClientPage, Merge, MergeEffect, NotMerged};
use domain::{Identifier, Role};

use super::answer::{Failed, done, page, see_other};
use super::client::find;
use super::client_acts::find_living;
use super::form::{SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;

fn merging(client: &ClientPage, phone: String) -> Merging {
    Merging {
        id: client.id,
        name: client.full_name.clone(),
        phone,
        balance: client.figures.bonus_balance,
        spent: client.total_spent,
        purchases: client.purchases,
    }
}

fn merged(effect: &MergeEffect) -> Merged {
    Merged {
        balance: effect.balance,
        spent: effect.total_spent,
        purchases: effect.purchases,
        welcome_cancelled: effect.welcome_cancelled,
        referral_cancelled: effect.referral_cancelled,
        is_blocked: effect.is_blocked,
    }
}

/// Shows the search for the other client, and what the merge would do if there is one.
pub(super) async fn ask_merge(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let pairs = query.iter();
    let form = FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
    shown(&app, &headers, &person, id, form).await
}

async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    id: i64,
    mut form: FormState<MergeField>,
) -> Result<Response, Failed> {
    let (into, phone) = find_living(app, person, id).await?;
    let tenant_id = person.session.tenant_id;
    let sent = form.value(MergeField::With).to_owned();
    let mut found = None;
    if !sent.is_empty() {
        let other = match Identifier::parse(&sent) {
            Ok(identifier) => clients::identified(&app.backend, tenant_id, &identifier).await?,
            Err(_) => None,
        };
        match other {
            Some(from) => {
                let command = Merge {
                    actor: &person.actor(),
                    into: id,
                    from,
                };
                match clients::preview(&app.backend, &command).await? {
                    Ok(effect) => {
                        let from = find(app, person, from).await?;
                        let phone = from.phone.clone().unwrap_or_default();
                        found = Some((merging(&from, phone), merged(&effect)));
                    }
                    Err(reason) => form.wrong(MergeField::With, problem(reason)),
                }
            }
            None => form.wrong(MergeField::With, problem(NotMerged::NotFound)),
        }
    }
    let status = status_of(&form);
    let asked = ClientMerge {
        into: merging(&into, phone),
        found,
        form,
    };
    Ok(page(status, html(&person.chrome(headers), &asked)))
}

const fn problem(reason: NotMerged) -> Problem {
    match reason {
        NotMerged::Same => Problem::SameClient,
        NotMerged::NotFound => Problem::NoClient,
    }
}

/// Merges another client into this one.
pub(super) async fn merge(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::MergeClient(id))
        .await?
    {
        return Ok(asked);
    }
    let from = pairs.value(FROM).and_then(|from| from.parse().ok());
    let from = from.ok_or(Failed::NotFound)?;
    let command = Merge {
        actor: &person.actor(),
        into: id,
        from,
    };
    if app.backend.run(&command).await?.is_ok() {
        return Ok(done(&headers, Url::Client(id), Done::ClientMerged));
    }
    // It may be the second press of the button.
    match find(&app, &person, from).await?.merged_into {
        Some(into) if into == id => Ok(see_other(Url::Client(id))),
        _ => Err(Failed::NotFound),
    }
}
