//! The modules for other programs, with the keys that they contain.

use domain::{TillModule, Timestamp};

use super::sql::{self, manage as statements};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::{SecretKey, token_hash};
use crate::{Command, Error, stores};

/// Hands out the keys for the module of a till, and notes them: a key that is replaced later makes
/// the file old.
#[derive(Clone)]
pub struct TakeModule<'a> {
    /// The person who asks for it.
    pub actor: &'a Actor,
    /// The key that the keys are sealed with.
    pub secrets: &'a SecretKey,
    /// The till.
    pub till_id: i64,
    /// The module.
    pub module: TillModule,
    /// The name of its program, for the journal.
    pub program: &'a str,
}

/// What a module contains about its till.
#[derive(Clone)]
pub struct ModuleKeys {
    /// The store's key.
    pub tenant_token: String,
    /// The till's key.
    pub cashier_token: String,
    /// The till's name.
    pub name: String,
    /// The name of its branch.
    pub branch: String,
}

/// A reason why a till gets no module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoModule {
    /// The store has no such till.
    NoTill,
    /// The till is switched off, so its keys would be refused.
    TillOff,
    /// The till's key was sealed with another secret key. A new one can be read.
    TillKey,
    /// The same of the store's key.
    StoreKey,
}

impl Command for TakeModule<'_> {
    type Outcome = Result<ModuleKeys, NoModule>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    /// Five statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let (tenant_id, till_id) = (self.actor.tenant_id, self.till_id);
        let Some(names) = statements::till_names(tx, tenant_id, till_id).await? else {
            return Ok(Err(NoModule::NoTill));
        };
        if names.disabled_at.is_some() {
            return Ok(Err(NoModule::TillOff));
        }
        let tenant_token = match stores::token(tx, self.secrets, tenant_id).await {
            Err(Error::Secret(_)) => return Ok(Err(NoModule::StoreKey)),
            token => token?,
        };
        let sealed = statements::sealed_token(tx, tenant_id, till_id).await?;
        let Ok(cashier_token) = self.secrets.open(super::SEALED_AS, &sealed) else {
            return Ok(Err(NoModule::TillKey));
        };
        let hashes = (token_hash(&cashier_token), token_hash(&tenant_token));
        let hashes = (hashes.0.as_str(), hashes.1.as_str());
        sql::modules::note(tx, tenant_id, till_id, self.module, hashes, now).await?;
        let details = Details {
            name: names.name.clone(),
            after: Some(self.program.to_owned()),
            ..Details::default()
        };
        let subject = Subject::Till(till_id);
        audit::record(tx, self.actor, Action::ModuleTaken, subject, &details, now).await?;
        Ok(Ok(ModuleKeys {
            tenant_token,
            cashier_token,
            name: names.name,
            branch: names.branch,
        }))
    }
}
