//! What the platform's operator does for the people who sign in: `bonex invite-owner`,
//! `bonex invite-admin`, `bonex new-admin-password` and `bonex reset-second-step`. The journal of
//! the store or of the platform shows it.

use anyhow::Context as _;
use app::{admin, panel};
use backend::accounts::{self, Invite, MakeAdminPasswordLink, ResetAdmin, SwitchSecondStepOff};
use backend::audit::{Actor, PlatformActor};
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

/// The options of `invite-admin`.
#[derive(Args)]
pub struct InviteAdmin {
    /// The name of the person
    #[arg(value_name = "NAME")]
    name: String,
}

/// The options of `new-admin-password`.
#[derive(Args)]
pub struct NewAdminPassword {
    /// The login of the admin
    #[arg(value_name = "LOGIN")]
    login: String,
}

/// The options of `reset-second-step`.
#[derive(Args)]
pub struct ResetSecondStep {
    /// The login is an admin's: the next sign-in connects another app
    #[arg(long)]
    admin: bool,
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
        let store = self.store;
        let Some(store_name) = stores::name(backend, store).await? else {
            anyhow::bail!("there is no store {store}");
        };
        let name = person_name(&self.name)?;
        let invite = Invite {
            actor: &operator(store),
            name,
            role: Role::Owner,
            token: &secrets::random_token()?,
        };
        let link = panel::urls::Url::Invitation(backend.run(&invite).await?);
        let (origin, days) = (settings.panel_origin(), accounts::LINK_DAYS);
        say(&format!("{origin}{link}"))?;
        say(&format!(
            "give this link to {name}, who becomes an owner of {store_name} with it; it works once, \
             for {days} days"
        ))?;
        Ok(())
    }
}

/// Checks the name of an invited person.
fn person_name(typed: &str) -> anyhow::Result<&str> {
    let name = typed.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        anyhow::bail!("the name of the person must have 1 to {MAX_NAME} characters");
    }
    Ok(name)
}

impl InviteAdmin {
    pub(crate) async fn run(&self, settings: &Settings, backend: &Backend) -> anyhow::Result<()> {
        let name = person_name(&self.name)?;
        let actor = &PlatformActor::operator();
        let token = &secrets::random_token()?;
        let invite = accounts::InviteAdmin { actor, name, token };
        let secret = backend.run(&invite).await?;
        let link = admin::urls::Url::Invitation(secret.context("no link was made")?);
        let (origin, days) = (settings.admin_origin(), accounts::LINK_DAYS);
        say(&format!("{origin}{link}"))?;
        say(&format!(
            "give this link to {name}, who becomes an admin of the platform with it; it works once, \
             for {days} days"
        ))?;
        Ok(())
    }
}

impl NewAdminPassword {
    pub(crate) async fn run(&self, settings: &Settings, backend: &Backend) -> anyhow::Result<()> {
        let login = &self.login;
        let Some(admin_id) = accounts::admin_by_login(backend, login).await? else {
            anyhow::bail!("no admin has the login {login}");
        };
        let make = MakeAdminPasswordLink {
            actor: &PlatformActor::operator(),
            admin_id,
            token: &secrets::random_token()?,
        };
        let secret = backend.run(&make).await?;
        let link = admin::urls::Url::Invitation(secret.context("no link was made")?);
        let (origin, days) = (settings.admin_origin(), accounts::LINK_DAYS);
        say(&format!("{origin}{link}"))?;
        say(&format!(
            "give this link to {login}, who sets a new password with it; it works once, for {days} \
             days, and the sign-in still asks for the code of the app"
        ))?;
        Ok(())
    }
}

impl ResetSecondStep {
    pub(crate) async fn run(&self, backend: &Backend) -> anyhow::Result<()> {
        let login = &self.login;
        let was_on = if self.admin {
            reset_admin(backend, login).await?
        } else {
            switch_off(backend, login).await?
        };
        if was_on {
            say(&format!("the second step of {login} is off"))?;
        } else {
            say(&format!("the second step of {login} was off already"))?;
        }
        Ok(())
    }
}

async fn switch_off(backend: &Backend, login: &str) -> anyhow::Result<bool> {
    let Some((tenant_id, user_id)) = accounts::person_by_login(backend, login).await? else {
        anyhow::bail!("nobody has the login {login}");
    };
    let off = SwitchSecondStepOff {
        actor: &operator(tenant_id),
        user_id,
    };
    Ok(backend.run(&off).await?)
}

async fn reset_admin(backend: &Backend, login: &str) -> anyhow::Result<bool> {
    let Some(admin_id) = accounts::admin_by_login(backend, login).await? else {
        anyhow::bail!("no admin has the login {login}");
    };
    Ok(backend.run(&ResetAdmin { admin_id }).await?)
}
