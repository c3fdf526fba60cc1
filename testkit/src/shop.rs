//! A store with one till, ready to sell.

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

/// When every test begins: 2026-06-05T14:30:00Z.
pub const START: Timestamp = Timestamp::from_micros(1_780_669_800_000_000);

/// A store on a database of its own, with a clock that the test moves.
pub struct Shop {
    /// The use-cases.
    pub backend: Backend,
    /// Their clock.
    pub clock: Arc<ManualClock>,
    /// The till.
    pub till: AuthenticatedTill,
    /// `X-Tenant-Token`.
    pub tenant_token: String,
    /// `X-Cashier-Token`.
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
        let branch = stores::add_branch(tx, made.id, "Филиал", now).await?;
        let added = tills::add(tx, self.1, made.id, branch, "Касса", now).await?;
        let till = AuthenticatedTill {
            tenant_id: made.id,
            store_name: "Магазин".to_owned(),
            id: added.id,
            name: "Касса".to_owned(),
            branch: "Филиал".to_owned(),
            device_id: "test".to_owned(),
            device_bound_at: now,
            programme: self.0.clone(),
        };
        Ok((till, made.token, added.token))
    }
}

impl Shop {
    /// Opens a store in a new database.
    ///
    /// # Panics
    /// Where that fails, as every method here does.
    pub async fn open(database: &TestDatabase, programme: Programme) -> Self {
        let clock = Arc::new(ManualClock::new(START));
        let secrets = SecretKey::from_text(&"7".repeat(64)).expect("a key");
        let backend = Backend::open(database.url(), secrets, clock.clone())
            .await
            .expect("a database");
        backend.migrate().await.expect("a schema");
        Self::open_in(backend, clock, programme).await
    }

    /// Opens one more store beside others.
    ///
    /// # Panics
    /// Where that fails.
    pub async fn open_in(backend: Backend, clock: Arc<ManualClock>, programme: Programme) -> Self {
        let open = Open(&programme, &backend.secrets);
        let (till, tenant_token, cashier_token) = backend.run(&open).await.expect("a store");
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
    /// Where that fails.
    pub async fn register(&self, phone: &str) -> ClientView {
        let phone = Phone::parse(phone).expect("a phone");
        let register = RegisterClient {
            till: &self.till,
            phone,
            full_name: None,
        };
        self.backend
            .run(&register)
            .await
            .expect("a registration")
            .into_inner()
    }

    /// A plain sale of `total` somoni with `redeem` bonuses.
    ///
    /// # Errors
    /// As the use-case.
    ///
    /// # Panics
    /// Where the sums contradict each other.
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

    /// The command of a sale.
    ///
    /// # Panics
    /// Where `phone` is none.
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

    /// Brings goods back.
    ///
    /// # Errors
    /// As the use-case.
    ///
    /// # Panics
    /// Where `phone` is none.
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

    /// What a till sees of a client.
    ///
    /// # Panics
    /// Where there is no such client.
    pub async fn client(&self, phone: &str) -> ClientView {
        let identifier = Identifier::parse(phone).expect("an identifier");
        clients::lookup(&self.backend, &self.till, &identifier)
            .await
            .expect("a client")
    }

    /// Fails the test where the stored ledger contradicts itself.
    ///
    /// # Panics
    /// As said.
    pub async fn assert_sound(&self) {
        let verified = backend::jobs::verify_ledger(&self.backend)
            .await
            .expect("a replay");
        assert_eq!(verified.differences, Vec::<String>::new());
    }
}

/// An amount in somoni.
///
/// # Panics
/// Where `text` is none.
pub fn money(text: &str) -> Money {
    Money::parse(text).expect("an amount")
}
