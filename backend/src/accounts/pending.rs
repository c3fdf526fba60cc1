//! A sign-in whose password was right, and which waits for the second step.

use domain::Timestamp;

use super::principal::{Principal, Realm, Scope};
use super::sql;
use crate::{Backend, Error};

/// The seconds for which the second step can be continued.
const SECONDS: i64 = 600;

/// A sign-in that waits for the second step.
pub(super) struct Pending {
    pub(super) principal: Principal,
    pub(super) token_hash: String,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) secret_sealed: String,
    /// `true` if a code is awaited, `false` if the person must connect an app first.
    pub(super) has_app: bool,
}

/// Finds the sign-in of a cookie. One statement.
pub(super) async fn pending(
    backend: &Backend,
    realm: Realm,
    cookie: &str,
) -> Result<Option<Pending>, Error> {
    let Some((scope, token_hash)) = Scope::parse(realm, cookie) else {
        return Ok(None);
    };
    let since = pending_since(backend.clock.now());
    let found = sql::pending(&backend.db, scope, &token_hash, since).await?;
    Ok(found.map(|row| Pending {
        principal: scope.principal(row.id),
        token_hash,
        login: row.login,
        name: row.name,
        secret_sealed: row.secret_sealed,
        has_app: row.confirmed_at.is_some(),
    }))
}

/// Returns the moment after which a second step must have begun to be continued now.
pub(super) fn pending_since(now: Timestamp) -> Timestamp {
    now.plus_seconds(-SECONDS)
}
