//! Pairing: a one-time code, shown to the owner, makes a phone a till without typing its keys.
//!
//! The code is a secret for ten minutes. It is used once: the device that has used it may ask again
//! for ten minutes, because it may have lost the answer, and any other device is refused.

use domain::{PairingCode, Timestamp};

use super::binding::record_stop;
use super::{SEALED_AS, TillNumber, is_device_id, sql};
use crate::accounts;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::{SecretKey, random_bytes, token_hash};
use crate::{AuthError, Backend, Command, Error, activity, stores};

/// The seconds for which a code can be used, and then for which its device may ask again.
const LIFE_SECONDS: i64 = 600;

/// Makes the pairing code of a till; the one before ends. Its outcome is `None` if the store has no
/// such till.
#[derive(Clone, Debug)]
pub struct MakePairingCode<'a> {
    /// The person who asks for it.
    pub actor: &'a Actor,
    /// The till.
    pub till_id: i64,
}

/// A new pairing code.
#[derive(Clone, Debug)]
pub struct NewPairingCode {
    /// The code. Only its hash is stored.
    pub code: PairingCode,
    /// The moment when it ends.
    pub until: Timestamp,
}

impl Command for MakePairingCode<'_> {
    type Outcome = Option<NewPairingCode>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let (tenant_id, till_id) = (self.actor.tenant_id, self.till_id);
        let Some(names) = sql::manage::till_names(tx, tenant_id, till_id).await? else {
            return Ok(None);
        };
        let code = PairingCode::from_random(random_bytes()?);
        let until = now.plus_seconds(LIFE_SECONDS);
        let hash = token_hash(code.as_str());
        sql::pairing::put_code(tx, self.actor, till_id, &hash, (now, until)).await?;
        let details = Details {
            name: names.name,
            ..Details::default()
        };
        let subject = Subject::Till(till_id);
        audit::record(tx, self.actor, Action::PairingShown, subject, &details, now).await?;
        Ok(Some(NewPairingCode { code, until }))
    }
}

/// What a phone needs to be a till.
#[derive(Clone, PartialEq, Eq)]
pub struct Paired {
    /// The store's name.
    pub store_name: String,
    /// The name of the branch.
    pub branch: String,
    /// The till's name.
    pub till_name: String,
    /// The till.
    pub till: TillNumber,
    /// The store's token.
    pub tenant_token: String,
    /// The till's token.
    pub cashier_token: String,
}

/// A reason not to pair a phone.
#[derive(Debug, thiserror::Error)]
pub enum PairError {
    /// There is no such code, or it has ended.
    #[error("no such pairing code")]
    BadCode,
    /// Another device has used the code.
    #[error("another device has used the pairing code")]
    Used,
    /// The device id is missing or malformed.
    #[error("no device id, or a malformed one")]
    DeviceIdRequired,
    /// There were too many tries from this address.
    #[error("too many tries")]
    TooMany {
        /// The seconds to wait.
        wait_seconds: i64,
    },
    /// The code is right, but the till may not work.
    #[error(transparent)]
    Refused(#[from] AuthError),
}

impl From<Error> for PairError {
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

/// Makes the device a till by a code. Tries are counted in the database by the address, because
/// several servers must count together. One statement to count, four in a transaction, and one to
/// forget the tries; a wrong code costs two.
///
/// # Errors
/// [`PairError`].
pub async fn pair(
    backend: &Backend,
    code: Option<&PairingCode>,
    device_id: &str,
    address: &str,
) -> Result<Paired, PairError> {
    let now = backend.clock.now();
    let guesses = [format!("pairing:{address}")];
    let wait = accounts::count_guesses(backend, accounts::PAIRING, &guesses, now).await?;
    if let Some(wait_seconds) = wait {
        return Err(PairError::TooMany { wait_seconds });
    }
    if !is_device_id(device_id) {
        return Err(PairError::DeviceIdRequired);
    }
    let command = Pair {
        secrets: &backend.secrets,
        code: code.ok_or(PairError::BadCode)?,
        device_id,
        address,
    };
    let paired = match backend.run(&command).await? {
        Outcome::Refused(error) => return Err(error),
        Outcome::New(paired) | Outcome::Again(paired) => paired,
    };
    let [subject] = guesses;
    accounts::forget_guesses(&backend.db, &subject, now).await?;
    Ok(paired)
}

struct Pair<'a> {
    secrets: &'a SecretKey,
    code: &'a PairingCode,
    device_id: &'a str,
    address: &'a str,
}

enum Outcome {
    New(Paired),
    Again(Paired),
    Refused(PairError),
}

impl Command for Pair<'_> {
    type Outcome = Outcome;

