//! Gives a client another card.

use std::collections::HashSet;

use domain::{CardNumber, FieldError, Timestamp};

use super::{issue, sql};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Command, Error};

/// Gives a client another card in place of the present one, which nobody can use from then on: it
/// may have been found by somebody else.
#[derive(Clone)]
pub struct GiveCard<'a> {
    /// The person who gives it.
    pub actor: &'a Actor,
    /// The key that seals the store's key.
    pub secrets: &'a SecretKey,
    /// The client.
    pub client_id: i64,
    /// The card, which must be a reserved one that nobody has; `None` for a new number.
    pub card: Option<CardNumber>,
}

/// The cards of a client who got another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The card that does not work any more.
    pub before: CardNumber,
    /// The card that works from now on.
    pub after: CardNumber,
}

/// A reason why a client got no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiveError {
    /// The store has no such client.
    NoClient,
    /// The card cannot be given.
    Card(FieldError),
}

impl Command for GiveCard<'_> {
    type Outcome = Result<Given, GiveError>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    /// Runs six or seven statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let (tenant_id, client_id) = (self.actor.tenant_id, self.client_id);
        issue::lock_store(tx, tenant_id).await?;
        let Some((before, name)) = sql::card_of(tx, tenant_id, client_id).await? else {
            return Ok(Err(GiveError::NoClient));
        };
        let before = CardNumber::parse(&before)
            .ok_or_else(|| Error::corrupt("clients.card_number", &before))?;
        let after = if let Some(card) = self.card {
            if card == before {
                return Ok(Err(GiveError::Card(FieldError::CardTaken)));
            }
            if let Err(error) = issue::claim(tx, tenant_id, card, client_id, now).await? {
                return Ok(Err(GiveError::Card(error)));
            }
            card
        } else {
            let avoided = HashSet::new();
            let free = issue::free_numbers(tx, self.secrets, tenant_id, 1, &avoided).await?;
            let none = || Error::corrupt("cards", "no free number");
            *free.first().ok_or_else(none)?
        };
        sql::set_card(tx, tenant_id, client_id, after).await?;
        sql::retire(tx, tenant_id, before, client_id, now).await?;
        let details = Details {
            name,
            before: Some(before.to_string()),
            after: Some(after.to_string()),
            ..Details::default()
        };
        let (action, subject) = (Action::CardGiven, Subject::Client(client_id));
        audit::record(tx, self.actor, action, subject, &details, now).await?;
        Ok(Ok(Given { before, after }))
    }
}
