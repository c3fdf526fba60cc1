//! The statements of tills.

pub(in crate::tills) mod keys;
pub(in crate::tills) mod manage;
pub(in crate::tills) mod modules;
pub(in crate::tills) mod pairing;
pub(in crate::tills) mod tickets;
pub(in crate::tills) mod view;

use domain::{Programme, Tickets, Timestamp};

use crate::Error;
use crate::db::{Db, Tx};
use crate::programme::{ProgrammeRow, programme_columns};

/// A store with its programme, and the till if the cashier token belongs to one.
pub(in crate::tills) struct Store {
    pub(in crate::tills) tenant_id: i64,
    pub(in crate::tills) name: String,
    pub(in crate::tills) suspended: bool,
    /// The end of the store's token, if it is the old one.
    pub(in crate::tills) token_until: Option<Timestamp>,
    pub(in crate::tills) till: Option<Till>,
    pub(in crate::tills) programme: Programme,
}

pub(in crate::tills) struct Till {
    pub(in crate::tills) id: i64,
    pub(in crate::tills) name: String,
    pub(in crate::tills) branch: String,
    pub(in crate::tills) disabled: bool,
    /// The end of the till's token, if it is the old one.
    pub(in crate::tills) token_until: Option<Timestamp>,
    /// `true` if the till has an old token, even if its time is over.
    pub(in crate::tills) has_old_token: bool,
    /// The device of the token that was sent.
    pub(in crate::tills) bound: Option<Binding>,
    pub(in crate::tills) tickets: Tickets,
    pub(in crate::tills) seen: Seen,
}

/// When a till was last noted on the line, and with which tokens.
#[derive(Clone, Copy)]
pub(in crate::tills) struct Seen {
    pub(in crate::tills) at: Option<Timestamp>,
    pub(in crate::tills) with_old_token: Option<Timestamp>,
    pub(in crate::tills) with_old_store_token: Option<Timestamp>,
}

/// The device that a till is bound to.
pub(in crate::tills) struct Binding {
    pub(in crate::tills) device_id: String,
    pub(in crate::tills) at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: i64,
    store_name: String,
    suspended_at: Option<i64>,
    store_token_until: Option<i64>,
    node_id: Option<i64>,
    node_name: Option<String>,
    branch_name: Option<String>,
    disabled_at: Option<i64>,
    token_until: Option<i64>,
    old_token_until: Option<i64>,
    device_id: Option<String>,
    device_bound_at: Option<i64>,
    ticket_last: i64,
    ticket_before: Option<i64>,
    ticket_given_at: Option<i64>,
    seen_at: Option<i64>,
    old_token_seen_at: Option<i64>,
    old_store_token_seen_at: Option<i64>,
    #[sqlx(flatten)]
    programme: ProgrammeRow,
}

// Each token may be the old one of its owner. Both engines search the two indexes.
const TILL: &str = concat!(
    "
    SELECT
        tenants.id AS tenant_id,
        tenants.name AS store_name,
        suspended_at,
        CASE WHEN tenants.token_hash <> $1 THEN tenants.old_token_until END AS store_token_until,
        cashier_nodes.id AS node_id,
        cashier_nodes.name AS node_name,
        branches.name AS branch_name,
        disabled_at,
        CASE WHEN cashier_nodes.token_hash <> $2 THEN cashier_nodes.old_token_until END
            AS token_until,
        cashier_nodes.old_token_until,
        CASE WHEN cashier_nodes.token_hash = $2 THEN device_id ELSE old_device_id END AS device_id,
        CASE WHEN cashier_nodes.token_hash = $2 THEN device_bound_at ELSE old_device_bound_at END
            AS device_bound_at,
        COALESCE(ticket_last, 0) AS ticket_last,
        ticket_before,
        ticket_given_at,
        seen_at,
        old_token_seen_at,
        old_store_token_seen_at,",
    programme_columns!(),
    "
    FROM tenants
    JOIN programmes
        ON programmes.tenant_id = tenants.id
    LEFT JOIN cashier_nodes
        ON cashier_nodes.tenant_id = tenants.id
        AND (cashier_nodes.token_hash = $2 OR cashier_nodes.old_token_hash = $2)
    LEFT JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = cashier_nodes.branch_id
    WHERE tenants.token_hash = $1
        OR tenants.old_token_hash = $1
"
);

pub(in crate::tills) async fn till(
    db: &Db,
    tenant_hash: &str,
    cashier_hash: &str,
) -> Result<Option<Store>, Error> {
    let params = (tenant_hash, cashier_hash);
    let row: Option<Row> = db.reads().fetch_optional(TILL, params).await?;
    row.map(Row::into_store).transpose()
}

