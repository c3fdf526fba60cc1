//! A store's programme and its saved versions.

mod save;
mod saved;
mod sql;
mod versions;

use domain::{BasisPoints, Money, Programme, Tier};
use serde::{Deserialize, Serialize};

use crate::db::Tx;
use crate::{Backend, Error};

pub(crate) use save::create;
pub use save::{SaveProgramme, Saved};
pub use saved::Version;
pub(crate) use sql::{ProgrammeRow, programme_columns};
pub use versions::{version, versions};

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

/// Returns a store's programme. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn of_store(backend: &Backend, tenant_id: i64) -> Result<Programme, Error> {
    sql::of_store(&backend.db, tenant_id).await?.try_into()
}

/// Returns a store's programme as [`of_store`] does, within a transaction.
pub(crate) async fn of_store_in(tx: &mut Tx, tenant_id: i64) -> Result<Programme, Error> {
    sql::of_store_in(tx, tenant_id).await?.try_into()
}

/// Returns the tiers as the `tiers` column has them.
pub(crate) fn stored_tiers(programme: &Programme) -> Result<String, Error> {
    let stored = |tier: &Tier| StoredTier {
        id: tier.id,
        name: tier.name.clone(),
        color: tier.color.clone(),
        from_spent_dirams: tier.from_spent.dirams(),
        bonus_percent_bp: tier.bonus_percent.map(BasisPoints::get),
        max_redeem_percent_bp: tier.max_redeem_percent.map(BasisPoints::get),
    };
    let tiers: Vec<StoredTier> = programme.tiers.iter().map(stored).collect();
    serde_json::to_string(&tiers).map_err(|error| Error::corrupt("programmes.tiers", error))
}
