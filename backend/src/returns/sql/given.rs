//! The statements that read what a sale gave, and the rewards that a return may take back.

use domain::rewards::Reward;
use domain::{LotKind, Money, Timestamp};

use crate::Error;
use crate::db::{Dialect, Tx};

#[derive(sqlx::FromRow)]
struct GivenRow {
    seq: i64,
    kind: String,
    sale_id: i64,
    amount_dirams: i64,
    expired_dirams: i64,
}

impl GivenRow {
    fn expired(&self) -> Money {
        Money::from_dirams(self.expired_dirams)
    }

    fn into_reward(self) -> Result<Reward, Error> {
        Ok(Reward {
            lot_seq: self.seq,
            kind: LotKind::parse(&self.kind)
                .ok_or_else(|| Error::corrupt("lots.kind", &self.kind))?,
            sale_id: self.sale_id,
            due: Money::from_dirams(self.amount_dirams) - self.expired(),
        })
    }
}

/// The columns of [`GivenRow`]. `expired_dirams` is what a lot that has ended by `$4` held unspent:
/// what the sweep took by an entry, and what still waits for the sweep.
macro_rules! given_columns {
    () => {
        r"
        seq,
        kind,
        sale_id,
        amount_dirams,
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
    ($cashback_lots:literal, $reward_lots:literal) => {
        concat!(
            "
    SELECT",
            given_columns!(),
            "
    FROM ",
            $cashback_lots,
            "
    WHERE tenant_id = $1
        AND client_id = $2
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
        AND client_id = $2
        AND taken_back_by IS NULL
        AND kind <> 'purchase'
        AND kind IN ('reactivation', 'second_purchase')
    ORDER BY seq
"
        )
    };
}

// Without INDEXED BY, SQLite scans the client's lots by the primary key, and there may be very
// many.
const GIVEN_SQLITE: &str = given_from!(
    "lots INDEXED BY lots_by_sale",
    "lots INDEXED BY lots_by_kind"
);
const GIVEN_POSTGRES: &str = given_from!("lots", "lots");

/// The bonuses that a sale gave, and the rewards that its client has not lost.
pub(in crate::returns) struct Given {
    pub(in crate::returns) cashback_lots: Vec<i64>,
    /// The part of the cashback that expired unspent.
    pub(in crate::returns) expired: Money,
    pub(in crate::returns) rewards: Vec<Reward>,
}

pub(in crate::returns) async fn given(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    sale_id: i64,
    now: Timestamp,
) -> Result<Given, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => GIVEN_SQLITE,
        Dialect::Postgres => GIVEN_POSTGRES,
    };
    let params = (tenant_id, client_id, sale_id, now.micros());
    let rows: Vec<GivenRow> = tx.fetch_all(statement, params).await?;
    let (cashback, rewards): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.kind == LotKind::Purchase.as_str());
    let rewards = rewards.into_iter().map(GivenRow::into_reward);
    Ok(Given {
        cashback_lots: cashback.iter().map(|row| row.seq).collect(),
        expired: cashback.iter().map(GivenRow::expired).sum(),
        rewards: rewards.collect::<Result<_, _>>()?,
    })
}

const REFERRAL_REWARDS: &str = concat!(
    "
    SELECT",
    given_columns!(),
    "
    FROM lots
    WHERE tenant_id = $1
        AND client_id = $2
        AND taken_back_by IS NULL
        AND kind <> 'purchase'
        AND kind = 'referral'
        AND sale_id IN (
            SELECT id
            FROM sales
            WHERE tenant_id = $1
                AND client_id = $3
        )
    ORDER BY seq
"
);

/// Returns the rewards that `referrer` has for a client's purchases and has not lost.
pub(in crate::returns) async fn referral_rewards(
    tx: &mut Tx,
    tenant_id: i64,
    referrer: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<Vec<Reward>, Error> {
    let params = (tenant_id, referrer, client_id, now.micros());
    let rows: Vec<GivenRow> = tx.fetch_all(REFERRAL_REWARDS, params).await?;
    rows.into_iter().map(GivenRow::into_reward).collect()
}
