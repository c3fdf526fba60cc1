//! What a client wants to hear of, and in which language.

use domain::Timestamp;

use super::{AuthenticatedClient, sql};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// What a client wants to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Receipts of purchases and returns.
    pub receipts: bool,
    /// Reminders of bonuses that will end.
    pub reminders: bool,
    /// Offers of the store; off until the client agrees.
    pub offers: bool,
    /// The tag of the language; `None` for the default.
    pub language: Option<String>,
}

/// Returns what a client wants to hear of. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn preferences(
    backend: &Backend,
    client: AuthenticatedClient,
) -> Result<Preferences, Error> {
    let row = sql::preferences::read(&backend.db, client.tenant_id, client.client_id).await?;
    let (receipts_off_at, reminders_off_at, offers_on_at, language) = row;
    Ok(Preferences {
        receipts: receipts_off_at.is_none(),
        reminders: reminders_off_at.is_none(),
        offers: offers_on_at.is_some(),
        language,
    })
}

/// Changes what a client wants to hear of. `None` leaves a preference as it is.
#[derive(Clone, Copy, Debug)]
pub struct SavePreferences<'a> {
    /// The client.
    pub client: AuthenticatedClient,
    /// Receipts.
    pub receipts: Option<bool>,
    /// Reminders.
    pub reminders: Option<bool>,
    /// Offers.
    pub offers: Option<bool>,
    /// The tag of the language.
    pub language: Option<&'a str>,
}

impl Command for SavePreferences<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let choices = sql::preferences::Choices {
            receipts: self.receipts.map(i64::from),
            reminders: self.reminders.map(i64::from),
            offers: self.offers.map(i64::from),
            language: self.language,
        };
        let AuthenticatedClient {
            tenant_id,
            client_id,
        } = self.client;
        sql::preferences::write(tx, tenant_id, client_id, choices, now).await
    }
}
