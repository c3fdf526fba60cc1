//! Applies a file: all lines without a fault, or nothing.

use std::collections::{HashMap, HashSet};

use domain::expiry::expiry;
use domain::imports::{Line, Opening};
use domain::{Account, CardNumber, Holdings, LotKind, Money, Source, Timestamp};

use super::plan::{Change, plan};
use super::reading::{Reading, Table};
use super::{Import, Totals, sql, upload};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Command, Error, cards, ledger, programme};

/// Applies a file that a person has looked at.
#[derive(Clone)]
pub struct Apply<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The key that seals the key of the store's card numbers.
    pub secrets: &'a SecretKey,
    /// The import.
    pub import_id: i64,
    /// How the file was read.
    pub reading: &'a Reading,
    /// What was read.
    pub table: &'a Table,
    /// The sums that the person has seen.
    pub seen: Totals,
    /// Whether clients who have got bonuses here already get those of the file on top.
    pub gives_on_top: bool,
}

/// The outcome of applying a file.
#[derive(Clone, Debug)]
pub enum Applied {
    /// The file was applied now.
    Now(Totals),
    /// It was applied before.
    Before(Import),
    /// The store or the way to read the file has changed since the person looked: nothing was done.
    Changed,
    /// The store has no such file, or it was deleted.
    Gone,
}

impl Command for Apply<'_> {
    type Outcome = Applied;

    fn has_changed(outcome: &Applied) -> bool {
        matches!(outcome, Applied::Now(_))
    }

    /// Runs about fifteen statements for each 10,000 lines. On SQLite the tills wait for it: 10,000
    /// new clients with bonuses take about half a second.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Applied, Error> {
        let tenant_id = self.actor.tenant_id;
        let reading = upload::stored(self.reading)?;
        // Of two people who apply the same file, the second waits here and finds it applied.
        if !sql::claim(tx, tenant_id, self.import_id, &reading, now).await? {
            return Ok(match sql::import_in(tx, tenant_id, self.import_id).await? {
                Some(row) if row.is_applied() => Applied::Before(row.into()),
                Some(_) => Applied::Changed,
                None => Applied::Gone,
            });
        }
        // From here on nobody registers a client or gets another card.
        cards::lock_store(tx, tenant_id).await?;
        let (known, taken) = sql::store_state(tx, tenant_id, self.table, true).await?;
        let mut plan = plan(self.table, &known, &taken)?;
        if plan.totals != self.seen {
            return Ok(Applied::Changed);
        }
        plan.decide_on_top(self.gives_on_top);
        let totals = plan.totals;
        let opening = OpeningLot::at(tx, tenant_id, now).await?;
        let new = new_accounts(&plan.new, &opening);
        let ids = self.add(tx, &plan.new, &new, now).await?;
        let changed = changed_accounts(&plan.changes, &opening);
        let mut new_accounts = Vec::with_capacity(new.len());
        for (line, account) in plan.new.iter().zip(&new) {
            let id = ids.get(line.phone.as_str());
            let id = id.ok_or_else(|| Error::corrupt("import", line.phone.masked()))?;
            new_accounts.push((*id, account));
        }
        let changed: Vec<(i64, &Account)> =
            changed.iter().map(|(id, account)| (*id, account)).collect();
        ledger::save_many(tx, tenant_id, &new_accounts, &changed).await?;
        let names: Vec<(i64, &str)> = plan
            .changes
            .iter()
            .filter(|change| change.names)
            .filter_map(|change| Some((change.client.id, change.line.name.as_deref()?)))
            .collect();
        sql::name(tx, tenant_id, &names).await?;
        sql::finish(tx, tenant_id, self.import_id, &totals).await?;
        self.record(tx, &totals, now).await?;
        Ok(Applied::Now(totals))
    }
}

impl Apply<'_> {
    /// Adds the new clients. Returns their numbers by phone.
    async fn add(
        &self,
        tx: &mut Tx,
        lines: &[&Line],
        accounts: &[Account],
        now: Timestamp,
    ) -> Result<HashMap<String, i64>, Error> {
        let tenant_id = self.actor.tenant_id;
        let own: HashSet<CardNumber> = lines.iter().filter_map(|line| line.card).collect();
        let missing = lines.iter().filter(|line| line.card.is_none()).count();
        let free = cards::free_numbers(tx, self.secrets, tenant_id, missing, &own).await?;
        let mut free = free.into_iter();
        let mut clients = Vec::with_capacity(lines.len());
        for (line, account) in lines.iter().zip(accounts) {
            let card = line.card.or_else(|| free.next());
            clients.push(sql::NewClient {
                line,
                card: card.ok_or_else(|| Error::corrupt("cards", "no free number"))?,
                balance: account.balance(),
                last_seq: account.last_seq(),
            });
        }
        let ids = sql::add_clients(tx, tenant_id, &clients, now).await?;
        let given: Vec<(i64, CardNumber)> = lines
            .iter()
            .filter_map(|line| Some((*ids.get(line.phone.as_str())?, line.card?)))
            .collect();
        cards::mark_given(tx, tenant_id, &given, now).await?;
        Ok(ids)
    }

    async fn record(&self, tx: &mut Tx, totals: &Totals, now: Timestamp) -> Result<(), Error> {
        let file = sql::import_in(tx, self.actor.tenant_id, self.import_id).await?;
        let details = Details {
            name: file.map(|file| file.file_name).unwrap_or_default(),
            after: Some(format!(
                "+{} / {} / {}",
                totals.new, totals.changed, totals.opening
            )),
            ..Details::default()
        };
        let (action, subject) = (Action::ClientsImported, Subject::Store);
        audit::record(tx, self.actor, action, subject, &details, now).await
    }
}

/// The dates of an opening lot.
struct OpeningLot {
    now: Timestamp,
    expires_at: Option<Timestamp>,
}

impl OpeningLot {
    async fn at(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<Self, Error> {
        let programme = programme::of_store_in(tx, tenant_id).await?;
        let expires_at = expiry(&programme.terms(Money::ZERO), now);
        Ok(Self { now, expires_at })
    }

    /// Opens the lot. A debt is paid from it first.
    fn credited(&self, mut account: Account, balance: Money) -> Account {
        let (now, expires_at) = (self.now, self.expires_at);
        let source = Source::default();
        account.credit(LotKind::Opening, balance, source, now, now, expires_at);
        account
    }
}

fn new_accounts(lines: &[&Line], opening: &OpeningLot) -> Vec<Account> {
    let empty = || Account::new(Money::ZERO, Money::ZERO, 0, Vec::new());
    let account = |line: &&Line| opening.credited(empty(), line.balance);
    lines.iter().map(account).collect()
}

/// Returns the accounts of the known clients who get opening bonuses. Their lots stay unread: a
/// credit needs none of them.
fn changed_accounts(changes: &[Change<'_>], opening: &OpeningLot) -> Vec<(i64, Account)> {
    let credited = changes
        .iter()
        .filter(|change| change.opening != Opening::None);
    let account = |change: &Change<'_>| {
        let balance = Money::from_dirams(change.client.balance_dirams);
        let debt = Money::from_dirams(change.client.debt_dirams);
        let last_seq = change.client.last_seq;
        let account = Account::unread(balance, debt, last_seq, Holdings::default());
        (
            change.client.id,
            opening.credited(account, change.line.balance),
        )
    };
    credited.map(account).collect()
}
