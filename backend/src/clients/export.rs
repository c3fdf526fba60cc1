//! Exports the clients of a store.

use std::collections::HashMap;

use domain::{CardNumber, Money, Timestamp};

use super::list::{self, Group};
use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// The number of clients that one statement reads.
const ROWS_PER_STATEMENT: usize = 5_000;

/// A client in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The phone in E.164.
    pub phone: String,
    /// The name, if the client has given one.
    pub full_name: Option<String>,
    /// The unexpired bonuses, less the debt.
    pub balance: Money,
    /// The money paid for goods that were kept.
    pub total_spent: Money,
    /// The club card.
    pub card: CardNumber,
    /// The registration.
    pub registered_at: Timestamp,
    /// The last purchase that was kept.
    pub last_purchase_at: Option<Timestamp>,
}

/// Returns the first `most` clients of a group, or of those that `search` finds, in the order of
/// the list. The statements of the list, and one for each 5,000 clients.
///
/// # Errors
/// [`Error::Storage`].
pub async fn exported(
    backend: &Backend,
    tenant_id: i64,
    group: Group,
    search: &str,
    most: usize,
) -> Result<Vec<Exported>, Error> {
    let places = list::places(backend, tenant_id, group, search, None, most).await?;
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    let now = backend.clock.now();
    let mut clients = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_PER_STATEMENT) {
        let rows = sql::exported(&backend.db, tenant_id, ids, now).await?;
        let mut rows: HashMap<i64, sql::ExportRow> =
            rows.into_iter().map(|row| (row.id, row)).collect();
        for id in ids {
            clients.extend(rows.remove(id).map(client).transpose()?);
        }
    }
    Ok(clients)
}

fn client(row: sql::ExportRow) -> Result<Exported, Error> {
    Ok(Exported {
        phone: row.phone,
        full_name: row.full_name,
        balance: Money::from_dirams(row.bonus_balance),
        total_spent: Money::from_dirams(row.total_spent_dirams),
        card: CardNumber::parse(&row.card_number)
            .ok_or_else(|| Error::corrupt("clients.card_number", &row.card_number))?,
        registered_at: Timestamp::from_micros(row.created_at),
        last_purchase_at: row.last_purchase_at.map(Timestamp::from_micros),
    })
}

/// Writes into the journal that a person exports clients. Before the file is made, so that none
/// leaves without an entry.
#[derive(Clone, Debug)]
pub struct RecordExport<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// Which clients: the kind of the file, or the filter.
    pub what: &'a str,
}

impl Command for RecordExport<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let details = Details {
            name: self.what.to_owned(),
            ..Details::default()
        };
        let (action, subject) = (Action::ClientsExported, Subject::Store);
        audit::record(tx, self.actor, action, subject, &details, now).await
    }
}
