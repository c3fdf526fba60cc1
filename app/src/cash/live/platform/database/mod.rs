//! The data that must survive a closed tab: documents not sent yet, and the till's own history.
//!
//! Each till has its own database, so that two tills used in turn in one browser never send or show
//! each other's documents. A record is `{key, order, json}`; only the caller knows the meaning of
//! the JSON.

mod connection;
mod error;
mod record;

use std::rc::Rc;

use js_sys::Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, console};

use super::dynamic::text;
use connection::{ORDER, READ, WRITE, run, set_memory};
use record::moment;

pub use error::DatabaseError;
pub use record::{Record, Store};

/// The number of the phone's own database; tills are numbered from 1.
const PHONE: i64 = 0;

/// The database of one till.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Database(i64);

impl Database {
    /// Returns the database of the till with this number. It is opened at its first use.
    pub fn of(cashier_node_id: i64) -> Self {
        Self(cashier_node_id)
    }

    /// Returns the phone's own database, which does not depend on the till that is open.
    pub fn of_phone() -> Self {
        Self(PHONE)
    }

    /// Sets the source of lost records. A browser may delete a database under an open page, if a
    /// user clears it or the device runs out of space; the records that `remember` returns are then
    /// written back.
    pub fn remember(self, remember: impl Fn() -> Vec<Record> + 'static) {
        set_memory(self.0, Rc::new(remember));
    }

    /// Writes a value under `key`, replacing the previous one. It is on the disk when this returns.
    ///
    /// # Errors
    /// Nothing was written: there is no database, it is full, or the browser failed.
    pub async fn put<T: Serialize>(
        self,
        store: Store,
        key: &str,
        order_ms: i64,
        value: &T,
    ) -> Result<(), DatabaseError> {
        let record = Record::new(store, key, order_ms, value)
            .ok_or_else(|| DatabaseError::Other("not serializable".to_owned()))?
            .to_js();
        run(self.0, store, WRITE, &|list| list.put(&record).map(Some)).await?;
        Ok(())
    }

    /// Returns the value under `key`.
    ///
    /// # Errors
    /// There is no database, or the browser failed.
    pub async fn get<T: DeserializeOwned>(
        self,
        store: Store,
        key: &str,
    ) -> Result<Option<T>, DatabaseError> {
        let key = JsValue::from_str(key);
        let record = run(self.0, store, READ, &|list| list.get(&key).map(Some)).await?;
        Ok(read(&record))
    }

    /// Returns every value in its order, the oldest first. A value that cannot be read is skipped
    /// and stays stored.
    ///
    /// # Errors
    /// There is no database, or the browser failed.
    pub async fn all<T: DeserializeOwned>(self, store: Store) -> Result<Vec<T>, DatabaseError> {
        let records = run(self.0, store, READ, &|list| {
            list.index(ORDER)?.get_all().map(Some)
        })
        .await?;
        Ok(Array::from(&records)
            .iter()
            .filter_map(|record| read(&record))
            .collect())
    }

    /// Removes the value under `key`, if there is one. It is gone from the disk when this returns.
    ///
    /// # Errors
    /// Nothing was removed: there is no database, or the browser failed.
    pub async fn remove(self, store: Store, key: &str) -> Result<(), DatabaseError> {
        let key = JsValue::from_str(key);
        run(self.0, store, WRITE, &|list| list.delete(&key).map(Some)).await?;
        Ok(())
    }

    /// Removes everything ordered before a moment, in milliseconds since 1970. Does not check
    /// whether the documents of an outbox were sent.
    ///
    /// # Errors
    /// Nothing was removed: there is no database, or the browser failed.
    pub async fn prune(self, store: Store, before_ms: i64) -> Result<(), DatabaseError> {
        let before = moment(before_ms);
        let keys = run(self.0, store, READ, &|list| {
            let range = IdbKeyRange::upper_bound_with_open(&before, true)?;
            list.index(ORDER)?.get_all_keys_with_key(&range).map(Some)
        })
        .await?;
        let keys = Array::from(&keys);
        if keys.length() == 0 {
            return Ok(());
        }
        run(self.0, store, WRITE, &|list| {
            for key in keys.iter() {
                list.delete(&key)?;
            }
            Ok(None)
        })
        .await?;
        Ok(())
    }
}

fn read<T: DeserializeOwned>(record: &JsValue) -> Option<T> {
    let value = serde_json::from_str(&text(record, "json")?);
    if value.is_err() {
        // Log only the key: the content is about a client.
        let key = text(record, "key").unwrap_or_default();
        console::warn_2(&"a damaged record is skipped:".into(), &key.into());
    }
    value.ok()
}
