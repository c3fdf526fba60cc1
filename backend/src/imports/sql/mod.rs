//! The statements of imports.

mod clients;

pub(super) use clients::{KnownRow, NewClient, add_clients, name, store_state};

use domain::{Money, Timestamp};

use super::{Import, Totals};
use crate::Error;
use crate::audit::Actor;
use crate::db::{Db, Tx};

#[derive(sqlx::FromRow)]
pub(super) struct ImportRow {
    pub(super) id: i64,
    pub(super) who: String,
    pub(super) file_name: String,
    pub(super) created_at: i64,
    pub(super) applied_at: Option<i64>,
    pub(super) new_clients: i64,
    pub(super) known_clients: i64,
    pub(super) opening_dirams: i64,
}

impl ImportRow {
    pub(super) const fn is_applied(&self) -> bool {
        self.applied_at.is_some()
    }
}

impl From<ImportRow> for Import {
    fn from(row: ImportRow) -> Self {
        Self {
            id: row.id,
            who: row.who,
            file_name: row.file_name,
            created_at: Timestamp::from_micros(row.created_at),
            applied_at: row.applied_at.map(Timestamp::from_micros),
            new_clients: row.new_clients,
            known_clients: row.known_clients,
            opening: Money::from_dirams(row.opening_dirams),
        }
    }
}

/// The columns of [`ImportRow`].
macro_rules! import_columns {
    () => {
        r"
        id,
        who,
        file_name,
        created_at,
        applied_at,
        new_clients,
        known_clients,
        opening_dirams"
    };
}

const IMPORT: &str = concat!(
    "
    SELECT",
    import_columns!(),
    "
    FROM imports
    WHERE tenant_id = $1
        AND id = $2
"
);

pub(super) async fn import(db: &Db, tenant_id: i64, id: i64) -> Result<Option<ImportRow>, Error> {
    db.reads().fetch_optional(IMPORT, (tenant_id, id)).await
}

pub(super) async fn import_in(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ImportRow>, Error> {
    tx.fetch_optional(IMPORT, (tenant_id, id)).await
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    #[sqlx(flatten)]
    import: ImportRow,
    content: Vec<u8>,
    reading: String,
}

const WAITING: &str = concat!(
    "
    SELECT",
    import_columns!(),
    ",
        content,
        reading
    FROM imports
    WHERE tenant_id = $1
        AND id = $2
        AND content IS NOT NULL
"
);

/// Returns a file that waits, with its content and its reading.
pub(super) async fn waiting(
    db: &Db,
    tenant_id: i64,
    id: i64,
) -> Result<Option<(ImportRow, Vec<u8>, String)>, Error> {
    let row: Option<WaitingRow> = db.reads().fetch_optional(WAITING, (tenant_id, id)).await?;
    Ok(row.map(|row| (row.import, row.content, row.reading)))
}

/// A new file.
pub(super) struct NewImport<'a> {
    pub(super) actor: &'a Actor,
    pub(super) file_name: &'a str,
    pub(super) content: &'a [u8],
    pub(super) reading: &'a str,
}

const INSERT: &str = r"
    INSERT INTO imports (
        tenant_id,
        user_id,
        who,
        file_name,
        content,
        reading,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id
";

pub(super) async fn insert(
    tx: &mut Tx,
    import: &NewImport<'_>,
    now: Timestamp,
) -> Result<i64, Error> {
    let params = (
        import.actor.tenant_id,
        import.actor.user_id,
        &import.actor.name,
        import.file_name,
        import.content,
        import.reading,
        now.micros(),
    );
    let (id,) = tx.fetch_one(INSERT, params).await?;
    Ok(id)
}

const FORGET_BEFORE: &str = r"
    DELETE FROM imports
    WHERE tenant_id = $1
        AND created_at < $2
        AND content IS NOT NULL
";

/// Deletes the files that wait since before a moment.
pub(super) async fn forget_before(
    tx: &mut Tx,
    tenant_id: i64,
    before: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, before.micros());
    tx.execute(FORGET_BEFORE, params).await?.any();
    Ok(())
}

const FORGET_OF: &str = r"
    DELETE FROM imports
    WHERE tenant_id = $1
        AND COALESCE(user_id, 0) = $2
        AND content IS NOT NULL
";

/// Deletes the files of a person that wait.
pub(super) async fn forget_of(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: Option<i64>,
) -> Result<(), Error> {
    let params = (tenant_id, user_id.unwrap_or_default());
    tx.execute(FORGET_OF, params).await?.any();
    Ok(())
}

const DISCARD: &str = r"
    DELETE FROM imports
    WHERE tenant_id = $1
        AND id = $2
        AND content IS NOT NULL
";

pub(super) async fn discard(tx: &mut Tx, tenant_id: i64, id: i64) -> Result<bool, Error> {
    tx.execute(DISCARD, (tenant_id, id)).await?.one_or_none()
}

const SET_READING: &str = r"
    UPDATE imports
    SET reading = $3
    WHERE tenant_id = $1
        AND id = $2
        AND content IS NOT NULL
";

pub(super) async fn set_reading(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    reading: &str,
) -> Result<bool, Error> {
    let params = (tenant_id, id, reading);
    tx.execute(SET_READING, params).await?.one_or_none()
}

const CLAIM: &str = r"
    UPDATE imports
    SET applied_at = $4,
        content = NULL
    WHERE tenant_id = $1
        AND id = $2
        AND reading = $3
        AND content IS NOT NULL
";

/// Marks a file as applied and deletes its content. Returns `false` if it is not there to be
/// applied, or is read in another way.
pub(super) async fn claim(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    reading: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, id, reading, now.micros());
    tx.execute(CLAIM, params).await?.one_or_none()
}

const FINISH: &str = r"
    UPDATE imports
    SET new_clients = $3,
        known_clients = $4,
        opening_dirams = $5
    WHERE tenant_id = $1
        AND id = $2
";

/// Stores what a file has done.
pub(super) async fn finish(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    totals: &Totals,
) -> Result<(), Error> {
    let params = (
        tenant_id,
        id,
        totals.new,
        totals.changed,
        totals.opening.dirams(),
    );
    tx.execute(FINISH, params).await?.exactly(1)
}
