//! The second step of the sign-in, as a person switches it on and off.

use domain::Timestamp;

use super::sessions::Session;
use super::{recovery, sql, totp};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Backend, Command, Error};

/// The seconds for which a new secret waits for its first code.
const NEW_SECONDS: i64 = 3_600;

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
pub async fn second_step(backend: &Backend, session: &Session) -> Result<SecondStep, Error> {
    let person = (session.tenant_id, session.user_id);
    let row = sql::second_step(&backend.db, person).await?;
    let on_since = row.and_then(|row| row.confirmed_at);
    let recovery_codes = sql::recovery_codes_left(&backend.db, person).await?;
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
    pub session: &'a Session,
    /// The key that seals the secret.
    pub secrets: &'a SecretKey,
}

impl Command for BeginSecondStep<'_> {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let person = (self.session.tenant_id, self.session.user_id);
        let sealed = totp::seal(self.secrets, person, &totp::new_secret()?)?;
        sql::begin_second_step(tx, person, &sealed, now).await
    }
}

/// A secret that waits for its first code.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// The secret in base32.
    pub secret: String,
    sealed: String,
}

/// Returns the secret that waits for its first code. One statement.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn new_secret(backend: &Backend, session: &Session) -> Result<Option<NewSecret>, Error> {
    let person = (session.tenant_id, session.user_id);
    let oldest = backend.clock.now().plus_seconds(-NEW_SECONDS).micros();
    let row = sql::second_step(&backend.db, person).await?;
    let row = row.filter(|row| row.confirmed_at.is_none() && row.created_at > oldest);
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(NewSecret {
        secret: totp::open(&backend.secrets, person, &row.secret_sealed)?,
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
    actor: &Actor,
    session: &Session,
    new: &NewSecret,
    code: &str,
) -> Result<Option<Vec<String>>, Error> {
    let Some(step) = totp::step_of(&new.secret, code, backend.clock.now())? else {
        return Ok(None);
    };
    let switch_on = SwitchOn {
        actor,
        session,
        sealed: &new.sealed,
        step,
    };
    backend.run(&switch_on).await
}

struct SwitchOn<'a> {
    actor: &'a Actor,
    session: &'a Session,
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
        let person = (self.session.tenant_id, self.session.user_id);
        // A sign-in that runs at the same time waits, and then asks for a code.
        let is_there = sql::lock_user(tx, person.0, person.1).await?.is_some();
        if !is_there || !sql::confirm_second_step(tx, person, self.sealed, self.step, now).await? {
            return Ok(None);
        }
        let codes = recovery::replace(tx, person).await?;
        note(tx, self.actor, Action::SecondStepOn, self.session, now).await?;
        Ok(Some(codes))
    }
}

async fn note(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    session: &Session,
    now: Timestamp,
) -> Result<(), Error> {
    let details = Details {
        name: session.name.clone(),
        ..Details::default()
    };
    let subject = Subject::Person(session.user_id);
    audit::record(tx, actor, action, subject, &details, now).await
}

/// Makes new recovery codes in place of the old ones. Its outcome is `None` if the second step is
/// off.
#[derive(Clone, Copy)]
pub struct NewRecoveryCodes<'a> {
    /// The person as the journal names them.
    pub actor: &'a Actor,
    /// The person.
    pub session: &'a Session,
}

impl Command for NewRecoveryCodes<'_> {
    type Outcome = Option<Vec<String>>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Vec<String>>, Error> {
        let person = (self.session.tenant_id, self.session.user_id);
        let is_there = sql::lock_user(tx, person.0, person.1).await?.is_some();
        if !is_there || !sql::has_second_step(tx, person.0, person.1).await? {
            return Ok(None);
        }
        let codes = recovery::replace(tx, person).await?;
        note(tx, self.actor, Action::RecoveryCodesMade, self.session, now).await?;
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
        let person = (self.actor.tenant_id, self.user_id);
        let Some(user) = sql::lock_user(tx, person.0, person.1).await? else {
            return Ok(false);
        };
        sql::end_all_pending(tx, person.0, person.1).await?;
        sql::delete_recovery_codes(tx, person).await?;
        if !sql::delete_second_step(tx, person).await? {
            return Ok(false);
        }
        let details = Details {
            name: user.name,
            ..Details::default()
        };
        let (action, subject) = (Action::SecondStepOff, Subject::Person(self.user_id));
        audit::record(tx, self.actor, action, subject, &details, now).await?;
        Ok(true)
    }
}
