//! What the platform's operator does for the people of a store: `bonex invite-owner` and
//! `bonex reset-second-step`. The store's journal shows both.

use app::panel::urls::Url;
use backend::accounts::{self, Invite, SwitchSecondStepOff};
use backend::audit::Actor;
use backend::{Backend, secrets, stores};
use clap::Args;
use domain::Role;

use crate::config::Settings;
use crate::say::say;

/// The most characters of a person's name.
const MAX_NAME: usize = 100;

/// The options of `invite-owner`.
#[derive(Args)]
pub struct InviteOwner {
    /// The number of the store
    #[arg(value_name = "STORE")]
    store: i64,
    /// The name of the person
    #[arg(value_name = "NAME")]
    name: String,
}

/// The options of `reset-second-step`.
#[derive(Args)]
pub struct ResetSecondStep {
    /// The login of the person
    #[arg(value_name = "LOGIN")]
    login: String,
}

/// Returns the operator as the journal of a store names them.
fn operator(tenant_id: i64) -> Actor {
    Actor {
        tenant_id,
        user_id: None,
        name: "Bonex".to_owned(),
        address: String::new(),
    }
}

impl InviteOwner {
    pub(crate) async fn run(&self, settings: &Settings, backend: &Backend) -> anyhow::Result<()> {
        let (store, name) = (self.store, self.name.trim());
        let Some(store_name) = stores::name(backend, store).await? else {
            anyhow::bail!("there is no store {store}");
        };
        if name.is_empty() || name.chars().count() > MAX_NAME {
            anyhow::bail!("the name of the person must have 1 to {MAX_NAME} characters");
        }
        let invite = Invite {
            actor: &operator(store),
            name,
            role: Role::Owner,
            token: &secrets::random_token()?,
        };
        let link = Url::Invitation(backend.run(&invite).await?);
        let (origin, days) = (settings.panel_origin(), accounts::LINK_DAYS);
        say(&format!("{origin}{link}"))?;
        say(&format!(
            "give this link to {name}, who becomes an owner of {store_name} with it; it works once, \
             for {days} days"
        ))?;
        Ok(())
    }
}

impl ResetSecondStep {
    pub(crate) async fn run(&self, backend: &Backend) -> anyhow::Result<()> {
        let login = &self.login;
        let Some((tenant_id, user_id)) = accounts::person_by_login(backend, login).await? else {
            anyhow::bail!("nobody has the login {login}");
        };
        let off = SwitchSecondStepOff {
            actor: &operator(tenant_id),
            user_id,
        };
        if backend.run(&off).await? {
            say(&format!("the second step of {login} is off"))?;
        } else {
            say(&format!("the second step of {login} was off already"))?;
        }
        Ok(())
    }
}
