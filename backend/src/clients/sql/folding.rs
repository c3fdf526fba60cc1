//! The statements that fold the names of clients for the search.

use serde::Serialize;

use crate::Error;
use crate::db::{Db, Dialect};

const NAMES_TO_FOLD: &str = r"
    SELECT
        id,
        full_name
    FROM clients
    WHERE tenant_id = $1
        AND full_name IS NOT NULL
        AND folded_name IS NULL
    ORDER BY id
    LIMIT $2
";

/// Returns names that are not folded yet, with the numbers of their clients.
pub(in crate::clients) async fn names_to_fold(
    db: &Db,
    tenant_id: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>, Error> {
    let params = (tenant_id, limit);
    db.reads().fetch_all(NAMES_TO_FOLD, params).await
}

const SET_FOLDED_SQLITE: &str = r"
    UPDATE clients
    SET folded_name = (
        SELECT wanted.value ->> 'name'
        FROM json_each($2) AS wanted
        WHERE wanted.value ->> 'id' = clients.id
    )
    WHERE tenant_id = $1
        AND folded_name IS NULL
        AND id IN (SELECT value ->> 'id' FROM json_each($2))
";

const SET_FOLDED_POSTGRES: &str = r"
    UPDATE clients
    SET folded_name = wanted.name
    FROM json_to_recordset(CAST($2 AS json)) AS wanted (id BIGINT, name TEXT)
    WHERE tenant_id = $1
        AND folded_name IS NULL
        AND clients.id = wanted.id
";

#[derive(Serialize)]
struct NameJson {
    id: i64,
    name: String,
}

/// Stores folded names. One statement.
pub(in crate::clients) async fn set_folded(
    db: &Db,
    tenant_id: i64,
    names: Vec<(i64, String)>,
) -> Result<(), Error> {
    let statement = match db.dialect() {
        Dialect::Sqlite => SET_FOLDED_SQLITE,
        Dialect::Postgres => SET_FOLDED_POSTGRES,
    };
    let names: Vec<NameJson> = names
        .into_iter()
        .map(|(id, name)| NameJson { id, name })
        .collect();
    let json = serde_json::to_string(&names).map_err(|error| Error::corrupt("names", error))?;
    db.writes()
        .execute(statement, (tenant_id, json))
        .await?
        .any();
    Ok(())
}
