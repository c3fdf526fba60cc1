//! The statements of the programme and of its versions.

use domain::{Programme, Timestamp};

use super::Version;
use crate::Error;
use crate::audit::Actor;
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

const INSERT: &str = concat!(
    "
    INSERT INTO programmes (
        tenant_id,",
    programme_columns!(),
    "
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"
);

/// Sets the programme of a new store.
pub(super) async fn insert(
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
    tx.execute(INSERT, params).await?.exactly(1)
}

const UPDATE: &str = r"
    UPDATE programmes
    SET currency = $3,
        bonus_percent_bp = $4,
        max_redeem_percent_bp = $5,
        accrual_base = $6,
        redeem_hold_seconds = $7,
        bonus_expiry_days = $8,
        bonus_expiry_reminder_days = $9,
        min_purchase_dirams = $10,
        welcome_bonus_dirams = $11,
        welcome_min_redeem_dirams = $12,
        referral_bonus_dirams = $13,
        reactivation_days = $14,
        reactivation_bonus_dirams = $15,
        second_purchase_days = $16,
        second_purchase_bonus_dirams = $17,
        tiers = $18,
        version = version + 1
    WHERE tenant_id = $1
        AND version = $2
";

/// Changes the programme if `version` still applies. Returns whether it does.
pub(super) async fn update(
    tx: &mut Tx,
    tenant_id: i64,
    version: i64,
    programme: &Programme,
    tiers: &str,
) -> Result<bool, Error> {
    let params = (
        tenant_id,
        version,
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
    tx.execute(UPDATE, params).await?.one_or_none()
}

// A copy of what the table holds now, so that a version cannot differ from what applied.
const KEEP: &str = concat!(
    "
    INSERT INTO programme_versions (
        tenant_id,
        number,
        saved_at,
        user_id,
        who,",
    programme_columns!(),
    "
    )
    SELECT
        tenant_id,
        version,
        $2,
        $3,
        $4,",
    programme_columns!(),
    "
    FROM programmes
    WHERE tenant_id = $1
"
);

/// Keeps the programme that applies now as a version.
pub(super) async fn keep(tx: &mut Tx, actor: &Actor, now: Timestamp) -> Result<(), Error> {
    let params = (actor.tenant_id, now.micros(), actor.user_id, &actor.name);
    tx.execute(KEEP, params).await?.exactly(1)
}

#[derive(sqlx::FromRow)]
pub(super) struct VersionRow {
    number: i64,
    saved_at: i64,
    user_id: Option<i64>,
    who: String,
    #[sqlx(flatten)]
    programme: ProgrammeRow,
}

impl VersionRow {
    pub(super) fn into_version(self) -> Result<Version, Error> {
        Ok(Version {
            number: self.number,
            at: Timestamp::from_micros(self.saved_at),
            user_id: self.user_id,
            who: self.who,
            programme: self.programme.try_into()?,
        })
    }
}

const VERSIONS: &str = concat!(
    "
    SELECT
        number,
        saved_at,
        user_id,
        who,",
    programme_columns!(),
    "
    FROM programme_versions
    WHERE tenant_id = $1
        AND number <= $2
    ORDER BY number DESC
    LIMIT $3
"
);

/// Returns the versions with these and smaller numbers, the newest first.
pub(super) async fn versions(
    db: &Db,
    tenant_id: i64,
    up_to: i64,
    limit: i64,
) -> Result<Vec<VersionRow>, Error> {
    db.reads()
        .fetch_all(VERSIONS, (tenant_id, up_to, limit))
        .await
}

/// Returns the newest version, in the transaction that may add one.
pub(super) async fn newest(tx: &mut Tx, tenant_id: i64) -> Result<VersionRow, Error> {
    tx.fetch_one(VERSIONS, (tenant_id, i64::MAX, 1_i64)).await
}
