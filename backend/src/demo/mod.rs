//! The demo: a store to try everything on, and a second store that shows that stores do not see
//! each other's data.

mod dice;
mod history;
mod large;

pub use large::{Made, Progress, Size, provision_large};

use domain::{BasisPoints, Identifier, Money, Phone, Programme, Tier, Timestamp};
use serde::Serialize;

use crate::clients::RegisterClient;
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::tills::AuthenticatedTill;
use crate::{Backend, Command, Error, accounts, ledger, notifications, stores, tills};

/// A store as `provision-demo --json` prints it.
#[derive(Clone, Debug, Serialize)]
pub struct DemoStore {
    /// `X-Tenant-Token`.
    pub tenant_token: String,
    /// Its tills.
    pub cashiers: Vec<DemoCashier>,
    /// Its clients.
    pub clients: Vec<DemoClient>,
    /// The user who may sign in to its panel.
    pub panel: DemoLogin,
    /// The user who may sign in to the admin pages.
    pub admin: DemoLogin,
}

/// Both stores.
#[derive(Clone, Debug, Serialize)]
pub struct Demo {
    /// The store to try.
    #[serde(flatten)]
    pub store: DemoStore,
    /// The store whose data must never show in the first one.
    pub other_tenant: DemoStore,
}

/// A till.
#[derive(Clone, Debug, Serialize)]
pub struct DemoCashier {
    /// The public number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its branch.
    pub branch: String,
    /// `X-Cashier-Token`.
    pub token: String,
}

/// A client.
#[derive(Clone, Debug, Serialize)]
pub struct DemoClient {
    /// The phone in E.164.
    pub phone: String,
    /// The name.
    pub full_name: String,
    /// The club card.
    pub card_number: String,
    /// Its barcode.
    pub ean13: String,
}

/// A login.
#[derive(Clone, Debug, Serialize)]
pub struct DemoLogin {
    /// The name.
    pub login: String,
    /// The password. It is derived from the installation's secret key, so it differs between
    /// installations.
    pub password: String,
}

/// The settings that a demo store is built from.
struct Blueprint {
    name: &'static str,
    login: &'static str,
    /// Branches, each with its tills.
    branches: &'static [(&'static str, &'static [&'static str])],
    /// The first client's local number; the others follow.
    first_phone: i64,
    clients: usize,
}

const ADMIN: &str = "admin";

const STORE: Blueprint = Blueprint {
    name: "Демо-магазин «Сомон»",
    login: "demo",
    branches: &[
        ("Рудаки 40", &["Касса 1", "Касса 2"]),
        ("Сино 12", &["Касса 3"]),
    ],
    first_phone: 900_000_500,
    clients: 20,
};

const OTHER: Blueprint = Blueprint {
    name: "Другой магазин «Памир»",
    login: "demo-other",
    branches: &[("Хорог", &["Касса 1"])],
    first_phone: 900_000_700,
    clients: 3,
};

const NAMES: [&str; 20] = [
    "Парвиз Солиев",
    "Мадина Раҳимова",
    "Фаррух Назаров",
    "Зарина Ҷӯраева",
    "Далер Ҳакимов",
    "Нигора Шарифова",
    "Ҷамшед Каримов",
    "Ситора Одинаева",
    "Рустам Қодиров",
    "Шаҳноза Амонова",
    "Сомон Ғаниев",
    "Гулнора Исмоилова",
    "Бахтиёр Юсупов",
    "Тахмина Азизова",
    "Комрон Ӯроқов",
    "Мавзуна Давлатова",
    "Алишер Сафаров",
    "Парвина Холова",
    "Умед Мирзоев",
    "Фирӯза Бобоева",
];

/// Builds the demo stores that do not exist yet, in one transaction, and returns their tokens.
///
/// # Errors
/// [`Error::Secret`] if the stores were made under another secret key.
pub async fn provision(backend: &Backend) -> Result<Demo, Error> {
    backend
        .run(&Provision {
            secrets: &backend.secrets,
        })
        .await
}

struct Provision<'a> {
    secrets: &'a SecretKey,
}

impl Command for Provision<'_> {
    type Outcome = Demo;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Demo, Error> {
        accounts::add_admin(tx, ADMIN, &self.secrets.derived_password(ADMIN), now).await?;
        Ok(Demo {
            store: provision_store(tx, self.secrets, &STORE, now).await?,
            other_tenant: provision_store(tx, self.secrets, &OTHER, now).await?,
        })
    }
}

