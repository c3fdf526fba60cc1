//! Somebody who signs in: a person of a store, or an admin of the platform.

use domain::Timestamp;

use crate::Error;
use crate::audit::{self, Action, Actor, Details, PlatformActor, PlatformSubject, Subject};
use crate::db::Tx;
use crate::secrets::sent_token_hash;

/// The accounts among which a login is unique and a sign-in looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realm {
    /// The people of all stores, who sign in to the panel.
    Stores,
    /// The admins, who sign in to the admin console.
    Platform,
}

/// Somebody who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    /// A person of a store.
    Person {
        /// The store.
        tenant_id: i64,
        /// The person's number.
        user_id: i64,
    },
    /// An admin of the platform.
    Admin {
        /// The admin's number.
        admin_id: i64,
    },
}

impl Principal {
    /// Returns whether nobody may sign in as this one without a second step.
    pub(super) const fn must_have_second_step(self) -> bool {
        matches!(self, Self::Admin { .. })
    }

    /// Returns the accounts among which it signs in.
    pub(super) const fn realm(self) -> Realm {
        match self {
            Self::Person { .. } => Realm::Stores,
            Self::Admin { .. } => Realm::Platform,
        }
    }

    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Person { tenant_id, .. } => Scope::Store(tenant_id),
            Self::Admin { .. } => Scope::Platform,
        }
    }

    /// Makes the value of the cookie of a session, which [`Scope::parse`] reads. It names the
    /// person, also after the session has ended.
    pub(super) fn cookie(self, token: &str) -> String {
        let secret = self.scope().secret(token);
        match self {
            Self::Person { user_id, .. } => format!("{secret}.{user_id}"),
            Self::Admin { .. } => secret,
        }
    }

    /// Returns a text that no other principal has.
    pub(super) fn text(self) -> String {
        match self {
            Self::Person { tenant_id, user_id } => format!("{tenant_id}:{user_id}"),
            Self::Admin { admin_id } => format!("admin:{admin_id}"),
        }
    }
}

/// The store in whose tables a session is found, or the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Store(i64),
    Platform,
}

impl Scope {
    /// Reads the value of a cookie, or the secret part of a link: the scope and the hash of the
    /// token.
    pub(super) fn parse(realm: Realm, secret: &str) -> Option<(Self, String)> {
        let (scope, token) = match realm {
            Realm::Stores => {
                let mut parts = secret.split('.');
                (Self::Store(parts.next()?.parse().ok()?), parts.next()?)
            }
            Realm::Platform => (Self::Platform, secret),
        };
        Some((scope, sent_token_hash(Some(token))?))
    }

    /// Makes what [`Scope::parse`] reads.
    pub(super) fn secret(self, token: &str) -> String {
        match self {
            Self::Store(tenant_id) => format!("{tenant_id}.{token}"),
            Self::Platform => token.to_owned(),
        }
    }

    /// Returns the principal with this number.
    pub(super) const fn principal(self, id: i64) -> Principal {
        match self {
            Self::Store(tenant_id) => Principal::Person {
                tenant_id,
                user_id: id,
            },
            Self::Platform => Principal::Admin { admin_id: id },
        }
    }
}

/// Somebody who acts on their own account, as the journal names them.
#[derive(Clone, Debug)]
pub(super) struct Oneself {
    pub(super) principal: Principal,
    pub(super) name: String,
    /// The network address of the request.
    pub(super) address: String,
}

impl Oneself {
    /// Adds an act to the journal of the store or of the platform. One statement.
    pub(super) async fn note(
        &self,
        tx: &mut Tx,
        action: Action,
        details: Details,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (name, address) = (self.name.clone(), self.address.clone());
        let details = Details {
            name: name.clone(),
            ..details
        };
        match self.principal {
            Principal::Person { tenant_id, user_id } => {
                let actor = Actor {
                    tenant_id,
                    user_id: Some(user_id),
                    name,
                    address,
                };
                let subject = Subject::Person(user_id);
                audit::record(tx, &actor, action, subject, &details, now).await
            }
            Principal::Admin { admin_id } => {
                let actor = PlatformActor {
                    admin_id: Some(admin_id),
                    name,
                    address,
                };
                let subject = PlatformSubject::Admin(admin_id);
                audit::record_on_platform(tx, &actor, action, subject, &details, now).await
            }
        }
    }
}
