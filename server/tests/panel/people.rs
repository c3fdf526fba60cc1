//! Invitations, new passwords, and people who leave.

use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{PASSWORD, Server};

/// Returns the path of the link in a page that shows it.
fn link_in(body: &str) -> String {
    let start = body.find("/panel/invitation/").expect("a link");
    let rest = &body[start..];
    let end = rest.find(['"', '<', ' ']).unwrap();
    rest[..end].to_owned()
}

#[on_both_engines]
async fn an_invitation_is_used_once_and_for_a_week(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let invited = owner
        .post("/panel/people", &[("name", "Зебо"), ("role", "manager")])
        .await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.body);
    let link = link_in(&invited.body);
    assert!(!owner.get("/panel/people").await.body.contains(&link));

    let mut guest = server.browser();
    assert_eq!(guest.get(&link).await.status, StatusCode::OK);
    let english = format!("{link}?language=en");
    let english = server.browser().get(&english).await.body;
    assert!(english.contains("lang=\"en\""), "{english}");
    let form = |password, repeat| {
        [
            ("name", "Зебо"),
            ("login", "zebo"),
            ("password", password),
            ("repeat", repeat),
        ]
    };
    for (password, repeat) in [("short", "short"), (PASSWORD, "another password")] {
        let refused = guest.post(&link, &form(password, repeat)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("zebo") && !refused.body.contains(password));
    }
    let taken = [
        ("name", "Зебо"),
        ("login", "Owner"),
        ("password", PASSWORD),
        ("repeat", PASSWORD),
    ];
    assert_eq!(
        guest.post(&link, &taken).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        guest
            .post(&link, &form(PASSWORD, PASSWORD))
            .await
            .location(),
        "/panel"
    );
    assert_eq!(guest.get("/panel/tills/new").await.status, StatusCode::OK);
    assert_eq!(
        guest.get("/panel/people").await.status,
        StatusCode::FORBIDDEN
    );

    let mut late = server.browser();
    assert_eq!(late.get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        late.post(&link, &form(PASSWORD, PASSWORD)).await.status,
        StatusCode::NOT_FOUND
    );
    let old = server.invitation(&server.shop, Role::Owner).await;
    server.shop.clock.advance(7 * 86_400 + 1);
    assert_eq!(late.get(&old).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.people().await, 2);
}

#[on_both_engines]
async fn a_new_password_ends_the_sessions_of_the_old_one(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut manager = server.person(Role::Manager, "zebo").await;
    let made = owner.post("/panel/people/2/password-link", &[]).await;
    let link = link_in(&made.body);
    let mut phone = server.browser();
    let new = [
        ("password", "another good password"),
        ("repeat", "another good password"),
    ];
    assert_eq!(phone.post(&link, &new).await.location(), "/panel");
    assert_eq!(manager.get("/panel").await.location(), "/panel/sign-in");
    let old = manager.sign_in("zebo", PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = manager.sign_in("zebo", "another good password").await;
    assert_eq!(new.status, StatusCode::SEE_OTHER);
}

#[on_both_engines]
async fn a_removed_person_is_out_at_once_and_the_last_owner_stays(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut manager = server.person(Role::Manager, "zebo").await;
    assert_eq!(
        owner.post("/panel/people/2/remove", &[]).await.location(),
        "/panel/people"
    );
    assert_eq!(manager.get("/panel").await.location(), "/panel/sign-in");
    let refused = manager.sign_in("zebo", PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The login is free again.
    server.person(Role::Accountant, "zebo").await;

    let last = owner.post("/panel/people/1/remove", &[]).await;
    assert_eq!(last.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.get("/panel").await.status, StatusCode::OK);
}
