//! The second step of the sign-in: a code of the authenticator app, or a recovery code.

use domain::Timestamp;

use super::pending::{Pending, pending};
use super::principal::{Oneself, Realm};
use super::sign_in::{NewSession, StartSession};
use super::{guesses, recovery, sql, totp};
use crate::audit::{Action, Details};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// A code as typed.
#[derive(Clone, Copy, Debug)]
pub enum TypedCode<'a> {
    /// A code of the authenticator app.
    App(&'a str),
    /// A recovery code.
    Recovery(&'a str),
}

/// The second step of a sign-in as sent.
#[derive(Clone, Copy, Debug)]
pub struct SignInCode<'a> {
    /// The accounts among which the password was checked.
    pub realm: Realm,
    /// The value of the cookie with which the first step ended.
    pub cookie: &'a str,
    /// The code.
    pub code: TypedCode<'a>,
    /// The network address of the request.
    pub address: &'a str,
    /// The name of the browser.
    pub user_agent: &'a str,
}

/// A reason why the second step did not sign the person in.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// The first step is too old or was used: the sign-in begins again.
    #[error("no pending sign-in")]
    Ended,
    /// The code is wrong, or it was used before.
    #[error("wrong code")]
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

/// Returns whether the cookie of the first step still allows to send a code. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn is_code_awaited(backend: &Backend, realm: Realm, cookie: &str) -> Result<bool, Error> {
    Ok(awaited(backend, realm, cookie).await?.is_some())
}

async fn awaited(backend: &Backend, realm: Realm, cookie: &str) -> Result<Option<Pending>, Error> {
    let pending = pending(backend, realm, cookie).await?;
    Ok(pending.filter(|pending| pending.has_app))
}

/// Checks the code of a person whose password was right, and signs the person in. Ten statements
/// at most.
///
/// # Errors
/// [`CodeError`].
pub async fn finish_sign_in(
    backend: &Backend,
    sent: SignInCode<'_>,
) -> Result<NewSession, CodeError> {
    let pending = awaited(backend, sent.realm, sent.cookie).await?;
    let pending = pending.ok_or(CodeError::Ended)?;
    let principal = pending.principal;
    let now = backend.clock.now();
    let subject = format!("code:{}", principal.text());
    let subjects = std::slice::from_ref(&subject);
    if let Some(wait_seconds) = guesses::count(backend, guesses::CODES, subjects, now).await? {
        return Err(CodeError::TooMany { wait_seconds });
    }
    let proof = match sent.code {
        TypedCode::App(code) => {
            let secret = totp::open(&backend.secrets, principal, &pending.secret_sealed)?;
            totp::step_of(&secret, code, now)?.map(Proof::Step)
        }
        TypedCode::Recovery(code) => recovery::hash(principal, code).map(Proof::Recovery),
    };
    let finish = Finish {
        who: Oneself {
            principal,
            name: pending.name,
            address: sent.address.to_owned(),
        },
        token_hash: &pending.token_hash,
        secret_sealed: &pending.secret_sealed,
        proof: proof.ok_or(CodeError::Wrong)?,
        user_agent: sent.user_agent,
    };
    let session = match backend.run(&finish).await? {
        Finished::SignedIn(session) => session,
        Finished::Wrong => return Err(CodeError::Wrong),
        Finished::Ended => return Err(CodeError::Ended),
    };
    guesses::forget(&backend.db, &subject, now).await?;
    Ok(session)
}

/// A code that is right unless it was used before.
enum Proof {
    /// The time step of a code of the app.
    Step(i64),
    /// The hash of a recovery code.
    Recovery(String),
}

/// Uses a code up and starts the session.
struct Finish<'a> {
    who: Oneself,
    token_hash: &'a str,
    secret_sealed: &'a str,
    proof: Proof,
    user_agent: &'a str,
}

enum Finished {
    SignedIn(NewSession),
    Wrong,
    Ended,
}

impl Command for Finish<'_> {
    type Outcome = Finished;

    fn has_changed(outcome: &Finished) -> bool {
        matches!(outcome, Finished::SignedIn(_))
    }

    /// Five statements, seven with a recovery code.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Finished, Error> {
        let principal = self.who.principal;
        let Some(user) = sql::lock(tx, principal).await? else {
            return Ok(Finished::Ended);
        };
        if !sql::end_pending(tx, principal.scope(), self.token_hash).await? {
            return Ok(Finished::Ended);
        }
        let is_right = match &self.proof {
            Proof::Step(step) => sql::use_step(tx, principal, self.secret_sealed, *step).await?,
            Proof::Recovery(hash) => self.use_recovery_code(tx, hash, now).await?,
        };
        if !is_right {
            return Ok(Finished::Wrong);
        }
        let start = StartSession {
            who: &self.who,
            user_agent: self.user_agent,
            language: user.language,
        };
        Ok(Finished::SignedIn(start.run(tx, now).await?))
    }
}

impl Finish<'_> {
    async fn use_recovery_code(
        &self,
        tx: &mut Tx,
        hash: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let principal = self.who.principal;
        if !sql::use_recovery_code(tx, principal, hash, now).await? {
            return Ok(false);
        }
        let left = sql::recovery_codes_left_in(tx, principal).await?;
        let details = Details {
            before: Some((left + 1).to_string()),
            after: Some(left.to_string()),
            ..Details::default()
        };
        let action = Action::RecoveryCodeUsed;
        self.who.note(tx, action, details, now).await?;
        Ok(true)
    }
}
