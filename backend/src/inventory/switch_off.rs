//! Lists of stock that switched off more than half of a store's goods: what a person does about it.

use domain::Timestamp;

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// A list that switched off more than half of the goods, and that nobody has looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwitchOff {
    /// The moment of the list.
    pub at: Timestamp,
    /// The goods that were sold before.
    pub before: i64,
    /// The goods that are still switched off because of it.
    pub off: i64,
}

/// Returns the last such list of a store whose goods are still off. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn switch_off(backend: &Backend, tenant_id: i64) -> Result<Option<SwitchOff>, Error> {
    let found = sql::switch_off(&backend.db, tenant_id).await?;
    Ok(found.map(|(at, before, off)| SwitchOff {
        at: Timestamp::from_micros(at),
        before,
        off,
    }))
}

/// What a person does about a list that switched off too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchOffEnd {
    /// Switches the goods on again.
    Undo,
    /// Leaves them off.
    Confirm,
}

/// Ends the question about a list that switched off too much.
#[derive(Clone, Copy, Debug)]
pub struct EndSwitchOff<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The moment of the list.
    pub at: Timestamp,
    /// The answer.
    pub end: SwitchOffEnd,
}

impl Command for EndSwitchOff<'_> {
    /// The number of goods that were switched off; `None` if there is no such question.
    type Outcome = Option<i64>;

    fn has_changed(outcome: &Option<i64>) -> bool {
        outcome.is_some()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<i64>, Error> {
        let tenant_id = self.actor.tenant_id;
        let Some(off) = sql::end_switch_off(tx, tenant_id, self.at, now).await? else {
            return Ok(None);
        };
        let (action, after) = match self.end {
            SwitchOffEnd::Undo => {
                let restored = sql::restore(tx, tenant_id, self.at).await?;
                (Action::GoodsRestored, off - restored)
            }
            SwitchOffEnd::Confirm => (Action::GoodsOffConfirmed, off),
        };
        let details = Details {
            before: Some(off.to_string()),
            after: Some(after.to_string()),
            ..Details::default()
        };
        audit::record(tx, self.actor, action, Subject::Store, &details, now).await?;
        Ok(Some(off))
    }
}
