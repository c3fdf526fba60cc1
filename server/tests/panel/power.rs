//! Acts of power: they ask for the password again, and go on with what was typed.

use std::collections::BTreeSet;

use app::panel::urls::Url;
use domain::Role;
use reqwest::header::CONTENT_DISPOSITION;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::access::routes;
use crate::browser::{Browser, PASSWORD, Server, pairs};
use crate::programme::programme_pairs;

/// A text that a form must not lose or change.
const TYPED: &str = "\"Чай\" & <b>мёд</b>\r\n'=1+1'";

/// An act of power with a form as it may be sent.
struct Act {
    url: Url,
    form: Vec<(&'static str, String)>,
    /// The act in the journal; `None` if the journal has none.
    written: Option<&'static str>,
    /// How often the journal has the act if the button is pressed twice. What is shown or sent is
    /// shown and sent again.
    twice: usize,
}

impl Act {
    fn new(url: Url, act: &'static str) -> Self {
        Self {
            url,
            form: Vec::new(),
            written: Some(act),
            twice: 1,
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.form.push((name, value.into()));
        self
    }

    const fn shows(mut self) -> Self {
        self.twice = 2;
        self
    }

    const fn unwritten(mut self) -> Self {
        self.written = None;
        self
    }
}

/// Returns every act of power, in an order in which all can be done.
async fn acts(server: &Server, owner: &mut Browser) -> Vec<Act> {
    let shop = &server.shop;
    let till = shop.till.id;
    let mut clients = Vec::new();
    for phone in ["900000501", "900000502", "900000503", "900000504"] {
        clients.push(shop.register(phone).await.id);
    }
    let import = owner
        .upload("/panel/clients/import", "a.csv", b"phone\n901234567\n")
        .await;
    let import_id = import
        .location()
        .rsplit('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let seen = owner.get(import.location()).await.hidden();
    let (_, seen) = seen.into_iter().find(|(name, _)| name == "seen").unwrap();
    let mut programme = Act::new(Url::Programme, "programme_saved");
    programme.form = programme_pairs(server, "6,25").await;
    vec![
        Act::new(Url::AdjustClient(clients[0]), "client_credited")
            .with("direction", "credit")
            .with("amount", "100,01")
            .with("reason", TYPED)
            .with("once", "once"),
        Act::new(Url::EraseClient(clients[1]), "client_erased"),
        Act::new(Url::MergeClient(clients[2]), "client_merged")
            .with("from", clients[3].to_string()),
        Act::new(Url::Import(import_id), "clients_imported").with("seen", seen),
        Act::new(Url::ExportClients, "clients_exported")
            .with("as", "csv")
            .shows(),
        programme,
        Act::new(Url::ShowKey(till), "key_shown").shows(),
        Act::new(Url::PairTill(till), "pairing_shown").shows(),
        Act::new(Url::TillModule(till), "module_taken")
            .with("module", "frontol")
            .shows(),
        Act::new(Url::RotateKey(till), "key_rotated").with("grace", "week"),
        Act::new(Url::StopOldKey(till), "old_key_stopped"),
        Act::new(Url::ShowKeys, "store_key_shown")
            .with("till", till.to_string())
            .shows(),
        Act::new(Url::RotateStoreKey, "store_key_rotated"),
        Act::new(Url::StopOldStoreKey, "old_store_key_stopped"),
        Act::new(Url::People, "person_invited")
            .with("name", TYPED)
            .with("role", "manager")
            .with("once", "once"),
        Act::new(Url::NewPasswordLink(2), "password_link_made").with("once", "once"),
        Act::new(Url::RemovePerson(2), "person_removed"),
        Act::new(Url::Channels, "channel_saved")
            .with("channel", "telegram")
            .with("token", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
            .shows(),
        Act::new(Url::RemoveChannel, "channel_removed").with("channel", "telegram"),
        Act::new(Url::SecondStep, "").unwritten(),
        Act::new(Url::NewSecondStep, "")
            .with("code", "000000")
            .unwritten(),
        Act::new(Url::RecoveryCodes, "").unwritten(),
    ]
}

/// Counts an act in the journal.
async fn count(server: &Server, act: &str) -> usize {
    let acts = server.acts().await;
    acts.iter().filter(|known| *known == act).count()
}

#[on_both_engines]
async fn an_act_of_power_goes_on_after_the_password_with_what_was_typed(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    server.person(Role::Manager, "zebo").await;
    for act in acts(&server, &mut owner).await {
        let url = act.url.to_string();
        let form = act.form.iter().map(|(name, value)| (*name, value.as_str()));
        let form: Vec<(&str, &str)> = form.collect();
        server.shop.clock.advance(901);
        let before = server.acts().await;
        let asked = owner.post(&url, &form).await;
        assert!(asked.asks_password(), "{url}: {}", asked.body);
        assert_eq!(asked.action(), url);
        let mut waiting = asked.hidden();
        assert_eq!(pairs(&waiting), form, "{url}");
        for wrong in ["", "wrong password"] {
            let mut sent = waiting.clone();
            sent.push(("password".to_owned(), wrong.to_owned()));
            let refused = owner.post(asked.action(), &pairs(&sent)).await;
            assert!(refused.asks_password(), "{url}: {}", refused.body);
            assert!(refused.body.contains("role=\"alert\""), "{url}");
            assert!(!refused.body.contains("wrong password"), "{url}");
            assert_eq!(refused.hidden(), waiting, "{url}");
        }
        assert_eq!(server.acts().await, before, "{url}");

        waiting.push(("password".to_owned(), PASSWORD.to_owned()));
        let done = owner.post(asked.action(), &pairs(&waiting)).await;
        assert!(!done.asks_password() && done.status.as_u16() < 500, "{url}");
        let Some(name) = act.written else { continue };
        assert!(
            matches!(done.status, StatusCode::OK | StatusCode::SEE_OTHER),
            "{url}: {} {}",
            done.status,
            done.body
        );
        let once = count(&server, name).await;
        assert!(once > 0, "{url}");
        let again = owner.post(asked.action(), &pairs(&waiting)).await;
        assert!(
            again.status.as_u16() < 404 || again.status == 422,
            "{url}: {}",
            again.status
        );
        assert_eq!(count(&server, name).await, once * act.twice, "{url}");
    }
    assert_eq!(server.people().await, 1);
    let journal = owner.get("/panel/journal").await.body;
    assert!(journal.contains("\"Чай\" &amp; &lt;b&gt;мёд"), "{journal}");
    server.shop.assert_sound().await;
}

/// A file leaves the page that asks open, so that page leads on from there.
#[on_both_engines]
async fn a_page_that_asks_before_a_file_says_that_it_stays_and_leads_back(database: TestDatabase) {
    const STAYS: &str = "Эта страница не закроется";
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let till = server.shop.till.id;
    let module = Url::TillModule(till).to_string();
    let export = Url::ExportClients.to_string();
    let leads = [
        (
            &module,
            vec![("module", "frontol")],
            format!("{module}?module=frontol"),
        ),
        (
            &export,
            vec![("as", "csv"), ("q", "Зебо & 1")],
            Url::Clients.with_query(&[("q", "Зебо & 1")]),
        ),
    ];
    for (url, form, back) in leads {
        server.shop.clock.advance(901);
        let asked = owner.post(url, &form).await;
        let mut sent = asked.hidden();
        sent.push(("password".to_owned(), "wrong password".to_owned()));
        let refused = owner.post(url, &pairs(&sent)).await;
        for page in [asked, refused] {
            assert!(page.asks_password(), "{url}: {}", page.body);
            assert!(page.body.contains(STAYS), "{url}: {}", page.body);
            let link = format!("href=\"{}\"", back.replace('&', "&amp;"));
            assert!(page.body.contains(&link), "{url}: {link} {}", page.body);
        }
        sent.pop();
        sent.push(("password".to_owned(), PASSWORD.to_owned()));
        let file = owner.post(url, &pairs(&sent)).await;
        assert!(file.headers.contains_key(CONTENT_DISPOSITION), "{url}");
        let there = owner.get(&back).await;
        assert_eq!(there.status, StatusCode::OK, "{back}");
        assert!(!there.asks_password(), "{back}");
    }
    // Other acts lead to a page of their own.
    server.shop.clock.advance(901);
    let asked = owner.post(&Url::ShowKey(till).to_string(), &[]).await;
    assert!(asked.asks_password());
    assert!(!asked.body.contains(STAYS), "{}", asked.body);
}

#[on_both_engines]
async fn no_act_of_power_is_forgotten_here(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let acts = acts(&server, &mut owner).await;
    let known: BTreeSet<_> = acts.iter().map(|act| act.url.pattern()).collect();
    server.shop.clock.advance(901);
    // Forms that ask before they look at what was typed.
    for (method, url, _) in routes(server.shop.till.id, 1, 1, 1) {
        // This one is the question itself.
        if url == Url::Password || method != Method::POST {
            continue;
        }
        if owner.post(&url.to_string(), &[]).await.asks_password() {
            assert!(known.contains(url.pattern()), "{url}");
        }
    }
    // And those that look first: each handler of such an act has this call.
    let mut calls = 0;
    for file in std::fs::read_dir("src/panel").unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let code = std::fs::read_to_string(path).unwrap();
            calls += code.matches(".password_again(").count();
        }
    }
    assert_eq!(calls, known.len(), "acts of power without a sample");
}