async fn provision_store(
    tx: &mut Tx,
    secrets: &SecretKey,
    blueprint: &Blueprint,
    now: Timestamp,
) -> Result<DemoStore, Error> {
    let tenant_id = match accounts::store_of_panel_user(tx, blueprint.login).await? {
        Some(tenant_id) => tenant_id,
        None => build(tx, secrets, blueprint, now).await?,
    };
    let phones = blueprint.phones()?;
    describe(tx, secrets, tenant_id, blueprint.login, &phones, now).await
}

/// Returns the tokens and logins of a store, and the clients with these phones.
async fn describe(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
    login: &str,
    phones: &[Phone],
    now: Timestamp,
) -> Result<DemoStore, Error> {
    let tenant_token = stores::token(tx, secrets, tenant_id).await?;
    let tills = tills::all_of_store(tx, secrets, tenant_id).await?;
    let mut clients = Vec::new();
    for phone in phones {
        let identifier = Identifier::Phone(phone.clone());
        let client = ledger::find_in(tx, tenant_id, &identifier, now).await?;
        clients.extend(client.map(|client| {
            DemoClient {
                phone: client
                    .phone
                    .map(|phone| phone.to_string())
                    .unwrap_or_default(),
                full_name: client.full_name.unwrap_or_default(),
                card_number: client.card_number.to_string(),
                ean13: client.card_number.ean13().to_string(),
            }
        }));
    }
    let cashiers = tills
        .into_iter()
        .map(|till| DemoCashier {
            id: till.id,
            name: till.name,
            branch: till.branch,
            token: till.token,
        })
        .collect();
    let login_of = |login: &str| DemoLogin {
        login: login.to_owned(),
        password: secrets.derived_password(login),
    };
    Ok(DemoStore {
        tenant_token,
        cashiers,
        clients,
        panel: login_of(login),
        admin: login_of(ADMIN),
    })
}

/// Opens the store six months ago and records purchases of its clients until yesterday.
async fn build(
    tx: &mut Tx,
    secrets: &SecretKey,
    blueprint: &Blueprint,
    now: Timestamp,
) -> Result<i64, Error> {
    let opened_at = now.plus_days(-history::DAYS);
    let programme = programme();
    let created = stores::create(tx, secrets, blueprint.name, &programme, opened_at).await?;
    let mut opened = Vec::new();
    for (branch, tills) in blueprint.branches {
        let branch_id = stores::add_branch(tx, created.id, branch, "", opened_at).await?;
        for till in *tills {
            let till_made = tills::add(tx, secrets, created.id, branch_id, till, opened_at).await?;
            opened.push(AuthenticatedTill {
                tenant_id: created.id,
                store_name: blueprint.name.to_owned(),
                id: till_made.id,
                name: (*till).to_owned(),
                branch: (*branch).to_owned(),
                device_id: String::new(),
                device_bound_at: opened_at,
                tickets: domain::Tickets::default(),
                programme: programme.clone(),
            });
        }
    }
    let password = secrets.derived_password(blueprint.login);
    accounts::add_panel_user(tx, created.id, blueprint.login, &password, opened_at).await?;
    let phones = blueprint.phones()?;
    for (phone, name) in phones.iter().zip(NAMES) {
        let Some(till) = opened.first() else { break };
        let register = RegisterClient {
            till,
            phone: phone.clone(),
            full_name: Some(name.to_owned()),
            card: None,
            secrets,
        };
        register.execute(tx, opened_at).await?;
    }
    history::play(tx, &opened, &phones, now).await?;
    // No client is to get a message about a sale that is months old.
    notifications::end_all(tx, created.id).await?;
    Ok(created.id)
}

/// Returns the settings that seed names for its demo: a hold of one second and expiry in 180 days.
/// The tiers differ by name only, so that every client has the percentages of seed's examples.
fn programme() -> Programme {
    let tier = |id, name: &str, color: &str, from_somoni| Tier {
        id,
        name: name.to_owned(),
        color: color.to_owned(),
        from_spent: Money::from_somoni(from_somoni),
        bonus_percent: None,
        max_redeem_percent: None,
    };
    Programme {
        bonus_percent: BasisPoints::from_percent(5),
        max_redeem_percent: BasisPoints::from_percent(30),
        redeem_hold_seconds: 1,
        bonus_expiry_days: 180,
        min_purchase: Money::from_somoni(10),
        tiers: vec![
            tier(1, "Silver", "#9AA5B1", 1_000),
            tier(2, "Gold", "#C9A227", 5_000),
            tier(3, "Platinum", "#5B6C8F", 20_000),
        ],
        ..Programme::default()
    }
}

impl Blueprint {
    fn phones(&self) -> Result<Vec<Phone>, Error> {
        (self.first_phone..)
            .take(self.clients)
            .map(|local| {
                Phone::parse(&local.to_string()).map_err(|_| Error::corrupt("demo phone", local))
            })
            .collect()
    }
}
