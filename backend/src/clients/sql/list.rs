//! The statements of the list of clients. Each reads one store's rows by indexes.

use domain::{Identifier, Money, Timestamp};

use crate::Error;
use crate::clients::listed::{Counts, Listed, Place};
use crate::db::{Db, Dialect, Numbers};
use crate::ledger::{ClientAndHoldings, client_columns, holdings_columns};

fn places(rows: Vec<(i64,)>) -> Vec<Place> {
    let place = |(id,): (i64,)| Place {
        id,
        expires_at: Timestamp::default(),
    };
    rows.into_iter().map(place).collect()
}

fn limit_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

const IDS: &str = r"
    SELECT id
    FROM clients
    WHERE tenant_id = $1
        AND id < $2
        AND merged_into IS NULL
        AND COALESCE(last_purchase_at, created_at) < $3
        AND total_spent_dirams >= $4
        AND total_spent_dirams < $5
    ORDER BY id DESC
    LIMIT $6
";

/// Returns the clients without a purchase since `quiet_since` who have spent from the first to less
/// than the second amount, the newest first.
pub(in crate::clients) async fn ids(
    db: &Db,
    tenant_id: i64,
    before_id: i64,
    quiet_since: Timestamp,
    (from, to): (Money, Money),
    limit: usize,
) -> Result<Vec<Place>, Error> {
    let params = (
        tenant_id,
        before_id,
        quiet_since.micros(),
        from.dirams(),
        to.dirams(),
        limit_of(limit),
    );
    Ok(places(db.reads().fetch_all(IDS, params).await?))
}

const BLOCKED_IDS: &str = r"
    SELECT id
    FROM clients
    WHERE tenant_id = $1
        AND id < $2
        AND blocked_at IS NOT NULL
        AND merged_into IS NULL
    ORDER BY id DESC
    LIMIT $3
";

pub(in crate::clients) async fn blocked_ids(
    db: &Db,
    tenant_id: i64,
    before_id: i64,
    limit: usize,
) -> Result<Vec<Place>, Error> {
    let params = (tenant_id, before_id, limit_of(limit));
    Ok(places(db.reads().fetch_all(BLOCKED_IDS, params).await?))
}

const EXPIRING_IDS: &str = r"
    SELECT
        client_id,
        MIN(expires_at) AS first
    FROM lots
    WHERE tenant_id = $1
        AND remaining_dirams > 0
        AND expires_at > $2
        AND expires_at < $3
    GROUP BY client_id
    HAVING MIN(expires_at) > $4
        OR (MIN(expires_at) = $4 AND client_id > $5)
    ORDER BY first, client_id
    LIMIT $6
";

