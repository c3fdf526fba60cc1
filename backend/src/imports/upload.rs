//! Keeps an uploaded file until it is applied, discarded or a day old.

use domain::Timestamp;

use super::reading::Reading;
use super::sql;
use crate::audit::Actor;
use crate::db::Tx;
use crate::{Command, Error};

/// The days that a file is kept which was not applied: it has the names and phones of people.
const KEPT_DAYS: i64 = 1;

/// The most characters of a file's name.
const MAX_FILE_NAME: usize = 100;

/// Keeps a file. Its outcome is the number of the import. An earlier file of the same person that
/// waits is deleted.
#[derive(Clone, Debug)]
pub struct Upload<'a> {
    /// The person who uploads it.
    pub actor: &'a Actor,
    /// The name of the file.
    pub file_name: &'a str,
    /// The file.
    pub content: &'a [u8],
    /// How it is read.
    pub reading: &'a Reading,
}

impl Command for Upload<'_> {
    type Outcome = i64;

    /// Runs three statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<i64, Error> {
        let tenant_id = self.actor.tenant_id;
        forget(tx, tenant_id, now).await?;
        sql::forget_of(tx, tenant_id, self.actor.user_id).await?;
        let upload = sql::NewImport {
            actor: self.actor,
            file_name: &plain_name(self.file_name),
            content: self.content,
            reading: &stored(self.reading)?,
        };
        sql::insert(tx, &upload, now).await
    }
}

/// Returns the name of a file without its folders and without control characters.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible = name.chars().filter(|letter| !letter.is_control());
    visible.take(MAX_FILE_NAME).collect()
}

pub(super) fn stored(reading: &Reading) -> Result<String, Error> {
    serde_json::to_string(reading).map_err(|error| Error::corrupt("imports.reading", error))
}

/// Changes how a file is read. Its outcome is `false` if the store has no such file that waits.
#[derive(Clone, Debug)]
pub struct ReadAnew<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The import.
    pub import_id: i64,
    /// How the file is read from now on.
    pub reading: &'a Reading,
}

impl Command for ReadAnew<'_> {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, _now: Timestamp) -> Result<bool, Error> {
        let reading = stored(self.reading)?;
        sql::set_reading(tx, self.actor.tenant_id, self.import_id, &reading).await
    }
}

/// Deletes a file that was not applied. Its outcome is `false` if the store has no such file.
#[derive(Clone, Debug)]
pub struct Discard<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The import.
    pub import_id: i64,
}

impl Command for Discard<'_> {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, _now: Timestamp) -> Result<bool, Error> {
        sql::discard(tx, self.actor.tenant_id, self.import_id).await
    }
}

/// Deletes the files of a store that have waited for more than a day. One statement.
pub(crate) async fn forget(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<(), Error> {
    sql::forget_before(tx, tenant_id, now.plus_days(-KEPT_DAYS)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_own_name_only() {
        assert_eq!(plain_name("C:\\Users\\Zebo\\clients.csv"), "clients.csv");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\0b\n.csv"), "ab.csv");
        assert_eq!(plain_name(&"я".repeat(300)).chars().count(), 100);
    }
}
