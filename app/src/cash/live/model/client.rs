//! The client of a sale.

use cashier_api::answers::ClientData;
use domain::Identifier;
use till::identify::spelled;

/// The client of the sale on the screen, and whether the server has found them.
#[derive(Clone, PartialEq)]
pub enum Who {
    Nobody,
    /// The server was asked and has not answered yet.
    Finding(Identifier),
    Known(Box<ClientData>),
    /// Named without a network: the server has not confirmed that there is such a client.
    Unverified(Identifier),
    /// The server does not know the phone or card.
    Unknown(Identifier),
}

impl Who {
    /// Returns the phone or code that identifies the client to the server.
    pub fn identifier(&self) -> Option<String> {
        match self {
            Self::Known(client) => Some(client.phone.clone()),
            Self::Unverified(identifier) => Some(spelled(identifier)),
            _ => None,
        }
    }

    /// Returns the client's name, for the history.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Known(client) => client.full_name.clone(),
            _ => None,
        }
    }
}
