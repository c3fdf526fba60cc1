//! Pages of errors: in the frame of the person who is signed in, alone for everybody else.

use app::panel::urls::Url;
use domain::Role;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::browser::Server;

#[on_both_engines]
async fn an_error_stands_in_the_frame_of_the_person(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut manager = server.person(Role::Manager, "zebo").await;
    let mut nobody = server.browser();
    let settings = [("name", "Фаровон"), ("person", "Зебо"), ("language", "tg")];
    manager.post("/panel/settings", &settings).await;
    let ended = server.invitation(&server.shop, Role::Owner).await + "0";
    let people = Url::People.to_string();
    for (path, status) in [
        (people.as_str(), StatusCode::FORBIDDEN),
        ("/panel/tills/1000000", StatusCode::NOT_FOUND),
        ("/panel/tills/abc", StatusCode::NOT_FOUND),
        ("/panel/no/such/page", StatusCode::NOT_FOUND),
        ("/panel/sign-out", StatusCode::METHOD_NOT_ALLOWED),
        (ended.as_str(), StatusCode::NOT_FOUND),
    ] {
        // The answer is in the language of the person, not of the browser.
        let shown = manager
            .send(Method::GET, path, &[], &[("accept-language", "en")])
            .await;
        assert_eq!(shown.status, status, "{path}");
        for part in ["<nav", "lang=\"tg\"", "Фаровон", "href=\"/panel/clients\""] {
            assert!(
                shown.body.contains(part),
                "{path}: no {part} in {}",
                shown.body
            );
        }
        let alone = nobody.get(path).await;
        assert!(!alone.body.contains("<nav"), "{path}: {}", alone.body);
    }
    let foreign = manager
        .send(
            Method::POST,
            &people,
            &[],
            &[("origin", "https://evil.example")],
        )
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert!(foreign.body.contains("<nav"), "{}", foreign.body);
    // A form that cannot be read.
    let origin = manager.origin.clone();
    let headers = [("origin", origin.as_str()), ("content-type", "text/plain")];
    let path = Url::NewBranch.to_string();
    let unread = manager.send(Method::PUT, &path, &[], &headers).await;
    assert_eq!(unread.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(unread.body.contains("<nav"), "{}", unread.body);
}
