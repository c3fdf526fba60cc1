//! A client as the people of the store see one: the balance, and the lots that it consists of.

use domain::{CardNumber, Figures, Money, Timestamp};

use super::lots::{LotLine, LotSums};
use super::sql;
use crate::{Backend, Error, ledger};

/// The lots that a page shows one by one.
const LOTS: usize = 50;

/// A client with everything that the page of a client shows above the feed.
#[derive(Clone, Debug)]
pub struct ClientPage {
    /// The number.
    pub id: i64,
    /// The phone in E.164; `None` if name and phone were erased.
    pub phone: Option<String>,
    /// The name.
    pub full_name: Option<String>,
    /// The club card.
    pub card_number: CardNumber,
    /// The balances, as a lookup answers them.
    pub figures: Figures,
    /// The debt.
    pub debt: Money,
    /// The sum of all entries; expired bonuses count until the nightly job ends them.
    pub stored_balance: Money,
    /// The money paid for kept goods.
    pub total_spent: Money,
    /// The number of kept purchases.
    pub purchases: i64,
    /// The last kept purchase.
    pub last_purchase: Option<Timestamp>,
    /// The branch of the last document.
    pub last_branch: Option<String>,
    /// The registration.
    pub registered: Timestamp,
    /// The moment and the reason of the block.
    pub blocked: Option<(Timestamp, Option<String>)>,
    /// The client into whom this one was merged.
    pub merged_into: Option<i64>,
    /// The moment when the first held bonuses can be spent.
    pub held_until: Option<Timestamp>,
    /// The lots.
    pub lots: ClientLots,
}

/// The lots of a client: some one by one, and the sums of the rest. All of them less the debt are
/// the balance.
#[derive(Clone, Debug, Default)]
pub struct ClientLots {
    /// All lots in the order in which they were given, if there are few. Otherwise those that hold
    /// bonuses, in spending order.
    pub lines: Vec<LotLine>,
    /// The sums of the lots that are not in `lines`.
    pub rest: Option<LotSums>,
}

/// Reads a client; `None` if the store has no such client. Four statements; one more for a client
/// with more than fifty lots, which reads all of that client's lots and allocations.
///
/// # Errors
/// [`Error::Storage`].
pub async fn client_page(
    backend: &Backend,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ClientPage>, Error> {
    let (db, now) = (&backend.db, backend.clock.now());
    let Some(client) = ledger::find_id(db, tenant_id, id, now).await? else {
        return Ok(None);
    };
    let details = sql::details(db, tenant_id, id, now).await?;
    let timestamp = Timestamp::from_micros;
    let blocked_at = details.blocked_at.map(timestamp);
    Ok(Some(ClientPage {
        id,
        figures: client.account.figures(now),
        debt: client.account.debt(),
        stored_balance: client.account.balance(),
        phone: client.phone.map(|phone| phone.to_string()),
        full_name: client.full_name,
        card_number: client.card_number,
        total_spent: client.total_spent,
        purchases: client.history.count,
        last_purchase: client.history.last_at,
        last_branch: details.last_branch,
        registered: timestamp(details.created_at),
        blocked: blocked_at.map(|at| (at, details.blocked_reason)),
        merged_into: details.merged_into,
        held_until: details.held_until.map(timestamp),
        lots: lots(backend, tenant_id, id, now).await?,
    }))
}

async fn lots(
    backend: &Backend,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<ClientLots, Error> {
    let db = &backend.db;
    let mut lines = sql::lots(db, tenant_id, id, now, LOTS + 1).await?;
    if lines.len() <= LOTS {
        return Ok(ClientLots { lines, rest: None });
    }
    lines = sql::lots_left(db, tenant_id, id, now, LOTS).await?;
    let shown = lines.iter().map(|line| line.sums);
    let all = sql::lots_sums(db, tenant_id, id, now).await?;
    let rest = shown.fold(all, |rest, sums| rest.minus(&sums));
    Ok(ClientLots {
        lines,
        rest: Some(rest).filter(|rest| rest.count > 0),
    })
}
