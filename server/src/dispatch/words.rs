//! What is said of a notification.

use app::messages::Message;
use backend::notifications::Notification;
use domain::{Money, Timestamp};

/// Returns the message of a notification, with the amounts of its moment.
pub(crate) fn message_of(notification: &Notification) -> Message {
    let money = |dirams: &i64| Money::from_dirams(*dirams);
    match notification {
        Notification::Sale {
            total_dirams,
            accrued_dirams,
            redeemed_dirams,
            ..
        } => Message::Sale {
            total: money(total_dirams),
            accrued: money(accrued_dirams),
            redeemed: money(redeemed_dirams),
        },
        Notification::Return {
            return_dirams,
            revoked_dirams,
            restored_dirams,
            ..
        } => Message::Return {
            amount: money(return_dirams),
            revoked: money(revoked_dirams),
            restored: money(restored_dirams),
        },
        Notification::Voided {
            revoked_dirams,
            restored_dirams,
            ..
        } => Message::Voided {
            revoked: money(revoked_dirams),
            restored: money(restored_dirams),
        },
        Notification::Welcome { bonus_dirams } => Message::Welcome {
            bonus: money(bonus_dirams),
        },
        Notification::Referral { bonus_dirams, .. } => Message::Referral {
            bonus: money(bonus_dirams),
        },
        Notification::Adjusted { change_dirams, .. } => Message::Adjusted {
            change: money(change_dirams),
        },
        Notification::PhoneChanged {
            old_phone,
            new_phone,
            ..
        } => Message::PhoneChanged {
            old: old_phone.clone(),
            new: new_phone.clone(),
        },
        Notification::Expiring { dirams, expires_at } => Message::Expiring {
            bonus: money(dirams),
            at: Timestamp::from_micros(*expires_at),
        },
    }
}
