//! A store whose messages go to local services.

use backend::audit::Actor;
use backend::channels::SaveChannel;
use domain::Programme;
use domain::messages::Channel;
use server::config::{Limits, ServicesSettings};
use server::{App, Dispatcher};
use testkit::service::{Does, Service, answers};
use testkit::{Shop, TestDatabase};

pub(crate) const PHONE: &str = "+992901234567";
/// The token of the platform's bot.
pub(crate) const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
/// The token of the store's own bot.
pub(crate) const OWN_TOKEN: &str = "220201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

pub(crate) const FIREBASE: &str = include_str!("../../../channels/tests/account.json");

/// A store, the services, and what sends its messages.
pub(crate) struct Sender {
    pub(crate) shop: Shop,
    pub(crate) telegram: Service,
    pub(crate) tokens: Service,
    pub(crate) fcm: Service,
    pub(crate) sms: Service,
    pub(crate) app: App,
}

pub(crate) fn sent_by_bot() -> Does {
    answers(200, r#"{"ok":true,"result":{"message_id":77}}"#)
}

pub(crate) fn sent_by_fcm() -> Does {
    answers(200, r#"{"name":"projects/bonex-test/messages/0:1500"}"#)
}

pub(crate) fn sent_by_sms() -> Does {
    answers(201, r#"{"status":"ok","msg_id":38127,"smsc_msg_parts":1}"#)
}

impl Sender {
    pub(crate) async fn start(database: &TestDatabase, programme: Programme) -> Self {
        let shop = Shop::open(database, programme).await;
        let bearer = r#"{"access_token":"bearer-1","expires_in":3599}"#;
        let (telegram, tokens, fcm, sms) = (
            Service::start([sent_by_bot()]).await,
            Service::start([answers(200, bearer)]).await,
            Service::start([sent_by_fcm()]).await,
            Service::start([sent_by_sms()]).await,
        );
        let settings = ServicesSettings {
            telegram_url: telegram.address.parse().unwrap(),
            telegram_token: Some(TOKEN.to_owned()),
            fcm_url: fcm.address.parse().unwrap(),
            fcm_token_url: tokens.address.parse().unwrap(),
            osonsms_url: sms.address.parse().unwrap(),
            service_timeout: 1,
            ..ServicesSettings::default()
        };
        let app = App::new(shop.backend.clone(), no_limits(), String::new());
        Self {
            shop,
            telegram,
            tokens,
            fcm,
            sms,
            app: app.with_services(settings),
        }
    }

    pub(crate) fn dispatcher(&self) -> Dispatcher {
        self.app.dispatcher()
    }

    /// Sends what is due now. Returns how many messages were looked at.
    pub(crate) async fn send(&self) -> usize {
        self.dispatcher().send_due().await.unwrap()
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor {
            tenant_id: self.shop.till.tenant_id,
            user_id: None,
            name: "Тест".to_owned(),
            address: String::new(),
        }
    }

    /// Sets up a channel of the store's own.
    pub(crate) async fn set_up(&self, channel: Channel, settings: &str) {
        let save = SaveChannel {
            actor: &self.actor(),
            channel,
            shown: "свой",
            settings,
            secrets: &self.shop.backend.secrets,
        };
        self.shop.backend.run(&save).await.unwrap();
    }

    pub(crate) async fn set_up_sms(&self) {
        let settings = r#"{"login":"faravon","sender":"FARAVON","key":{"token":"t0ken"}}"#;
        self.set_up(Channel::Sms, settings).await;
    }

    /// Registers a client who has started the bot.
    pub(crate) async fn client_with_bot(&self, phone: &str, telegram_id: i64) -> i64 {
        let client = self.shop.register(phone).await.id;
        self.do_with(
            "UPDATE clients SET telegram_id = $2, is_reachable = 1 WHERE id = $1",
            (client, telegram_id),
        )
        .await;
        client
    }

    /// Gives a client a device with the app.
    pub(crate) async fn add_device(&self, client: i64, token: &str) {
        let tenant_id = self.shop.till.tenant_id;
        self.do_with(
            "INSERT INTO client_devices (tenant_id, token, client_id, platform, created_at)
             VALUES ($1, $2, $3, 'android', 0)",
            (tenant_id, token.to_owned(), client),
        )
        .await;
        let reach = "UPDATE clients SET is_reachable = 1 WHERE id = $1";
        self.do_with(reach, (client,)).await;
    }

    pub(crate) async fn do_with<'q>(
        &self,
        statement: &'static str,
        params: impl backend::db::Params<'q>,
    ) {
        let changed = self.shop.backend.db.writes().execute(statement, params);
        changed.await.unwrap().exactly(1).unwrap();
    }

    /// Returns the texts that the bot sent, in order.
    pub(crate) fn said(&self) -> Vec<String> {
        let arrived = self.telegram.arrived().into_iter();
        let texts = arrived.map(|arrived| arrived.json()["text"].as_str().unwrap().to_owned());
        texts.map(|text| text.replace('\u{a0}', " ")).collect()
    }

    /// Returns the outcome and the fault of a message.
    pub(crate) async fn outcome(&self, subject: &str) -> (String, String) {
        let row = "SELECT COALESCE(outcome, 'waiting'), COALESCE(last_error, '') FROM outbox
            WHERE subject = $1";
        let reads = self.shop.backend.db.reads();
        reads.fetch_one(row, (subject,)).await.unwrap()
    }
}

pub(crate) fn no_limits() -> Limits {
    use std::num::NonZeroU32;
    let most = NonZeroU32::new(1_000_000).unwrap();
    Limits {
        cashier_requests_per_minute: most,
        wrong_tokens_per_minute: most,
        stock_lists_per_hour: most,
        behind_proxy: false,
    }
}

/// Returns a programme whose bonuses can be spent at once.
pub(crate) fn without_hold() -> Programme {
    Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    }
}
