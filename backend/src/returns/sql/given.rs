//! The statements that read what a sale gave, and the rewards that a return may take back.

use std::collections::BTreeMap;

use domain::rewards::Reward;
use domain::{LotKind, Money, Timestamp};

use crate::Error;
use crate::db::{Dialect, Tx};
use crate::ledger::{Family, is_in_family};

#[derive(sqlx::FromRow)]
struct GivenRow {
    client_id: i64,
    seq: i64,
    kind: String,
    sale_id: i64,
    amount_dirams: i64,
    is_moved: bool,
    expired_dirams: i64,
}

impl GivenRow {
    fn expired(&self) -> Money {
        Money::from_dirams(self.expired_dirams)
    }

    /// Returns the amount that was given: nothing for a lot that holds what was moved of another.
    fn given(&self) -> Money {
        if self.is_moved {
            Money::ZERO
        } else {
            Money::from_dirams(self.amount_dirams)
        }
    }
}

/// A reward, and the numbers of the lots that hold it in the account of the client who has it.
#[derive(Clone, Debug)]
pub(crate) struct GivenReward {
    pub(crate) reward: Reward,
    pub(crate) lots: Vec<i64>,
}

/// Adds the lots of each reward up. `owner` is the client whose account holds them now.
fn rewards(rows: Vec<GivenRow>, owner: i64) -> Result<Vec<GivenReward>, Error> {
    let mut rewards: BTreeMap<(LotKind, i64), GivenReward> = BTreeMap::new();
    for row in rows {
        let kind =
            LotKind::parse(&row.kind).ok_or_else(|| Error::corrupt("lots.kind", &row.kind))?;
        let sale_id = row.sale_id;
        let given = rewards.entry((kind, sale_id)).or_insert(GivenReward {
            reward: Reward {
                kind,
                sale_id,
                due: Money::ZERO,
            },
            lots: Vec::new(),
        });
        given.reward.due += row.given() - row.expired();
        given
            .lots
            .extend(Some(row.seq).filter(|_| row.client_id == owner));
    }
    Ok(rewards.into_values().collect())
}

/// The columns of [`GivenRow`]. `expired_dirams` is what a lot that has ended by `$4` held unspent:
/// what the sweep took by an entry, and what still waits for the sweep.
macro_rules! given_columns {
    () => {
        r"
        client_id,
        seq,
        kind,
        sale_id,
        amount_dirams,
        EXISTS (
            SELECT 1
            FROM entries
            WHERE entries.tenant_id = lots.tenant_id
                AND entries.client_id = lots.client_id
                AND entries.seq = lots.seq
                AND entries.kind IN ('merge_in', 'restore')
        ) AS is_moved,
        CASE WHEN expires_at <= $4
            THEN remaining_dirams + CAST(COALESCE((
                SELECT SUM(allocations.amount_dirams)
                FROM allocations
                JOIN entries
                    ON entries.tenant_id = allocations.tenant_id
                    AND entries.client_id = allocations.client_id
                    AND entries.seq = allocations.entry_seq
                WHERE allocations.tenant_id = lots.tenant_id
                    AND allocations.client_id = lots.client_id
                    AND allocations.lot_seq = lots.seq
                    AND entries.kind = 'expire'
            ), 0) AS BIGINT)
            ELSE 0
        END AS expired_dirams"
    };
}

/// The statement that reads a sale's cashback and its client's rewards, without those already taken
/// back.
macro_rules! given_from {
    ($cashback_lots:literal, $reward_lots:literal, $is_client:expr) => {
        concat!(
            "
    SELECT",
            given_columns!(),
            "
    FROM ",
            $cashback_lots,
            "
    WHERE tenant_id = $1
        AND ",
            $is_client,
            "
        AND taken_back_by IS NULL
        AND sale_id = $3
        AND kind = 'purchase'
    UNION ALL
    SELECT",
            given_columns!(),
            "
    FROM ",
            $reward_lots,
            "
    WHERE tenant_id = $1
        AND ",
            $is_client,
            "
        AND taken_back_by IS NULL
        AND kind <> 'purchase'
        AND kind IN ('reactivation', 'second_purchase')
    ORDER BY client_id, seq
"
        )
    };
}

