//! The device id that the server binds a till to: `web-` and a UUID. It is made once and stored in
//! every place that a browser offers, because the server refuses the till without it.

use std::cell::{Cell, OnceCell};

use super::database::{Database, Store};
use super::http;
use super::storage::{self, new_uuid};

const DEVICE: &str = "bonex-device";
const PREFIX: &str = "web-";
/// The server's limit.
const MAX_LENGTH: usize = 128;

thread_local! {
    /// The id for the life of this page, even if the browser deletes its stored copies.
    static OF_PAGE: OnceCell<String> = const { OnceCell::new() };
    static IS_MIRRORED: Cell<bool> = const { Cell::new(false) };
}

/// Returns the device id. The first call looks in three places (local storage, the database, a
/// cookie), each of which the browser may have cleared, and makes a new id if none of them has one.
pub async fn id() -> String {
    if let Some(id) = OF_PAGE.with(|of_page| of_page.get().cloned()) {
        return id;
    }
    let found = match storage::get(DEVICE) {
        Some(id) => id,
        None => match found_elsewhere().await {
            Some(id) => id,
            None => [PREFIX, &new_uuid()].concat(),
        },
    };
    // If two calls ran at once, both return the first one's id.
    let id = OF_PAGE.with(|of_page| of_page.get_or_init(|| found).clone());
    storage::set(DEVICE, &id);
    id
}

/// Checks whether this browser stores the id, and the data of a till, beyond the life of this page.
/// Call it before the server binds the till to the id.
pub async fn is_kept() -> bool {
    let id = id().await;
    storage::get::<String>(DEVICE).as_ref() == Some(&id)
        && keep_in_database(&id).await
        && in_database().await == Some(id)
}

/// Stores the id where it outlives the page's own storage: in the database and in a cookie. Done
/// once in a page's life, when the server is known to answer.
pub async fn mirror() {
    if IS_MIRRORED.replace(true) {
        return;
    }
    let id = id().await;
    keep_in_database(&id).await;
    http::keep_device(id).await;
}

async fn found_elsewhere() -> Option<String> {
    if let Some(id) = in_database().await {
        return Some(id);
    }
    // A captive portal's page is not an id.
    http::kept_device()
        .await
        .filter(|id| id.starts_with(PREFIX) && id.len() <= MAX_LENGTH)
}

async fn in_database() -> Option<String> {
    let kept = Database::of_phone().get(Store::Journal, DEVICE).await;
    kept.ok().flatten()
}

async fn keep_in_database(id: &String) -> bool {
    let kept = Database::of_phone().put(Store::Journal, DEVICE, 0, id);
    kept.await.is_ok()
}
