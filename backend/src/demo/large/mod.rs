//! The large demo: a store with a hundred tills and a million sales, to see how the panel works at
//! such a size. The rules compute every sale and return, as at a till, but the documents are stored
//! thousands at a time.

mod activity;
mod documents;
mod goods;
mod history;
mod member;
mod names;
mod size;
mod sql;
mod visits;

use std::collections::HashSet;

use domain::{BasisPoints, Money, Phone, Programme, Tier, Timestamp};

use super::dice::Dice;
use super::{ADMIN, DemoStore};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::inventory::{self, SyncInventory};
use crate::secrets::SecretKey;
use crate::stores::AuthenticatedStore;
use crate::tills::{AuthenticatedTill, Credentials};
use crate::{
    Backend, Command, Error, accounts, cards, clients, ledger, notifications, reports, returns,
    stores, tills,
};
use history::History;
use member::Member;
pub use size::Size;
use visits::Visit;

const LOGIN: &str = "demo-large";
const NAME: &str = "Демо-сеть «Истиқлол»";

/// The local number of the first client; the others follow.
const FIRST_PHONE: usize = 910_000_000;
/// The number of clients that the printed tour contains.
const SHOWN_CLIENTS: usize = 20;
/// The number of receipts without a client for each hundred sales.
const RECEIPTS: usize = 40;
/// The number of entries in the journal.
const ACTS: i64 = 2_000;
/// The number of tills that no device has used yet.
const UNUSED_TILLS: usize = 3;

/// What a client costs, compared with a sale, for the progress that is shown.
const CLIENT_STEPS: usize = 25;

/// How far the work has come: the steps that are done, and all steps.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// The result of [`provision_large`].
#[derive(Debug)]
pub enum Made {
    /// The store was built.
    New(Box<DemoStore>),
    /// The store of this login was there before. Nothing was changed.
    Before(&'static str),
}

/// Builds the large demo store in one transaction, so that an interrupted run leaves nothing.
///
/// # Errors
/// [`Error::Storage`].
pub async fn provision_large(
    backend: &Backend,
    size: Size,
    progress: Progress<'_>,
) -> Result<Made, Error> {
    let build = Build {
        secrets: &backend.secrets,
        size,
        progress,
    };
    let Some(store) = backend.run(&build).await? else {
        return Ok(Made::Before(LOGIN));
    };
    for tenant_id in stores::all(&backend.db).await? {
        reports::sum_up_days(backend, tenant_id).await?;
    }
    sql::settle(&backend.db).await?;
    let used = store.cashiers.len().saturating_sub(UNUSED_TILLS);
    for till in store.cashiers.iter().take(used) {
        let device = format!("demo-{}", till.id);
        let credentials = Credentials {
            tenant_token: Some(&store.tenant_token),
            cashier_token: Some(&till.token),
            device_id: Some(&device),
        };
        let authenticated = tills::authenticate(backend, credentials).await;
        authenticated.map_err(|error| Error::corrupt("demo till", error))?;
    }
    Ok(Made::New(Box::new(store)))
}

struct Build<'a> {
    secrets: &'a SecretKey,
    size: Size,
    progress: Progress<'a>,
}

