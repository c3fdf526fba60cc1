//! Every link and form of a page leads to a page that this person may open.

use std::collections::BTreeSet;

use domain::Role;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Browser, Server};

/// Returns the values of an attribute in a page.
fn attributes<'a>(body: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!(" {name}=\"");
    let after = body.split(mark.as_str()).skip(1);
    after.filter_map(|rest| rest.split('"').next()).collect()
}

/// Opens every page that can be reached by links. Returns the addresses that forms send to.
async fn walk(browser: &mut Browser, role: Role) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec!["/panel".to_owned()];
    while let Some(path) = open.pop() {
        if !seen.insert(path.clone()) || seen.len() > 60 {
            continue;
        }
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path} as {role:?}");
        for link in attributes(&page.body, "href") {
            let link = link.replace("&amp;", "&");
            // A day leads to the day before, for ever.
            if link.starts_with("/panel") && !link.contains(".css") && !link.contains("day=") {
                open.push(link);
            }
        }
        for form in page.body.split("<form").skip(1) {
            let form = &form[..=form.find('>').unwrap()];
            let action = attributes(form, "action")[0].to_owned();
            if attributes(form, "method") == ["post"] {
                forms.insert(action);
            } else {
                open.push(action);
            }
        }
    }
    forms
}

#[on_both_engines]
async fn every_link_and_form_leads_to_a_page(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    owner
        .post("/panel/people", &[("name", "Зебо"), ("role", "manager")])
        .await;
    for (role, login) in [
        (Role::Owner, "second"),
        (Role::Manager, "manager"),
        (Role::Accountant, "accountant"),
    ] {
        let mut browser = server.person(role, login).await;
        let forms = walk(&mut browser, role).await;
        assert!(forms.contains("/panel/sign-out"), "{forms:?}");
        for action in forms {
            // A form of another site is refused where there is a page, and not found elsewhere.
            let foreign = [("origin", "https://evil.example")];
            let sent = browser.send(Method::POST, &action, &[], &foreign).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{action} as {role:?}");
        }
    }
}