// Without INDEXED BY, SQLite scans the client's lots by the primary key, and there may be very
// many.
const GIVEN_SQLITE: &str = given_from!(
    "lots INDEXED BY lots_by_sale",
    "lots INDEXED BY lots_by_kind",
    "client_id = $2"
);
const GIVEN_POSTGRES: &str = given_from!("lots", "lots", "client_id = $2");
const GIVEN_TO_FAMILY_SQLITE: &str = given_from!(
    "lots INDEXED BY lots_by_sale",
    "lots INDEXED BY lots_by_kind",
    is_in_family!()
);
const GIVEN_TO_FAMILY_POSTGRES: &str = given_from!("lots", "lots", is_in_family!());

/// The bonuses that a sale gave, and the rewards that its client has not lost.
pub(in crate::returns) struct Given {
    pub(in crate::returns) cashback_lots: Vec<i64>,
    /// The part of the cashback that expired unspent.
    pub(in crate::returns) expired: Money,
    pub(in crate::returns) rewards: Vec<GivenReward>,
}

pub(in crate::returns) async fn given(
    tx: &mut Tx,
    tenant_id: i64,
    family: &Family,
    sale_id: i64,
    now: Timestamp,
) -> Result<Given, Error> {
    let statement = match (tx.dialect(), family.is_single()) {
        (Dialect::Sqlite, true) => GIVEN_SQLITE,
        (Dialect::Postgres, true) => GIVEN_POSTGRES,
        (Dialect::Sqlite, false) => GIVEN_TO_FAMILY_SQLITE,
        (Dialect::Postgres, false) => GIVEN_TO_FAMILY_POSTGRES,
    };
    let params = (tenant_id, family.id(), sale_id, now.micros());
    let rows: Vec<GivenRow> = tx.fetch_all(statement, params).await?;
    let (cashback, of_rewards): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.kind == LotKind::Purchase.as_str());
    let own = cashback.iter().filter(|row| row.client_id == family.id());
    Ok(Given {
        cashback_lots: own.map(|row| row.seq).collect(),
        expired: cashback.iter().map(GivenRow::expired).sum(),
        rewards: rewards(of_rewards, family.id())?,
    })
}

const REFERRAL_REWARDS: &str = concat!(
    "
    SELECT",
    given_columns!(),
    "
    FROM lots
    WHERE tenant_id = $1
        AND ",
    is_in_family!(),
    "
        AND taken_back_by IS NULL
        AND kind <> 'purchase'
        AND kind = 'referral'
        AND sale_id IN (
            SELECT sales.id
            FROM sales
            JOIN clients AS buyers
                ON buyers.tenant_id = sales.tenant_id
                AND buyers.id = sales.client_id
            WHERE sales.tenant_id = $1
                AND (buyers.id = $3 OR buyers.merged_into = $3)
        )
    ORDER BY client_id, seq
"
);

/// Returns the rewards that `referrer` has for a client's purchases and has not lost. Of both
/// clients, the ones merged into them count too.
pub(crate) async fn referral_rewards(
    tx: &mut Tx,
    tenant_id: i64,
    referrer: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<Vec<GivenReward>, Error> {
    let params = (tenant_id, referrer, client_id, now.micros());
    let rows: Vec<GivenRow> = tx.fetch_all(REFERRAL_REWARDS, params).await?;
    rewards(rows, referrer)
}

const REFERRERS: &str = r"
    SELECT DISTINCT COALESCE(referrers.merged_into, referrers.id) AS id
    FROM clients
    JOIN clients AS referrers
        ON referrers.tenant_id = clients.tenant_id
        AND referrers.id = clients.referred_by
    WHERE clients.tenant_id = $1
        AND (clients.id = $2 OR clients.merged_into = $2)
        AND COALESCE(referrers.merged_into, referrers.id) <> $2
    ORDER BY id DESC
";

/// Returns the clients who invited a client or one merged into this client, the youngest first.
pub(in crate::returns) async fn referrers(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
) -> Result<Vec<i64>, Error> {
    let rows: Vec<(i64,)> = tx.fetch_all(REFERRERS, (tenant_id, client_id)).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
