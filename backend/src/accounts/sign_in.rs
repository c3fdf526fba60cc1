//! The first step of the sign-in: login and password.

use std::sync::OnceLock;

use domain::Timestamp;
use tokio::sync::Semaphore;

use super::pending::pending_since;
use super::principal::{Oneself, Realm};
use super::sessions::Account;
use super::{guesses, sql, totp};
use crate::audit::{Action, Details};
use crate::db::Tx;
use crate::secrets::{SecretKey, password_hash, password_is, random_token, token_hash};
use crate::{Backend, Command, Error};

/// The password checks that run at once: each takes tens of megabytes and a core.
static CHECKS: Semaphore = Semaphore::const_new(2);

/// A hash that no password has, for logins that do not exist: their check must take as long.
static NO_PASSWORD: OnceLock<String> = OnceLock::new();

/// A login and a password as sent, with the origin of the request.
#[derive(Clone, Copy, Debug)]
pub struct SignIn<'a> {
    /// The accounts among which the login is looked for.
    pub realm: Realm,
    /// The login, in any case and with any spaces around it.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The name of the browser.
    pub user_agent: &'a str,
}

/// What follows after a person has proved to know the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The person is signed in.
    SignedIn(NewSession),
    /// The person has a second step. This is the value of the cookie with which it continues.
    NeedsCode(String),
    /// The person must have a second step and has none yet. This is the value of the cookie with
    /// which an app is connected.
    NeedsSecondStep(String),
}

/// A session that has just begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// The value of the session's cookie.
    pub cookie: String,
    /// The tag of the person's own language, if they have chosen one.
    pub language: Option<String>,
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

/// Checks login and password. Signs the person in, or begins the second step.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(backend: &Backend, sign_in: SignIn<'_>) -> Result<Entry, SignInError> {
    let login = canonical_login(sign_in.login);
    let tries = Tries::count(backend, sign_in.realm, sign_in.address, login).await?;
    let user = sql::user_by_login(&backend.db, sign_in.realm, &tries.login).await?;
    let hash = match &user {
        Some(user) => user.password_hash.clone(),
        None => no_password()?,
    };
    tries.check(backend, sign_in.password, hash.clone()).await?;
    let user = user.ok_or(SignInError::Wrong)?;
    let enter = Enter {
        who: Oneself {
            principal: user.principal,
            name: user.name,
            address: sign_in.address.to_owned(),
        },
        password_hash: &hash,
        user_agent: sign_in.user_agent,
        secrets: &backend.secrets,
    };
    backend.run(&enter).await?.ok_or(SignInError::Wrong)
}

/// Checks the password of somebody who is signed in again.
///
/// # Errors
/// [`SignInError`].
pub async fn check_password(
    backend: &Backend,
    account: &Account,
    password: &str,
    address: &str,
) -> Result<(), SignInError> {
    let found = sql::credentials(&backend.db, account.principal).await?;
    let (login, hash) = found.ok_or(SignInError::Wrong)?;
    let realm = account.principal.realm();
    let tries = Tries::count(backend, realm, address, login).await?;
    tries.check(backend, password, hash).await
}

/// Checks the password of somebody who is signed in, and lets them act with power for a while.
///
/// # Errors
/// [`SignInError`].
pub async fn confirm(
    backend: &Backend,
    account: &Account,
    password: &str,
    address: &str,
) -> Result<(), SignInError> {
    check_password(backend, account, password, address).await?;
    let (scope, now) = (account.principal.scope(), backend.clock.now());
    sql::session_confirmed(&backend.db, scope, account.token_hash(), now).await?;
    Ok(())
}

/// A try at the password of a login that has been counted.
struct Tries {
    login: String,
    /// The login as it is counted: a store's login must not shut out an admin.
    subject: String,
    now: Timestamp,
}

impl Tries {
    /// Counts a try. Two statements.
    async fn count(
        backend: &Backend,
        realm: Realm,
        address: &str,
        login: String,
    ) -> Result<Self, SignInError> {
        let now = backend.clock.now();
        let subject = match realm {
            Realm::Stores => format!("login:{login}"),
            Realm::Platform => format!("admin:{login}"),
        };
        let subjects = [format!("address:{address}"), subject.clone()];
        match guesses::count(backend, guesses::PASSWORDS, &subjects, now).await? {
            Some(wait_seconds) => Err(SignInError::TooMany { wait_seconds }),
            None => Ok(Self {
                login,
                subject,
                now,
            }),
        }
    }

    /// Checks the password, and forgets the tries if it is right.
    async fn check(
        &self,
        backend: &Backend,
        password: &str,
        hash: String,
    ) -> Result<(), SignInError> {
        if !is_password(password, hash).await? {
            return Err(SignInError::Wrong);
        }
        guesses::forget(&backend.db, &self.subject, self.now).await?;
        Ok(())
    }
}

/// Returns the one spelling of a login.
pub(super) fn canonical_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Checks a password on a thread for blocking work.
async fn is_password(password: &str, hash: String) -> Result<bool, Error> {
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

/// Lets in a person who has proved to know the password: starts a session, or the second step. Its
/// outcome is `None` if the person was removed or has another password by now.
pub(super) struct Enter<'a> {
    pub(super) who: Oneself,
    pub(super) password_hash: &'a str,
    pub(super) user_agent: &'a str,
    /// The key that seals a new secret.
    pub(super) secrets: &'a SecretKey,
}

impl Command for Enter<'_> {
    type Outcome = Option<Entry>;

    fn has_changed(outcome: &Option<Entry>) -> bool {
        outcome.is_some()
    }

    /// Five statements at most.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Entry>, Error> {
        let principal = self.who.principal;
        let Some(user) = sql::lock(tx, principal).await? else {
            return Ok(None);
        };
        if user.password_hash != self.password_hash {
            return Ok(None);
        }
        let has_app = sql::has_second_step(tx, principal).await?;
        if !has_app && !principal.must_have_second_step() {
            let start = StartSession {
                who: &self.who,
                user_agent: self.user_agent,
                language: user.language,
            };
            return Ok(Some(Entry::SignedIn(start.run(tx, now).await?)));
        }
        let (scope, token) = (principal.scope(), random_token()?);
        sql::forget_pending(tx, scope, pending_since(now)).await?;
        sql::insert_pending(tx, principal, &token_hash(&token), now).await?;
        let cookie = scope.secret(&token);
        if has_app {
            return Ok(Some(Entry::NeedsCode(cookie)));
        }
        let sealed = totp::seal(self.secrets, principal, &totp::new_secret()?)?;
        sql::begin_second_step(tx, principal, &sealed, now).await?;
        Ok(Some(Entry::NeedsSecondStep(cookie)))
    }
}

/// The start of the session of a person who has proved who they are.
pub(super) struct StartSession<'a> {
    pub(super) who: &'a Oneself,
    pub(super) user_agent: &'a str,
    pub(super) language: Option<String>,
}

impl StartSession<'_> {
    /// Two statements: the session and its entry in the journal.
    pub(super) async fn run(self, tx: &mut Tx, now: Timestamp) -> Result<NewSession, Error> {
        let principal = self.who.principal;
        let token = random_token()?;
        let session = sql::NewSession {
            principal,
            token_hash: &token_hash(&token),
            user_agent: self.user_agent,
            address: &self.who.address,
        };
        sql::insert_session(tx, &session, now).await?;
        let (action, details) = (Action::SignedIn, Details::default());
        self.who.note(tx, action, details, now).await?;
        Ok(NewSession {
            cookie: principal.cookie(&token),
            language: self.language,
        })
    }
}
