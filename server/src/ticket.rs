//! The tickets of tills' devices on their way: a header, and for the web cashier a cookie, which
//! its browser sends by itself.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use backend::tills::{AuthenticatedTill, take_ticket};

use crate::app_state::App;
use crate::browser::{cookie, own_origin};
use crate::live::Sender;

/// The header of a ticket, in both directions.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-device-ticket");

const COOKIE: &str = "bonex_ticket";
/// The longest time that browsers keep a cookie, 400 days.
const LIFETIME_SECONDS: u32 = 400 * 24 * 60 * 60;

/// Takes the ticket of a till's request, and keeps the next one for the answer. A database that
/// cannot write it now does not disturb the till.
pub(crate) async fn take(app: &App, till: &AuthenticatedTill, parts: &Parts) {
    let in_header = parts.headers.get(&HEADER);
    let in_header = in_header.and_then(|ticket| ticket.to_str().ok());
    let sent = in_header.or_else(|| cookie(&parts.headers, COOKIE));
    let next = match take_ticket(&app.backend, till, sent).await {
        Ok(next) => next,
        Err(error) => {
            tracing::debug!(%error, "no ticket is given now");
            None
        }
    };
    let next = next.and_then(|ticket| HeaderValue::try_from(ticket).ok());
    if let (Some(ticket), Some(sender)) = (next, parts.extensions.get::<Sender>()) {
        sender.give_ticket(ticket);
    }
}

/// Adds a ticket to the headers of an answer.
pub(crate) fn give(ticket: &HeaderValue, browser: Browser, answer: &mut HeaderMap) {
    answer.insert(HEADER, ticket.clone());
    if let Browser::Own { is_secure } = browser {
        let secure = if is_secure { "; Secure" } else { "" };
        let ticket = ticket.to_str().unwrap_or_default();
        let cookie = format!(
            "{COOKIE}={ticket}; Path=/api/v1/cashier; Max-Age={LIFETIME_SECONDS}; HttpOnly; \
             SameSite=Strict{secure}"
        );
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            answer.append(header::SET_COOKIE, cookie);
        }
    }
}

/// Whether a request comes from the web cashier.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Browser {
    /// From the web cashier.
    Own {
        /// `true` if its page was loaded over HTTPS.
        is_secure: bool,
    },
    /// From another program.
    Other,
}

impl Browser {
    /// Reads the headers of a request.
    pub(crate) fn of(headers: &HeaderMap, is_web_till: bool) -> Self {
        if is_web_till {
            Self::Own {
                is_secure: own_origin(headers).starts_with("https:"),
            }
        } else {
            Self::Other
        }
    }
}
