//! Clients: tills find and register them, people of the store look for them and change them.

mod acts;
mod block;
mod erase;
mod events;
mod export;
mod feed;
mod folding;
mod list;
mod listed;
mod lots;
mod merge;
mod page;
mod phone;
mod sql;

pub use acts::{Adjust, Adjusted};
pub use block::Block;
pub use erase::Erase;
pub use events::{Cause, FeedSale};
pub use export::{Exported, RecordExport, exported};
pub use feed::{Feed, FeedEvent, FeedPlace, FeedStep, Took, feed};
pub(crate) use folding::fold_names;
pub use list::{Expiring, Group, List, PAGE, counts, expiring, list};
pub use listed::{Counts, Listed, Place};
pub use lots::{LotLine, LotSums};
pub use merge::{Merge, MergeEffect, NotMerged, preview};
pub use page::{ClientLots, ClientPage, client_page};
pub use phone::{ChangePhone, PhoneChanged};

use std::collections::HashSet;

use domain::expiry::expiry;
use domain::{
    CardNumber, FieldError, Figures, Identifier, LotKind, Money, Phone, Programme, Refusal, Source,
    Timestamp,
};

use crate::db::Tx;
use crate::ledger::{self, Client};
use crate::notifications::{self, Notification};
use crate::secrets::SecretKey;
use crate::tills::AuthenticatedTill;
use crate::{Backend, Command, Error, Recorded, cards};

/// A client as a till sees them.
#[derive(Clone, Debug)]
pub struct ClientView {
    /// The public number.
    pub id: i64,
    /// The phone in E.164.
    pub phone: Phone,
    /// The name, if the client has given one.
    pub full_name: Option<String>,
    /// The club card.
    pub card_number: CardNumber,
    /// The balances at this moment.
    pub figures: Figures,
    /// The money paid for goods that were kept. It decides the tier.
    pub total_spent: Money,
    /// Always `false` in an answer to a till: for a blocked client the till gets a refusal.
    pub is_blocked: bool,
}

/// Finds a client. One statement.
///
/// # Errors
/// [`Refusal::ClientNotFound`], [`Refusal::ClientBlocked`].
pub async fn lookup(
    backend: &Backend,
    till: &AuthenticatedTill,
    identifier: &Identifier,
) -> Result<ClientView, Error> {
    let now = backend.clock.now();
    let client = ledger::find(&backend.db, till.tenant_id, identifier, now)
        .await?
        .ok_or(Refusal::ClientNotFound)?;
    view(client, now)
}

/// Returns the number of the client whom this phone or card finds, also a blocked one. One
/// statement; one more for a merged client.
///
/// # Errors
/// [`Error::Storage`].
pub async fn identified(
    backend: &Backend,
    tenant_id: i64,
    identifier: &Identifier,
) -> Result<Option<i64>, Error> {
    let now = backend.clock.now();
    let client = ledger::find(&backend.db, tenant_id, identifier, now).await?;
    Ok(client.map(|client| client.id))
}

fn view(client: Client, now: Timestamp) -> Result<ClientView, Error> {
    if client.is_blocked {
        return Err(Refusal::ClientBlocked.into());
    }
    Ok(ClientView {
        id: client.id,
        figures: client.account.figures(now),
        phone: client.phone.ok_or(Refusal::ClientNotFound)?,
        full_name: client.full_name,
        card_number: client.card_number,
        total_spent: client.total_spent,
        is_blocked: client.is_blocked,
    })
}

/// A registration of a phone at the till (seed, "Регистрация на кассе").
#[derive(Clone)]
pub struct RegisterClient<'a> {
    /// The till.
    pub till: &'a AuthenticatedTill,
    /// The new client's phone.
    pub phone: Phone,
    /// The new client's name.
    pub full_name: Option<String>,
    /// A reserved card that the new client gets; `None` for the next number.
    pub card: Option<CardNumber>,
    /// The key that seals the key of the store's card numbers.
    pub secrets: &'a SecretKey,
}

impl Command for RegisterClient<'_> {
    type Outcome = Recorded<ClientView>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<ClientView>, Error> {
        let tenant_id = self.till.tenant_id;
        let identifier = Identifier::Phone(self.phone.clone());
        if let Some(client) = ledger::find_in(tx, tenant_id, &identifier, now).await? {
            return self.known(tx, view(client, now)?).await;
        }
        let card = if let Some(card) = self.card {
            cards::lock_store(tx, tenant_id).await?;
            Some(card)
        } else {
            let none = HashSet::new();
            let free = cards::free_numbers(tx, self.secrets, tenant_id, 1, &none).await?;
            free.first().copied()
        };
        // The store's row is locked, so that from here on registrations of one store run one after
        // another. If an earlier one has added the phone meanwhile, the insert adds no client.
        let card = card.ok_or_else(|| Error::corrupt("cards", "no free number"))?;
        let full_name = self.full_name.as_deref();
        let added = add(
            tx,
            tenant_id,
            &self.till.programme,
            &self.phone,
            full_name,
            card,
            now,
        )
        .await?;
        let Some(client) = added else {
            let known = ledger::lock(tx, tenant_id, &identifier, now).await?;
            // Only a card that the till has chosen can be another client's.
            let known = known.ok_or_else(|| wrong_card(FieldError::CardTaken))?;
            return self.known(tx, view(known, now)?).await;
        };
        if self.card.is_some() {
            let claimed = cards::claim(tx, tenant_id, card, client.id, now).await?;
            claimed.map_err(wrong_card)?;
        }
        Ok(Recorded::New(view(client, now)?))
    }
}

fn wrong_card(error: FieldError) -> Refusal {
    Refusal::field("card", error)
}

impl RegisterClient<'_> {
    /// Returns a client who was registered before, and stores the name if the client has no name.
    /// A till cannot give a known client another card: whoever has the card can spend the bonuses.
    async fn known(
        &self,
        tx: &mut Tx,
        mut client: ClientView,
    ) -> Result<Recorded<ClientView>, Error> {
        if self.card.is_some_and(|card| card != client.card_number) {
            return Err(wrong_card(FieldError::HasOtherCard).into());
        }
        if let (None, Some(name)) = (&client.full_name, &self.full_name) {
            let name = sql::name(tx, self.till.tenant_id, client.id, name).await?;
            client.full_name = Some(name);
        }
        Ok(Recorded::Before(client))
    }
}

/// Adds a client with a free card, and gives the welcome bonus. Returns `None` if the phone or the
/// card is a client's already. Six statements.
pub(crate) async fn add(
    tx: &mut Tx,
    tenant_id: i64,
    programme: &Programme,
    phone: &Phone,
    full_name: Option<&str>,
    card: CardNumber,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let created = sql::insert(tx, tenant_id, phone, full_name, card, now).await?;
    let Some(id) = created else {
        return Ok(None);
    };
    let mut client = ledger::lock_id(tx, tenant_id, id, now).await?;
    let terms = programme.terms(Money::ZERO);
    let bonus = terms.programme.welcome_bonus;
    let expires_at = expiry(&terms, now);
    client.account.credit(
        LotKind::Welcome,
        bonus,
        Source::default(),
        now,
        now,
        expires_at,
    );
    ledger::save(tx, &client).await?;
    let notification = Notification::Welcome {
        bonus_dirams: bonus.dirams(),
    };
    notifications::enqueue(tx, tenant_id, id, &notification, now).await?;
    Ok(Some(client))
}
