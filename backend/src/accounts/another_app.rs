//! Another authenticator app in place of the present one, for an admin, who cannot be without one:
//! the present app works until the first code of the other one.

use domain::Timestamp;

use super::second_step::{NEW_SECONDS, NewSecret};
use super::sessions::Account;
use super::{recovery, sql, totp};
use crate::audit::{Action, Details};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Backend, Command, Error};

/// Makes the secret of another app, which waits for its first code. Its outcome is `false` if there
/// is no present app. Nothing is in force yet, so the journal says nothing.
#[derive(Clone, Copy)]
pub struct BeginAnotherApp<'a> {
    /// The admin's number.
    pub admin_id: i64,
    /// The admin.
    pub account: &'a Account,
    /// The key that seals the secret.
    pub secrets: &'a SecretKey,
}

impl Command for BeginAnotherApp<'_> {
    type Outcome = bool;

    /// One statement.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let sealed = totp::seal(self.secrets, self.account.principal, &totp::new_secret()?)?;
        sql::begin_another_app(tx, self.admin_id, &sealed, now).await
    }
}

/// Returns the secret of another app that waits for its first code. One statement.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn another_app(
    backend: &Backend,
    admin_id: i64,
    account: &Account,
) -> Result<Option<NewSecret>, Error> {
    let oldest = backend.clock.now().plus_seconds(-NEW_SECONDS);
    let Some(sealed) = sql::another_app(&backend.db, admin_id, oldest).await? else {
        return Ok(None);
    };
    Ok(Some(NewSecret {
        secret: totp::open(&backend.secrets, account.principal, &sealed)?,
        sealed,
    }))
}

/// Puts another app in the place of the present one if its first code is right, and ends the other
/// sessions: whoever has the old phone is out. Returns the new recovery codes, or `None` if the
/// code is wrong.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn connect_another_app(
    backend: &Backend,
    admin_id: i64,
    account: &Account,
    address: &str,
    new: &NewSecret,
    code: &str,
) -> Result<Option<Vec<String>>, Error> {
    let Some(step) = totp::step_of(&new.secret, code, backend.clock.now())? else {
        return Ok(None);
    };
    let connect = Connect {
        admin_id,
        account,
        address,
        sealed: &new.sealed,
        step,
    };
    backend.run(&connect).await
}

struct Connect<'a> {
    admin_id: i64,
    account: &'a Account,
    address: &'a str,
    sealed: &'a str,
    step: i64,
}

impl Command for Connect<'_> {
    type Outcome = Option<Vec<String>>;

    fn has_changed(outcome: &Option<Vec<String>>) -> bool {
        outcome.is_some()
    }

    /// Fourteen statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Vec<String>>, Error> {
        let principal = self.account.principal;
        let is_there = sql::lock(tx, principal).await?.is_some();
        if !is_there
            || !sql::connect_another_app(tx, self.admin_id, self.sealed, self.step, now).await?
        {
            return Ok(None);
        }
        let codes = recovery::replace(tx, principal).await?;
        sql::end_other_sessions(tx, principal, self.account.token_hash()).await?;
        sql::end_all_pending(tx, principal).await?;
        let who = self.account.oneself(self.address);
        let (action, details) = (Action::AppReplaced, Details::default());
        who.note(tx, action, details, now).await?;
        Ok(Some(codes))
    }
}
