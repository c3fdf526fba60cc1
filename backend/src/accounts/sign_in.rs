//! Signs a person in with login and password.

use std::sync::OnceLock;

use domain::Timestamp;
use tokio::sync::Semaphore;

use super::{guesses, sql};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::{password_hash, password_is, random_token, token_hash};
use crate::{Backend, Command, Error};

/// The password checks that run at once: each takes tens of megabytes and a core.
static CHECKS: Semaphore = Semaphore::const_new(2);

/// A hash that no password has, for logins that do not exist: their check must take as long.
static NO_PASSWORD: OnceLock<String> = OnceLock::new();

/// A login and a password as sent, with the origin of the request.
#[derive(Clone, Copy, Debug)]
pub struct SignIn<'a> {
    /// The login, in any case and with any spaces around it.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The name of the browser.
    pub user_agent: &'a str,
}

/// A reason why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The login does not exist, or the password is wrong: the two must not be told apart.
    #[error("wrong login or password")]
    Wrong,
    /// There were too many tries.
    #[error("too many tries")]
    TooMany {
        /// The seconds to wait.
        wait_seconds: i64,
    },
    /// The database failed.
    #[error(transparent)]
    Backend(#[from] Error),
}

/// Signs a person in. Returns the value of the session's cookie.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(backend: &Backend, sign_in: SignIn<'_>) -> Result<String, SignInError> {
    let now = backend.clock.now();
    let login = canonical_login(sign_in.login);
    if let Some(wait_seconds) = guesses::count(backend, sign_in.address, &login, now).await? {
        return Err(SignInError::TooMany { wait_seconds });
    }
    let user = sql::user_by_login(&backend.db, &login).await?;
    let hash = match &user {
        Some(user) => user.password_hash.clone(),
        None => no_password()?,
    };
    if !check(sign_in.password, hash).await? {
        return Err(SignInError::Wrong);
    }
    let user = user.ok_or(SignInError::Wrong)?;
    guesses::forget(&backend.db, &login, now).await?;
    let start = StartSession {
        actor: Actor {
            tenant_id: user.tenant_id,
            user_id: Some(user.id),
            name: user.name,
            address: sign_in.address.to_owned(),
        },
        user_id: user.id,
        user_agent: sign_in.user_agent,
    };
    Ok(backend.run(&start).await?)
}

/// Returns the one spelling of a login.
pub(super) fn canonical_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Checks a password on a thread for blocking work.
async fn check(password: &str, hash: String) -> Result<bool, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Secret(error.to_string());
    let _turn = CHECKS.acquire().await.map_err(|error| failed(&error))?;
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || password_is(&password, &hash))
        .await
        .map_err(|error| failed(&error))
}

/// Hashes a new password on a thread for blocking work.
///
/// # Errors
/// [`Error::Secret`].
pub async fn hash(password: &str) -> Result<String, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Secret(error.to_string());
    let _turn = CHECKS.acquire().await.map_err(|error| failed(&error))?;
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || password_hash(&password))
        .await
        .map_err(|error| failed(&error))?
}

fn no_password() -> Result<String, Error> {
    if let Some(hash) = NO_PASSWORD.get() {
        return Ok(hash.clone());
    }
    let hash = password_hash(&random_token()?)?;
    Ok(NO_PASSWORD.get_or_init(|| hash).clone())
}

/// Starts a session of a person who has proved who they are. Its outcome is the cookie's value.
pub(super) struct StartSession<'a> {
    pub(super) actor: Actor,
    pub(super) user_id: i64,
    pub(super) user_agent: &'a str,
}

impl Command for StartSession<'_> {
    type Outcome = String;

    /// Two statements: the session and its entry in the journal.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<String, Error> {
        let tenant_id = self.actor.tenant_id;
        let token = random_token()?;
        let session = sql::NewSession {
            tenant_id,
            token_hash: &token_hash(&token),
            user_id: self.user_id,
            user_agent: self.user_agent,
            address: &self.actor.address,
        };
        sql::insert_session(tx, &session, now).await?;
        let details = Details {
            name: self.actor.name.clone(),
            ..Details::default()
        };
        let subject = Subject::Person(self.user_id);
        audit::record(tx, &self.actor, Action::SignedIn, subject, &details, now).await?;
        Ok(format!("{tenant_id}.{token}"))
    }
}
