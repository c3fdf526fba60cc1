//! Joining without a till, and the person's account in Telegram.

use std::collections::HashSet;

use domain::{Identifier, Phone, Refusal, Timestamp};

use super::referral::client_of;
use super::sql;
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Command, Error, Recorded, cards, clients, ledger, notifications, programme};

/// A registration by the client themselves, who has proved to have the phone.
pub struct Join<'a> {
    /// The store.
    pub tenant_id: i64,
    /// The phone.
    pub phone: &'a Phone,
    /// The name.
    pub full_name: Option<&'a str>,
    /// The code of the friend who brought the client. An unknown one is ignored.
    pub referral: Option<&'a str>,
    /// The tag of the client's language, for a client without one.
    pub language: Option<&'a str>,
    /// The version of the terms that the client has accepted.
    pub terms: Option<i64>,
    /// The key that seals the key of the store's card numbers.
    pub secrets: &'a SecretKey,
}

/// The client, new or known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The client's number.
    pub client_id: i64,
}

impl Command for Join<'_> {
    type Outcome = Recorded<Joined>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let joined = self.client(tx, now).await?;
        let client_id = match joined {
            Recorded::New(joined) | Recorded::Before(joined) => joined.client_id,
        };
        let (tenant_id, language) = (self.tenant_id, self.language);
        sql::note_joined(tx, tenant_id, client_id, language, self.terms, now).await?;
        Ok(joined)
    }
}

impl Join<'_> {
    async fn client(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<Joined>, Error> {
        let tenant_id = self.tenant_id;
        let identifier = Identifier::Phone(self.phone.clone());
        if let Some(known) = ledger::find_in(tx, tenant_id, &identifier, now).await? {
            return known_client(&known);
        }
        let none = HashSet::new();
        let free = cards::free_numbers(tx, self.secrets, tenant_id, 1, &none).await?;
        let card = free.first().copied();
        let card = card.ok_or_else(|| Error::corrupt("cards", "no free number"))?;
        // The store's row is locked now: registrations of one store run one after another.
        let terms = programme::of_store_in(tx, tenant_id).await?;
        let added = clients::add(tx, tenant_id, &terms, self.phone, self.full_name, card, now);
        let Some(client) = added.await? else {
            let known = ledger::find_in(tx, tenant_id, &identifier, now).await?;
            return known_client(&known.ok_or(Refusal::ClientNotFound)?);
        };
        let friend = self
            .referral
            .and_then(|code| client_of(self.secrets, tenant_id, code));
        if let Some(friend) = friend {
            sql::set_referrer(tx, tenant_id, client.id, friend).await?;
        }
        Ok(Recorded::New(Joined {
            client_id: client.id,
        }))
    }
}

fn known_client(client: &ledger::Client) -> Result<Recorded<Joined>, Error> {
    if client.is_blocked {
        return Err(Refusal::ClientBlocked.into());
    }
    Ok(Recorded::Before(Joined {
        client_id: client.id,
    }))
}

/// Connects a person's account in Telegram with a client of a store, who has proved to have the
/// client's phone. It leaves any other client of the store.
pub struct BindTelegram {
    /// The store.
    pub tenant_id: i64,
    /// The client.
    pub client_id: i64,
    /// The person's number in Telegram.
    pub telegram_id: i64,
}

impl Command for BindTelegram {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, _: Timestamp) -> Result<(), Error> {
        let (tenant_id, client_id) = (self.tenant_id, self.client_id);
        let left = sql::leave_telegram(tx, tenant_id, client_id, self.telegram_id).await?;
        for other in left {
            notifications::note_reach(tx, tenant_id, other).await?;
        }
        sql::bind_telegram(tx, tenant_id, client_id, self.telegram_id).await?;
        notifications::note_reach(tx, tenant_id, client_id).await
    }
}

/// Disconnects a client from Telegram: «Это не я». It never touches bonuses.
pub struct UnbindTelegram {
    /// The store.
    pub tenant_id: i64,
    /// The client.
    pub client_id: i64,
}

impl Command for UnbindTelegram {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, _: Timestamp) -> Result<(), Error> {
        sql::unbind_telegram(tx, self.tenant_id, self.client_id).await?;
        notifications::note_reach(tx, self.tenant_id, self.client_id).await
    }
}
