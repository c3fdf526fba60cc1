//! The statements that read the activity of tills.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Dialect};
use crate::till_number::TillNumber;

#[derive(sqlx::FromRow)]
pub(in crate::activity) struct HourRow {
    pub(in crate::activity) cashier_node_id: i64,
    pub(in crate::activity) hour: i64,
    pub(in crate::activity) requests: i64,
    pub(in crate::activity) sales: i64,
    pub(in crate::activity) returns: i64,
    pub(in crate::activity) refusals: i64,
}

macro_rules! hours {
    ($tills:literal) => {
        concat!(
            "
    SELECT
        cashier_node_id,
        (started_at - $2) / 3600000000 AS hour,
        CAST(SUM(requests) AS BIGINT) AS requests,
        CAST(SUM(sales) AS BIGINT) AS sales,
        CAST(SUM(returns) AS BIGINT) AS returns,
        CAST(SUM(refusals) AS BIGINT) AS refusals
    FROM till_slots
    WHERE tenant_id = $1
        AND cashier_node_id IN (",
            $tills,
            ")
        AND started_at >= $2
    GROUP BY 1, 2
    ORDER BY 1, 2
"
        )
    };
}

const HOURS_SQLITE: &str = hours!("SELECT value FROM json_each($3)");

const HOURS_POSTGRES: &str =
    hours!("SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($3 AS json))");

/// Returns what these tills of a store did in each hour since a moment. Hours without a request
/// are left out.
pub(in crate::activity) async fn hours(
    db: &Db,
    tenant_id: i64,
    tills: &[i64],
    from: Timestamp,
) -> Result<Vec<HourRow>, Error> {
    let statement = match db.dialect() {
        Dialect::Sqlite => HOURS_SQLITE,
        Dialect::Postgres => HOURS_POSTGRES,
    };
    let tills = serde_json::to_string(tills).map_err(|error| Error::corrupt("tills", error))?;
    let params = (tenant_id, from.micros(), tills);
    db.reads().fetch_all(statement, params).await
}

#[derive(sqlx::FromRow)]
pub(in crate::activity) struct SlotRow {
    pub(in crate::activity) started_at: i64,
    pub(in crate::activity) requests: i64,
    pub(in crate::activity) sales: i64,
    pub(in crate::activity) returns: i64,
    pub(in crate::activity) lookups: i64,
    pub(in crate::activity) refusals: i64,
    pub(in crate::activity) events: String,
}

const SLOTS: &str = r"
    SELECT
        till_slots.started_at,
        requests,
        sales,
        returns,
        lookups,
        refusals,
        events
    FROM till_slots
    JOIN till_slot_events
        ON till_slot_events.tenant_id = $1
        AND till_slot_events.cashier_node_id = $2
        AND till_slot_events.started_at = till_slots.started_at
        AND till_slot_events.server = till_slots.server
    WHERE till_slots.tenant_id = $1
        AND till_slots.cashier_node_id = $2
        AND till_slots.started_at >= $3
    ORDER BY till_slots.started_at
";

/// Returns the slots of a till since a moment; of the same five minutes one of each server.
pub(in crate::activity) async fn slots(
    db: &Db,
    till: TillNumber,
    from: Timestamp,
) -> Result<Vec<SlotRow>, Error> {
    let params = (till.tenant_id, till.till_id, from.micros());
    db.reads().fetch_all(SLOTS, params).await
}

const BINDINGS: &str = r"
    SELECT
        bound_at,
        device_id
    FROM till_bindings
    WHERE tenant_id = $1
        AND cashier_node_id = $2
    ORDER BY bound_at
";

/// Returns the devices to which a till was bound, the first one first.
pub(in crate::activity) async fn bindings(
    db: &Db,
    till: TillNumber,
) -> Result<Vec<(i64, String)>, Error> {
    let params = (till.tenant_id, till.till_id);
    db.reads().fetch_all(BINDINGS, params).await
}

const OLD_TICKETS: &str = r"
    SELECT sent_at
    FROM till_old_tickets
    WHERE tenant_id = $1
        AND cashier_node_id = $2
        AND sent_at >= $3
";

/// Returns when a till's device sent an old ticket.
pub(in crate::activity) async fn old_tickets(
    db: &Db,
    till: TillNumber,
    from: Timestamp,
) -> Result<Vec<(i64,)>, Error> {
    let params = (till.tenant_id, till.till_id, from.micros());
    db.reads().fetch_all(OLD_TICKETS, params).await
}

#[derive(sqlx::FromRow)]
pub(in crate::activity) struct SilenceRow {
    pub(in crate::activity) reason: String,
    pub(in crate::activity) until_at: i64,
    pub(in crate::activity) note: String,
    pub(in crate::activity) who: String,
}

const SILENCES: &str = r"
    SELECT
        reason,
        until_at,
        note,
        who
    FROM till_silences
    WHERE tenant_id = $1
        AND cashier_node_id = $2
        AND until_at > $3
    ORDER BY until_at
";

/// Returns the reasons of a till that are silenced at a moment.
pub(in crate::activity) async fn silences(
    db: &Db,
    till: TillNumber,
    now: Timestamp,
) -> Result<Vec<SilenceRow>, Error> {
    let params = (till.tenant_id, till.till_id, now.micros());
    db.reads().fetch_all(SILENCES, params).await
}
