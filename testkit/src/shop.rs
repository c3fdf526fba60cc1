//! A store with one till, ready for sales.

use std::sync::Arc;

use backend::clients::{ClientView, RegisterClient};
use backend::returns::{ReturnGoods, ReturnRecord};
use backend::sales::{RecordSale, SaleRecord};
use backend::secrets::SecretKey;
use backend::tills::AuthenticatedTill;
use backend::{Backend, Command, Error, ManualClock, Recorded, clients, stores, tills};
use domain::returns::ReturnRequest;
use domain::sales::{Accrue, CheckSums};
use domain::{Identifier, Money, Phone, Programme, Timestamp};

use crate::TestDatabase;

/// The moment at which every test begins: 2026-06-05T14:30:00Z.
pub const START: Timestamp = Timestamp::from_micros(1_780_669_800_000_000);

const SET_CARD_KEY: &str = "UPDATE tenants SET card_key_sealed = $2 WHERE id = $1";

/// A store in its own database, with a clock that the test sets.
pub struct Shop {
    /// The use-cases.
    pub backend: Backend,
    /// The clock of the use-cases.
    pub clock: Arc<ManualClock>,
    /// The till that calls the use-cases.
    pub till: AuthenticatedTill,
    /// The value of `X-Tenant-Token`.
    pub tenant_token: String,
    /// The value of `X-Cashier-Token`.
    pub cashier_token: String,
}

struct Open<'a>(&'a Programme, &'a SecretKey);

impl Command for Open<'_> {
    type Outcome = (AuthenticatedTill, String, String);

    async fn execute(
        &self,
        tx: &mut backend::db::Tx,
        now: Timestamp,
    ) -> Result<Self::Outcome, Error> {
        let made = stores::create(tx, self.1, "Магазин", self.0, now).await?;
        let branch = stores::add_branch(tx, made.id, "Филиал", "", now).await?;
        let added = tills::add(tx, self.1, made.id, branch, "Касса", now).await?;
        let till = AuthenticatedTill {
            tenant_id: made.id,
            store_name: "Магазин".to_owned(),
            id: added.id,
            name: "Касса".to_owned(),
            branch: "Филиал".to_owned(),
            device_id: "test".to_owned(),
            device_bound_at: now,
            tickets: domain::Tickets::default(),
            programme: self.0.clone(),
        };
        Ok((till, made.token, added.token))
    }
}

impl Shop {
    /// Opens a store in a new database.
    ///
    /// # Panics
    /// If that fails. All methods here panic on failure.
    pub async fn open(database: &TestDatabase, programme: Programme) -> Self {
        let clock = Arc::new(ManualClock::new(START));
        let secrets = SecretKey::from_text(&"7".repeat(64)).expect("a key");
        let backend = Backend::open(database.url(), secrets, clock.clone())
            .await
            .expect("a database");
        backend.migrate().await.expect("a schema");
        Self::open_in(backend, clock, programme).await
    }

    /// Opens one more store in the database of other stores.
    ///
    /// # Panics
    /// If the store cannot be opened.
    pub async fn open_in(backend: Backend, clock: Arc<ManualClock>, programme: Programme) -> Self {
        let open = Open(&programme, &backend.secrets);
        let (till, tenant_token, cashier_token) = backend.run(&open).await.expect("a store");
        // With a fixed key a store issues the same cards in every run.
        let key = backend.secrets.seal("card numbers", &"5".repeat(64));
        let params = (till.tenant_id, key.expect("a sealed key"));
        let set = backend.db.writes().execute(SET_CARD_KEY, params).await;
        set.expect("a key").exactly(1).expect("a store");
        Self {
            backend,
            clock,
            till,
            tenant_token,
            cashier_token,
        }
    }

    /// Registers a client by phone.
    ///
    /// # Panics
    /// If the registration fails.
    pub async fn register(&self, phone: &str) -> ClientView {
        let phone = Phone::parse(phone).expect("a phone");
        let register = RegisterClient {
            till: &self.till,
            phone,
            full_name: None,
            card: None,
            secrets: &self.backend.secrets,
        };
        self.backend
            .run(&register)
            .await
            .expect("a registration")
            .into_inner()
    }

    /// Makes a simple sale of `total` somoni with `redeem` bonuses.
    ///
    /// # Errors
    /// The error of the use-case.
    ///
    /// # Panics
    /// If a text is not an amount or an identifier.
    pub async fn sell(
        &self,
        phone: &str,
        total: &str,
        redeem: &str,
        external_id: Option<&str>,
    ) -> Result<SaleRecord, Error> {
        let (total, redeem) = (money(total), money(redeem));
        let sums = CheckSums {
            total,
            redeem,
            ..CheckSums::default()
        };
        let sale = self.sale(phone, sums, external_id);
        self.backend.run(&sale).await.map(Recorded::into_inner)
    }

    /// Makes the command of a sale.
    ///
    /// # Panics
    /// If `phone` is not an identifier.
    pub fn sale(&self, phone: &str, sums: CheckSums, external_id: Option<&str>) -> RecordSale<'_> {
        RecordSale {
            till: &self.till,
            client: Identifier::parse(phone).expect("an identifier"),
            sums,
            accrue: Accrue::Yes,
            external_sale_id: external_id.map(str::to_owned),
            receipt_number: None,
            cashier_node_id: None,
            cashier_id: None,
            payment_method: None,
            sale_date: None,
            lines: Vec::new(),
        }
    }

    /// Returns goods of the sale with the external id `sale`.
    ///
    /// # Errors
    /// The error of the use-case.
    ///
    /// # Panics
    /// If `phone` is not an identifier.
    pub async fn bring_back(
        &self,
        phone: &str,
        sale: &str,
        request: ReturnRequest,
    ) -> Result<ReturnRecord, Error> {
        let goods = ReturnGoods {
            till: &self.till,
            client: Identifier::parse(phone).expect("an identifier"),
            original_external_sale_id: Some(sale.to_owned()),
            external_return_id: None,
            request,
        };
        self.backend.run(&goods).await.map(Recorded::into_inner)
    }

    /// Returns what a till sees of a client.
    ///
    /// # Panics
    /// If there is no such client.
    pub async fn client(&self, phone: &str) -> ClientView {
        let identifier = Identifier::parse(phone).expect("an identifier");
        clients::lookup(&self.backend, &self.till, &identifier)
            .await
            .expect("a client")
    }

    /// Checks that the stored ledger does not contradict itself.
    ///
    /// # Panics
    /// If it does.
    pub async fn assert_sound(&self) {
        let verified = backend::jobs::verify_ledger(&self.backend)
            .await
            .expect("a replay");
        assert_eq!(verified.differences, Vec::<String>::new());
    }
}

/// Reads an amount in somoni.
///
/// # Panics
/// If `text` is not an amount.
pub fn money(text: &str) -> Money {
    Money::parse(text).expect("an amount")
}