/// Returns the clients with bonuses that expire after `now` and before `until`, the soonest first.
pub(in crate::clients) async fn expiring_ids(
    db: &Db,
    tenant_id: i64,
    now: Timestamp,
    until: Timestamp,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>, Error> {
    let params = (
        tenant_id,
        now.micros(),
        until.micros(),
        after.map_or(0, |place| place.expires_at.micros()),
        after.map_or(0, |place| place.id),
        limit_of(limit),
    );
    let rows: Vec<(i64, i64)> = db.reads().fetch_all(EXPIRING_IDS, params).await?;
    let place = |(id, first)| Place {
        id,
        expires_at: Timestamp::from_micros(first),
    };
    Ok(rows.into_iter().map(place).collect())
}

/// The statement that finds the client, or the one merged into, by `$column`.
macro_rules! identified_by {
    ($column:literal) => {
        concat!(
            "
    SELECT COALESCE(merged_into, id)
    FROM clients
    WHERE tenant_id = $1
        AND erased_at IS NULL
        AND COALESCE(merged_into, id) < $3
        AND ",
            $column,
            " = $2
"
        )
    };
}

const BY_PHONE: &str = identified_by!("phone");
const BY_CARD: &str = identified_by!("card_number");
const BY_EAN13: &str = identified_by!("ean13");

/// Returns the client with this phone or card.
pub(in crate::clients) async fn identified(
    db: &Db,
    tenant_id: i64,
    identifier: &Identifier,
    before_id: i64,
) -> Result<Vec<Place>, Error> {
    let (statement, value) = match identifier {
        Identifier::Phone(phone) => (BY_PHONE, phone.to_string()),
        Identifier::Card(card) => (BY_CARD, card.to_string()),
        Identifier::Ean13(ean) => (BY_EAN13, ean.to_string()),
    };
    let params = (tenant_id, value, before_id);
    Ok(places(db.reads().fetch_all(statement, params).await?))
}

const WITH_DIGITS: &str = r"
    SELECT DISTINCT COALESCE(merged_into, id) AS found
    FROM clients
    WHERE tenant_id = $1
        AND id IN (
            SELECT id
            FROM clients
            WHERE tenant_id = $1
                AND phone LIKE $2
            UNION
            SELECT id
            FROM clients
            WHERE tenant_id = $1
                AND card_number LIKE $2
        )
        AND COALESCE(merged_into, id) < $3
        AND erased_at IS NULL
    ORDER BY found DESC
    LIMIT $4
";

/// Returns the clients whose phone or card number contains these digits, the newest first.
pub(in crate::clients) async fn with_digits(
    db: &Db,
    tenant_id: i64,
    digits: &str,
    before_id: i64,
    limit: usize,
) -> Result<Vec<Place>, Error> {
    let pattern = format!("%{digits}%");
    let params = (tenant_id, pattern, before_id, limit_of(limit));
    Ok(places(db.reads().fetch_all(WITH_DIGITS, params).await?))
}

const WITH_WORDS: &str = r"
    SELECT DISTINCT COALESCE(merged_into, id) AS found
    FROM clients
    WHERE tenant_id = $1
        AND folded_name IS NOT NULL
        AND folded_name LIKE $2 ESCAPE '!'
        AND folded_name LIKE $3 ESCAPE '!'
        AND folded_name LIKE $4 ESCAPE '!'
        AND COALESCE(merged_into, id) < $5
    ORDER BY found DESC
    LIMIT $6
";

/// Returns the clients whose names contain each of the first three words, the newest first.
pub(in crate::clients) async fn with_words(
    db: &Db,
    tenant_id: i64,
    words: &[&str],
    before_id: i64,
    limit: usize,
) -> Result<Vec<Place>, Error> {
    let pattern = |index: usize| {
        let word = words.get(index).copied().unwrap_or_default();
        let word = word
            .replace('!', "!!")
            .replace('%', "!%")
            .replace('_', "!_");
        format!("%{word}%")
    };
    let params = (
        tenant_id,
        pattern(0),
        pattern(1),
        pattern(2),
        before_id,
        limit_of(limit),
    );
    Ok(places(db.reads().fetch_all(WITH_WORDS, params).await?))
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    client: ClientAndHoldings,
    expiring: i64,
    expires_at: Option<i64>,
}

/// The columns of [`ListedRow`] at moment `$3`; bonuses expire before `$4`.
macro_rules! listed_columns {
    () => {
        concat!(
            client_columns!(),
            ",",
            holdings_columns!(),
            ",
        (
            SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT)
            FROM lots
            WHERE lots.tenant_id = $1
                AND client_id = clients.id
                AND remaining_dirams > 0
                AND COALESCE(expires_at, 9223372036854775807) > $3
                AND COALESCE(expires_at, 9223372036854775807) < $4
        ) AS expiring,
        (
            SELECT MIN(COALESCE(expires_at, 9223372036854775807))
            FROM lots
            WHERE lots.tenant_id = $1
                AND client_id = clients.id
                AND remaining_dirams > 0
                AND COALESCE(expires_at, 9223372036854775807) > $3
                AND COALESCE(expires_at, 9223372036854775807) < $4
        ) AS expires_at"
        )
    };
}

