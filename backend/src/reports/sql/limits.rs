//! The statements of the limits from which on something is unusual.

use domain::UnusualLimits;

use crate::Error;
use crate::db::{Db, Tx};

/// The limits that a store's owner has set.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct LimitsRow {
    pub(in crate::reports) checks_a_day: i64,
    pub(in crate::reports) giver_share_bp: i64,
    pub(in crate::reports) min_purchases: i64,
    pub(in crate::reports) round_step_dirams: i64,
    pub(in crate::reports) round_share_bp: i64,
}

const LIMITS: &str = r"
    SELECT
        checks_a_day,
        giver_share_bp,
        min_purchases,
        round_step_dirams,
        round_share_bp
    FROM unusual_limits
    WHERE tenant_id = $1
";

/// Returns the store's own limits, if it has any.
pub(in crate::reports) async fn limits(
    db: &Db,
    tenant_id: i64,
) -> Result<Option<LimitsRow>, Error> {
    db.reads().fetch_optional(LIMITS, (tenant_id,)).await
}

/// Returns them within a transaction.
pub(in crate::reports) async fn limits_in(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<LimitsRow>, Error> {
    tx.fetch_optional(LIMITS, (tenant_id,)).await
}

const SET_LIMITS: &str = r"
    INSERT INTO unusual_limits (
        tenant_id,
        checks_a_day,
        giver_share_bp,
        min_purchases,
        round_step_dirams,
        round_share_bp
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id) DO UPDATE SET
        checks_a_day = excluded.checks_a_day,
        giver_share_bp = excluded.giver_share_bp,
        min_purchases = excluded.min_purchases,
        round_step_dirams = excluded.round_step_dirams,
        round_share_bp = excluded.round_share_bp
";

/// Sets the store's own limits.
pub(in crate::reports) async fn set_limits(
    tx: &mut Tx,
    tenant_id: i64,
    limits: &UnusualLimits,
) -> Result<(), Error> {
    let params = (
        tenant_id,
        limits.checks_a_day,
        limits.giver_share.get(),
        limits.min_purchases,
        limits.round_step.dirams(),
        limits.round_share.get(),
    );
    tx.execute(SET_LIMITS, params).await?.exactly(1)
}
