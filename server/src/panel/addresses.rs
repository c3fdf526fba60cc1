//! The addresses that the panel shows for tills.

use axum::http::{HeaderMap, header};

use crate::app_state::App;
use crate::hosts::Surface;

/// The address of the web cashier.
pub(super) struct Cash {
    /// As a phone opens it: `https://cash.bonex.one/cash`.
    pub(super) url: String,
    /// As a person types it: `cash.bonex.one`.
    pub(super) typed: String,
}

/// Returns the address of the web cashier. A server without host names is reached as the person's
/// browser has reached it.
pub(super) fn cash(app: &App, headers: &HeaderMap) -> Cash {
    let path = Surface::Cash.home();
    let api = app.api_url.split_once("://");
    let (scheme, authority) = api.unwrap_or(("https", &app.api_url));
    let own = app.hosts.cash_host.as_deref();
    let asked = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let (host, typed) = match (own, asked) {
        (Some(own), _) => (own, own.to_owned()),
        (None, Some(asked)) if app.hosts.panel_host.is_none() => (asked, format!("{asked}{path}")),
        _ => {
            let host = authority.split('/').next().unwrap_or_default();
            (host, format!("{host}{path}"))
        }
    };
    Cash {
        url: format!("{scheme}://{host}{path}"),
        typed,
    }
}
