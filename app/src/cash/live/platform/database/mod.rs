//! What must survive a closed tab: documents not sent yet, and the till's own receipts.
//!
//! A database for each till, so that two tills which take turns in one browser never send or show
//! each other's. A record is `{key, order, json}`; what the JSON means, only the caller knows.

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

/// The number of the phone's own database; tills are counted from 1.
const PHONE: i64 = 0;

/// The database of one till.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Database(i64);

impl Database {
    /// Of the till of this number. It is opened when it is first used.
    pub fn of(cashier_node_id: i64) -> Self {
        Self(cashier_node_id)
    }

    /// What belongs to the phone, whichever till is open in it.
    pub fn of_phone() -> Self {
        Self(PHONE)
    }

    /// Browsers throw a database away under an open page, when somebody clears it or room is short: what `remember` tells
    /// then is put back.
    pub fn remember(self, remember: impl Fn() -> Vec<Record> + 'static) {
        set_memory(self.0, Rc::new(remember));
    }

    /// Writes a value under `key`, in place of the one there. It is on the disk when this returns.
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

    /// What is under `key`.
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

    /// Every value, by its order, the oldest first. One that cannot be read stays, and is skipped.
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

    /// Removes what is under `key`, if anything. It is gone from the disk when this returns.
    ///
    /// # Errors
    /// Nothing was removed: there is no database, or the browser failed.
    pub async fn remove(self, store: Store, key: &str) -> Result<(), DatabaseError> {
        let key = JsValue::from_str(key);
        run(self.0, store, WRITE, &|list| list.delete(&key).map(Some)).await?;
        Ok(())
    }

    /// Removes what is ordered before a moment, in milliseconds since 1970. It does not ask whether an
    /// outbox was sent.
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
        // Its key only: what it holds is about a client.
        let key = text(record, "key").unwrap_or_default();
        console::warn_2(&"a damaged record is skipped:".into(), &key.into());
    }
    value.ok()
}
