//! The log of sending: it says what happened, and contains no token, address, text or phone.

use std::io;
use std::sync::{Arc, Mutex};

use domain::messages::Channel;
use testkit::TestDatabase;
use testkit::service::{Does, answers};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::sender::{FIREBASE, OWN_TOKEN, PHONE, Sender, TOKEN, sent_by_bot, without_hold};

const EVERYTHING: &str = "off,server=trace,backend=trace,channels=trace,domain=trace,sqlx=trace,\
    hyper=trace,hyper_util=trace,hyper_rustls=trace,rustls=trace";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Sends by every channel, and lets each fail in several ways.
#[tokio::test]
async fn nothing_secret_of_a_message_is_logged() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(EVERYTHING))
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    // See the test of the API's log: a second subscriber keeps lines from being switched off.
    let _another = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);

    let database = TestDatabase::sqlite();
    let sender = Sender::start(&database, without_hold()).await;
    sender.set_up(Channel::Telegram, OWN_TOKEN).await;
    sender.set_up(Channel::Push, FIREBASE).await;
    sender.set_up_sms().await;
    let client = sender.client_with_bot(PHONE, 4_242_424_242).await;
    sender
        .add_device(client, "device-token-of-the-client")
        .await;
    let change = backend::clients::ChangePhone {
        actor: &sender.actor(),
        client_id: client,
        phone: &domain::Phone::parse("+992918123456").unwrap(),
    };
    sender.shop.backend.run(&change).await.unwrap();
    sender.send().await;
    for (number, does) in [
        answers(500, "secret answer"),
        answers(401, r#"{"ok":false,"description":"secret answer"}"#),
        Does::Hangs,
        sent_by_bot(),
    ]
    .into_iter()
    .enumerate()
    {
        sender.telegram.now([does.clone()]);
        sender.fcm.now([does.clone()]);
        sender.sms.now([does]);
        let check = format!("check-{number}");
        let sold = sender.shop.sell("+992918123456", "777", "0", Some(&check));
        sold.await.unwrap();
        sender.send().await;
        sender.shop.clock.advance(400);
    }
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        text.contains("a channel is stopped"),
        "the log says what happened: {text}"
    );
    for secret in [
        TOKEN,
        OWN_TOKEN,
        "AAHdqTcv",
        "BBHdqTcv",
        "t0ken",
        "bearer-1",
        "PRIVATE KEY",
        "device-token-of-the-client",
        "901234567",
        "918123456",
        "777,00",
        "Покупка",
        "secret answer",
        "sendMessage",
        "sendsms_v1",
        "messages:send",
        "4242424242",
    ] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}
