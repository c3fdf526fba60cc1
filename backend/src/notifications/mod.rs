//! The outbox. A notification is written by the transaction that it is about and sent afterwards,
//! so that it exists if and only if that transaction was committed (invariant 10).

mod sql;

use domain::Timestamp;
use serde::Serialize;

use crate::Error;
use crate::db::Tx;

pub(crate) use sql::{mark_all_sent, take_back_sale};

/// A message to a client. Its text is made when it is sent, in the client's language.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Notification {
    /// A sale or a redemption was recorded.
    Sale {
        sale_id: i64,
        total_dirams: i64,
        accrued_dirams: i64,
        redeemed_dirams: i64,
        balance_dirams: i64,
    },
    /// Goods were returned.
    Return {
        return_id: i64,
        return_dirams: i64,
        revoked_dirams: i64,
        restored_dirams: i64,
        balance_dirams: i64,
    },
    /// A sale that the client was told of was undone.
    Voided {
        sale_id: i64,
        revoked_dirams: i64,
        restored_dirams: i64,
        balance_dirams: i64,
    },
    /// The client joined the store's programme.
    Welcome { bonus_dirams: i64 },
    /// A friend's first purchase earned a bonus.
    Referral { sale_id: i64, bonus_dirams: i64 },
    /// A person gave or took bonuses by hand.
    Adjusted {
        act_id: i64,
        change_dirams: i64,
        balance_dirams: i64,
    },
    /// The client got another phone. One message goes to each number.
    PhoneChanged {
        to: String,
        old_phone: String,
        new_phone: String,
        changed_at: i64,
    },
    /// Bonuses will end on a day.
    Expiring { dirams: i64, expires_at: i64 },
}

impl Notification {
    /// Returns the subject of the notification. A store has at most one notification for each
    /// subject.
    pub(crate) fn subject(&self, client_id: i64) -> String {
        match self {
            Self::Sale { sale_id, .. } => format!("sale:{sale_id}"),
            Self::Return { return_id, .. } => format!("return:{return_id}"),
            Self::Voided { sale_id, .. } => format!("voided:{sale_id}"),
            Self::Welcome { .. } => format!("welcome:{client_id}"),
            Self::Referral { sale_id, .. } => format!("referral:{sale_id}"),
            Self::Adjusted { act_id, .. } => format!("adjusted:{act_id}"),
            Self::PhoneChanged {
                to,
                old_phone,
                changed_at,
                ..
            } => {
                let whose = if to == old_phone { "old" } else { "new" };
                format!("phone:{client_id}:{changed_at}:{whose}")
            }
            Self::Expiring { expires_at, .. } => {
                let day = Timestamp::from_micros(*expires_at).local_date();
                format!("expiring:{client_id}:{day}")
            }
        }
    }

    /// Returns the notification as stored.
    pub(crate) fn payload(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|error| Error::corrupt("outbox.payload", error))
    }
}

/// Writes a notification for a client, unless there is one with the same subject. Returns whether
/// it was written. One statement.
pub(crate) async fn enqueue(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    notification: &Notification,
    now: Timestamp,
) -> Result<bool, Error> {
    let subject = notification.subject(client_id);
    let payload = notification.payload()?;
    sql::insert(tx, tenant_id, client_id, &subject, &payload, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_identifies_what_is_sent_once() {
        let sale = Notification::Sale {
            sale_id: 7,
            total_dirams: 100,
            accrued_dirams: 5,
            redeemed_dirams: 0,
            balance_dirams: 5,
        };
        let goods = Notification::Return {
            return_id: 8,
            return_dirams: 100,
            revoked_dirams: 5,
            restored_dirams: 0,
            balance_dirams: 0,
        };
        let welcome = Notification::Welcome { bonus_dirams: 20 };
        let referral = Notification::Referral {
            sale_id: 7,
            bonus_dirams: 15,
        };
        // Half past midnight on 6 June by the store's clock.
        let expiring = Notification::Expiring {
            dirams: 5,
            expires_at: 1_780_687_800_000_000,
        };
        let subjects = [sale, goods, welcome, referral, expiring].map(|it| it.subject(3));
        assert_eq!(
            subjects,
            [
                "sale:7",
                "return:8",
                "welcome:3",
                "referral:7",
                "expiring:3:2026-06-06"
            ]
        );
    }
}
