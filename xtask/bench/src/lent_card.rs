//! A card lent to every buyer, with tens of thousands of live lots: what it costs to pay with them, and what that costs
//! the till beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use reqwest::{Client, RequestBuilder};
use serde_json::json;

use crate::store::{FIRST_PHONE, LENT_CARD_LOTS, Scale};

/// The neighbour sells so long before and after, too.
const AROUND: Duration = Duration::from_millis(300);

/// What one check that takes half of the lots, and its return, have cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LentCard {
    /// Looking the card up.
    pub(crate) lookup: Duration,
    /// The check, half of the lots paying it.
    pub(crate) redemption: Duration,
    /// Bringing it all back.
    pub(crate) giving_back: Duration,
    /// The slowest sale of another till to another client meanwhile.
    pub(crate) neighbour: Duration,
}

impl LentCard {
    /// Does it once, as two tills.
    ///
    /// # Errors
    /// Where a request fails or is refused.
    pub(crate) async fn measure(scale: Scale, address: &str) -> Result<Self> {
        let till = Till::new(address, 1);
        let phone = phone(scale.clients + 1);
        let path = format!("client/%2B{phone}?check_amount=1000");
        let lookup = timed(till.get(&path)).await?;
        let is_over = Arc::new(AtomicBool::new(false));
        let neighbour = tokio::spawn(sell(Till::new(address, 2), Arc::clone(&is_over)));
        tokio::time::sleep(AROUND).await;
        let somoni = LENT_CARD_LOTS / 2 / 100;
        let check = json!({
            "client_phone": phone,
            "total_amount": 1000,
            "bonus_redeem_amount": somoni,
            "external_sale_id": "lent card",
        });
        let redemption = timed(till.post("sale", &check)).await?;
        let back = json!({
            "client_phone": phone,
            "return_amount": 1000,
            "cash_refund_amount": 1000 - somoni,
            "original_external_sale_id": "lent card",
        });
        let giving_back = timed(till.post("return", &back)).await?;
        tokio::time::sleep(AROUND).await;
        is_over.store(true, Ordering::Relaxed);
        Ok(Self {
            lookup,
            redemption,
            giving_back,
            neighbour: neighbour.await??,
        })
    }
}

/// Sells to client 1, one check after another. The slowest decides.
async fn sell(till: Till, is_over: Arc<AtomicBool>) -> Result<Duration> {
    let mut slowest = Duration::ZERO;
    while !is_over.load(Ordering::Relaxed) {
        let check = json!({ "client_phone": phone(1), "total_amount": 150 });
        slowest = slowest.max(timed(till.post("sale", &check)).await?);
    }
    Ok(slowest)
}

fn phone(client: u32) -> String {
    (FIRST_PHONE + u64::from(client)).to_string()
}

/// A till of the generated store.
struct Till {
    http: Client,
    address: String,
    number: u32,
}

impl Till {
    fn new(address: &str, number: u32) -> Self {
        Self {
            http: Client::new(),
            address: format!("{address}/api/v1/cashier"),
            number,
        }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.as_till(self.http.get(format!("{}/{path}", self.address)))
    }

    fn post(&self, path: &str, body: &serde_json::Value) -> RequestBuilder {
        self.as_till(self.http.post(format!("{}/{path}", self.address)))
            .json(body)
    }

    fn as_till(&self, request: RequestBuilder) -> RequestBuilder {
        request
            .header("X-Tenant-Token", format!("{:064x}", 0))
            .header("X-Cashier-Token", format!("{:064x}", self.number))
            .header("X-Device-Id", "bench")
    }
}

async fn timed(request: RequestBuilder) -> Result<Duration> {
    let began = Instant::now();
    let answer = request.send().await?;
    let (status, said) = (answer.status(), answer.text().await?);
    ensure!(status.is_success(), "answered {status}: {said}");
    Ok(began.elapsed())
}
