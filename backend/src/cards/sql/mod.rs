//! The statements that issue and give cards.

mod batches;

pub(super) use batches::{
    BatchRow, batch, batches, cards_of_batch, free, free_in, insert_batch, insert_cards, of_client,
};

use std::collections::HashSet;

use domain::{CardNumber, Timestamp};
use serde::Serialize;

use crate::Error;
use crate::db::{Dialect, Tx};

const TAKE: &str = r"
    UPDATE tenants
    SET last_card_number = last_card_number + $2
    WHERE id = $1
    RETURNING
        last_card_number,
        cards_in_order,
        card_key_sealed
";

/// Takes `count` indices and locks the store's row. Returns the last index, the last one that was
/// issued in order, and the sealed key.
pub(super) async fn take(
    tx: &mut Tx,
    tenant_id: i64,
    count: i64,
) -> Result<(i64, i64, Option<String>), Error> {
    tx.fetch_one(TAKE, (tenant_id, count)).await
}

const SET_KEY: &str = r"
    UPDATE tenants
    SET card_key_sealed = $2
    WHERE id = $1
";

pub(super) async fn set_key(tx: &mut Tx, tenant_id: i64, sealed: &str) -> Result<(), Error> {
    tx.execute(SET_KEY, (tenant_id, sealed)).await?.exactly(1)
}

/// The statement that returns which of the cards `$2` a client of store `$1` has, or which are in
/// the table of cards and pass `$filter`.
macro_rules! found {
    ($list:literal, $filter:literal) => {
        concat!(
            "
    SELECT wanted.value
    FROM ",
            $list,
            "
    WHERE EXISTS (
            SELECT 1
            FROM clients
            WHERE clients.tenant_id = $1
                AND clients.card_number = wanted.value
        )
        OR EXISTS (
            SELECT 1
            FROM cards
            WHERE cards.tenant_id = $1
                AND cards.card_number = wanted.value",
            $filter,
            "
        )
"
        )
    };
}

const OCCUPIED_SQLITE: &str = found!("json_each($2) AS wanted", "");
const OCCUPIED_POSTGRES: &str = found!(
    "json_array_elements_text(CAST($2 AS json)) AS wanted (value)",
    ""
);
const TAKEN_SQLITE: &str = found!(
    "json_each($2) AS wanted",
    "
                AND cards.given_at IS NOT NULL"
);
const TAKEN_POSTGRES: &str = found!(
    "json_array_elements_text(CAST($2 AS json)) AS wanted (value)",
    "
                AND cards.given_at IS NOT NULL"
);

/// Returns the cards among these that registration must not issue: a client's, and those that were
/// reserved or replaced.
pub(super) async fn occupied(
    tx: &mut Tx,
    tenant_id: i64,
    cards: &[CardNumber],
) -> Result<HashSet<String>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => OCCUPIED_SQLITE,
        Dialect::Postgres => OCCUPIED_POSTGRES,
    };
    found(tx, statement, tenant_id, cards).await
}

/// Returns the cards among these that nobody can get: those that a client has or had.
pub(crate) async fn taken(
    tx: &mut Tx,
    tenant_id: i64,
    cards: &[CardNumber],
) -> Result<HashSet<String>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => TAKEN_SQLITE,
        Dialect::Postgres => TAKEN_POSTGRES,
    };
    found(tx, statement, tenant_id, cards).await
}

async fn found(
    tx: &mut Tx,
    statement: &'static str,
    tenant_id: i64,
    cards: &[CardNumber],
) -> Result<HashSet<String>, Error> {
    if cards.is_empty() {
        return Ok(HashSet::new());
    }
    let texts: Vec<String> = cards.iter().map(CardNumber::to_string).collect();
    let found: Vec<(String,)> = tx.fetch_all(statement, (tenant_id, json(&texts)?)).await?;
    Ok(found.into_iter().map(|(card,)| card).collect())
}

fn json(rows: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(rows).map_err(|error| Error::corrupt("cards", error))
}

const CLAIM: &str = r"
    UPDATE cards
    SET client_id = $3,
        given_at = $4
    WHERE tenant_id = $1
        AND card_number = $2
        AND given_at IS NULL
";

