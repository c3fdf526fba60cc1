//! The account of the client who asks: balance, history, devices and preferences.

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::clients::{self, Cause, FeedEvent, FeedPlace};
use backend::membership::{
    self, ForgetDevice, Platform, Preferences, RegisterDevice, SavePreferences,
};
use backend::stores;
use cashier_api::client::{
    ChangeData, DeviceRequest, EventData, ExpiringData, ForgetDeviceRequest, HistoryData, MeData,
    PreferencesData, PreferencesRequest,
};
use cashier_api::{Amount, ErrorCode, Moment};
use domain::{Money, Timestamp};
use serde::Deserialize;

use super::caller::Client;
use crate::app_state::App;
use crate::error::{ApiError, success};

/// The events of a page of the history.
pub(super) const EVENTS: usize = 30;

/// Shows the account. Eight statements.
pub(super) async fn show_me(
    State(app): State<App>,
    Client { client, .. }: Client,
) -> Result<Response, ApiError> {
    let (backend, tenant_id) = (&app.backend, client.tenant_id);
    let page = clients::client_page(backend, tenant_id, client.client_id).await?;
    let page = page.ok_or(ErrorCode::NotFound)?;
    let store = stores::name(backend, tenant_id).await?;
    let expiring = membership::expiring(backend, client).await?;
    let preferences = membership::preferences(backend, client).await?;
    let secrets = &backend.secrets;
    let me = MeData {
        store: store.unwrap_or_default(),
        id: page.id,
        phone: page.phone.unwrap_or_default(),
        full_name: page.full_name,
        card_number: page.card_number.to_string(),
        ean13: page.card_number.ean13().to_string(),
        bonus_balance: Amount(page.figures.bonus_balance),
        redeemable_balance: Amount(page.figures.redeemable),
        held_balance: Amount(page.figures.held),
        expiring: expiring
            .into_iter()
            .map(|expiring| ExpiringData {
                last_day: Timestamp::from_micros(expiring.at.micros() - 1).local_date(),
                amount: Amount(expiring.amount),
            })
            .collect(),
        referral_code: membership::referral_code(secrets, tenant_id, client.client_id),
        preferences: preferences_data(preferences),
    };
    Ok(success(StatusCode::OK, me))
}

#[derive(Deserialize)]
pub(super) struct After {
    after: Option<String>,
}

/// Shows a page of the history, the newest first. Up to eleven statements.
pub(super) async fn show_history(
    State(app): State<App>,
    Client { client, .. }: Client,
    Query(After { after }): Query<After>,
) -> Result<Response, ApiError> {
    let (backend, tenant_id) = (&app.backend, client.tenant_id);
    let page = clients::client_page(backend, tenant_id, client.client_id).await?;
    let page = page.ok_or(ErrorCode::NotFound)?;
    let place = after.as_deref().and_then(place).unwrap_or(FeedPlace::START);
    let (id, balance) = (client.client_id, page.stored_balance);
    let feed = clients::feed(backend, tenant_id, id, balance, place, EVENTS).await?;
    let history = HistoryData {
        events: feed.events.into_iter().map(event).collect(),
        next: feed.next.map(place_text),
    };
    Ok(success(StatusCode::OK, history))
}

pub(super) fn place_text(place: FeedPlace) -> String {
    let (at, kind, id) = place.document;
    format!("{}.{}.{kind}.{id}", place.seq, at.micros())
}

pub(super) fn place(text: &str) -> Option<FeedPlace> {
    let mut parts = text.split('.').map(|part| part.parse::<i64>().ok());
    let mut next = || parts.next().flatten();
    let (seq, at, kind, id) = (next()?, next()?, next()?, next()?);
    Some(FeedPlace {
        seq,
        document: (Timestamp::from_micros(at), kind, id),
    })
}

fn event(event: FeedEvent) -> EventData {
    // Who in the store has done it, and why, is the store's own business.
    let (kind, total): (_, Option<Money>) = match &event.cause {
        Cause::Sale(sale) if sale.is_redemption => ("redemption", Some(sale.total)),
        Cause::Sale(sale) => ("purchase", Some(sale.total)),
        Cause::Return { amount, .. } => ("return", Some(*amount)),
        Cause::Void(_, total) => ("void", Some(*total)),
        Cause::Friend => ("friend", None),
        Cause::ByHand { .. } => ("by_hand", None),
        Cause::Merge { .. } => ("merge", None),
        Cause::Credit(_) => ("credit", None),
        Cause::Expiry => ("expiry", None),
    };
    EventData {
        at: Moment(event.at.whole_seconds()),
        kind,
        total: total.map(Amount),
        place: event.place.map(|(branch, _)| branch),
        balance_before: Amount(event.before),
        changes: event
            .steps
            .into_iter()
            .map(|step| ChangeData {
                kind: step.kind.as_str().to_owned(),
                amount: Amount(step.amount),
            })
            .collect(),
        balance_after: Amount(event.after),
    }
}

fn preferences_data(preferences: Preferences) -> PreferencesData {
    PreferencesData {
        receipts: preferences.receipts,
        reminders: preferences.reminders,
        offers: preferences.offers,
        language: preferences.language,
    }
}

/// Shows what the client wants to hear of. One statement.
pub(super) async fn show_preferences(
    State(app): State<App>,
    Client { client, .. }: Client,
) -> Result<Response, ApiError> {
    let preferences = membership::preferences(&app.backend, client).await?;
    Ok(success(StatusCode::OK, preferences_data(preferences)))
}

/// Changes what the client wants to hear of.
pub(super) async fn save_preferences(
    State(app): State<App>,
    Client { client, .. }: Client,
    body: Bytes,
) -> Result<Response, ApiError> {
    let request = PreferencesRequest::read(&body)?;
    let command = SavePreferences {
        client,
        receipts: request.receipts,
        reminders: request.reminders,
        offers: request.offers,
        language: request.language.as_deref(),
    };
    app.backend.run(&command).await?;
    let preferences = membership::preferences(&app.backend, client).await?;
    Ok(success(StatusCode::OK, preferences_data(preferences)))
}

/// Registers a device of the client.
pub(super) async fn register_device(
    State(app): State<App>,
    Client { client, .. }: Client,
    body: Bytes,
) -> Result<Response, ApiError> {
    let request = DeviceRequest::read(&body)?;
    let command = RegisterDevice {
        client,
        token: &request.token,
        platform: Platform::parse(&request.platform).unwrap_or(Platform::Android),
    };
    app.backend.run(&command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Forgets a device of the client.
pub(super) async fn forget_device(
    State(app): State<App>,
    Client { client, .. }: Client,
    body: Bytes,
) -> Result<Response, ApiError> {
    let request = ForgetDeviceRequest::read(&body)?;
    let command = ForgetDevice {
        client,
        token: &request.token,
    };
    app.backend.run(&command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
