//! The client of a check.

use cashier_api::answers::ClientData;
use domain::Identifier;
use till::identify::spelled;

/// The client of the check on the screen, as far as the till knows.
#[derive(Clone, PartialEq)]
pub enum Who {
    Nobody,
    /// The server is being asked.
    Finding(Identifier),
    Known(Box<ClientData>),
    /// Named without a network; the server has not said yet whether there is such a client.
    Unverified(Identifier),
    /// The server does not know the phone or card.
    Unknown(Identifier),
}

impl Who {
    /// The phone or code that the server is given.
    pub fn identifier(&self) -> Option<String> {
        match self {
            Self::Known(client) => Some(client.phone.clone()),
            Self::Unverified(identifier) => Some(spelled(identifier)),
            _ => None,
        }
    }

    /// The name, for the history.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Known(client) => client.full_name.clone(),
            _ => None,
        }
    }
}
