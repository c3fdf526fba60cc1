//! The connection to a till's database, and transactions on it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use super::{DatabaseError, Record, Store};
use crate::cash::live::platform::dynamic::{call, object};
use crate::cash::live::platform::page::within;
use crate::cash::live::platform::{Listener, window};

const VERSION: u32 = 1;

/// The name of the index by the moment at which a record was made.
pub(super) const ORDER: &str = "order";

/// The mode of a transaction.
pub(super) const READ: &str = "readonly";
pub(super) const WRITE: &str = "readwrite";

/// The longest wait for an opening or a transaction. An old tab with an older version, or a faulty
/// browser, can keep it waiting for ever.
const PATIENCE_MS: u32 = 5_000;

thread_local! {
    /// The connections of this page, by till.
    static OPEN: RefCell<BTreeMap<i64, Rc<Connection>>> = const { RefCell::new(BTreeMap::new()) };
    /// The number of the open till, and the function that returns its records as this page knows
    /// them.
    static MEMORY: RefCell<Option<(i64, Rc<Remember>)>> = const { RefCell::new(None) };
}

/// A function that returns the records which a till's database must hold.
pub(super) type Remember = dyn Fn() -> Vec<Record>;

/// Stores `remember`: when the till's database has to be created again, the records that it returns
/// are written into it.
pub(super) fn set_memory(cashier_node_id: i64, remember: Rc<Remember>) {
    MEMORY.set(Some((cashier_node_id, remember)));
}

fn remembered(cashier_node_id: i64) -> Vec<Record> {
    let memory = MEMORY.with_borrow(Clone::clone);
    match memory {
        Some((node, remember)) if node == cashier_node_id => remember(),
        _ => Vec::new(),
    }
}

struct Connection {
    database: IdbDatabase,
    _endings: [Listener; 2],
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.close();
    }
}

/// Opens the database of one till, and creates it if it does not exist.
async fn open(cashier_node_id: i64) -> Result<Rc<Connection>, DatabaseError> {
    let name = format!("bonex-cash-{cashier_node_id}");
    let factory = window().indexed_db()?.ok_or(DatabaseError::Unavailable)?;
    let request = factory.open_with_u32(&name, VERSION)?;
    let upgrade = {
        let request = request.clone();
        Closure::once(move || {
            // A failure aborts the upgrade, and with it the opening.
            let _ = create_stores(&request, cashier_node_id);
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    if within(PATIENCE_MS, &opened).await.is_err() {
        return Err(failure_of(&request));
    }
    let database: IdbDatabase = request.result()?.unchecked_into();
    // The browser has deleted the database (`close`), or another page wants to delete or upgrade it
    // and waits until this tab closes its connection (`versionchange`). A deleted database is
    // created and filled again at once, because this page may be closed at any moment.
    let endings = ["versionchange", "close"].map(|event| {
        let database = database.clone();
        Listener::new(&database.clone(), event, move |_| {
            database.close();
            spawn_local(async move {
                let _ = open(cashier_node_id).await;
            });
        })
    });
    let connection = Rc::new(Connection {
        database,
        _endings: endings,
    });
    OPEN.with_borrow_mut(|open| open.insert(cashier_node_id, connection.clone()));
    Ok(connection)
}

fn failure_of(request: &IdbRequest) -> DatabaseError {
    match request.error() {
        Ok(Some(error)) => JsValue::from(error).into(),
        // The request has not even finished.
        _ => DatabaseError::Unavailable,
    }
}

fn create_stores(request: &IdbOpenDbRequest, cashier_node_id: i64) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    let parameters = object([("keyPath", "key".into())]);
    for store in [Store::Outbox, Store::Journal] {
        database
            .create_object_store_with_optional_parameters(store.name(), parameters.unchecked_ref())?
            .create_index_with_str(ORDER, ORDER)?;
    }
    // If this page has records, the database was deleted while the page was open: write them back.
    let records = remembered(cashier_node_id);
    if let (Some(transaction), false) = (request.transaction(), records.is_empty()) {
        for record in records {
            let list = transaction.object_store(record.store.name())?;
            list.put(&record.to_js())?;
        }
    }
    Ok(())
}

/// The work on an object store. It is a trait object because generic code would compile the whole
/// transaction into the program once per kind of work.
type Work<'a> = dyn Fn(&IdbObjectStore) -> Result<Option<IdbRequest>, JsValue> + 'a;

/// Runs `work` on an object store in its own transaction, and returns the result of the request
/// that it made.
///
/// Browsers close connections without notice, above all on phones, so a failed transaction is tried
/// a second time on a new connection. `work` must therefore be idempotent.
pub(super) async fn run(
    cashier_node_id: i64,
    store: Store,
    mode: &str,
    work: &Work<'_>,
) -> Result<JsValue, DatabaseError> {
    let open_before = OPEN.with_borrow(|open| open.get(&cashier_node_id).cloned());
    if let Some(connection) = open_before
        && let Ok(result) = transact(&connection.database, store, mode, work).await
    {
        return Ok(result);
    }
    let renewed = open(cashier_node_id).await?;
    Ok(transact(&renewed.database, store, mode, work).await?)
}

async fn transact(
    database: &IdbDatabase,
    store: Store,
    mode: &str,
    work: &Work<'_>,
) -> Result<JsValue, JsValue> {
    // Without `strict` a browser reports "complete" when the operating system has the data, before
    // the disk has it.
    let options = object([("durability", "strict".into())]);
    let transaction: IdbTransaction = call(
        database,
        "transaction",
        [store.name().into(), mode.into(), options.into()],
    )?
    .unchecked_into();
    let request = work(&transaction.object_store(store.name())?)?;
    let completed = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    // A transaction that takes too long is aborted. It may still have succeeded, and only its own
    // final event says so.
    let mut is_complete = within(PATIENCE_MS, &completed).await.is_ok();
    if !is_complete {
        let _ = transaction.abort();
        is_complete = JsFuture::from(completed).await.is_ok();
    }
    if !is_complete {
        return Err(transaction.error().into());
    }
    request.map_or(Ok(JsValue::UNDEFINED), |request| request.result())
}