impl Row {
    fn into_store(self) -> Result<Store, Error> {
        let moment = |micros: Option<i64>| micros.map(Timestamp::from_micros);
        let till = match (self.node_id, self.node_name, self.branch_name) {
            (Some(id), Some(name), Some(branch)) => Some(Till {
                id,
                name,
                branch,
                disabled: self.disabled_at.is_some(),
                token_until: moment(self.token_until),
                has_old_token: self.old_token_until.is_some(),
                bound: binding_of(self.device_id, self.device_bound_at),
                tickets: Tickets {
                    last: self.ticket_last,
                    before: self.ticket_before,
                    given_at: moment(self.ticket_given_at),
                },
                seen: Seen {
                    at: moment(self.seen_at),
                    with_old_token: moment(self.old_token_seen_at),
                    with_old_store_token: moment(self.old_store_token_seen_at),
                },
            }),
            _ => None,
        };
        Ok(Store {
            tenant_id: self.tenant_id,
            name: self.store_name,
            suspended: self.suspended_at.is_some(),
            token_until: moment(self.store_token_until),
            till,
            programme: self.programme.try_into()?,
        })
    }
}

fn binding_of(device_id: Option<String>, bound_at: Option<i64>) -> Option<Binding> {
    Some(Binding {
        device_id: device_id?,
        at: Timestamp::from_micros(bound_at?),
    })
}

const COUNT_MISMATCH: &str = r"
    UPDATE cashier_nodes
    SET device_mismatch_count = device_mismatch_count + 1
    WHERE tenant_id = $1
        AND id = $2
";

/// Counts a request from a device that is not the till's.
pub(in crate::tills) async fn count_mismatch(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
) -> Result<(), Error> {
    let params = (tenant_id, till_id);
    db.writes()
        .execute(COUNT_MISMATCH, params)
        .await?
        .exactly(1)
}

const INSERT: &str = r"
    INSERT INTO cashier_nodes (
        tenant_id,
        branch_id,
        name,
        token_hash,
        token_sealed,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING id
";

/// Adds a till. Returns its number.
pub(in crate::tills) async fn insert(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
    name: &str,
    token_hash: &str,
    token_sealed: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let params = (
        tenant_id,
        branch_id,
        name,
        token_hash,
        token_sealed,
        now.micros(),
    );
    let (id,) = tx.fetch_one(INSERT, params).await?;
    Ok(id)
}

#[derive(sqlx::FromRow)]
pub(in crate::tills) struct TillRow {
    pub(in crate::tills) id: i64,
    pub(in crate::tills) name: String,
    pub(in crate::tills) branch: String,
    pub(in crate::tills) token_sealed: String,
}

const ALL_OF_STORE: &str = r"
    SELECT
        cashier_nodes.id,
        cashier_nodes.name,
        branches.name AS branch,
        token_sealed
    FROM cashier_nodes
    JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = cashier_nodes.branch_id
    WHERE cashier_nodes.tenant_id = $1
    ORDER BY cashier_nodes.id
";

/// Returns the tills of a store, the oldest first.
pub(in crate::tills) async fn all_of_store(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Vec<TillRow>, Error> {
    tx.fetch_all(ALL_OF_STORE, (tenant_id,)).await
}

const SEEN: &str = r"
    UPDATE cashier_nodes
    SET seen_at = $3,
        old_token_seen_at =
            CASE WHEN CAST($5 AS BIGINT) = 1 THEN $3 ELSE old_token_seen_at END,
        old_store_token_seen_at =
            CASE WHEN CAST($6 AS BIGINT) = 1 THEN $3 ELSE old_store_token_seen_at END
    WHERE tenant_id = $1
        AND id = $2
        AND (
            COALESCE(seen_at, 0) < $4
            OR CAST($5 AS BIGINT) = 1 AND COALESCE(old_token_seen_at, 0) < $4
            OR CAST($6 AS BIGINT) = 1 AND COALESCE(old_store_token_seen_at, 0) < $4
        )
";

/// Notes that a till is on the line, unless that was noted after `before`.
pub(in crate::tills) async fn seen(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
    (now, before): (Timestamp, Timestamp),
    (is_old_token, is_old_store_token): (bool, bool),
) -> Result<(), Error> {
    let params = (
        tenant_id,
        till_id,
        now.micros(),
        before.micros(),
        i64::from(is_old_token),
        i64::from(is_old_store_token),
    );
    db.writes().execute(SEEN, params).await?.any();
    Ok(())
}
