//! Signing in by a code, and joining with it.

use domain::{Identifier, Phone, Timestamp};

use super::codes::{self, Checked};
use super::sessions::NewSession;
use super::terms::{self, Terms};
use super::{Join, sql};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Command, Error, ledger};

/// A sign-in of a client by a code. A phone that the store does not know joins it.
pub struct SignInByCode<'a> {
    /// The store.
    pub tenant_id: i64,
    /// The phone.
    pub phone: &'a Phone,
    /// What was typed.
    pub code: &'a str,
    /// The name, for a new client.
    pub full_name: Option<&'a str>,
    /// The code of the friend who has sent a new client.
    pub referral: Option<&'a str>,
    /// The tag of the language.
    pub language: Option<&'a str>,
    /// The version of the terms that the client accepts. A new client must accept the present one.
    pub terms: Option<i64>,
    /// The key of the hashes.
    pub secrets: &'a SecretKey,
}

/// What a sign-in has led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedIn {
    /// The client is signed in by this token.
    In {
        /// The token, which is not stored.
        token: String,
        /// Whether the client has joined now.
        is_new: bool,
    },
    /// The code is right and can still be used, but the present terms must be accepted.
    TermsNeeded(Terms),
    /// The code is wrong, and may be tried so many times more.
    Wrong(i64),
    /// There is no code any more.
    Over,
}

impl Command for SignInByCode<'_> {
    type Outcome = SignedIn;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<SignedIn, Error> {
        let (tenant_id, phone) = (self.tenant_id, self.phone);
        let checked = codes::check(tx, self.secrets, tenant_id, phone, self.code, now);
        match checked.await? {
            Checked::Right => {}
            Checked::Wrong(left) => return Ok(SignedIn::Wrong(left)),
            Checked::Over => return Ok(SignedIn::Over),
        }
        let present = terms::present(tx, tenant_id).await?;
        let identifier = Identifier::Phone(phone.clone());
        let known = ledger::find_in(tx, tenant_id, &identifier, now).await?;
        let accepted = present
            .as_ref()
            .map(|terms| terms.version)
            .filter(|version| self.terms == Some(*version));
        if let (None, Some(terms), None) = (known, present, accepted) {
            return Ok(SignedIn::TermsNeeded(terms));
        }
        sql::codes::use_up(tx, tenant_id, phone.as_str()).await?;
        let join = Join {
            tenant_id,
            phone,
            full_name: self.full_name,
            referral: self.referral,
            language: self.language,
            terms: accepted,
            secrets: self.secrets,
        };
        let joined = join.execute(tx, now).await?;
        let (is_new, joined) = (joined.is_new(), joined.into_inner());
        let session = NewSession {
            tenant_id,
            client_id: joined.client_id,
        };
        let token = session.execute(tx, now).await?;
        Ok(SignedIn::In { token, is_new })
    }
}
