//! What a store's people do to its branches and tills. Each act is also written to the journal.

use domain::Timestamp;

use super::sql::{self, manage as statements};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::{SecretKey, random_token, token_hash};
use crate::{Command, Error, stores};

/// A reason why a branch or a till is not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSaved {
    /// The store has no such branch or till.
    #[error("no such branch or till")]
    NotFound,
    /// Another branch of the store, or another till of the branch, has this name. People could not
    /// tell the two apart, and a form that is sent twice must not add two.
    #[error("the name is in use")]
    NameTaken,
    /// As many tills are switched on as the store has paid for.
    #[error("till_limit")]
    TillLimit,
}

/// Adds a branch. Its outcome is the branch's number.
#[derive(Clone, Debug)]
pub struct AddBranch<'a> {
    /// The person who adds it.
    pub actor: &'a Actor,
    /// Its name.
    pub name: &'a str,
    /// Its address; may be empty.
    pub address: &'a str,
}

impl Command for AddBranch<'_> {
    type Outcome = Result<i64, NotSaved>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let tenant_id = self.actor.tenant_id;
        stores::lock(tx, tenant_id).await?;
        if statements::branch_named(tx, tenant_id, self.name)
            .await?
            .is_some()
        {
            return Ok(Err(NotSaved::NameTaken));
        }
        let id = stores::add_branch(tx, tenant_id, self.name, self.address, now).await?;
        let details = named(self.name);
        audit::record(
            tx,
            self.actor,
            Action::BranchCreated,
            Subject::Branch(id),
            &details,
            now,
        )
        .await?;
        Ok(Ok(id))
    }
}

/// Changes the name and address of a branch.
#[derive(Clone, Debug)]
pub struct ChangeBranch<'a> {
    /// The person who changes it.
    pub actor: &'a Actor,
    /// The branch.
    pub branch_id: i64,
    /// The new name.
    pub name: &'a str,
    /// The new address; may be empty.
    pub address: &'a str,
}

impl Command for ChangeBranch<'_> {
    type Outcome = Result<(), NotSaved>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let tenant_id = self.actor.tenant_id;
        stores::lock(tx, tenant_id).await?;
        let Some(before) = statements::branch_name(tx, tenant_id, self.branch_id).await? else {
            return Ok(Err(NotSaved::NotFound));
        };
        let namesake = statements::branch_named(tx, tenant_id, self.name).await?;
        if before != self.name && namesake.is_some() {
            return Ok(Err(NotSaved::NameTaken));
        }
        statements::change_branch(tx, tenant_id, self.branch_id, self.name, self.address).await?;
        let details = Details {
            name: self.name.to_owned(),
            before: Some(before),
            after: Some(self.name.to_owned()),
            ..Details::default()
        };
        let subject = Subject::Branch(self.branch_id);
        audit::record(
            tx,
            self.actor,
            Action::BranchChanged,
            subject,
            &details,
            now,
        )
        .await?;
        Ok(Ok(()))
    }
}

/// Adds a till to a branch. Its outcome is the till's number.
#[derive(Clone)]
pub struct AddTill<'a> {
    /// The person who adds it.
    pub actor: &'a Actor,
    /// The key that seals its token.
    pub secrets: &'a SecretKey,
    /// The branch.
    pub branch_id: i64,
    /// Its name.
    pub name: &'a str,
}

impl Command for AddTill<'_> {
    type Outcome = Result<i64, NotSaved>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let (tenant_id, branch_id) = (self.actor.tenant_id, self.branch_id);
        let paid = stores::lock_paid(tx, tenant_id).await?;
        let Some(branch) = statements::lock_branch(tx, tenant_id, branch_id).await? else {
            return Ok(Err(NotSaved::NotFound));
        };
        if statements::till_named(tx, tenant_id, branch_id, self.name)
            .await?
            .is_some()
        {
            return Ok(Err(NotSaved::NameTaken));
        }
        if !has_free(tx, tenant_id, paid).await? {
            return Ok(Err(NotSaved::TillLimit));
        }
        let token = random_token()?;
        let sealed = self.secrets.seal(super::SEALED_AS, &token)?;
        let hash = token_hash(&token);
        let id = sql::insert(tx, tenant_id, branch_id, self.name, &hash, &sealed, now).await?;
        let details = Details {
            after: Some(branch),
            ..named(self.name)
        };
        audit::record(
            tx,
            self.actor,
            Action::TillCreated,
            Subject::Till(id),
            &details,
            now,
        )
        .await?;
        Ok(Ok(id))
    }
}

/// Returns whether one more till may be switched on, of the paid number. The store is locked. One
/// statement if the number is limited.
async fn has_free(tx: &mut Tx, tenant_id: i64, paid: Option<i64>) -> Result<bool, Error> {
    match paid {
        Some(paid) => Ok(statements::active(tx, tenant_id).await? < paid),
        None => Ok(true),
    }
}

/// Renames a till or moves it to another branch.
#[derive(Clone, Debug)]
pub struct ChangeTill<'a> {
    /// The person who changes it.
    pub actor: &'a Actor,
    /// The till.
    pub till_id: i64,
    /// The branch where it is from now on.
    pub branch_id: i64,
    /// Its new name.
    pub name: &'a str,
}

