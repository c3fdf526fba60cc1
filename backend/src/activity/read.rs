//! What is known of the activity of tills.

use domain::Timestamp;
use domain::sharing::{self, Binding, Counts, FADE_DAYS, Reason, Silencing, Slot};

use super::{device_mark, sql};
use crate::till_number::TillNumber;
use crate::{Backend, Error};

/// What a till did in an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The till.
    pub till_id: i64,
    /// The number of the hour since the beginning that was asked for, from 0.
    pub hour: i64,
    /// All requests.
    pub requests: i64,
    /// The sales, with and without a client.
    pub sales: i64,
    /// The returns.
    pub returns: i64,
    /// The requests of devices to which the till is not bound.
    pub refusals: i64,
}

/// Returns what these tills of a store did in each hour since `from`, as far as servers have
/// written it. Hours without a request are left out. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn hours(
    backend: &Backend,
    tenant_id: i64,
    tills: &[i64],
    from: Timestamp,
) -> Result<Vec<Hour>, Error> {
    let rows = sql::read::hours(&backend.db, tenant_id, tills, from).await?;
    let hour = |row: sql::read::HourRow| Hour {
        till_id: row.cashier_node_id,
        hour: row.hour,
        requests: row.requests,
        sales: row.sales,
        returns: row.returns,
        refusals: row.refusals,
    };
    Ok(rows.into_iter().map(hour).collect())
}

/// A reason that was said to be normal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silenced {
    /// What counts for nothing.
    pub silencing: Silencing,
    /// Why.
    pub note: String,
    /// Who has said so.
    pub who: String,
}

/// What is known of a till.
#[derive(Clone, Debug)]
pub struct TillActivity {
    /// What the sign is made of.
    pub activity: sharing::Activity,
    /// What was said to be normal, with who has said so.
    pub silenced: Vec<Silenced>,
    /// The devices to which it was bound, the first one first.
    pub devices: Vec<(Timestamp, String)>,
}

/// Reads what a till did in the last fourteen days; nothing older counts. Four statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn of_till(backend: &Backend, till: TillNumber) -> Result<TillActivity, Error> {
    let (db, now) = (&backend.db, backend.clock.now());
    let from = now.plus_days(-FADE_DAYS);
    let rows = sql::read::slots(db, till, from).await?;
    let slots = rows.iter().filter_map(|row| slot(till, row)).collect();
    let devices: Vec<(Timestamp, String)> = sql::read::bindings(db, till)
        .await?
        .into_iter()
        .map(|(at, device)| (Timestamp::from_micros(at), device))
        .collect();
    let binding = |(at, device_id): &(Timestamp, String)| Binding {
        at: *at,
        device: device_mark(&backend.secrets, till.tenant_id, device_id).mark(),
    };
    let old_tickets = sql::read::old_tickets(db, till, from).await?;
    let rows = sql::read::silences(db, till, now).await?;
    let silenced: Vec<Silenced> = rows.into_iter().filter_map(silenced).collect();
    Ok(TillActivity {
        activity: sharing::Activity {
            slots,
            bindings: devices.iter().map(binding).collect(),
            old_tickets: old_tickets
                .into_iter()
                .map(|(at,)| Timestamp::from_micros(at))
                .collect(),
            silencings: silenced.iter().map(|silenced| silenced.silencing).collect(),
        },
        silenced,
        devices,
    })
}

/// Returns `None` for a slot that cannot be read, which must not hide the others.
fn slot(till: TillNumber, row: &sql::read::SlotRow) -> Option<Slot> {
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let counts = Counts {
        requests: count(row.requests),
        sales: count(row.sales),
        returns: count(row.returns),
        lookups: count(row.lookups),
        refusals: count(row.refusals),
    };
    let start = Timestamp::from_micros(row.started_at);
    Slot::read(start, counts, &row.events)
        .inspect_err(|error| tracing::warn!(%error, ?till, %start, "a slot cannot be read"))
        .ok()
}

/// Returns `None` for a reason that only a newer version knows.
fn silenced(row: sql::read::SilenceRow) -> Option<Silenced> {
    Some(Silenced {
        silencing: Silencing {
            reason: Reason::parse(&row.reason)?,
            until: Timestamp::from_micros(row.until_at),
        },
        note: row.note,
        who: row.who,
    })
}
