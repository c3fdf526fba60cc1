//! How a store's messages go out.

use domain::{Money, Timestamp};

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// The settings of a store's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageSettings {
    /// `true`: receipts go to the app, and only otherwise to Telegram. `false`: to both.
    pub receipts_first: bool,
    /// Whether reminders may go by SMS to clients who have neither the app nor Telegram.
    pub sms_reminders: bool,
    /// The most reminders by SMS to one client in a month.
    pub sms_a_client: i64,
    /// The most reminders by SMS of the store in a month. Those that are on their way when it is
    /// reached, at most 16 of each server, still go.
    pub sms_a_month: i64,
    /// The price of a part of an SMS; zero if it is not known.
    pub sms_part_price: Money,
}

impl Default for MessageSettings {
    fn default() -> Self {
        Self {
            receipts_first: false,
            sms_reminders: false,
            sms_a_client: 2,
            sms_a_month: 1_000,
            sms_part_price: Money::ZERO,
        }
    }
}

/// Returns the settings of a store's messages. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn message_settings(backend: &Backend, tenant_id: i64) -> Result<MessageSettings, Error> {
    let row = sql::settings(&backend.db, tenant_id).await?;
    Ok(
        row.map_or_else(MessageSettings::default, |row| MessageSettings {
            receipts_first: row.receipts == "first",
            sms_reminders: row.sms_reminders == 1,
            sms_a_client: row.sms_a_client,
            sms_a_month: row.sms_a_month,
            sms_part_price: Money::from_dirams(row.sms_part_dirams),
        }),
    )
}

/// Changes the settings of a store's messages.
pub struct SaveMessageSettings<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The settings.
    pub settings: MessageSettings,
}

impl Command for SaveMessageSettings<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let settings = self.settings;
        let row = sql::SettingsRow {
            receipts: if settings.receipts_first {
                "first"
            } else {
                "all"
            }
            .to_owned(),
            sms_reminders: i64::from(settings.sms_reminders),
            sms_a_client: settings.sms_a_client,
            sms_a_month: settings.sms_a_month,
            sms_part_dirams: settings.sms_part_price.dirams(),
        };
        sql::put_settings(tx, self.actor.tenant_id, &row).await?;
        let (details, subject) = (Details::default(), Subject::Store);
        let action = Action::MessageSettingsSaved;
        audit::record(tx, self.actor, action, subject, &details, now).await
    }
}
