//! The programme's columns, and the statement that sets them.

use domain::Programme;

use crate::Error;
use crate::db::{Db, Tx};

/// The columns of [`ProgrammeRow`].
macro_rules! programme_columns {
    () => {
        r"
        currency,
        bonus_percent_bp,
        max_redeem_percent_bp,
        accrual_base,
        redeem_hold_seconds,
        bonus_expiry_days,
        bonus_expiry_reminder_days,
        min_purchase_dirams,
        welcome_bonus_dirams,
        welcome_min_redeem_dirams,
        referral_bonus_dirams,
        reactivation_days,
        reactivation_bonus_dirams,
        second_purchase_days,
        second_purchase_bonus_dirams,
        tiers"
    };
}
pub(crate) use programme_columns;

/// A row of the `programmes` table.
#[derive(sqlx::FromRow)]
pub(crate) struct ProgrammeRow {
    pub(super) currency: String,
    pub(super) bonus_percent_bp: i64,
    pub(super) max_redeem_percent_bp: i64,
    pub(super) accrual_base: String,
    pub(super) redeem_hold_seconds: i64,
    pub(super) bonus_expiry_days: i64,
    pub(super) bonus_expiry_reminder_days: i64,
    pub(super) min_purchase_dirams: i64,
    pub(super) welcome_bonus_dirams: i64,
    pub(super) welcome_min_redeem_dirams: i64,
    pub(super) referral_bonus_dirams: i64,
    pub(super) reactivation_days: i64,
    pub(super) reactivation_bonus_dirams: i64,
    pub(super) second_purchase_days: i64,
    pub(super) second_purchase_bonus_dirams: i64,
    pub(super) tiers: String,
}

const OF_STORE: &str = concat!(
    "
    SELECT",
    programme_columns!(),
    "
    FROM programmes
    WHERE tenant_id = $1
"
);

pub(super) async fn of_store(db: &Db, tenant_id: i64) -> Result<ProgrammeRow, Error> {
    db.reads().fetch_one(OF_STORE, (tenant_id,)).await
}

pub(super) async fn of_store_in(tx: &mut Tx, tenant_id: i64) -> Result<ProgrammeRow, Error> {
    tx.fetch_one(OF_STORE, (tenant_id,)).await
}

const SET: &str = concat!(
    "
    INSERT INTO programmes (
        tenant_id,",
    programme_columns!(),
    "
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    ON CONFLICT (tenant_id) DO UPDATE SET
        currency = excluded.currency,
        bonus_percent_bp = excluded.bonus_percent_bp,
        max_redeem_percent_bp = excluded.max_redeem_percent_bp,
        accrual_base = excluded.accrual_base,
        redeem_hold_seconds = excluded.redeem_hold_seconds,
        bonus_expiry_days = excluded.bonus_expiry_days,
        bonus_expiry_reminder_days = excluded.bonus_expiry_reminder_days,
        min_purchase_dirams = excluded.min_purchase_dirams,
        welcome_bonus_dirams = excluded.welcome_bonus_dirams,
        welcome_min_redeem_dirams = excluded.welcome_min_redeem_dirams,
        referral_bonus_dirams = excluded.referral_bonus_dirams,
        reactivation_days = excluded.reactivation_days,
        reactivation_bonus_dirams = excluded.reactivation_bonus_dirams,
        second_purchase_days = excluded.second_purchase_days,
        second_purchase_bonus_dirams = excluded.second_purchase_bonus_dirams,
        tiers = excluded.tiers
    "
);

/// Sets a store's whole programme.
pub(super) async fn set(
    tx: &mut Tx,
    tenant_id: i64,
    programme: &Programme,
    tiers: &str,
) -> Result<(), Error> {
    let params = (
        tenant_id,
        &programme.currency,
        programme.bonus_percent.get(),
        programme.max_redeem_percent.get(),
        programme.accrual_base.as_str(),
        programme.redeem_hold_seconds,
        programme.bonus_expiry_days,
        programme.bonus_expiry_reminder_days,
        programme.min_purchase.dirams(),
        programme.welcome_bonus.dirams(),
        programme.welcome_min_redeem.dirams(),
        programme.referral_bonus.dirams(),
        programme.reactivation_days,
        programme.reactivation_bonus.dirams(),
        programme.second_purchase_days,
        programme.second_purchase_bonus.dirams(),
        tiers,
    );
    tx.execute(SET, params).await?.exactly(1)
}