impl Command for Build<'_> {
    type Outcome = Option<DemoStore>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<DemoStore>, Error> {
        if accounts::store_of_panel_user(tx, LOGIN).await?.is_some() {
            return Ok(None);
        }
        let secrets = self.secrets;
        accounts::add_admin(tx, ADMIN, &secrets.derived_password(ADMIN), now).await?;
        let opened_at = now.plus_days(-visits::DAYS).local_midnight();
        let programme = programme();
        let created = stores::create(tx, secrets, NAME, &programme, opened_at).await?;
        let password = secrets.derived_password(LOGIN);
        accounts::add_panel_user(tx, created.id, LOGIN, &password, opened_at).await?;
        let tills = self
            .open_tills(tx, created.id, &programme, opened_at)
            .await?;
        let phones = self.phones()?;
        let mut habits = visits::habits(&self.size);
        let visits = visits::visits(&self.size, &mut habits, now);
        let mut members = Vec::with_capacity(phones.len());
        // All cards at once: a row of the store that were written for each client would slow down
        // every check of a foreign key in this transaction.
        let none = HashSet::new();
        let cards = cards::free_numbers(tx, secrets, created.id, phones.len(), &none).await?;
        let joining = phones.iter().zip(&cards).zip(&habits);
        for (index, ((phone, card), habits)) in joining.enumerate() {
            let Some(till) = tills.get(index % tills.len().max(1)) else {
                break;
            };
            let at = opened_at.plus_days(habits.joined).plus_seconds(8 * 3_600);
            let name = names::client(index);
            let name = name.as_deref();
            let (tenant_id, terms) = (till.tenant_id, &till.programme);
            let added = clients::add(tx, tenant_id, terms, phone, name, *card, at).await?;
            let client = added.ok_or_else(|| Error::corrupt("demo client", index))?;
            let client = ledger::lock_with_lots(tx, created.id, client.id, &[1]).await?;
            members.push(Member::new(client));
            self.step(index * CLIENT_STEPS / 4);
        }
        // No client is to get a message about a sale that is months old.
        notifications::end_all(tx, created.id).await?;
        sql::analyse(tx).await?;
        sql::allow_pauses(tx).await?;
        let history = History::play(tx, &programme, &visits, &mut members, now).await?;
        self.store_documents(tx, &tills, &visits, &history).await?;
        self.store_receipts(tx, &tills, now).await?;
        activity::store(tx, self.secrets, &tills, &visits, now).await?;
        let before = self.size.clients * CLIENT_STEPS / 4 + self.documents();
        for (index, member) in members.iter().enumerate() {
            ledger::save(tx, &member.client).await?;
            if index == 100 {
                sql::analyse(tx).await?;
            }
            for (reward, back) in &member.taken_back {
                let client_id = member.client.id;
                returns::mark_taken_back(tx, created.id, client_id, reward, *back).await?;
            }
            self.step(before + index * CLIENT_STEPS * 3 / 4);
        }
        let store = AuthenticatedStore {
            tenant_id: created.id,
        };
        let sync = SyncInventory {
            paces: inventory::paces_in(tx, created.id, now).await?,
            store: &store,
            items: goods::stock(),
            kept: Vec::new(),
            deactivate_missing: false,
        };
        sync.execute(tx, now).await?;
        journal(tx, created.id, &tills, now).await?;
        self.step(self.steps());
        let shown = phones.get(..SHOWN_CLIENTS).unwrap_or(&phones);
        super::describe(tx, secrets, created.id, LOGIN, shown, now)
            .await
            .map(Some)
    }
}