/// Gives a reserved card to a client. Returns `false` if there is no such free card.
pub(super) async fn claim(
    tx: &mut Tx,
    tenant_id: i64,
    card: CardNumber,
    client_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, card.to_string(), client_id, now.micros());
    tx.execute(CLAIM, params).await?.one_or_none()
}

const IS_KNOWN: &str = r"
    SELECT
        EXISTS (
            SELECT 1
            FROM cards
            WHERE tenant_id = $1
                AND card_number = $2
        )
        OR EXISTS (
            SELECT 1
            FROM clients
            WHERE tenant_id = $1
                AND card_number = $2
                AND id <> $3
        )
";

/// Returns whether a card was reserved, replaced, or is a client's other than this one's.
pub(super) async fn is_known(
    tx: &mut Tx,
    tenant_id: i64,
    card: CardNumber,
    client_id: i64,
) -> Result<bool, Error> {
    let params = (tenant_id, card.to_string(), client_id);
    let (is_known,) = tx.fetch_one(IS_KNOWN, params).await?;
    Ok(is_known)
}

const MARK_GIVEN_SQLITE: &str = r"
    UPDATE cards
    SET client_id = given.value ->> 'client_id',
        given_at = $2
    FROM json_each($3) AS given
    WHERE tenant_id = $1
        AND card_number = given.value ->> 'card'
        AND given_at IS NULL
";

const MARK_GIVEN_POSTGRES: &str = r"
    UPDATE cards
    SET client_id = given.client_id,
        given_at = $2
    FROM json_to_recordset(CAST($3 AS json)) AS given (
        client_id BIGINT,
        card TEXT
    )
    WHERE tenant_id = $1
        AND card_number = given.card
        AND given_at IS NULL
";

#[derive(Serialize)]
struct GivenJson {
    client_id: i64,
    card: String,
}

/// Marks those of these cards that were reserved as given to their clients.
pub(crate) async fn mark_given(
    tx: &mut Tx,
    tenant_id: i64,
    given: &[(i64, CardNumber)],
    now: Timestamp,
) -> Result<(), Error> {
    if given.is_empty() {
        return Ok(());
    }
    let statement = match tx.dialect() {
        Dialect::Sqlite => MARK_GIVEN_SQLITE,
        Dialect::Postgres => MARK_GIVEN_POSTGRES,
    };
    let rows: Vec<GivenJson> = given
        .iter()
        .map(|(client_id, card)| GivenJson {
            client_id: *client_id,
            card: card.to_string(),
        })
        .collect();
    let params = (tenant_id, now.micros(), json(&rows)?);
    tx.execute(statement, params).await?.any();
    Ok(())
}

const RETIRE: &str = r"
    INSERT INTO cards (
        tenant_id,
        card_number,
        ean13,
        client_id,
        given_at
    )
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (tenant_id, card_number) DO NOTHING
";

/// Makes sure that a card is never issued again.
pub(super) async fn retire(
    tx: &mut Tx,
    tenant_id: i64,
    card: CardNumber,
    client_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let (number, ean13) = (card.to_string(), card.ean13().to_string());
    let params = (tenant_id, number, ean13, client_id, now.micros());
    // A card of a batch is in the table already.
    tx.execute(RETIRE, params).await?.any();
    Ok(())
}

const CARD_OF: &str = r"
    UPDATE clients
    SET last_seq = last_seq
    WHERE tenant_id = $1
        AND id = $2
    RETURNING
        card_number,
        COALESCE(full_name, phone)
";

/// Locks a client. Returns their card, and their name or phone.
pub(super) async fn card_of(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
) -> Result<Option<(String, String)>, Error> {
    tx.fetch_optional(CARD_OF, (tenant_id, client_id)).await
}

const SET_CARD: &str = r"
    UPDATE clients
    SET card_number = $3,
        ean13 = $4
    WHERE tenant_id = $1
        AND id = $2
";

pub(super) async fn set_card(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    card: CardNumber,
) -> Result<(), Error> {
    let (number, ean13) = (card.to_string(), card.ean13().to_string());
    let params = (tenant_id, client_id, number, ean13);
    tx.execute(SET_CARD, params).await?.exactly(1)
}
