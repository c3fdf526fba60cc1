//! Who may open the admin console.

use std::collections::BTreeSet;

use app::admin::urls::{ALL_PATTERNS, Url};
use domain::Role;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::access;
use crate::admin::{CONNECT, admin, join};
use crate::browser::Server;
use crate::second_step::{Phone, shown_codes};

/// Every page and form that only an admin may use.
fn routes() -> Vec<(Method, Url)> {
    vec![
        (Method::GET, Url::Stores),
        (Method::GET, Url::Journal),
        (Method::GET, Url::Health),
        (Method::GET, Url::Admins),
        (Method::POST, Url::Admins),
        (Method::POST, Url::CancelInvitation(1)),
        (Method::POST, Url::NewPasswordLink(1)),
        (Method::GET, Url::RemoveAdmin(1)),
        (Method::POST, Url::RemoveAdmin(1)),
        (Method::GET, Url::Account),
        (Method::POST, Url::Account),
        (Method::GET, Url::OwnPassword),
        (Method::POST, Url::OwnPassword),
        (Method::GET, Url::SecondStep),
        (Method::POST, Url::SecondStep),
        (Method::GET, Url::AnotherApp),
        (Method::POST, Url::AnotherApp),
        (Method::POST, Url::RecoveryCodes),
        (Method::GET, Url::Signs),
        (Method::GET, Url::Activity(1)),
        (Method::GET, Url::TillActivity(1, 1)),
        (Method::GET, Url::NormalReason(1, 1)),
        (Method::POST, Url::NormalReason(1, 1)),
        (Method::GET, Url::NewStore),
        (Method::POST, Url::NewStore),
        (Method::GET, Url::Store(1)),
        (Method::GET, Url::EditStore(1)),
        (Method::POST, Url::EditStore(1)),
        (Method::GET, Url::SuspendStore(1)),
        (Method::POST, Url::SuspendStore(1)),
        (Method::GET, Url::ResumeStore(1)),
        (Method::POST, Url::ResumeStore(1)),
        (Method::POST, Url::InviteOwner(1)),
        (Method::POST, Url::OwnerLink(1, 1)),
        (Method::POST, Url::CancelOwner(1, 1)),
        (Method::GET, Url::UnbindTill(1, 1)),
        (Method::POST, Url::UnbindTill(1, 1)),
        (Method::GET, Url::RotateKey(1, 1)),
        (Method::POST, Url::RotateKey(1, 1)),
        (Method::GET, Url::SwitchTillOff(1, 1)),
        (Method::POST, Url::SwitchTillOff(1, 1)),
        (Method::GET, Url::SwitchTillOn(1, 1)),
        (Method::POST, Url::SwitchTillOn(1, 1)),
        (Method::GET, Url::Sessions),
        (Method::POST, Url::EndSession(1)),
        (Method::POST, Url::EndOtherSessions),
        (Method::POST, Url::SignOut),
    ]
}

/// The pages before the sign-in, which everybody may open.
const OPEN: [Url; 3] = [Url::SignIn, Url::SignInCode, Url::ConnectApp];

#[on_both_engines]
async fn only_admins_open_the_console_and_they_no_panel(database: TestDatabase) {
    let server = Server::start(&database).await;
    let known = routes().into_iter().map(|(_, url)| url).chain(OPEN);
    let known: BTreeSet<_> = known
        .map(|url| url.pattern())
        .chain([Url::Invitation(String::new()).pattern()])
        .collect();
    assert_eq!(known, ALL_PATTERNS.iter().copied().collect());

    let (mut admin, _, _) = admin(&server, "anvar").await;
    let mut others = vec![server.browser()];
    for (role, login) in [
        (Role::Owner, "owner"),
        (Role::Manager, "manager"),
        (Role::Accountant, "accountant"),
    ] {
        let mut person = server.person(role, login).await;
        // The session of a store under the name of the admin's cookie.
        let stolen = person.cookies["panel"].clone();
        let token = stolen.split_once('.').unwrap().1.to_owned();
        others.push(person.clone());
        for value in [stolen, token] {
            person.cookies.insert("admin".to_owned(), value);
            others.push(person.clone());
        }
    }
    for (method, url) in routes() {
        let url = url.to_string();
        for other in &mut others {
            let asked = access::ask(other, &method, &url).await;
            assert_eq!(asked, StatusCode::UNAUTHORIZED, "{method} {url}");
        }
        // A form of another site is refused to everybody.
        if method == Method::POST {
            let foreign = [("origin", "https://evil.example")];
            for headers in [&foreign[..], &[]] {
                let sent = admin.send(Method::POST, &url, &[], headers).await;
                assert_eq!(sent.status, StatusCode::FORBIDDEN, "{url}");
            }
        }
    }
    let client = server.shop.register("900000501").await.id;
    let session = admin.cookies["admin"].clone();
    let mut disguised = admin.clone();
    disguised
        .cookies
        .insert("panel".to_owned(), session.clone());
    let tenant_id = server.shop.till.tenant_id;
    let mut numbered = admin.clone();
    let value = format!("{tenant_id}.{session}");
    numbered.cookies.insert("panel".to_owned(), value);
    for (method, url, _) in access::routes(server.shop.till.id, 1, 1, client) {
        for browser in [&mut admin, &mut disguised, &mut numbered] {
            let asked = access::ask(browser, &method, &url.to_string()).await;
            assert_eq!(asked, StatusCode::UNAUTHORIZED, "{method} {url}");
        }
    }
    for (method, url) in routes() {
        let asked = access::ask(&mut admin, &method, &url.to_string()).await;
        let is_sign_out = url == Url::SignOut;
        assert_eq!(
            asked == StatusCode::UNAUTHORIZED,
            is_sign_out,
            "{method} {url}: {asked}"
        );
        assert!(asked.as_u16() < 500, "{method} {url}: {asked}");
    }
}

#[on_both_engines]
async fn cookies_without_https_are_bound_to_the_path(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut browser = join(&server, "anvar").await;
    let page = browser.get(CONNECT).await;
    let secret = shown_codes(&page.body).remove(0);
    let code = Phone { secret }.code(&server, 0);
    let connected = browser.post(CONNECT, &[("code", &code)]).await;
    for cookie in connected.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("admin"), "{cookie}");
        assert!(cookie.contains("; Path=/admin;"), "{cookie}");
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    }
    let policy = connected.headers["content-security-policy"].to_str();
    assert!(
        policy
            .unwrap()
            .starts_with("default-src 'none'; style-src 'self'")
    );
}
