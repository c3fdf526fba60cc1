//! Who acts on the platform, and on what.

use super::Actor;

/// The admin, or the operator at the command line, who acts on the platform.
#[derive(Clone, Debug)]
pub struct PlatformActor {
    /// The admin's number; `None` for the operator.
    pub admin_id: Option<i64>,
    /// The name as the journal shows it.
    pub name: String,
    /// The network address of the request.
    pub address: String,
}

impl PlatformActor {
    /// Returns the operator at the command line.
    pub fn operator() -> Self {
        Self {
            admin_id: None,
            name: "Bonex".to_owned(),
            address: String::new(),
        }
    }

    /// Returns the admin as the journal of a store names them.
    pub fn in_store(&self, tenant_id: i64) -> Actor {
        Actor {
            tenant_id,
            user_id: None,
            name: self.name.clone(),
            address: self.address.clone(),
        }
    }
}

/// What an act on the platform was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformSubject {
    /// An admin, by number.
    Admin(i64),
    /// A store, by number.
    Store(i64),
    /// The platform itself.
    Platform,
}

impl PlatformSubject {
    pub(crate) fn text(self) -> String {
        match self {
            Self::Admin(id) => format!("admin:{id}"),
            Self::Store(id) => format!("store:{id}"),
            Self::Platform => "platform".to_owned(),
        }
    }
}
