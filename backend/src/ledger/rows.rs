//! The rows that the ledger is loaded from.

use domain::by_hand::frozen_until;
use domain::sales::PurchaseHistory;
use domain::{Account, CardNumber, Holdings, Lot, Money, Phone, Timestamp};

use super::client::{Client, Family};
use crate::Error;

/// A row of the `lots` table.
#[derive(sqlx::FromRow)]
pub(crate) struct LotRow {
    seq: i64,
    pub(super) kind: String,
    pub(super) amount_dirams: i64,
    pub(super) remaining_dirams: i64,
    pub(super) available_at: i64,
    pub(super) expires_at: Option<i64>,
    pub(super) sale_id: Option<i64>,
}

impl LotRow {
    pub(crate) fn into_lot(self) -> Result<Lot, Error> {
        Ok(Lot {
            seq: self.seq,
            kind: domain::LotKind::parse(&self.kind)
                .ok_or_else(|| Error::corrupt("lots.kind", &self.kind))?,
            amount: Money::from_dirams(self.amount_dirams),
            remaining: Money::from_dirams(self.remaining_dirams),
            available_at: Timestamp::from_micros(self.available_at),
            expires_at: self.expires_at.map(Timestamp::from_micros),
            sale_id: self.sale_id,
        })
    }
}

/// Sums over a client's lots: bonuses that are counted in the balance but cannot be spent, or not
/// in every sale.
#[derive(sqlx::FromRow)]
pub(super) struct HoldingsRow {
    pub(super) expired: i64,
    pub(super) held: i64,
    pub(super) welcome: i64,
    pub(super) held_welcome: i64,
}

/// A row of the `clients` table.
#[derive(sqlx::FromRow)]
pub(crate) struct ClientRow {
    pub(crate) id: i64,
    pub(super) phone: String,
    pub(super) full_name: Option<String>,
    pub(super) card_number: String,
    pub(super) balance_dirams: i64,
    pub(super) debt_dirams: i64,
    pub(super) last_seq: i64,
    pub(super) total_spent_dirams: i64,
    pub(super) purchase_count: i64,
    pub(super) first_purchase_at: Option<i64>,
    pub(super) last_purchase_at: Option<i64>,
    pub(super) second_purchase_rewarded: bool,
    pub(super) referred_by: Option<i64>,
    pub(super) blocked_at: Option<i64>,
    pub(super) last_redemption_at: Option<i64>,
    pub(super) phone_changed_at: Option<i64>,
    pub(crate) merged_into: Option<i64>,
    pub(super) absorbed: i64,
    pub(super) erased_at: Option<i64>,
}

impl ClientRow {
    pub(super) fn balance(&self) -> Money {
        Money::from_dirams(self.balance_dirams)
    }

    pub(super) fn debt(&self) -> Money {
        Money::from_dirams(self.debt_dirams)
    }

    /// Makes the account without its lots. The balance is what remains in the lots less the debt
    /// (invariant 1), so the available bonuses follow from it and the sums.
    pub(super) fn unread_account(&self, holdings: &HoldingsRow) -> Account {
        let held = Money::from_dirams(holdings.held);
        let welcome = Money::from_dirams(holdings.welcome);
        let held_welcome = Money::from_dirams(holdings.held_welcome);
        let unexpired = self.balance() + self.debt() - Money::from_dirams(holdings.expired);
        let unread = Holdings {
            available: unexpired - held,
            held,
            available_welcome: welcome - held_welcome,
            held_welcome,
        };
        let frozen = self.phone_changed_at.map(Timestamp::from_micros);
        Account::unread(self.balance(), self.debt(), self.last_seq, unread)
            .frozen(frozen.map(frozen_until))
    }

    pub(super) fn into_client(self, tenant_id: i64, account: Account) -> Result<Client, Error> {
        Ok(Client {
            tenant_id,
            id: self.id,
            phone: match self.erased_at {
                Some(_) => None,
                None => Some(
                    Phone::parse(&self.phone)
                        .map_err(|_| Error::corrupt("clients.phone of", self.id))?,
                ),
            },
            full_name: self.full_name,
            card_number: CardNumber::parse(&self.card_number)
                .ok_or_else(|| Error::corrupt("clients.card_number", &self.card_number))?,
            is_blocked: self.blocked_at.is_some(),
            referred_by: self.referred_by,
            total_spent: Money::from_dirams(self.total_spent_dirams),
            history: PurchaseHistory {
                count: self.purchase_count,
                first_at: self.first_purchase_at.map(Timestamp::from_micros),
                last_at: self.last_purchase_at.map(Timestamp::from_micros),
                second_rewarded: self.second_purchase_rewarded,
            },
            last_redemption_at: self.last_redemption_at.map(Timestamp::from_micros),
            account,
            family: Family::new(self.id, Vec::new()),
        })
    }
}
