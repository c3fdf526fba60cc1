//! The second step of somebody who must have one and signs in for the first time: the app is
//! connected before there is a session.

use domain::Timestamp;

use super::pending::{Pending, pending};
use super::principal::{Oneself, Realm};
use super::sign_in::{NewSession, StartSession};
use super::sign_in_code::CodeError;
use super::{recovery, sql, totp};
use crate::audit::{Action, Details};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// An app to be connected.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The login, which the app shows.
    pub login: String,
    /// The secret in base32.
    pub secret: String,
}

/// Returns the app that the cookie of the first step still allows to connect. One statement.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn enrolment(
    backend: &Backend,
    realm: Realm,
    cookie: &str,
) -> Result<Option<Enrolment>, Error> {
    let Some(pending) = without_app(backend, realm, cookie).await? else {
        return Ok(None);
    };
    let secret = totp::open(&backend.secrets, pending.principal, &pending.secret_sealed)?;
    let login = pending.login;
    Ok(Some(Enrolment { login, secret }))
}

async fn without_app(
    backend: &Backend,
    realm: Realm,
    cookie: &str,
) -> Result<Option<Pending>, Error> {
    let pending = pending(backend, realm, cookie).await?;
    Ok(pending.filter(|pending| !pending.has_app))
}

/// The first code of an app, as sent.
#[derive(Clone, Copy, Debug)]
pub struct FirstCode<'a> {
    /// The accounts among which the password was checked.
    pub realm: Realm,
    /// The value of the cookie with which the first step ended.
    pub cookie: &'a str,
    /// The code.
    pub code: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The name of the browser.
    pub user_agent: &'a str,
}

/// Somebody whose app is connected.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// The session.
    pub session: NewSession,
    /// The recovery codes, which are shown once.
    pub recovery_codes: Vec<String>,
}

/// Connects an app if its first code is right, and signs the person in. Guesses are not counted:
/// the page with the form shows the secret.
///
/// # Errors
/// [`CodeError::Ended`] also if another app was connected meanwhile, [`CodeError::Wrong`],
/// [`CodeError::Backend`].
pub async fn enrol(backend: &Backend, sent: FirstCode<'_>) -> Result<Enrolled, CodeError> {
    let pending = without_app(backend, sent.realm, sent.cookie).await?;
    let pending = pending.ok_or(CodeError::Ended)?;
    let principal = pending.principal;
    let secret = totp::open(&backend.secrets, principal, &pending.secret_sealed)?;
    let step = totp::step_of(&secret, sent.code, backend.clock.now())?;
    let enrol = Enrol {
        who: Oneself {
            principal,
            name: pending.name,
            address: sent.address.to_owned(),
        },
        token_hash: &pending.token_hash,
        secret_sealed: &pending.secret_sealed,
        step: step.ok_or(CodeError::Wrong)?,
        user_agent: sent.user_agent,
    };
    backend.run(&enrol).await?.ok_or(CodeError::Ended)
}

struct Enrol<'a> {
    who: Oneself,
    token_hash: &'a str,
    secret_sealed: &'a str,
    step: i64,
    user_agent: &'a str,
}

impl Command for Enrol<'_> {
    type Outcome = Option<Enrolled>;

    fn has_changed(outcome: &Option<Enrolled>) -> bool {
        outcome.is_some()
    }

    /// Fifteen statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Enrolled>, Error> {
        let principal = self.who.principal;
        let Some(user) = sql::lock(tx, principal).await? else {
            return Ok(None);
        };
        let sealed = self.secret_sealed;
        if !sql::end_pending(tx, principal.scope(), self.token_hash).await?
            || !sql::confirm_second_step(tx, principal, sealed, self.step, now).await?
        {
            return Ok(None);
        }
        let recovery_codes = recovery::replace(tx, principal).await?;
        let (action, details) = (Action::SecondStepOn, Details::default());
        self.who.note(tx, action, details, now).await?;
        let start = StartSession {
            who: &self.who,
            user_agent: self.user_agent,
            language: user.language,
        };
        Ok(Some(Enrolled {
            session: start.run(tx, now).await?,
            recovery_codes,
        }))
    }
}