    fn has_changed(outcome: &Outcome) -> bool {
        matches!(outcome, Outcome::New(_))
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Outcome, Error> {
        let hash = token_hash(self.code.as_str());
        loop {
            let Some(row) = sql::pairing::code(tx, &hash).await? else {
                return Ok(Outcome::Refused(PairError::BadCode));
            };
            if let Some(refused) = self.refusal(&row, now) {
                return Ok(Outcome::Refused(refused));
            }
            if row.device_id.is_some() {
                return Ok(Outcome::Again(self.paired(row)?));
            }
            let device = self.device_id;
            // Of two devices with one code the slower one reads here who was faster.
            if sql::pairing::use_code(tx, row.tenant_id, &hash, device, now).await? {
                self.bind(tx, &row, now).await?;
                return Ok(Outcome::New(self.paired(row)?));
            }
        }
    }
}

impl Pair<'_> {
    fn refusal(&self, row: &sql::pairing::CodeRow, now: Timestamp) -> Option<PairError> {
        let lasts = |from: i64| now < Timestamp::from_micros(from).plus_seconds(LIFE_SECONDS);
        if row.maker_removed_at.is_some() {
            return Some(PairError::BadCode);
        }
        match (&row.device_id, row.used_at) {
            (Some(device), _) if device != self.device_id => return Some(PairError::Used),
            // Who unbinds a till takes it from this device, so it gets no keys again.
            (Some(_), Some(used_at)) if lasts(used_at) && row.bound_to == row.device_id => {}
            (None, _) if now < Timestamp::from_micros(row.expires_at) => {}
            _ => return Some(PairError::BadCode),
        }
        if row.suspended_at.is_some() {
            return Some(AuthError::StoreSuspended.into());
        }
        let till = TillNumber {
            tenant_id: row.tenant_id,
            till_id: row.till_id,
        };
        row.disabled_at
            .map(|_| AuthError::CashierDisabled(till).into())
    }

    async fn bind(
        &self,
        tx: &mut Tx,
        row: &sql::pairing::CodeRow,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (tenant_id, till_id) = (row.tenant_id, row.till_id);
        sql::pairing::pair(tx, tenant_id, till_id, self.device_id, now).await?;
        let till = TillNumber { tenant_id, till_id };
        activity::note_binding(tx, till, self.device_id, now).await?;
        // The code acts for the person who has asked for it.
        let actor = Actor {
            tenant_id,
            user_id: row.user_id,
            name: row.who.clone(),
            address: self.address.to_owned(),
        };
        let details = Details {
            name: row.till_name.clone(),
            before: row.bound_to.clone(),
            after: Some(self.device_id.to_owned()),
            ..Details::default()
        };
        let subject = Subject::Till(till_id);
        audit::record(tx, &actor, Action::TillPaired, subject, &details, now).await?;
        let has_old_key = row
            .old_token_until
            .is_some_and(|until| until > now.micros());
        if has_old_key && row.old_device_id.as_deref() != Some(self.device_id) {
            let name = row.till_name.clone();
            record_stop(tx, &actor, till_id, name, Some(self.device_id), now).await?;
        }
        Ok(())
    }

    fn paired(&self, row: sql::pairing::CodeRow) -> Result<Paired, Error> {
        let tenant_token = stores::open_token(self.secrets, &row.tenant_token_sealed)?;
        let cashier_token = self.secrets.open(SEALED_AS, &row.cashier_token_sealed)?;
        Ok(Paired {
            store_name: row.store_name,
            branch: row.branch,
            till_name: row.till_name,
            till: TillNumber {
                tenant_id: row.tenant_id,
                till_id: row.till_id,
            },
            tenant_token,
            cashier_token,
        })
    }
}
