//! Saves a programme as a new version.

use domain::{Programme, Timestamp};

use super::{Version, sql, stored_tiers};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Command, Error};

/// Sets the programme of a new store, as version 1. Two statements.
///
/// # Errors
/// [`Error::Refused`] if the settings contradict each other; [`Error::Storage`], also if a value is
/// outside its column's bounds.
pub(crate) async fn create(
    tx: &mut Tx,
    tenant_id: i64,
    programme: &Programme,
    now: Timestamp,
) -> Result<(), Error> {
    programme.check()?;
    sql::insert(tx, tenant_id, programme, &stored_tiers(programme)?).await?;
    let platform = Actor {
        tenant_id,
        user_id: None,
        name: "Bonex".to_owned(),
        address: String::new(),
    };
    sql::keep(tx, &platform, now).await
}

/// Saves the settings of a store's programme. The next sale follows them: every request of a till
/// reads them with its tokens. Lots that exist keep their dates.
#[derive(Clone, Debug)]
pub struct SaveProgramme<'a> {
    /// The owner.
    pub actor: &'a Actor,
    /// The number of the version that the owner has seen and changed.
    pub based_on: i64,
    /// All settings.
    pub programme: &'a Programme,
}

/// The outcome of [`SaveProgramme`].
#[derive(Clone, Debug)]
pub enum Saved {
    /// The settings apply under this number.
    Now(i64),
    /// They applied before: this person has already saved them, as after a double click.
    Before,
    /// Nothing was changed.
    Unchanged,
    /// A newer version applies than the one that the owner has seen. Nothing was saved.
    Outdated(Box<Version>),
}

impl Command for SaveProgramme<'_> {
    type Outcome = Saved;

    fn has_changed(outcome: &Saved) -> bool {
        matches!(outcome, Saved::Now(_))
    }

    /// Four statements: the version that applies, the settings, the new version, the journal. Of
    /// two owners who save at once, the second changes no row.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Saved, Error> {
        self.programme.check()?;
        let tenant_id = self.actor.tenant_id;
        let current = sql::newest(tx, tenant_id).await?.into_version()?;
        let is_same = current.programme.is_same(self.programme);
        if current.number != self.based_on {
            let is_own = self.actor.user_id.is_some() && current.user_id == self.actor.user_id;
            return Ok(if is_same && is_own {
                Saved::Before
            } else {
                Saved::Outdated(Box::new(current))
            });
        }
        if is_same {
            return Ok(Saved::Unchanged);
        }
        let tiers = stored_tiers(self.programme)?;
        if !sql::update(tx, tenant_id, self.based_on, self.programme, &tiers).await? {
            let newer = sql::newest(tx, tenant_id).await?.into_version()?;
            return Ok(Saved::Outdated(Box::new(newer)));
        }
        sql::keep(tx, self.actor, now).await?;
        let number = self.based_on + 1;
        let details = Details {
            before: Some(self.based_on.to_string()),
            after: Some(number.to_string()),
            ..Details::default()
        };
        let subject = Subject::Programme(number);
        audit::record(
            tx,
            self.actor,
            Action::ProgrammeSaved,
            subject,
            &details,
            now,
        )
        .await?;
        Ok(Saved::Now(number))
    }
}
