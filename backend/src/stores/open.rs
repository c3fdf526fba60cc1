//! Opens a store for its owner.

use domain::{Programme, Timestamp};

use super::sql::admin::{self as statements, NewStore};
use super::{SEALED_AS, add_branch};
use crate::accounts::InviteOwner;
use crate::audit::{self, Action, Details, PlatformActor, PlatformSubject, Subject};
use crate::db::Tx;
use crate::secrets::{SecretKey, random_token, token_hash};
use crate::{Command, Error, Recorded, programme};

/// Opens a store with a branch and a programme, and invites its owner. A form that is sent twice
/// opens one store and gets the same link.
#[derive(Clone)]
pub struct OpenStore<'a> {
    /// The admin who opens it.
    pub admin: &'a PlatformActor,
    /// The key that seals the token of the store.
    pub secrets: &'a SecretKey,
    /// A text that identifies the form with its content.
    pub opening: &'a str,
    /// The name of the store.
    pub name: &'a str,
    /// The most tills that may be switched on.
    pub paid_tills: i64,
    /// The name of the first branch.
    pub branch: &'a str,
    /// Its address; may be empty.
    pub address: &'a str,
    /// The programme.
    pub programme: &'a Programme,
    /// The name of the owner.
    pub owner: &'a str,
    /// The token of the owner's link, of 256 bits.
    pub link_token: &'a str,
}

/// A store that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its number.
    pub id: i64,
    /// The secret part of the owner's link.
    pub link: String,
}

impl Command for OpenStore<'_> {
    type Outcome = Recorded<Opened>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_new()
    }

    /// Ten statements, two if the form has opened the store before.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let token = random_token()?;
        let store = NewStore {
            name: self.name,
            token_hash: &token_hash(&token),
            token_sealed: &self.secrets.seal(SEALED_AS, &token)?,
            paid_tills: self.paid_tills,
            opening: self.opening,
        };
        let Some(id) = statements::open(tx, &store, now).await? else {
            let id = statements::opened(tx, self.opening).await?;
            let link = InviteOwner::link(id, self.link_token);
            return Ok(Recorded::Before(Opened { id, link }));
        };
        programme::create(tx, id, self.programme, now).await?;
        add_branch(tx, id, self.branch, self.address, now).await?;
        let details = Details {
            name: self.name.to_owned(),
            ..Details::default()
        };
        let actor = self.admin.in_store(id);
        let (action, subject) = (Action::StoreOpened, Subject::Store);
        audit::record(tx, &actor, action, subject, &details, now).await?;
        let subject = PlatformSubject::Store(id);
        audit::record_on_platform(tx, self.admin, action, subject, &details, now).await?;
        let invite = InviteOwner {
            admin: self.admin,
            tenant_id: id,
            store: self.name,
            name: self.owner,
            token: self.link_token,
        };
        let link = invite.execute(tx, now).await?;
        Ok(Recorded::New(Opened { id, link }))
    }
}
