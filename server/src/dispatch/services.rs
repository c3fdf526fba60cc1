//! The services that carry messages, with the settings of the operator and of the stores.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use backend::channels::Configured;
use channels::fcm::{self, Project};
use channels::osonsms::{self, Gateway, Key};
use channels::telegram::{self, Bot};
use channels::{Address, Http};
use clap::Args;
use domain::messages::Channel;
use serde::{Deserialize, Serialize};

/// The addresses of the services, and the platform's own accounts.
#[derive(Args, Clone)]
pub struct ServicesSettings {
    /// Address of Telegram's Bot API
    #[arg(
        long,
        env = "BONEX_TELEGRAM_URL",
        global = true,
        default_value = telegram::ADDRESS,
        value_name = "URL"
    )]
    pub telegram_url: Address,

    /// Token of the platform's bot, which serves every store without a bot of its own
    #[arg(
        long,
        env = "BONEX_TELEGRAM_TOKEN",
        global = true,
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub telegram_token: Option<String>,

    /// Address of Firebase Cloud Messaging
    #[arg(
        long,
        env = "BONEX_FCM_URL",
        global = true,
        default_value = fcm::ADDRESS,
        value_name = "URL"
    )]
    pub fcm_url: Address,

    /// Address that gives access tokens for Firebase
    #[arg(
        long,
        env = "BONEX_FCM_TOKEN_URL",
        global = true,
        default_value = fcm::TOKEN_ADDRESS,
        value_name = "URL"
    )]
    pub fcm_token_url: Address,

    /// Address of the SMS gateway OsonSMS
    #[arg(
        long,
        env = "BONEX_OSONSMS_URL",
        global = true,
        default_value = osonsms::ADDRESS,
        value_name = "URL"
    )]
    pub osonsms_url: Address,

    /// Login of the platform's account at OsonSMS, for the codes of stores without a gateway
    #[arg(
        long,
        env = "BONEX_OSONSMS_LOGIN",
        global = true,
        requires_all = ["osonsms_sender", "osonsms_token"],
        value_name = "LOGIN"
    )]
    pub osonsms_login: Option<String>,

    /// Sender's name of the platform's account at OsonSMS
    #[arg(long, env = "BONEX_OSONSMS_SENDER", global = true, value_name = "NAME")]
    pub osonsms_sender: Option<String>,

    /// Token of the platform's account at OsonSMS
    #[arg(
        long,
        env = "BONEX_OSONSMS_TOKEN",
        global = true,
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub osonsms_token: Option<String>,

    /// Longest wait for an answer of these services, in seconds
    #[arg(
        long,
        env = "BONEX_SERVICE_TIMEOUT",
        global = true,
        default_value_t = PATIENCE,
        value_parser = clap::value_parser!(u64).range(1..=PATIENCE),
        value_name = "SECONDS"
    )]
    pub service_timeout: u64,
}

/// The default of the longest wait for an answer. An access token, a push and a message of a bot
/// together take less than a lease.
const PATIENCE: u64 = 15;

impl Default for ServicesSettings {
    fn default() -> Self {
        Self {
            telegram_url: Address::fixed(telegram::ADDRESS),
            telegram_token: None,
            fcm_url: Address::fixed(fcm::ADDRESS),
            fcm_token_url: Address::fixed(fcm::TOKEN_ADDRESS),
            osonsms_url: Address::fixed(osonsms::ADDRESS),
            osonsms_login: None,
            osonsms_sender: None,
            osonsms_token: None,
            service_timeout: PATIENCE,
        }
    }
}

/// An account at OsonSMS as it is stored.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SavedGateway {
    pub(crate) login: String,
    pub(crate) sender: String,
    pub(crate) key: SmsKey,
}

/// The key of an account at OsonSMS as it is stored.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SmsKey {
    Token(String),
    Hash(String),
}

/// A project, and the settings that it was made of.
type KnownProject = (String, Project);

/// The clients of the services. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Services {
    http: Http,
    settings: ServicesSettings,
    /// By store, because a project keeps its access token.
    projects: Arc<Mutex<HashMap<i64, KnownProject>>>,
    /// The name of the platform's bot, once Telegram has told it.
    platform_name: Arc<OnceLock<String>>,
}

impl Services {
    pub(crate) fn new(settings: ServicesSettings) -> Self {
        Self {
            http: Http::new(Duration::from_secs(settings.service_timeout)),
            settings,
            projects: Arc::default(),
            platform_name: Arc::default(),
        }
    }

    /// Returns whether Telegram could send updates to this address: the real one wants HTTPS.
    pub(crate) fn can_call_back(&self, url: &str) -> bool {
        let is_real = self.settings.telegram_url == Address::fixed(telegram::ADDRESS);
        !is_real || url.starts_with("https:")
    }

    /// Returns the bot of a token; `None` if the text is no token.
    pub(crate) fn bot(&self, token: &str) -> Option<Bot> {
        Bot::new(&self.http, &self.settings.telegram_url, token)
    }

    /// Returns the platform's bot.
    pub(crate) fn platform_bot(&self) -> Option<Bot> {
        self.bot(self.settings.telegram_token.as_deref()?)
    }

    /// Returns the name of the platform's bot; `None` without one, or as long as Telegram does not
    /// tell it. One request the first time.
    pub(crate) async fn platform_name(&self) -> Option<String> {
        if let Some(known) = self.platform_name.get() {
            return Some(known.clone());
        }
        let name = self.platform_bot()?.name().await.ok()?.username;
        Some(self.platform_name.get_or_init(|| name).clone())
    }

    /// Returns the token of the platform's bot.
    pub(crate) fn platform_token(&self) -> Option<&str> {
        self.settings.telegram_token.as_deref()
    }

    /// Returns the gateway of an account.
    pub(crate) fn gateway(&self, saved: SavedGateway) -> Gateway {
        let account = osonsms::Account {
            login: saved.login,
            sender: saved.sender,
            key: match saved.key {
                SmsKey::Token(token) => Key::Token(token),
                SmsKey::Hash(hash) => Key::Hash(hash),
            },
        };
        Gateway::new(&self.http, &self.settings.osonsms_url, account)
    }

    /// Returns the platform's gateway.
    pub(crate) fn platform_gateway(&self) -> Option<Gateway> {
        let settings = &self.settings;
        Some(self.gateway(SavedGateway {
            login: settings.osonsms_login.clone()?,
            sender: settings.osonsms_sender.clone()?,
            key: SmsKey::Token(settings.osonsms_token.clone()?),
        }))
    }

    /// Returns the project of an account.
    pub(crate) fn project(&self, account: fcm::Account) -> Project {
        let settings = &self.settings;
        Project::new(
            &self.http,
            &settings.fcm_url,
            &settings.fcm_token_url,
            account,
        )
    }

    /// Returns the project of a store as it is set up; `None` if its settings cannot be read.
    pub(crate) fn project_of(&self, tenant_id: i64, file: &str) -> Option<Project> {
        let mut projects = self.projects.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made_of, project)) = projects.get(&tenant_id)
            && made_of == file
        {
            return Some(project.clone());
        }
        let project = self.project(fcm::Account::parse(file).ok()?);
        projects.insert(tenant_id, (file.to_owned(), project.clone()));
        Some(project)
    }
}

/// Returns the settings of a channel among those of a store.
pub(super) fn of(channels: &[Configured], channel: Channel) -> Option<&Configured> {
    channels.iter().find(|known| known.channel == channel)
}