impl Command for ChangeTill<'_> {
    type Outcome = Result<(), NotSaved>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let (tenant_id, branch_id) = (self.actor.tenant_id, self.branch_id);
        let Some(branch) = statements::lock_branch(tx, tenant_id, branch_id).await? else {
            return Ok(Err(NotSaved::NotFound));
        };
        let Some(before) = statements::till_names(tx, tenant_id, self.till_id).await? else {
            return Ok(Err(NotSaved::NotFound));
        };
        let is_same = before.name == self.name && before.branch_id == branch_id;
        let namesake = statements::till_named(tx, tenant_id, branch_id, self.name).await?;
        if !is_same && namesake.is_some() {
            return Ok(Err(NotSaved::NameTaken));
        }
        statements::change(tx, tenant_id, self.till_id, branch_id, self.name).await?;
        let subject = Subject::Till(self.till_id);
        for (action, before, after) in [
            (Action::TillRenamed, before.name, self.name.to_owned()),
            (Action::TillMoved, before.branch, branch),
        ] {
            if before == after {
                continue;
            }
            let details = Details {
                before: Some(before),
                after: Some(after),
                ..named(self.name)
            };
            audit::record(tx, self.actor, action, subject, &details, now).await?;
        }
        Ok(Ok(()))
    }
}

/// What a person does to a till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TillAct {
    /// Switches it off: it is refused with `cashier_disabled`.
    Disable,
    /// Switches it on again.
    Enable,
    /// Removes its binding: the next device with its token is bound.
    ResetBinding,
}

/// Does an act to a till.
#[derive(Clone, Debug)]
pub struct ActOnTill<'a> {
    /// The person who acts.
    pub actor: &'a Actor,
    /// The till.
    pub till_id: i64,
    /// The act.
    pub act: TillAct,
    /// The reason; an admin gives one.
    pub reason: Option<&'a str>,
}

/// The outcome of [`ActOnTill`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActedOnTill {
    /// It is done.
    Done,
    /// The till was so already.
    Before,
    /// As many tills are switched on as the store has paid for.
    TillLimit,
    /// The store has no such till.
    NoTill,
}

impl Command for ActOnTill<'_> {
    type Outcome = ActedOnTill;

    fn has_changed(outcome: &ActedOnTill) -> bool {
        *outcome == ActedOnTill::Done
    }

    /// Three statements, five to switch a till on.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<ActedOnTill, Error> {
        let (tenant_id, till_id) = (self.actor.tenant_id, self.till_id);
        let paid = match self.act {
            TillAct::Enable => stores::lock_paid(tx, tenant_id).await?,
            TillAct::Disable | TillAct::ResetBinding => None,
        };
        let Some(names) = statements::till_names(tx, tenant_id, till_id).await? else {
            return Ok(ActedOnTill::NoTill);
        };
        let is_off = names.disabled_at.is_some();
        let mut details = Details {
            reason: self.reason.map(str::to_owned),
            ..named(&names.name)
        };
        let action = match self.act {
            TillAct::Disable if is_off => return Ok(ActedOnTill::Before),
            TillAct::Enable if !is_off => return Ok(ActedOnTill::Before),
            TillAct::Disable => {
                statements::set_disabled(tx, tenant_id, till_id, Some(now)).await?;
                Action::TillOff
            }
            TillAct::Enable => {
                if !has_free(tx, tenant_id, paid).await? {
                    return Ok(ActedOnTill::TillLimit);
                }
                statements::set_disabled(tx, tenant_id, till_id, None).await?;
                Action::TillOn
            }
            TillAct::ResetBinding => {
                details.before = names.device_id;
                statements::reset_binding(tx, tenant_id, till_id).await?;
                Action::TillUnbound
            }
        };
        audit::record(
            tx,
            self.actor,
            action,
            Subject::Till(till_id),
            &details,
            now,
        )
        .await?;
        Ok(ActedOnTill::Done)
    }
}

/// Opens the sealed token of a till. Its outcome is `None` if the store has no such till.
#[derive(Clone)]
pub struct ShowToken<'a> {
    /// The person who asks for it.
    pub actor: &'a Actor,
    /// The key that it is sealed with.
    pub secrets: &'a SecretKey,
    /// The till.
    pub till_id: i64,
}

impl Command for ShowToken<'_> {
    type Outcome = Option<String>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<String>, Error> {
        let (tenant_id, till_id) = (self.actor.tenant_id, self.till_id);
        let Some(names) = statements::till_names(tx, tenant_id, till_id).await? else {
            return Ok(None);
        };
        let sealed = statements::sealed_token(tx, tenant_id, till_id).await?;
        let token = self.secrets.open(super::SEALED_AS, &sealed)?;
        let subject = Subject::Till(till_id);
        let details = named(&names.name);
        audit::record(tx, self.actor, Action::KeyShown, subject, &details, now).await?;
        Ok(Some(token))
    }
}

fn named(name: &str) -> Details {
    Details {
        name: name.to_owned(),
        ..Details::default()
    }
}
