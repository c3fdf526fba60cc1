//! «Клиенты»: search, groups, and pages of clients.

use app::panel::clients::{ClientRow, Clients, Expiring, Group, QUERY, html};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::clients::{self, Listed, Place};
use backend::programme;
use domain::{Money, Programme, Tier, Timestamp};

use super::answer::{Failed, page};
use super::session::SignedIn;
use crate::app_state::App;

/// The most characters of a search.
pub(super) const MAX_SEARCH: usize = 100;

/// Shows a page of clients. Six statements and one for each tier; a search for a name has one more.
pub(super) async fn show_clients(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let value = |name: &str| {
        let found = query.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let [by_search, by_group, by_after] = QUERY;
    let search: String = value(by_search).trim().chars().take(MAX_SEARCH).collect();
    // A search looks among all clients.
    let group = match search.as_str() {
        "" => Group::parse(value(by_group)).unwrap_or(Group::All),
        _ => Group::All,
    };
    let after = place(value(by_after));
    let programme = programme::of_store(backend, tenant_id).await?;
    let tiers = tiers(&programme);
    let bounds: Vec<_> = tiers.iter().map(|(_, bounds)| *bounds).collect();
    let counts = clients::counts(backend, tenant_id, &bounds).await?;
    let asked = in_store(group, &programme)?;
    let list = clients::list(backend, tenant_id, asked, &search, after).await?;
    let expiring = clients::expiring(backend, tenant_id).await?;
    let mut groups = vec![
        (Group::All, counts.all),
        (Group::Expiring, expiring.clients),
        (Group::Sleeping, counts.sleeping),
    ];
    let of_tiers = tiers.iter().zip(&counts.tiers);
    groups.extend(of_tiers.map(|((tier, _), count)| (Group::Tier(tier.id), *count)));
    groups.push((Group::Blocked, counts.blocked));
    let row = |client: Listed| row(client, &programme);
    let clients = Clients {
        now: backend.clock.now(),
        group,
        groups,
        tiers: tiers
            .iter()
            .map(|(tier, _)| (tier.id, tier.name.clone()))
            .collect(),
        expiring: (group == Group::Expiring).then_some(Expiring {
            amount: expiring.amount,
            until: expiring.until,
            clients: expiring.clients,
            reminder_days: programme.bonus_expiry_reminder_days,
        }),
        rows: list.clients.into_iter().map(row).collect(),
        next: list.next.map(|place| text(group, place)),
        is_continued: after.is_some(),
        search,
    };
    let html = html(&person.chrome(&headers), &clients);
    Ok(page(StatusCode::OK, html))
}

/// Returns a group as the store knows it: a tier is known by what its clients have spent.
///
/// # Errors
/// [`Failed::NotFound`] if there is no such tier.
pub(super) fn in_store(group: Group, programme: &Programme) -> Result<clients::Group, Failed> {
    Ok(match group {
        Group::All => clients::Group::All,
        Group::Expiring => clients::Group::Expiring,
        Group::Sleeping => clients::Group::Sleeping,
        Group::Blocked => clients::Group::Blocked,
        Group::Tier(id) => {
            let tiers = tiers(programme);
            let tier = tiers.iter().find(|(tier, _)| tier.id == id);
            let (_, (from, to)) = tier.ok_or(Failed::NotFound)?;
            clients::Group::Tier(*from, *to)
        }
    })
}

/// Returns the tiers with the spending from which and below which a client is in each, the lowest
/// first.
fn tiers(programme: &Programme) -> Vec<(&Tier, (Money, Money))> {
    let mut tiers: Vec<&Tier> = programme.tiers.iter().collect();
    tiers.sort_by_key(|tier| tier.from_spent);
    let ends = tiers.iter().skip(1).map(|tier| tier.from_spent);
    let ends: Vec<Money> = ends.chain([Money::from_dirams(i64::MAX)]).collect();
    let bounds = tiers.iter().zip(ends);
    bounds
        .map(|(tier, end)| (*tier, (tier.from_spent, end)))
        .collect()
}

fn row(client: Listed, programme: &Programme) -> ClientRow {
    let tier = programme.terms(client.total_spent).tier;
    ClientRow {
        id: client.id,
        name: client.full_name,
        phone: client.phone,
        tier: tier.map(|tier| (tier.name.clone(), tier.color.clone())),
        available: client.figures.redeemable,
        expiring: client.expiring,
        purchases: client.purchases,
        spent: client.total_spent,
        last_purchase: client.last_purchase,
        is_blocked: client.is_blocked,
    }
}

/// Reads the place in the list from the query: `12`, or `12.1780669800000000`.
fn place(text: &str) -> Option<Place> {
    let (id, micros) = text.split_once('.').unwrap_or((text, "0"));
    Some(Place {
        id: id.parse().ok()?,
        expires_at: Timestamp::from_micros(micros.parse().ok()?),
    })
}

fn text(group: Group, place: Place) -> String {
    match group {
        Group::Expiring => format!("{}.{}", place.id, place.expires_at.micros()),
        _ => place.id.to_string(),
    }
}
