//! Who may open which page, and how a person proves who they are.

use app::panel::urls::{ALL_PATTERNS, Url};
use domain::Role;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Browser, PASSWORD, Server};

/// Every page and form of the panel with the lowest role that may use it.
pub(crate) fn routes(till: i64, branch: i64, person: i64, client: i64) -> Vec<(Method, Url, Role)> {
    let get = |url, role| (Method::GET, url, role);
    let post = |url, role| (Method::POST, url, role);
    vec![
        get(Url::Today, Role::Accountant),
        get(Url::Tills, Role::Accountant),
        get(Url::Till(till), Role::Accountant),
        get(Url::Clients, Role::Accountant),
        get(Url::Client(client), Role::Accountant),
        post(Url::AdjustClient(client), Role::Manager),
        post(Url::BlockClient(client), Role::Manager),
        post(Url::UnblockClient(client), Role::Manager),
        get(Url::ChangePhone(client), Role::Manager),
        post(Url::ChangePhone(client), Role::Manager),
        get(Url::MergeClient(client), Role::Owner),
        post(Url::MergeClient(client), Role::Owner),
        get(Url::EraseClient(client), Role::Owner),
        post(Url::EraseClient(client), Role::Owner),
        get(Url::Messages, Role::Manager),
        get(Url::MessagePreviews, Role::Manager),
        post(Url::SendAgain, Role::Manager),
        get(Url::Joining, Role::Manager),
        post(Url::Joining, Role::Owner),
        get(Url::Channels, Role::Manager),
        post(Url::Channels, Role::Owner),
        post(Url::CheckChannel, Role::Owner),
        post(Url::RemoveChannel, Role::Owner),
        post(Url::MessageRules, Role::Owner),
        get(Url::Journal, Role::Accountant),
        get(Url::Programme, Role::Accountant),
        post(Url::Programme, Role::Owner),
        get(Url::ProgrammePreview, Role::Accountant),
        post(Url::ProgrammePreview, Role::Owner),
        get(Url::ProgrammeVersion(1), Role::Accountant),
        get(Url::ProgrammeLook(1), Role::Owner),
        post(Url::StopProgrammeLook(1), Role::Owner),
        get(Url::Reports, Role::Accountant),
        get(Url::ProgrammeResult, Role::Accountant),
        get(Url::TierReport, Role::Accountant),
        get(Url::Unusual, Role::Accountant),
        get(Url::UnusualLimits, Role::Owner),
        post(Url::UnusualLimits, Role::Owner),
        get(Url::Sales, Role::Accountant),
        get(Url::Goods, Role::Accountant),
        post(Url::RestoreGoods, Role::Manager),
        post(Url::ConfirmGoodsOff, Role::Manager),
        get(Url::Sale(1), Role::Accountant),
        get(Url::Return(1), Role::Accountant),
        get(Url::Receipt(1), Role::Accountant),
        get(Url::NewBranch, Role::Manager),
        post(Url::NewBranch, Role::Manager),
        get(Url::Branch(branch), Role::Manager),
        post(Url::Branch(branch), Role::Manager),
        get(Url::NewTill, Role::Manager),
        post(Url::NewTill, Role::Manager),
        get(Url::EditTill(till), Role::Manager),
        post(Url::EditTill(till), Role::Manager),
        get(Url::SwitchTillOff(till), Role::Manager),
        post(Url::SwitchTillOff(till), Role::Manager),
        post(Url::SwitchTillOn(till), Role::Manager),
        get(Url::UnbindTill(till), Role::Manager),
        post(Url::UnbindTill(till), Role::Manager),
        get(Url::Integrations, Role::Manager),
        get(Url::CashierSteps, Role::Manager),
        get(Url::TillModule(till), Role::Owner),
        post(Url::TillModule(till), Role::Owner),
        post(Url::ShowKeys, Role::Owner),
        get(Url::RotateStoreKey, Role::Owner),
        post(Url::RotateStoreKey, Role::Owner),
        get(Url::StopOldStoreKey, Role::Owner),
        post(Url::StopOldStoreKey, Role::Owner),
        post(Url::ShowKey(till), Role::Owner),
        get(Url::PairTill(till), Role::Owner),
        post(Url::PairTill(till), Role::Owner),
        get(Url::RotateKey(till), Role::Owner),
        post(Url::RotateKey(till), Role::Owner),
        get(Url::StopOldKey(till), Role::Owner),
        post(Url::StopOldKey(till), Role::Owner),
        get(Url::People, Role::Owner),
        post(Url::People, Role::Owner),
        post(Url::NewPasswordLink(person), Role::Owner),
        get(Url::RemovePerson(person), Role::Owner),
        post(Url::RemovePerson(person), Role::Owner),
        post(Url::CancelInvitation(1), Role::Owner),
        get(Url::Password, Role::Accountant),
        post(Url::Password, Role::Accountant),
        get(Url::Settings, Role::Accountant),
        post(Url::Settings, Role::Accountant),
        get(Url::OwnPassword, Role::Accountant),
        post(Url::OwnPassword, Role::Accountant),
        get(Url::Sessions, Role::Accountant),
        post(Url::EndOtherSessions, Role::Accountant),
        post(Url::EndSession(1), Role::Accountant),
        get(Url::SecondStep, Role::Accountant),
        post(Url::SecondStep, Role::Accountant),
        get(Url::NewSecondStep, Role::Accountant),
        post(Url::NewSecondStep, Role::Accountant),
        post(Url::RecoveryCodes, Role::Accountant),
        get(Url::SecondStepOff, Role::Accountant),
        post(Url::SecondStepOff, Role::Accountant),
        get(Url::ImportClients, Role::Owner),
        post(Url::ImportClients, Role::Owner),
        get(Url::Import(1), Role::Owner),
        post(Url::Import(1), Role::Owner),
        get(Url::ReadImport(1), Role::Owner),
        post(Url::ReadImport(1), Role::Owner),
        get(Url::ImportFaults(1), Role::Owner),
        post(Url::DiscardImport(1), Role::Owner),
        get(Url::ExportClients, Role::Owner),
        post(Url::ExportClients, Role::Owner),
        get(Url::Cards, Role::Manager),
        post(Url::Cards, Role::Owner),
        get(Url::CardBatch(1), Role::Manager),
        get(Url::PrintCards(1), Role::Manager),
        get(Url::ClientCard(1), Role::Manager),
        get(Url::GiveCard(1), Role::Manager),
        post(Url::GiveCard(1), Role::Manager),
    ]
}

