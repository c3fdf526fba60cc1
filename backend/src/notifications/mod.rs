//! The outbox. A notification is written by the transaction that it is about and sent afterwards,
//! so that it exists if and only if that transaction was committed (invariant 10).
//!
//! [`claim`] leases the messages that are due and [`finish`] writes what became of them, so that
//! several servers can send at once. What they send and where is decided by the server.

mod addressee;
mod dispatch;
mod list;
mod sql;

pub use addressee::{
    Addressee, addressee, block_telegram, ending_on, forget_device, place_of_sale, sms_of_a_month,
};
pub use dispatch::{Claimed, Done, Ending, LEASE_SECONDS, Skip, claim, due_stores, finish};
pub use list::{AskAgain, Counts, Filter, Listed, MAX_LISTED, Outcome, Sums, list, sums};
pub(crate) use sql::addressee::note_reach;
pub(crate) use sql::{end_all, take_back_sale};

use domain::Timestamp;
use domain::messages::{MessageKind, reminder_moment};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::db::Tx;

/// A message to a client. Its text is made when it is sent, in the client's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the fields are amounts and numbers that say what they are"
)]
pub enum Notification {
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
    /// Returns the kind of the message.
    pub const fn kind(&self) -> MessageKind {
        match self {
            Self::Sale { .. }
            | Self::Return { .. }
            | Self::Voided { .. }
            | Self::Referral { .. }
            | Self::Adjusted { .. } => MessageKind::Receipt,
            Self::Welcome { .. } => MessageKind::Welcome,
            Self::PhoneChanged { .. } => MessageKind::Phone,
            Self::Expiring { .. } => MessageKind::Reminder,
        }
    }

    /// Returns the moment after which a message of `since` is no longer sent.
    pub const fn ends_at(&self, since: Timestamp) -> Timestamp {
        match self {
            Self::Expiring { expires_at, .. } => Timestamp::from_micros(*expires_at),
            _ => self.kind().ends_at(since),
        }
    }

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

    /// Reads a notification as stored.
    pub(crate) fn parse(payload: &str) -> Result<Self, Error> {
        serde_json::from_str(payload).map_err(|error| Error::corrupt("outbox.payload", error))
    }
}

/// Writes a notification for a client, unless there is one with the same subject. Returns whether
/// it was written. It is due at once if the client can be reached; a reminder is due later, and
/// what may go by SMS is due in any case. One statement.
pub(crate) async fn enqueue(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    notification: &Notification,
    now: Timestamp,
) -> Result<bool, Error> {
    let kind = notification.kind();
    let row = sql::NewMessage {
        tenant_id,
        client_id,
        subject: &notification.subject(client_id),
        payload: &notification.payload()?,
        now,
    };
    match kind {
        MessageKind::Receipt | MessageKind::Welcome => sql::insert(tx, &row).await,
        MessageKind::Phone | MessageKind::Offer => {
            sql::insert_due(tx, &row, kind.lane(), now).await
        }
        MessageKind::Reminder => {
            let due_at = reminder_moment(now, client_id);
            sql::insert_due(tx, &row, kind.lane(), due_at).await
        }
    }
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
        for message in [&sale, &goods, &welcome, &referral, &expiring] {
            let stored = message.payload().unwrap();
            assert_eq!(Notification::parse(&stored).unwrap(), *message);
        }
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
