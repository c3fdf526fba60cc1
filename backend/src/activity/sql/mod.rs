//! The statements of the activity of tills.

pub(super) mod read;
pub(super) mod signs;

use domain::Timestamp;
use serde::Serialize;

use crate::Error;
use crate::db::{Db, Dialect, Tx};
use crate::till_number::TillNumber;

/// A slot, as an element of the JSON parameter that both engines unpack.
#[derive(Serialize)]
pub(super) struct SlotJson {
    pub(super) tenant_id: i64,
    pub(super) till_id: i64,
    pub(super) started_at: i64,
    pub(super) requests: u32,
    pub(super) sales: u32,
    pub(super) returns: u32,
    pub(super) lookups: u32,
    pub(super) refusals: u32,
    pub(super) events: String,
}

macro_rules! write_counts {
    ($from:literal) => {
        concat!(
            "
    INSERT INTO till_slots (
        tenant_id,
        cashier_node_id,
        started_at,
        server,
        requests,
        sales,
        returns,
        lookups,
        refusals
    )
    SELECT",
            $from,
            "
    ON CONFLICT (tenant_id, cashier_node_id, started_at, server) DO UPDATE
    SET requests = excluded.requests,
        sales = excluded.sales,
        returns = excluded.returns,
        lookups = excluded.lookups,
        refusals = excluded.refusals
"
        )
    };
}

// SQLite would take ON for the condition of a join if there were no WHERE.
const WRITE_COUNTS_SQLITE: &str = write_counts!(
    "
        value ->> 'tenant_id',
        value ->> 'till_id',
        value ->> 'started_at',
        $1,
        value ->> 'requests',
        value ->> 'sales',
        value ->> 'returns',
        value ->> 'lookups',
        value ->> 'refusals'
    FROM json_each($2)
    WHERE TRUE"
);

const WRITE_COUNTS_POSTGRES: &str = write_counts!(
    "
        tenant_id,
        till_id,
        started_at,
        $1,
        requests,
        sales,
        returns,
        lookups,
        refusals
    FROM json_to_recordset(CAST($2 AS json)) AS slot (
        tenant_id BIGINT,
        till_id BIGINT,
        started_at BIGINT,
        requests BIGINT,
        sales BIGINT,
        returns BIGINT,
        lookups BIGINT,
        refusals BIGINT
    )"
);

macro_rules! write_events {
    ($from:literal) => {
        concat!(
            "
    INSERT INTO till_slot_events (
        tenant_id,
        cashier_node_id,
        started_at,
        server,
        events
    )
    SELECT",
            $from,
            "
    ON CONFLICT (tenant_id, cashier_node_id, started_at, server) DO UPDATE
    SET events = excluded.events
"
        )
    };
}

const WRITE_EVENTS_SQLITE: &str = write_events!(
    "
        value ->> 'tenant_id',
        value ->> 'till_id',
        value ->> 'started_at',
        $1,
        value ->> 'events'
    FROM json_each($2)
    WHERE TRUE"
);

const WRITE_EVENTS_POSTGRES: &str = write_events!(
    "
        tenant_id,
        till_id,
        started_at,
        $1,
        events
    FROM json_to_recordset(CAST($2 AS json)) AS slot (
        tenant_id BIGINT,
        till_id BIGINT,
        started_at BIGINT,
        events TEXT
    )"
);

/// Writes the slots of a server in place of what it has written of them before.
pub(super) async fn write(tx: &mut Tx, server: &str, slots: &[SlotJson]) -> Result<(), Error> {
    let json = serde_json::to_string(slots).map_err(|error| Error::corrupt("slots", error))?;
    let (counts, events) = match tx.dialect() {
        Dialect::Sqlite => (WRITE_COUNTS_SQLITE, WRITE_EVENTS_SQLITE),
        Dialect::Postgres => (WRITE_COUNTS_POSTGRES, WRITE_EVENTS_POSTGRES),
    };
    tx.execute(counts, (server, &json)).await?.any();
    tx.execute(events, (server, &json)).await?.any();
    Ok(())
}

const FORGET_COUNTS: &str = r"
    DELETE FROM till_slots
    WHERE tenant_id = $1
        AND cashier_node_id IN (SELECT id FROM cashier_nodes WHERE tenant_id = $1)
        AND started_at < $2
";

const FORGET_EVENTS: &str = r"
    DELETE FROM till_slot_events
    WHERE tenant_id = $1
        AND cashier_node_id IN (SELECT id FROM cashier_nodes WHERE tenant_id = $1)
        AND started_at < $2
";

const FORGET_OLD_TICKETS: &str = r"
    DELETE FROM till_old_tickets
    WHERE tenant_id = $1
        AND cashier_node_id IN (SELECT id FROM cashier_nodes WHERE tenant_id = $1)
        AND sent_at < $2
";

/// Forgets what the tills of a store did before a moment. The tills are named, because the moment
/// comes behind them in the keys.
pub(super) async fn forget(tx: &mut Tx, tenant_id: i64, before: Timestamp) -> Result<(), Error> {
    let params = (tenant_id, before.micros());
    tx.execute(FORGET_COUNTS, params).await?.any();
    tx.execute(FORGET_EVENTS, params).await?.any();
    tx.execute(FORGET_OLD_TICKETS, params).await?.any();
    Ok(())
}

const NOTE_BINDING: &str = r"
    INSERT INTO till_bindings (
        tenant_id,
        cashier_node_id,
        bound_at,
        device_id
    )
    VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING
";

/// Notes that a till is bound to a device.
pub(super) async fn note_binding(
    tx: &mut Tx,
    till: TillNumber,
    device_id: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (till.tenant_id, till.till_id, now.micros(), device_id);
    tx.execute(NOTE_BINDING, params).await?.any();
    Ok(())
}

const NOTE_OLD_TICKET: &str = r"
    INSERT INTO till_old_tickets (
        tenant_id,
        cashier_node_id,
        sent_at
    )
    VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
";

/// Notes that a till's device has sent an old ticket.
pub(super) async fn note_old_ticket(
    db: &Db,
    till: TillNumber,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (till.tenant_id, till.till_id, now.micros());
    db.writes().execute(NOTE_OLD_TICKET, params).await?.any();
    Ok(())
}
