//! The measurement of a card that a cashier uses for every buyer, so that it has tens of thousands
//! of live lots: how long a redemption with it takes, and how much it delays another till.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use reqwest::{Client, RequestBuilder};
use serde_json::json;

use crate::store::{FIRST_PHONE, LENT_CARD_LOTS, Scale};

/// The time for which the other till also sells before and after the redemption.
const AROUND: Duration = Duration::from_millis(300);

/// The times of a sale that redeems half of the lots, and of its return.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LentCard {
    /// The time of a lookup of the card.
    pub(crate) lookup: Duration,
    /// The time of the sale that redeems half of the lots.
    pub(crate) redemption: Duration,
    /// The time of the return of that sale.
    pub(crate) giving_back: Duration,
    /// The time of the slowest sale of another till to another client meanwhile.
    pub(crate) neighbour: Duration,
}

impl LentCard {
    /// Measures all times once, with two tills.
    ///
    /// # Errors
    /// If a request fails or is refused.
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

/// Records sales to client 1 one after another; returns the time of the slowest.
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
