//! The programme's columns.

use domain::{BasisPoints, Money, Programme, Tier};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::db::{Tx, on_engine};

/// Columns of the `programmes` table.
#[derive(sqlx::FromRow)]
pub(crate) struct ProgrammeRow {
    currency: String,
    bonus_percent_bp: i64,
    max_redeem_percent_bp: i64,
    accrual_base: String,
    redeem_hold_seconds: i64,
    bonus_expiry_days: i64,
    bonus_expiry_reminder_days: i64,
    min_purchase_dirams: i64,
    welcome_bonus_dirams: i64,
    welcome_min_redeem_dirams: i64,
    referral_bonus_dirams: i64,
    reactivation_days: i64,
    reactivation_bonus_dirams: i64,
    second_purchase_days: i64,
    second_purchase_bonus_dirams: i64,
    tiers: String,
}

/// An element of the `tiers` column.
#[derive(Deserialize, Serialize)]
struct StoredTier {
    id: i64,
    name: String,
    color: String,
    from_spent_dirams: i64,
    bonus_percent_bp: Option<i64>,
    max_redeem_percent_bp: Option<i64>,
}

impl TryFrom<ProgrammeRow> for Programme {
    type Error = Error;

    fn try_from(row: ProgrammeRow) -> Result<Self, Error> {
        let tiers: Vec<StoredTier> = serde_json::from_str(&row.tiers)
            .map_err(|error| Error::corrupt("programmes.tiers", error))?;
        Ok(Self {
            currency: row.currency,
            bonus_percent: BasisPoints::new(row.bonus_percent_bp),
            max_redeem_percent: BasisPoints::new(row.max_redeem_percent_bp),
            accrual_base: row
                .accrual_base
                .parse()
                .map_err(|_| Error::corrupt("programmes.accrual_base", &row.accrual_base))?,
            redeem_hold_seconds: row.redeem_hold_seconds,
            bonus_expiry_days: row.bonus_expiry_days,
            bonus_expiry_reminder_days: row.bonus_expiry_reminder_days,
            min_purchase: Money::from_dirams(row.min_purchase_dirams),
            welcome_bonus: Money::from_dirams(row.welcome_bonus_dirams),
            welcome_min_redeem: Money::from_dirams(row.welcome_min_redeem_dirams),
            referral_bonus: Money::from_dirams(row.referral_bonus_dirams),
            reactivation_days: row.reactivation_days,
            reactivation_bonus: Money::from_dirams(row.reactivation_bonus_dirams),
            second_purchase_days: row.second_purchase_days,
            second_purchase_bonus: Money::from_dirams(row.second_purchase_bonus_dirams),
            tiers: tiers
                .into_iter()
                .map(|tier| Tier {
                    id: tier.id,
                    name: tier.name,
                    color: tier.color,
                    from_spent: Money::from_dirams(tier.from_spent_dirams),
                    bonus_percent: tier.bonus_percent_bp.map(BasisPoints::new),
                    max_redeem_percent: tier.max_redeem_percent_bp.map(BasisPoints::new),
                })
                .collect(),
        })
    }
}

/// Sets a store's programme, whole.
///
/// # Errors
/// [`Error::Refused`] where the settings contradict each other; [`Error::Storage`], also for a value outside its column's
/// bounds.
pub async fn set(tx: &mut Tx, tenant_id: i64, programme: &Programme) -> Result<(), Error> {
    const SET: &str = "INSERT INTO programmes (tenant_id, currency, bonus_percent_bp, \
                       max_redeem_percent_bp, accrual_base, redeem_hold_seconds, bonus_expiry_days, \
                       bonus_expiry_reminder_days, min_purchase_dirams, welcome_bonus_dirams, \
                       welcome_min_redeem_dirams, referral_bonus_dirams, reactivation_days, \
                       reactivation_bonus_dirams, second_purchase_days, second_purchase_bonus_dirams, \
                       tiers) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
                       ON CONFLICT (tenant_id) DO UPDATE SET currency = excluded.currency, \
                       bonus_percent_bp = excluded.bonus_percent_bp, \
                       max_redeem_percent_bp = excluded.max_redeem_percent_bp, \
                       accrual_base = excluded.accrual_base, \
                       redeem_hold_seconds = excluded.redeem_hold_seconds, \
                       bonus_expiry_days = excluded.bonus_expiry_days, \
                       bonus_expiry_reminder_days = excluded.bonus_expiry_reminder_days, \
                       min_purchase_dirams = excluded.min_purchase_dirams, \
                       welcome_bonus_dirams = excluded.welcome_bonus_dirams, \
                       welcome_min_redeem_dirams = excluded.welcome_min_redeem_dirams, \
                       referral_bonus_dirams = excluded.referral_bonus_dirams, \
                       reactivation_days = excluded.reactivation_days, \
                       reactivation_bonus_dirams = excluded.reactivation_bonus_dirams, \
                       second_purchase_days = excluded.second_purchase_days, \
                       second_purchase_bonus_dirams = excluded.second_purchase_bonus_dirams, \
                       tiers = excluded.tiers";
    programme.check()?;
    let tiers: Vec<StoredTier> = programme
        .tiers
        .iter()
        .map(|tier| StoredTier {
            id: tier.id,
            name: tier.name.clone(),
            color: tier.color.clone(),
            from_spent_dirams: tier.from_spent.dirams(),
            bonus_percent_bp: tier.bonus_percent.map(BasisPoints::get),
            max_redeem_percent_bp: tier.max_redeem_percent.map(BasisPoints::get),
        })
        .collect();
    let tiers =
        serde_json::to_string(&tiers).map_err(|error| Error::corrupt("programmes.tiers", error))?;
    on_engine!(tx.conn(), conn => {
        sqlx::query(SET)
            .bind(tenant_id)
            .bind(&programme.currency)
            .bind(programme.bonus_percent.get())
            .bind(programme.max_redeem_percent.get())
            .bind(programme.accrual_base.as_str())
            .bind(programme.redeem_hold_seconds)
            .bind(programme.bonus_expiry_days)
            .bind(programme.bonus_expiry_reminder_days)
            .bind(programme.min_purchase.dirams())
            .bind(programme.welcome_bonus.dirams())
            .bind(programme.welcome_min_redeem.dirams())
            .bind(programme.referral_bonus.dirams())
            .bind(programme.reactivation_days)
            .bind(programme.reactivation_bonus.dirams())
            .bind(programme.second_purchase_days)
            .bind(programme.second_purchase_bonus.dirams())
            .bind(tiers)
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}