pub(crate) async fn ask(browser: &mut Browser, method: &Method, url: &str) -> StatusCode {
    let answer = match *method {
        Method::GET => browser.get(url).await,
        _ => browser.post(url, &[]).await,
    };
    let sign_in = ["/panel/sign-in", "/admin/sign-in"];
    if sign_in
        .iter()
        .any(|form| answer.location().starts_with(form))
    {
        return StatusCode::UNAUTHORIZED;
    }
    answer.status
}

#[on_both_engines]
async fn every_page_and_form_is_in_the_list(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let routes = routes(1, 1, 1, 1);
    let has = |method: Method, pattern: &str| {
        let mut known = routes.iter();
        known.any(|(known, url, _)| *known == method && url.pattern() == pattern)
    };
    // These have no role.
    let open = [
        Url::SignIn,
        Url::SignInCode,
        Url::SignOut,
        Url::Invitation(String::new()),
    ];
    let is_open = |pattern: &str| open.iter().any(|url| url.pattern() == pattern);
    for pattern in ALL_PATTERNS.iter().filter(|pattern| !is_open(pattern)) {
        let path = pattern.replace("{id}", "1000000");
        for method in [Method::GET, Method::POST] {
            let origin = owner.origin.clone();
            let sent = owner
                .send(method.clone(), &path, &[], &[("origin", &origin)])
                .await;
            let is_served = sent.status != StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(
                has(method.clone(), pattern),
                is_served,
                "{method} {pattern}"
            );
        }
    }
}

#[on_both_engines]
async fn each_role_opens_only_its_own_pages(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut nobody = server.browser();
    let mut people = [
        (
            Role::Accountant,
            server.person(Role::Accountant, "accountant").await,
        ),
        (Role::Manager, server.person(Role::Manager, "manager").await),
        (Role::Owner, server.person(Role::Owner, "owner").await),
    ];
    let till = server.shop.till.id;
    let client = server.shop.register("900000501").await.id;
    for (method, url, lowest) in routes(till, 1, 1_000_000, client) {
        let asked = ask(&mut nobody, &method, &url.to_string()).await;
        assert_eq!(asked, StatusCode::UNAUTHORIZED, "{method} {url}");
        for (role, browser) in &mut people {
            let asked = ask(browser, &method, &url.to_string()).await;
            let is_refused = asked == StatusCode::FORBIDDEN;
            assert_eq!(
                is_refused,
                *role < lowest,
                "{method} {url} {role:?}: {asked}"
            );
            assert!(asked.as_u16() < 500, "{method} {url} {role:?}: {asked}");
        }
    }
}

