//! The files that make another program a till: what is sent, to whom, and what is told about them.

use app::panel::modules::program;
use app::panel::urls::Url;
use backend::audit::{self, Filter};
use domain::{Role, TillModule};
use reqwest::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Answer, Browser, PASSWORD, Server};

const AGAIN: &str = "Скачайте файл снова";
const RETYPE: &str = "Введите новый ключ на этой кассе";
/// A name that tries to leave comments, texts and places of a file.
const HOSTILE: &str = "*/ \"; '\\ %>{{API_URL}}{{TENANT_TOKEN}} //=== КОНЕЦ";

/// Downloads a module for a till.
async fn take(browser: &mut Browser, till: i64, module: TillModule) -> Answer {
    let form = [("module", module.as_str())];
    let url = Url::TillModule(till).to_string();
    browser.post(&url, &form).await
}

async fn integrations(browser: &mut Browser) -> String {
    browser.get(&Url::Integrations.to_string()).await.body
}

impl Server {
    async fn write(&self, statement: &'static str) {
        let written = self.shop.backend.db.writes().execute(statement, ()).await;
        written.unwrap().any();
    }
}

#[on_both_engines]
async fn the_owner_downloads_each_module_with_its_settings(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let till = server.shop.till.id;
    let rename = [("name", "Касса \"2\""), ("branch", "1")];
    owner.post(&Url::EditTill(till).to_string(), &rename).await;
    for (module, ascii, name) in [
        (
            TillModule::Unf,
            "BonexIntegration_UNF",
            "BonexИнтеграция_УНФ",
        ),
        (
            TillModule::Retail,
            "BonexIntegration_Retail",
            "BonexИнтеграция_Розница",
        ),
        (
            TillModule::Trade,
            "BonexIntegration_UT",
            "BonexИнтеграция_УТ",
        ),
        (TillModule::Frontol, "frontol_bonex", "frontol_bonex"),
    ] {
        let origin = owner.origin.clone();
        let headers = [("origin", origin.as_str()), ("accept-encoding", "gzip, br")];
        let url = Url::TillModule(till).to_string();
        let form = [("module", module.as_str())];
        let sent = owner.send(Method::POST, &url, &form, &headers).await;
        assert_eq!(sent.status, StatusCode::OK, "{module:?}: {}", sent.body);
        let header = |name| sent.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header(CONTENT_ENCODING), None);
        assert_eq!(header(CACHE_CONTROL), Some("no-store, no-transform"));
        assert_eq!(header(CONTENT_TYPE), Some("application/octet-stream"));
        let ending = if module.is_one_c() { "bsl" } else { "js" };
        let encoded: String = format!("{name}_Касса-2_{till}.{ending}")
            .bytes()
            .map(|byte| match byte {
                b'-' | b'.' | b'_' => char::from(byte).to_string(),
                _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect();
        assert_eq!(
            header(CONTENT_DISPOSITION).unwrap(),
            format!("attachment; filename=\"{ascii}_{till}.{ending}\"; filename*=UTF-8''{encoded}")
        );
        // The file is filled in for this till; only Frontol's has the till's key.
        let api_url = format!("{origin}/api/v1");
        for filled in [&server.shop.tenant_token, &api_url, &till.to_string()] {
            assert!(sent.body.contains(filled.as_str()), "{module:?}: {filled}");
        }
        let has_key = sent.body.contains(&server.shop.cashier_token);
        assert_eq!(has_key, !module.is_one_c(), "{module:?}");
        assert!(!sent.body.contains("{{"), "{module:?} has an empty place");

        let journal = audit::list(
            &server.shop.backend,
            server.shop.till.tenant_id,
            Filter::default(),
        );
        let entry = journal.await.unwrap().entries.remove(0);
        assert_eq!(entry.action, "module_taken");
        assert_eq!(entry.subject, Some(audit::Subject::Till(till)));
        assert_eq!(entry.details.after.as_deref(), Some(program(module)));
        assert!(integrations(&mut owner).await.contains("скачан "));
    }
    let journal = owner.get(&Url::Journal.to_string()).await.body;
    assert!(journal.contains("Файл для кассы скачан"), "{journal}");
    // What cannot be named is not sent.
    for form in [&[][..], &[("module", "2")]] {
        let url = Url::TillModule(till).to_string();
        assert_eq!(owner.post(&url, form).await.status, StatusCode::NOT_FOUND);
    }
}

#[on_both_engines]
async fn a_key_that_was_replaced_after_the_download_is_told(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let till = server.shop.till.id;
    let rotate_till = Url::RotateKey(till).to_string();
    let now = [("grace", "none")];
    owner.post(&rotate_till, &now).await;
    owner.post(&Url::RotateStoreKey.to_string(), &[]).await;
    let page = integrations(&mut owner).await;
    assert!(!page.contains(AGAIN), "nothing was downloaded: {page}");

    take(&mut owner, till, TillModule::Frontol).await;
    assert!(!integrations(&mut owner).await.contains(AGAIN));
    owner.post(&rotate_till, &now).await;
    let page = integrations(&mut owner).await;
    assert!(
        page.contains("Ключ кассы заменён") && page.contains(AGAIN),
        "{page}"
    );
    take(&mut owner, till, TillModule::Frontol).await;
    assert!(!integrations(&mut owner).await.contains(AGAIN));

    // The module of 1C has no key of a till in it: the new one is typed at the till.
    take(&mut owner, till, TillModule::Retail).await;
    owner.post(&rotate_till, &now).await;
    let page = integrations(&mut owner).await;
    assert!(page.contains(RETYPE) && !page.contains(AGAIN), "{page}");
    owner.post(&Url::StopOldStoreKey.to_string(), &[]).await;
    owner.post(&Url::RotateStoreKey.to_string(), &[]).await;
    let page = integrations(&mut owner).await;
    assert!(page.contains("Ключ магазина заменён после"), "{page}");
    assert!(page.contains(RETYPE) && page.contains(AGAIN), "{page}");
}

#[on_both_engines]
async fn who_gets_no_file_is_told_why(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut manager = server.person(Role::Manager, "manager").await;
    let till = server.shop.till.id;
    let module = TillModule::Unf;
    let page = integrations(&mut manager).await;
    assert!(page.contains("Файлы скачивает владелец"), "{page}");
    let url = Url::TillModule(till).to_string();
    assert!(!page.contains(&url), "{page}");
    let refused = take(&mut manager, till, module).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let seal = "UPDATE cashier_nodes SET token_sealed = token_sealed || '00'";
    let seal_store = "UPDATE tenants SET token_sealed = token_sealed || '00'";
    let off = Url::SwitchTillOff(till).to_string();
    for (step, words) in [
        (None, "Касса выключена"),
        (Some(seal), "Ключ этой кассы не читается"),
        (Some(seal_store), "Ключ магазина не читается"),
    ] {
        match step {
            None => drop(owner.post(&off, &[]).await),
            Some(statement) => server.write(statement).await,
        }
        let page = integrations(&mut owner).await;
        assert!(page.contains(words), "{words}: {page}");
        assert!(!page.contains(&url), "{words}: {page}");
        let asked = owner.get(&format!("{url}?module=unf")).await;
        assert!(asked.status == StatusCode::OK && asked.body.contains(words));
        assert!(
            !asked.body.contains(&format!("action=\"{url}\"")),
            "{words}"
        );
        let refused = take(&mut owner, till, module).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(refused.body.contains(words), "{}", refused.body);
        if step.is_none() {
            owner.post(&Url::SwitchTillOn(till).to_string(), &[]).await;
        }
    }
    // The keys of before cannot be read; new ones can.
    let page = owner.get(&Url::Till(till).to_string()).await;
    assert!(page.body.contains("не читается"), "{}", page.body);
    owner.post(&Url::RotateStoreKey.to_string(), &[]).await;
    let grace = [("grace", "none")];
    owner.post(&Url::RotateKey(till).to_string(), &grace).await;
    assert_eq!(take(&mut owner, till, module).await.status, StatusCode::OK);

    server.write("UPDATE tenants SET suspended_at = 1").await;
    let page = integrations(&mut owner).await;
    assert!(page.contains("Магазин приостановлен. Файлы"), "{page}");
    let refused = take(&mut owner, till, module).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let taken = server.acts().await;
    let taken = taken.iter().filter(|act| *act == "module_taken").count();
    assert_eq!(taken, 1);
}

#[on_both_engines]
async fn hostile_names_stay_in_their_place(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let till = server.shop.till.id;
    let mut lines = Vec::new();
    for name in ["Касса 1", HOSTILE] {
        let rename = [("name", name), ("branch", "1"), ("address", "")];
        owner.post(&Url::EditTill(till).to_string(), &rename).await;
        owner.post(&Url::Branch(1).to_string(), &rename).await;
        let settings = [("name", name), ("person", "Фирӯз"), ("language", "ru")];
        owner.post(&Url::Settings.to_string(), &settings).await;
        for module in TillModule::ALL {
            let sent = take(&mut owner, till, module).await;
            assert_eq!(sent.status, StatusCode::OK, "{module:?}");
            let disposition = sent.headers[CONTENT_DISPOSITION].to_str().unwrap();
            assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
            let token = &server.shop.tenant_token;
            let marks = sent.body.lines().filter(|line| line.starts_with("//==="));
            let counts = (
                sent.body.lines().count(),
                marks.count(),
                sent.body.matches(token.as_str()).count(),
            );
            lines.push(counts);
            if !module.is_one_c() {
                assert!(sent.bytes.is_ascii(), "{name}");
            }
        }
    }
    let (plain, hostile) = lines.split_at(TillModule::ALL.len());
    assert_eq!(plain, hostile);
}

#[on_both_engines]
async fn the_page_before_a_download_has_the_password_of_an_act_of_power(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let url = Url::TillModule(server.shop.till.id).to_string();
    let page = owner.get(&format!("{url}?module=frontol")).await;
    assert!(!page.body.contains("type=\"password\""), "{}", page.body);
    server.shop.clock.advance(901);
    let page = owner.get(&format!("{url}?module=frontol")).await;
    assert!(page.body.contains("type=\"password\""), "{}", page.body);
    assert_eq!(page.action(), url);
    let form = [("module", "frontol"), ("password", PASSWORD)];
    let sent = owner.post(&url, &form).await;
    assert!(
        sent.headers.contains_key(CONTENT_DISPOSITION),
        "{}",
        sent.body
    );
    for query in ["", "?module=", "?module=1"] {
        let page = owner.get(&format!("{url}{query}")).await;
        let list = format!("/panel/integrations?till={}", server.shop.till.id);
        assert_eq!(page.location(), list, "{query}");
    }
}

#[on_both_engines]
async fn the_cashiers_steps_have_a_language_of_their_own(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut manager = server.person(Role::Manager, "manager").await;
    for (query, shown) in [
        ("", "Нажмите «Bonex — клиент»"),
        ("?program=frontol", "клавишу «Bonex»"),
        ("?program=1c&language=tg", "«Оплата»-ро пахш кунед"),
        ("?program=frontol&language=en", "Go to the payment"),
        ("?program=%3Cb%3E&language=xx", "Нажмите «Bonex — клиент»"),
    ] {
        let url = Url::CashierSteps;
        let page = manager.get(&format!("{url}{query}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(shown), "{query}: {}", page.body);
    }
}

#[on_both_engines]
async fn the_till_doctor_knows_the_modules(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut accountant = server.person(Role::Accountant, "accountant").await;
    let url = Url::Till(server.shop.till.id).to_string();
    let newest = integrations::VERSION;
    let newer = format!("Есть новая версия модуля: {newest}");
    for (agent, shown, is_old) in [
        (
            "Bonex-1C/0.0.9 (UNF; 3.0.8.73; 1C 8.3.24.1446)".to_owned(),
            "на кассе модуль Bonex 0.0.9, 1C UNF 3.0.8.73, 8.3.24.1446".to_owned(),
            true,
        ),
        (
            format!("Bonex-Frontol/{newest} (Frontol 6.28.1)"),
            format!("на кассе модуль Bonex {newest}, Frontol 6.28.1"),
            false,
        ),
        (
            "Bonex-Other/0.0.1".to_owned(),
            "Bonex-Other 0.0.1".to_owned(),
            false,
        ),
    ] {
        let till = server.till().calling_itself(&agent);
        assert_eq!(till.get("/cashier/session").await, StatusCode::OK);
        let page = owner.get(&url).await.body;
        assert!(page.contains(&shown), "{shown}: {page}");
        assert_eq!(page.contains(&newer), is_old, "{agent}: {page}");
        let read = accountant.get(&url).await.body;
        assert_eq!(read.contains(&newer), is_old, "{agent}: {read}");
        assert!(!read.contains("/panel/integrations"), "{read}");
        let steps = integrations(&mut owner).await;
        let is_module = shown.starts_with("на кассе");
        assert_eq!(
            steps.contains("Модуль Bonex работает"),
            is_module,
            "{agent}"
        );
        assert_eq!(steps.contains(&newer), is_old, "{agent}");
    }
    // Each request names its program, because they differ.
    let page = owner.get(&url).await.body;
    assert!(
        page.contains("Bonex 0.0.9, 1C UNF") && page.contains("Bonex-Other"),
        "{page}"
    );

    // The file of another till.
    let till = server.till();
    till.post(
        "/cashier/client/register",
        serde_json::json!({ "phone": "+992901234567" }),
    )
    .await;
    let sale = serde_json::json!({
        "client_phone": "+992901234567", "total_amount": 5, "cashier_node_id": 4711,
    });
    let refused = till.post("/cashier/sale", sale).await;
    assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY);
    let page = owner.get(&url).await.body;
    assert!(
        page.contains("На этой кассе стоит файл другой кассы"),
        "{page}"
    );
}

#[on_both_engines]
async fn the_steps_of_a_module_are_ticked(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let ticks = async |owner: &mut Browser| {
        let page = integrations(owner).await;
        (
            page.matches("tick-done").count(),
            page.matches("class=\"tick").count(),
        )
    };
    assert_eq!(ticks(&mut owner).await, (1, 6));
    take(&mut owner, server.shop.till.id, TillModule::Frontol).await;
    assert_eq!(ticks(&mut owner).await, (2, 8), "the file is taken");
    let till = server.till().calling_itself("Bonex-Frontol/0.1.0");
    till.get("/cashier/session").await;
    // The moment of a key is noted beside the request.
    for _ in 0..100 {
        if ticks(&mut owner).await == (4, 8) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(ticks(&mut owner).await, (4, 8));
}
