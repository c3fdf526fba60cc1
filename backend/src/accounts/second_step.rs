//! The second step of the sign-in, as a person switches it on and off.

use domain::Timestamp;

use super::principal::Principal;
use super::sessions::Account;
use super::{recovery, sql, totp};
use crate::audit::{self, Action, Actor, Details, PlatformActor, PlatformSubject, Subject};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Backend, Command, Error};

/// The seconds for which a new secret waits for its first code.
pub(super) const NEW_SECONDS: i64 = 3_600;

/// The state of a person's second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondStep {
    /// The moment since which the sign-in asks for codes; `None` if it does not.
    pub on_since: Option<Timestamp>,
    /// The recovery codes that have not been used.
    pub recovery_codes: i64,
}

/// Returns the state of the person's second step. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn second_step(backend: &Backend, account: &Account) -> Result<SecondStep, Error> {
    let principal = account.principal;
    let row = sql::second_step(&backend.db, principal).await?;
    let on_since = row.and_then(|row| row.confirmed_at);
    let recovery_codes = sql::recovery_codes_left(&backend.db, principal).await?;
    Ok(SecondStep {
        on_since: on_since.map(Timestamp::from_micros),
        recovery_codes,
    })
}

/// Makes a new secret, which waits for its first code. Its outcome is `false` if the second step is
/// on already. Nothing is in force yet, so the journal says nothing.
#[derive(Clone, Copy)]
pub struct BeginSecondStep<'a> {
    /// The person.
    pub account: &'a Account,
    /// The key that seals the secret.
    pub secrets: &'a SecretKey,
}

impl Command for BeginSecondStep<'_> {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let principal = self.account.principal;
        let sealed = totp::seal(self.secrets, principal, &totp::new_secret()?)?;
        sql::begin_second_step(tx, principal, &sealed, now).await
    }
}

/// A secret that waits for its first code.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// The secret in base32.
    pub secret: String,
    pub(super) sealed: String,
}

/// Returns the secret that waits for its first code. One statement.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn new_secret(backend: &Backend, account: &Account) -> Result<Option<NewSecret>, Error> {
    let principal = account.principal;
    let oldest = backend.clock.now().plus_seconds(-NEW_SECONDS).micros();
    let row = sql::second_step(&backend.db, principal).await?;
    let row = row.filter(|row| row.confirmed_at.is_none() && row.created_at > oldest);
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(NewSecret {
        secret: totp::open(&backend.secrets, principal, &row.secret_sealed)?,
        sealed: row.secret_sealed,
    }))
}

/// Switches the second step on if the first code is right. Returns the recovery codes, or `None` if
/// the code is wrong.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn switch_second_step_on(
    backend: &Backend,
    account: &Account,
    address: &str,
    new: &NewSecret,
    code: &str,
) -> Result<Option<Vec<String>>, Error> {
    let Some(step) = totp::step_of(&new.secret, code, backend.clock.now())? else {
        return Ok(None);
    };
    let switch_on = SwitchOn {
        account,
        address,
        sealed: &new.sealed,
        step,
    };
    backend.run(&switch_on).await
}

struct SwitchOn<'a> {
    account: &'a Account,
    address: &'a str,
    sealed: &'a str,
    step: i64,
}

impl Command for SwitchOn<'_> {
    type Outcome = Option<Vec<String>>;

    fn has_changed(outcome: &Option<Vec<String>>) -> bool {
        outcome.is_some()
    }

    /// Twelve statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Vec<String>>, Error> {
        let principal = self.account.principal;
        // A sign-in that runs at the same time waits, and then asks for a code.
        let is_there = sql::lock(tx, principal).await?.is_some();
        if !is_there
            || !sql::confirm_second_step(tx, principal, self.sealed, self.step, now).await?
        {
            return Ok(None);
        }
        let codes = recovery::replace(tx, principal).await?;
        let who = self.account.oneself(self.address);
        let details = Details::default();
        who.note(tx, Action::SecondStepOn, details, now).await?;
        Ok(Some(codes))
    }
}

/// Makes new recovery codes in place of the old ones. Its outcome is `None` if the second step is
/// off.
#[derive(Clone, Copy)]
pub struct NewRecoveryCodes<'a> {
    /// The person.
    pub account: &'a Account,
    /// The network address of the request.
    pub address: &'a str,
}

impl Command for NewRecoveryCodes<'_> {
    type Outcome = Option<Vec<String>>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Vec<String>>, Error> {
        let principal = self.account.principal;
        let is_there = sql::lock(tx, principal).await?.is_some();
        if !is_there || !sql::has_second_step(tx, principal).await? {
            return Ok(None);
        }
        let codes = recovery::replace(tx, principal).await?;
        let who = self.account.oneself(self.address);
        let details = Details::default();
        who.note(tx, Action::RecoveryCodesMade, details, now)
            .await?;
        Ok(Some(codes))
    }
}

/// Switches the second step of a person off. Its outcome is `false` if it was off. The caller has
/// checked the password, or is the operator of the platform.
#[derive(Clone, Copy)]
pub struct SwitchSecondStepOff<'a> {
    /// The person, or the operator, who does it.
    pub actor: &'a Actor,
    /// The person whose second step it is.
    pub user_id: i64,
}

impl Command for SwitchSecondStepOff<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    /// Six statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let (tenant_id, user_id) = (self.actor.tenant_id, self.user_id);
        let principal = Principal::Person { tenant_id, user_id };
        let Some(details) = switch_off(tx, principal).await? else {
            return Ok(false);
        };
        let (action, subject) = (Action::SecondStepOff, Subject::Person(user_id));
        audit::record(tx, self.actor, action, subject, &details, now).await?;
        Ok(true)
    }
}

/// Takes the second step of an admin away, so that the next sign-in connects another app, and ends
/// the admin's sessions. Its outcome is `false` if the admin had none.
#[derive(Clone, Copy, Debug)]
pub struct ResetAdmin {
    /// The admin who has lost the phone and the recovery codes.
    pub admin_id: i64,
}

impl Command for ResetAdmin {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    /// Seven statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let admin_id = self.admin_id;
        let principal = Principal::Admin { admin_id };
        let Some(details) = switch_off(tx, principal).await? else {
            return Ok(false);
        };
        sql::end_sessions(tx, principal).await?;
        let (operator, action) = (PlatformActor::operator(), Action::SecondStepOff);
        let subject = PlatformSubject::Admin(admin_id);
        audit::record_on_platform(tx, &operator, action, subject, &details, now).await?;
        Ok(true)
    }
}

/// Deletes the secret and the recovery codes. Returns what the journal says about it, or `None` if
/// there was no secret.
async fn switch_off(tx: &mut Tx, principal: Principal) -> Result<Option<Details>, Error> {
    let Some(user) = sql::lock(tx, principal).await? else {
        return Ok(None);
    };
    sql::end_all_pending(tx, principal).await?;
    sql::delete_recovery_codes(tx, principal).await?;
    let is_off = sql::delete_second_step(tx, principal).await?;
    Ok(is_off.then(|| Details {
        name: user.name,
        ..Details::default()
    }))
}
