//! The bots: what Telegram sends when a person writes to one (Bot API, "Update").
//!
//! An update is served once; if the database fails, Telegram sends it again. A person is connected
//! with a client only by their own contact, which Telegram vouches for: a typed phone binds
//! nothing.

mod update;
mod visit;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use backend::membership;
use backend::secrets::{SecretKey, token_hash};
use channels::NotAccepted;
use channels::telegram::Bot;
use domain::messages::Channel;

use crate::app_state::App;
use crate::error::ApiError;
use update::Update;
use visit::Visit;

/// The address of a bot's webhook: `bonex`, or the number of the store whose bot it is.
pub(crate) const PATH: &str = "/api/v1/telegram/{bot}";
/// The name of the platform's bot.
pub(crate) const PLATFORM: &str = "bonex";

const SECRET: &str = "x-telegram-bot-api-secret-token";

/// Returns the secret that Telegram sends with each update of a bot.
pub(crate) fn secret(secrets: &SecretKey, bot: &str) -> String {
    secrets.derived_token(&format!("telegram webhook {bot}"))
}

/// Tells Telegram where a bot's updates go: to the API's base URL. One request.
pub(crate) async fn set_webhook(app: &App, client: &Bot, bot: &str) -> Result<(), NotAccepted> {
    let url = format!("{}/telegram/{bot}", app.api_url);
    client
        .set_webhook(&url, &secret(&app.backend.secrets, bot))
        .await
}

/// Serves an update. Whoever does not know the secret of the bot learns nothing.
pub(crate) async fn receive(
    State(app): State<App>,
    Path(bot): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let sent = headers.get(SECRET).and_then(|sent| sent.to_str().ok());
    let expected = token_hash(&secret(&app.backend.secrets, &bot));
    // Hashes are compared, so that the time of the comparison says nothing.
    if sent.map(token_hash) != Some(expected) {
        return Err(cashier_api::ErrorCode::NotFound.into());
    }
    let Ok(update) = serde_json::from_slice::<Update>(&body) else {
        // Something new of Telegram's. Sent again, it would be no clearer.
        tracing::warn!(bot, "an update of a bot cannot be read");
        return Ok(StatusCode::OK);
    };
    if !membership::note_update(&app.backend, &bot, update.number).await? {
        return Ok(StatusCode::OK);
    }
    if let Err(error) = serve(&app, &bot, &update).await {
        membership::forget_update(&app.backend, &bot, update.number).await?;
        return Err(error.into());
    }
    Ok(StatusCode::OK)
}

/// Returns the client of a bot; `None` if there is no such bot.
pub(crate) async fn of(app: &App, bot: &str) -> Result<Option<Bot>, backend::Error> {
    if bot == PLATFORM {
        return Ok(app.services.platform_bot());
    }
    let Ok(tenant_id) = bot.parse() else {
        return Ok(None);
    };
    let known = backend::channels::channels(&app.backend, tenant_id).await?;
    let mut known = known.into_iter();
    let channel = known.find(|known| known.channel == Channel::Telegram);
    Ok(channel.and_then(|channel| app.services.bot(&channel.settings)))
}

async fn serve(app: &App, bot: &str, update: &Update) -> Result<(), backend::Error> {
    // A bot that was removed meanwhile has nothing to say.
    let Some(client) = of(app, bot).await? else {
        return Ok(());
    };
    let visit = Visit {
        app,
        bot,
        own: bot.parse().ok(),
        client: &client,
    };
    visit.serve(update).await
}