const ROWS_SQLITE: &str = concat!(
    "
    SELECT",
    listed_columns!(),
    "
    FROM clients
    WHERE clients.tenant_id = $1
        AND clients.id IN (SELECT value FROM json_each($2))
"
);

const ROWS_POSTGRES: &str = concat!(
    "
    SELECT",
    listed_columns!(),
    "
    FROM clients
    WHERE clients.tenant_id = $1
        AND clients.id = ANY($2)
"
);

/// Reads clients with their balances. One statement.
pub(in crate::clients) async fn rows(
    db: &Db,
    tenant_id: i64,
    ids: &[i64],
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Listed>, Error> {
    let statement = match db.dialect() {
        Dialect::Sqlite => ROWS_SQLITE,
        Dialect::Postgres => ROWS_POSTGRES,
    };
    let params = (tenant_id, Numbers(ids), now.micros(), until.micros());
    let rows: Vec<ListedRow> = db.reads().fetch_all(statement, params).await?;
    let listed = |row: ListedRow| {
        let client = row.client.into_client(tenant_id)?;
        let expires_at = row.expires_at.map(Timestamp::from_micros);
        Ok(Listed {
            id: client.id,
            figures: client.account.figures(now),
            phone: client.phone.map(|phone| phone.to_string()),
            full_name: client.full_name,
            expiring: expires_at.map(|at| (Money::from_dirams(row.expiring), at)),
            purchases: client.history.count,
            total_spent: client.total_spent,
            last_purchase: client.history.last_at,
            is_blocked: client.is_blocked,
        })
    };
    rows.into_iter().map(listed).collect()
}

const COUNTS: &str = r"
    SELECT
        COUNT(*),
        CAST(COALESCE(SUM(
            CASE WHEN COALESCE(last_purchase_at, created_at) < $2 THEN 1 ELSE 0 END
        ), 0) AS BIGINT),
        (
            SELECT COUNT(*)
            FROM clients
            WHERE tenant_id = $1
                AND blocked_at IS NOT NULL
                AND merged_into IS NULL
        )
    FROM clients
    WHERE tenant_id = $1
        AND merged_into IS NULL
";

const COUNT_TIER: &str = r"
    SELECT COUNT(*)
    FROM clients
    WHERE tenant_id = $1
        AND merged_into IS NULL
        AND total_spent_dirams >= $2
        AND total_spent_dirams < $3
";

pub(in crate::clients) async fn counts(
    db: &Db,
    tenant_id: i64,
    quiet_since: Timestamp,
    tiers: &[(Money, Money)],
) -> Result<Counts, Error> {
    let params = (tenant_id, quiet_since.micros());
    let (all, sleeping, blocked): (i64, i64, i64) = db.reads().fetch_one(COUNTS, params).await?;
    let mut counts = Counts {
        all,
        sleeping,
        blocked,
        tiers: Vec::new(),
    };
    for (from, to) in tiers {
        let params = (tenant_id, from.dirams(), to.dirams());
        let (count,): (i64,) = db.reads().fetch_one(COUNT_TIER, params).await?;
        counts.tiers.push(count);
    }
    Ok(counts)
}

const EXPIRING: &str = r"
    SELECT
        CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT),
        COUNT(DISTINCT client_id)
    FROM lots
    WHERE tenant_id = $1
        AND remaining_dirams > 0
        AND expires_at > $2
        AND expires_at < $3
";

/// Returns what expires after `now` and before `until`, and at how many clients.
pub(in crate::clients) async fn expiring(
    db: &Db,
    tenant_id: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<(Money, i64), Error> {
    let params = (tenant_id, now.micros(), until.micros());
    let (dirams, clients): (i64, i64) = db.reads().fetch_one(EXPIRING, params).await?;
    Ok((Money::from_dirams(dirams), clients))
}
