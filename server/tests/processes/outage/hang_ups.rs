//! A test of callers that disconnect during a request: their transactions do not reach later
//! requests on the same database connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use testkit::{TestDatabase, on_both_engines};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::process::assert_ledger_is_sound;
use crate::till::{PHONE, Till, open};

const CALLERS: u64 = 12;
const CALLS: u64 = 300;

/// Sends complete requests and disconnects after a different time of up to 6 ms each.
async fn call_and_hang_up(till: Till, caller: u64) {
    let sale = json!({ "client_phone": PHONE, "total_amount": 20 }).to_string();
    let (address, sell) = till.raw("POST", "/cashier/sale", &sale);
    let (_, past) = till.raw("GET", "/cashier/client/%2B992900000001/sales", "");
    for call in 0..CALLS {
        let mut connection = TcpStream::connect(&address).await.unwrap();
        let request = if call % 4 == 0 { &sell } else { &past };
        connection.write_all(request.as_bytes()).await.unwrap();
        let patience = (caller * 97 + call * 53) % 6_000;
        tokio::time::sleep(Duration::from_micros(patience)).await;
    }
}

#[on_both_engines]
async fn callers_that_disconnect_do_not_harm_other_sales(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    till.client_with(0).await;
    let over = Arc::new(AtomicBool::new(false));
    let honest = {
        let (till, over) = (till.clone(), Arc::clone(&over));
        tokio::spawn(async move {
            let mut sold = 0;
            while !over.load(Ordering::SeqCst) || sold < 20 {
                let answer = till.sell(&format!("honest-{sold}")).await;
                assert_eq!(answer.status, 201, "{answer:?}");
                sold += 1;
            }
        })
    };
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| tokio::spawn(call_and_hang_up(till.clone(), caller)))
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    over.store(true, Ordering::SeqCst);
    honest.await.unwrap();
    // At least as many sales as there are database connections, so that each connection is used.
    for number in 0..24 {
        let answer = till.sell(&format!("later-{number}")).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert_ledger_is_sound(&database);
}
