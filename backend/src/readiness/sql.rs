//! The statement that proves that the database can write.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

const WRITE: &str = r"
    INSERT INTO readiness (
        id,
        written_at
    )
    VALUES (1, $1)
    ON CONFLICT (id) DO UPDATE SET
        written_at = excluded.written_at
";

pub(super) async fn write(db: &Db, now: Timestamp) -> Result<(), Error> {
    let written = db.writes().execute(WRITE, (now.micros(),)).await?;
    written.exactly(1)
}