impl Build<'_> {
    fn documents(&self) -> usize {
        self.size.sales + self.receipts()
    }

    fn receipts(&self) -> usize {
        self.size.sales * RECEIPTS / 100
    }

    fn steps(&self) -> usize {
        self.documents() + self.size.clients * CLIENT_STEPS
    }

    fn step(&self, done: usize) {
        (self.progress)(done, self.steps());
    }

    fn phones(&self) -> Result<Vec<Phone>, Error> {
        (FIRST_PHONE..)
            .take(self.size.clients)
            .map(|local| {
                Phone::parse(&local.to_string()).map_err(|_| Error::corrupt("demo phone", local))
            })
            .collect()
    }

    async fn open_tills(
        &self,
        tx: &mut Tx,
        tenant_id: i64,
        programme: &Programme,
        at: Timestamp,
    ) -> Result<Vec<AuthenticatedTill>, Error> {
        let mut opened = Vec::with_capacity(self.size.tills);
        let branches = self.size.branches.max(1);
        for index in 0..branches {
            let branch = names::branch(index);
            let branch_id = stores::add_branch(tx, tenant_id, &branch, "", at).await?;
            let first = index * self.size.tills / branches;
            let after = (index + 1) * self.size.tills / branches;
            for number in 1..=after - first {
                let name = format!("Касса {number}");
                let till = tills::add(tx, self.secrets, tenant_id, branch_id, &name, at).await?;
                opened.push(AuthenticatedTill {
                    tenant_id,
                    store_name: NAME.to_owned(),
                    id: till.id,
                    name,
                    branch: branch.clone(),
                    device_id: String::new(),
                    device_bound_at: at,
                    tickets: domain::Tickets::default(),
                    programme: programme.clone(),
                });
            }
        }
        Ok(opened)
    }

    async fn store_documents(
        &self,
        tx: &mut Tx,
        tills: &[AuthenticatedTill],
        visits: &[Visit],
        history: &History,
    ) -> Result<(), Error> {
        let before = self.size.clients * CLIENT_STEPS / 4;
        let sold: Vec<_> = history.sold.iter().zip(visits).collect();
        for (index, chunk) in sold.chunks(sql::CHUNK).enumerate() {
            let (mut sales, mut lines, mut messages) = (Vec::new(), Vec::new(), Vec::new());
            let mut tenant_id = 0;
            for (sold, visit) in chunk {
                let Some(till) = tills.get(visit.till) else {
                    continue;
                };
                tenant_id = till.tenant_id;
                sales.push(documents::sale_row(sold, visit, till));
                lines.extend(documents::line_rows(sold, visit));
                messages.push(documents::message_row(sold, visit.at)?);
            }
            sql::insert_sales(tx, tenant_id, &sales).await?;
            sql::insert_lines(tx, tenant_id, &lines).await?;
            sql::insert_messages(tx, tenant_id, &messages).await?;
            if index == 0 {
                sql::analyse(tx).await?;
            }
            self.step(before + index * sql::CHUNK);
        }
        let (mut rows, mut messages) = (Vec::new(), Vec::new());
        let mut tenant_id = 0;
        for (back, till, at) in &history.returned {
            let Some(till) = tills.get(*till) else {
                continue;
            };
            tenant_id = till.tenant_id;
            let (row, notification) = documents::return_row(back, till, *at);
            rows.push(row);
            messages.push(documents::message(&notification, back.client_id, *at)?);
        }
        sql::insert_returns(tx, tenant_id, &rows).await?;
        sql::insert_messages(tx, tenant_id, &messages).await
    }

    async fn store_receipts(
        &self,
        tx: &mut Tx,
        tills: &[AuthenticatedTill],
        now: Timestamp,
    ) -> Result<(), Error> {
        let before = self.size.clients * CLIENT_STEPS / 4 + self.size.sales;
        let mut dice = Dice::new(77);
        let days = visits::DAYS.unsigned_abs();
        let receipt = |_| {
            let day = dice.below(days);
            let at = visits::moment(&mut dice, 0, day, now);
            (at, dice.next() << 31 | dice.next())
        };
        let mut receipts: Vec<_> = (0..self.receipts()).map(receipt).collect();
        receipts.sort_unstable();
        let receipts: Vec<_> = receipts.into_iter().enumerate().collect();
        for chunk in receipts.chunks(sql::CHUNK) {
            let (mut rows, mut tenant_id, mut done) = (Vec::new(), 0, 0);
            for (number, (at, chance)) in chunk {
                let index = usize::try_from(chance >> 40).unwrap_or(0) % tills.len().max(1);
                let Some(till) = tills.get(index) else {
                    continue;
                };
                tenant_id = till.tenant_id;
                rows.push(documents::receipt_row(*number, index, till, *chance, *at));
                done = *number;
            }
            sql::insert_receipts(tx, tenant_id, &rows).await?;
            self.step(before + done);
        }
        Ok(())
    }
}

async fn journal(
    tx: &mut Tx,
    tenant_id: i64,
    tills: &[AuthenticatedTill],
    now: Timestamp,
) -> Result<(), Error> {
    let actor = Actor {
        tenant_id,
        user_id: None,
        name: LOGIN.to_owned(),
        address: "127.0.0.1".to_owned(),
    };
    let many = visits::DAYS * 86_400 / ACTS;
    for (number, till) in (0..ACTS).zip(tills.iter().cycle()) {
        let action = if number % 2 == 0 {
            Action::TillOff
        } else {
            Action::TillOn
        };
        let details = Details {
            name: till.name.clone(),
            ..Details::default()
        };
        let at = now.plus_seconds(-many * (ACTS - number));
        audit::record(tx, &actor, action, Subject::Till(till.id), &details, at).await?;
    }
    Ok(())
}

/// Returns a programme that uses everything: a hold of a day, expiry in half a year, a welcome
/// bonus, rewards for the second purchase and for coming back, and tiers with percentages.
fn programme() -> Programme {
    let tier = |id, name: &str, color: &str, from_somoni, percent| Tier {
        id,
        name: name.to_owned(),
        color: color.to_owned(),
        from_spent: Money::from_somoni(from_somoni),
        bonus_percent: Some(BasisPoints::from_percent(percent)),
        max_redeem_percent: None,
    };
    Programme {
        bonus_expiry_days: 180,
        welcome_bonus: Money::from_somoni(10),
        welcome_min_redeem: Money::from_somoni(50),
        reactivation_days: 60,
        reactivation_bonus: Money::from_somoni(10),
        second_purchase_days: 30,
        second_purchase_bonus: Money::from_somoni(5),
        tiers: vec![
            tier(1, "Silver", "#9AA5B1", 1_000, 5),
            tier(2, "Gold", "#C9A227", 10_000, 7),
            tier(3, "Platinum", "#5B6C8F", 50_000, 10),
        ],
        ..Programme::default()
    }
}
