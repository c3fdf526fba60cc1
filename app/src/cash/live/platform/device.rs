//! What the till is bound to: `web-` and a UUID, made once, and kept wherever a browser keeps anything. One that is lost
//! shuts the till out.

use std::cell::{Cell, OnceCell};

use super::database::{Database, Store};
use super::http;
use super::storage::{self, new_uuid};

const DEVICE: &str = "bonex-device";
const PREFIX: &str = "web-";
/// As the server has it.
const MAX_LENGTH: usize = 128;

thread_local! {
    /// As long as this page lives, whatever becomes of what the browser keeps.
    static OF_PAGE: OnceCell<String> = const { OnceCell::new() };
    static IS_MIRRORED: Cell<bool> = const { Cell::new(false) };
}

/// The device's id. The first that asks looks for it in three places, each of which a browser may have emptied, and makes
/// one where it is in none.
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
    // Of two that asked at once, the first one's.
    let id = OF_PAGE.with(|of_page| of_page.get_or_init(|| found).clone());
    storage::set(DEVICE, &id);
    id
}

/// Whether this browser keeps the id, and what the till has to keep, behind the end of this page: asked before the
/// server binds the till to it.
pub async fn is_kept() -> bool {
    let id = id().await;
    storage::get::<String>(DEVICE).as_ref() == Some(&id)
        && keep_in_database(&id).await
        && in_database().await == Some(id)
}

/// Writes the id where it outlives the page's own storage. Once in a page's life, when the server is known to answer.
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
    // A portal's page is no id.
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
