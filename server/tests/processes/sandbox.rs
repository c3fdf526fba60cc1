//! `bonex sandbox-channels` against the clients that the dispatcher uses, and against a bot.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use channels::fcm::{Account, Project, Push};
use channels::osonsms::{self, Gateway, Key, Sms};
use channels::telegram::{Bot, Keyboard, Message};
use channels::{Address, Fault, Http, NotAccepted};
use serde_json::{Value, json};
use testkit::service::{Service, answers};

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1";
const PERSON: i64 = 700_000_001;
const ACCOUNT: &str = include_str!("../../../channels/tests/account.json");

/// A running sandbox, which ends when this value is dropped.
struct Sandbox {
    child: Child,
    input: Option<ChildStdin>,
    url: String,
}

impl Sandbox {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_bonex"))
            .args(["sandbox-channels", "--listen", "127.0.0.1:0"])
            .arg("--until-stdin-ends")
            .current_dir(folder.path())
            .env("BONEX_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let url = line.strip_prefix("listening on ").unwrap().to_owned();
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 0, "a file of the sandbox");
        let input = child.stdin.take();
        Self { child, input, url }
    }

    fn at(&self, path: &str) -> Address {
        format!("{}{path}", self.url).parse().unwrap()
    }

    fn bot(&self, token: &str) -> Bot {
        Bot::new(&http(), &self.at(""), token).unwrap()
    }

    fn project(&self, account: Account) -> Project {
        Project::new(&http(), &self.at(""), &self.at("/token"), account)
    }

    fn gateway(&self, sender: &str, key: Key) -> Gateway {
        let account = osonsms::Account {
            login: "bonex".to_owned(),
            sender: sender.to_owned(),
            key,
        };
        Gateway::new(&http(), &self.at(""), account)
    }

    async fn messages(&self) -> Vec<Value> {
        let list = reqwest::get(format!("{}/messages.json", self.url)).await;
        let list: Value = list.unwrap().json().await.unwrap();
        list["messages"].as_array().unwrap().clone()
    }

    /// Writes to a bot. Returns the status and the answer of the sandbox.
    async fn write(&self, written: &Value) -> (u16, Value) {
        let url = format!("{}/updates", self.url);
        let answer = reqwest::Client::new().post(url).json(written).send().await;
        let answer = answer.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn http() -> Http {
    Http::new(Duration::from_secs(10))
}

fn now() -> i64 {
    use backend::Clock as _;
    backend::SystemClock.now().micros() / 1_000_000
}

fn message(text: &str) -> Message {
    Message {
        chat_id: PERSON,
        text: text.to_owned(),
        ..Message::default()
    }
}

#[tokio::test]
async fn a_bot_sends_and_is_refused_as_by_telegram() {
    let sandbox = Sandbox::start();
    let bot = sandbox.bot(TOKEN);
    assert_eq!(bot.name().await.unwrap().id, 110_201_543);
    let asking = Message {
        is_silent: true,
        keyboard: Keyboard::ShareContact("Отправить номер".to_owned()),
        ..message("Второе")
    };
    bot.send(&message("Первое <b>")).await.unwrap();
    bot.send(&asking).await.unwrap();
    let [second, first] = <[_; 2]>::try_from(sandbox.messages().await).unwrap();
    assert_eq!(first["text"], "Первое <b>");
    assert_eq!(first["to"], PERSON.to_string());
    assert_eq!(
        (&first["is_silent"], &second["is_silent"]),
        (&false.into(), &true.into())
    );
    let button = &second["reply_markup"]["keyboard"][0][0];
    assert_eq!(button["request_contact"], true);

    let page = reqwest::get(&sandbox.url).await.unwrap();
    assert_eq!(page.headers()["refresh"], "5");
    let page = page.text().await.unwrap();
    for words in [
        r#"lang="ru""#,
        "Ничего на самом деле не отправляется",
        "Первое &lt;b&gt;",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }

    let long = "a".repeat(4_097);
    for (token, text, expected) in [
        (
            &TOKEN[..TOKEN.len() - 1],
            "Текст",
            NotAccepted::Settings(Fault::BotToken),
        ),
        (TOKEN, " ", NotAccepted::Message(Fault::Refused)),
        (TOKEN, &long, NotAccepted::Message(Fault::Refused)),
    ] {
        let refused = sandbox.bot(token).send(&message(text)).await;
        assert_eq!(refused, Err(expected), "{token} {text}");
    }
    let nobody = Message {
        chat_id: 0,
        ..message("Текст")
    };
    let refused = bot.send(&nobody).await;
    assert_eq!(refused, Err(NotAccepted::Address(Fault::ChatNotFound)));
    assert_eq!(sandbox.messages().await.len(), 2);
}

#[tokio::test]
async fn what_a_person_writes_reaches_the_bot() {
    let sandbox = Sandbox::start();
    let bot = sandbox.bot(TOKEN);
    let written = json!({"from": PERSON, "first_name": "Мадина", "text": "/start r_1_ABC"});
    assert_eq!(
        sandbox.write(&written).await,
        (409, json!({"problem": "no_webhook"}))
    );

    let server = Service::start([answers(200, ""), answers(200, ""), answers(403, "")]).await;
    let hook = format!("{}/telegram/1", server.address);
    bot.set_webhook(&hook, "s3cret_-").await.unwrap();
    let wrong = bot.set_webhook(&hook, "no spaces").await;
    assert_eq!(wrong, Err(NotAccepted::Message(Fault::Refused)));
    bot.set_menu_button("Бонусы", "https://bonex.example/app")
        .await
        .unwrap();

    let shared = json!({"from": PERSON, "first_name": "Мадина", "phone": "+992900000500"});
    let blocked = json!({"from": PERSON, "first_name": "Мадина", "what": "block"});
    let mut numbers = Vec::new();
    for (update, status) in [(&written, 200), (&shared, 200), (&blocked, 403)] {
        let (said, answer) = sandbox.write(update).await;
        assert_eq!((said, &answer["status"]), (200, &status.into()));
        numbers.push(answer["update_id"].as_i64().unwrap());
    }
    assert_eq!(numbers, [numbers[0], numbers[0] + 1, numbers[0] + 2]);

    let arrived = server.arrived();
    for request in &arrived {
        assert_eq!(request.path, "/telegram/1");
        assert_eq!(
            request.headers["x-telegram-bot-api-secret-token"],
            "s3cret_-"
        );
        assert_eq!(request.headers["content-type"], "application/json");
    }
    let [text, contact, member] = <[_; 3]>::try_from(arrived).unwrap();
    let text = text.json();
    assert_eq!(text["update_id"], numbers[0]);
    assert_eq!(text["message"]["text"], "/start r_1_ABC");
    assert_eq!(text["message"]["from"]["id"], PERSON);
    assert_eq!(
        text["message"]["chat"],
        json!({"id": PERSON, "type": "private", "first_name": "Мадина"})
    );
    assert_eq!(text["message"]["entities"][0]["length"], 6);
    let contact = contact.json();
    assert_eq!(contact["message"]["contact"]["user_id"], PERSON);
    assert_eq!(
        contact["message"]["contact"]["phone_number"],
        "+992900000500"
    );
    let member = member.json();
    let states = ["old_chat_member", "new_chat_member"]
        .map(|name| member["my_chat_member"][name]["status"].clone());
    assert_eq!(states, ["member", "kicked"]);

    // Whoever has blocked the bot gets nothing until the person lets it write again.
    let refused = bot.send(&message("Текст")).await;
    assert_eq!(refused, Err(NotAccepted::Address(Fault::BotBlocked)));
    let unblocked = json!({"from": PERSON, "what": "unblock"});
    assert_eq!(sandbox.write(&unblocked).await.0, 200);
    bot.send(&message("Текст")).await.unwrap();
}

#[tokio::test]
async fn a_push_needs_an_access_token_of_its_project() {
    let sandbox = Sandbox::start();
    let account = Account::parse(ACCOUNT).unwrap();
    let project = sandbox.project(account.clone());
    project.check(now()).await.unwrap();
    assert_eq!(sandbox.messages().await, Vec::<Value>::new());
    let push = |device: &'static str, body: &'static str| Push {
        device,
        title: "Фаровон",
        body,
        tag: "sale:7",
        kind: "receipt",
    };
    project
        .send(&push("dev:1", "Покупка"), now())
        .await
        .unwrap();
    let [shown] = <[_; 1]>::try_from(sandbox.messages().await).unwrap();
    let expected = json!(["push", "bonex-test", "dev:1", "Фаровон", "Покупка"]);
    let fields = ["channel", "from", "to", "title", "text"].map(|name| shown[name].clone());
    assert_eq!(json!(fields), expected);

    for (device, expected) in [
        ("removed-1", NotAccepted::Address(Fault::AppRemoved)),
        ("not a token", NotAccepted::Address(Fault::DeviceToken)),
    ] {
        let refused = project.send(&push(device, "Покупка"), now()).await;
        assert_eq!(refused, Err(expected), "{device}");
    }
    let old = sandbox.project(account.clone()).check(now() - 7_200).await;
    assert_eq!(old, Err(NotAccepted::Settings(Fault::AccountKey)));
    let other = Account {
        project_id: "other-project".to_owned(),
        ..account
    };
    let other = sandbox.project(other).check(now()).await;
    assert_eq!(other, Err(NotAccepted::Settings(Fault::AccountProject)));
}

#[tokio::test]
async fn an_sms_is_taken_once() {
    let sandbox = Sandbox::start();
    let token = || Key::Token("0123456789abcdef".to_owned());
    let gateway = sandbox.gateway("BONEX", token());
    let balance = gateway.balance("check-1").await.unwrap();
    assert_eq!(balance.to_string(), "250.75");
    let sms = Sms {
        phone: "+992901234567",
        text: "Код: 123456",
        txn_id: "sale-1001",
        is_confidential: true,
    };
    let first = gateway.send(&sms).await.unwrap();
    assert!(first.reference.is_some() && first.parts == 1, "{first:?}");
    // Without a number: the gateway has said that it had taken the message before.
    assert_eq!(gateway.send(&sms).await.unwrap().reference, None);
    let by_hash = sandbox.gateway("BONEX", Key::Hash("0123456789abcdef".to_owned()));
    let next = Sms {
        txn_id: "sale-1002",
        ..sms.clone()
    };
    by_hash.send(&next).await.unwrap();
    let messages = sandbox.messages().await;
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[1]["to"], "+992901234567");
    assert_eq!(messages[1]["is_confidential"], true);

    let short = sandbox.gateway("BONEX", Key::Token("short".to_owned()));
    let refused = short.balance("check-2").await;
    assert_eq!(refused, Err(NotAccepted::Settings(Fault::SmsKey)));
    let long_name = sandbox.gateway("TOO LONG NAME", token());
    let refused = long_name.send(&sms).await;
    assert_eq!(refused, Err(NotAccepted::Settings(Fault::SmsSender)));
    let abroad = Sms {
        phone: "+79001234567",
        txn_id: "sale-1003",
        ..sms
    };
    let refused = gateway.send(&abroad).await;
    assert_eq!(refused, Err(NotAccepted::Message(Fault::Refused)));
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_and_the_sandbox_ends_with_its_input() {
    let mut sandbox = Sandbox::start();
    let post = |site: &'static str| {
        let form = reqwest::Client::new().post(format!("{}/write", sandbox.url));
        let form = form.header("sec-fetch-site", site);
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        form.body("from=1&first_name=A&text=B").send()
    };
    assert_eq!(post("cross-site").await.unwrap().status(), 403);
    let answer = post("same-origin").await.unwrap();
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Не доставлено: у бота нет адреса"), "{page}");

    drop(sandbox.input.take());
    assert!(sandbox.child.wait().unwrap().success());
}