#[on_both_engines]
async fn another_store_is_not_found(database: TestDatabase) {
    let server = Server::start(&database).await;
    let other = server.second_store().await;
    let mut owner = server.person_of(&other, Role::Owner, "other").await;
    let till = server.shop.till.id;
    let client = server.shop.register("900000501").await.id;
    for (method, url) in [
        (Method::GET, Url::Client(client)),
        (Method::POST, Url::UnblockClient(client)),
        (Method::GET, Url::ChangePhone(client)),
        (Method::GET, Url::MergeClient(client)),
        (Method::POST, Url::EraseClient(client)),
        (Method::GET, Url::Till(till)),
        (Method::POST, Url::ShowKey(till)),
        (Method::GET, Url::TillModule(till)),
        (Method::POST, Url::TillModule(till)),
        (Method::POST, Url::PairTill(till)),
        (Method::GET, Url::RotateKey(till)),
        (Method::POST, Url::RotateKey(till)),
        (Method::GET, Url::StopOldKey(till)),
        (Method::POST, Url::StopOldKey(till)),
        (Method::GET, Url::EditTill(till)),
        (Method::POST, Url::SwitchTillOff(till)),
        (Method::POST, Url::UnbindTill(till)),
    ] {
        let asked = ask(&mut owner, &method, &url.to_string()).await;
        assert_eq!(asked, StatusCode::NOT_FOUND, "{method} {url}");
    }
    for url in [
        Url::Today,
        Url::Tills,
        Url::Clients,
        Url::Journal,
        Url::People,
    ] {
        let page = owner.get(&url.to_string()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            !page.body.contains(&format!("/panel/tills/{till}\"")),
            "{url}"
        );
        assert!(
            !page.body.contains(&format!("/panel/clients/{client}\"")),
            "{url}"
        );
    }
}

#[on_both_engines]
async fn a_wrong_password_says_no_more_than_an_unknown_login(database: TestDatabase) {
    let server = Server::start(&database).await;
    server.person(Role::Owner, "Firuz").await;
    let mut browser = server.browser();
    let wrong = browser.sign_in("firuz", "wrong password").await;
    let unknown = browser.sign_in("nobody", PASSWORD).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = |body: &str, login: &str| body.replace(login, "");
    assert_eq!(shown(&wrong.body, "firuz"), shown(&unknown.body, "nobody"));
    assert!(!wrong.body.contains("wrong password"));
    assert!(browser.cookies.is_empty());
    let right = browser.sign_in(" FIRUZ ", PASSWORD).await;
    assert_eq!(
        (right.status, right.location()),
        (StatusCode::SEE_OTHER, "/panel")
    );
    assert_eq!(browser.get("/panel").await.status, StatusCode::OK);
}

#[on_both_engines]
async fn the_eleventh_guess_waits_and_a_right_password_too(database: TestDatabase) {
    let server = Server::start(&database).await;
    server.person(Role::Owner, "firuz").await;
    let mut browser = server.browser();
    for _ in 0..10 {
        let tried = browser.sign_in("firuz", "wrong password").await;
        assert_eq!(tried.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let tried = browser.sign_in("firuz", PASSWORD).await;
    assert_eq!(tried.status, StatusCode::TOO_MANY_REQUESTS);
    server.shop.clock.advance(181);
    let tried = browser.sign_in("firuz", PASSWORD).await;
    assert_eq!(tried.status, StatusCode::SEE_OTHER);
}

#[on_both_engines]
async fn a_session_ends_with_sign_out_and_after_a_month_without_use(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut browser = server.person(Role::Owner, "firuz").await;
    let mut stolen = browser.clone();
    assert_eq!(stolen.get("/panel").await.status, StatusCode::OK);
    let left = browser.post("/panel/sign-out", &[]).await;
    assert_eq!(left.location(), "/panel/sign-in");
    assert_eq!(stolen.get("/panel").await.location(), "/panel/sign-in");

    browser.sign_in("firuz", PASSWORD).await;
    server.shop.clock.advance(29 * 86_400);
    assert_eq!(browser.get("/panel").await.status, StatusCode::OK);
    server.shop.clock.advance(29 * 86_400);
    assert_eq!(browser.get("/panel").await.status, StatusCode::OK);
    server.shop.clock.advance(30 * 86_400 + 1);
    assert_eq!(browser.get("/panel").await.location(), "/panel/sign-in");
}

#[on_both_engines]
async fn a_form_of_another_site_changes_nothing(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "firuz").await;
    let off = Url::SwitchTillOff(server.shop.till.id).to_string();
    let origin = owner.origin.clone();
    for headers in [
        &[][..],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[
            ("origin", origin.as_str()),
            ("sec-fetch-site", "cross-site"),
        ],
        &[("sec-fetch-site", "same-site")],
    ] {
        let sent = owner.send(Method::POST, &off, &[], headers).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    assert!(!server.acts().await.contains(&"till_off".to_owned()));
    let sent = owner.post(&off, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(server.acts().await.contains(&"till_off".to_owned()));
}

#[on_both_engines]
async fn the_sign_in_leads_only_to_pages_of_the_panel(database: TestDatabase) {
    let server = Server::start(&database).await;
    server.person(Role::Owner, "firuz").await;
    let mut browser = server.browser();
    for (next, leads_to) in [
        ("/panel/tills", "/panel/tills"),
        ("https://evil.example", "/panel"),
        ("//evil.example", "/panel"),
        ("/panel/\\evil.example", "/panel"),
        ("/panel//evil:8080", "/panel"),
    ] {
        let form = [("login", "firuz"), ("password", PASSWORD), ("next", next)];
        let signed_in = browser.post("/panel/sign-in", &form).await;
        assert_eq!(signed_in.location(), leads_to, "{next}");
    }
}
