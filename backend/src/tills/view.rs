//! A till as its page shows it.

use domain::{Money, TillModule, Timestamp};

use super::{SEALED_AS, TillFacts, TillNumber, sql};
use crate::{Backend, Error};

/// The longest stored name of a program, in characters.
const MAX_PROGRAM: usize = 80;

/// A till on its own page.
#[derive(Clone, Debug)]
pub struct TillView {
    /// The till's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The number of its branch.
    pub branch_id: i64,
    /// The name of its branch.
    pub branch: String,
    /// The address of its branch; may be empty.
    pub address: String,
    /// The moment when it was added.
    pub created_at: Timestamp,
    /// The moment when it was switched off.
    pub disabled_at: Option<Timestamp>,
    /// The device that its current key is bound to, and since when.
    pub device: Option<(String, Timestamp)>,
    /// The requests from other devices since the binding was reset.
    pub mismatches: i64,
    /// The moment when it was last on the line, exact to a minute.
    pub seen_at: Option<Timestamp>,
    /// Its old key, if that still works.
    pub old_key: Option<OldKey>,
    /// What its requests said.
    pub facts: TillFacts,
    /// The module that was handed out for it last.
    pub module: Option<GivenModule>,
    token_sealed: String,
}

/// The old key of a till, while it still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OldKey {
    /// The moment when it ends.
    pub until: Timestamp,
    /// Its last use, exact to a minute.
    pub seen_at: Option<Timestamp>,
    /// The moment when its device was bound; `None` if it is not bound.
    pub bound_at: Option<Timestamp>,
}

/// The module that was handed out for a till last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenModule {
    /// The module.
    pub module: TillModule,
    /// The moment.
    pub at: Timestamp,
    /// `true` if the till has got another key since.
    pub till_key_is_old: bool,
    /// `true` if the store has got another key since.
    pub store_key_is_old: bool,
}

impl TillView {
    /// Returns the first and the last four signs of its key, which say nothing to a stranger;
    /// `None` if the key was sealed with another secret key and cannot be read.
    pub fn key_ends(&self, backend: &Backend) -> Option<(String, String)> {
        let token = backend.secrets.open(SEALED_AS, &self.token_sealed).ok()?;
        Some(crate::secrets::ends(&token))
    }
}

/// Returns a till of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn view(
    backend: &Backend,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<TillView>, Error> {
    let moment = |micros: Option<i64>| micros.map(Timestamp::from_micros);
    let now = backend.clock.now();
    let row = sql::view::till(&backend.db, tenant_id, till_id).await?;
    Ok(row.map(|row| TillView {
        id: row.id,
        name: row.name,
        branch_id: row.branch_id,
        branch: row.branch,
        address: row.address,
        created_at: Timestamp::from_micros(row.created_at),
        disabled_at: moment(row.disabled_at),
        device: row.device_id.zip(moment(row.device_bound_at)),
        mismatches: row.device_mismatch_count,
        seen_at: moment(row.seen_at),
        old_key: moment(row.old_token_until)
            .filter(|until| *until > now)
            .map(|until| OldKey {
                until,
                seen_at: moment(row.old_token_seen_at),
                bound_at: moment(row.old_device_bound_at),
            }),
        facts: TillFacts {
            program: row.program,
            clock_fast_seconds: row.clock_fast_seconds,
            refusal: row.refusal_code.zip(moment(row.refused_at)),
            looked_up_at: moment(row.looked_up_at),
            returned_at: moment(row.returned_at),
        },
        module: row
            .module
            .and_then(|module| TillModule::parse(&module))
            .zip(moment(row.module_at))
            .map(|(module, at)| GivenModule {
                module,
                at,
                till_key_is_old: row.module_token_is_old != 0,
                store_key_is_old: row.module_store_token_is_old != 0,
            }),
        token_sealed: row.token_sealed,
    }))
}

/// Returns how many tills of a store may be switched on, and how many are. `None` is not limited.
/// One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn paid(backend: &Backend, tenant_id: i64) -> Result<(Option<i64>, i64), Error> {
    sql::view::paid(&backend.db, tenant_id).await
}

/// The last purchase of a till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastSale {
    /// The number of the sale; `None` for a receipt without a client.
    pub id: Option<i64>,
    /// Its total.
    pub total: Money,
    /// Its moment.
    pub at: Timestamp,
}

/// Returns the last purchase of a till, with or without a client. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn last_sale(
    backend: &Backend,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<LastSale>, Error> {
    let found = sql::view::last_sale(&backend.db, tenant_id, till_id).await?;
    Ok(found.map(|(id, total, at)| LastSale {
        id,
        total: Money::from_dirams(total),
        at: Timestamp::from_micros(at),
    }))
}

/// Returns the first sale of a till to a client. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn first_sale(
    backend: &Backend,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<LastSale>, Error> {
    let found = sql::view::first_sale(&backend.db, tenant_id, till_id).await?;
    Ok(found.map(|(id, total, at)| LastSale {
        id: Some(id),
        total: Money::from_dirams(total),
        at: Timestamp::from_micros(at),
    }))
}

/// Writes what is known about a till; what is not known stays. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn note_facts(
    backend: &Backend,
    till: TillNumber,
    facts: &TillFacts,
) -> Result<(), Error> {
    let program = facts.program.as_ref();
    let program: Option<String> = program.map(|text| text.chars().take(MAX_PROGRAM).collect());
    sql::view::note_facts(&backend.db, till, program, facts).await
}
