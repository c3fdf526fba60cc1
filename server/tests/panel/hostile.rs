//! Names that are not names: every page and file shows them as texts.

use app::panel::urls::Url;
use domain::Role;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::access::routes;
use crate::browser::{Browser, PASSWORD, Server};
use crate::files::download;
use crate::goods::{item, sync};
use crate::programme::programme_pairs;
use crate::sales::day;

/// A text that tries to leave texts, attributes, titles and text areas, and cells of a file.
const SCRIPT: &str = "=cmd|'/C calc'!A0</title></textarea><script>alert(1)</script>\" onload=\"x\"";
/// A text that turns the direction of what follows.
const TURNED: &str = "\u{202e}cba\u{2067}";
/// The most letters of a name, all wider than a byte.
fn wide() -> String {
    "\u{1f468}\u{200d}\u{1f467}".repeat(33)
}

/// Sends a form that must be accepted.
async fn send(browser: &mut Browser, url: Url, form: &[(&str, &str)]) {
    let sent = browser.post(&url.to_string(), form).await;
    assert!(
        matches!(sent.status, StatusCode::SEE_OTHER | StatusCode::OK),
        "{url}: {} {}",
        sent.status,
        sent.body
    );
}

/// Gives hostile names to everything that has a name.
async fn rename(server: &Server, owner: &mut Browser, name: &str, round: usize) -> i64 {
    let shop = &server.shop;
    let till = shop.till.id;
    let settings = [("name", name), ("person", name), ("language", "ru")];
    send(owner, Url::Settings, &settings).await;
    let branch = [("name", name), ("address", name)];
    send(owner, Url::Branch(1), &branch).await;
    send(
        owner,
        Url::EditTill(till),
        &[("name", name), ("branch", "1")],
    )
    .await;
    let mut programme = programme_pairs(server, &format!("{},5", round + 1)).await;
    let tier: String = name.chars().take(40).collect();
    programme.push(("tier-0-name", tier));
    programme.push(("tier-0-from", "5000".to_owned()));
    let programme: Vec<_> = programme
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    send(owner, Url::Programme, &programme).await;
    send(owner, Url::Cards, &[("count", "2"), ("note", name)]).await;
    let file = format!(
        "phone;name\n90100000{round};\"{}\"\nx;\"{0}\"\n",
        name.replace('"', "\"\"")
    );
    let import = owner
        .upload(
            "/panel/clients/import",
            &format!("{round}.csv"),
            file.as_bytes(),
        )
        .await;
    let import = import.location().to_owned();
    let seen = owner.get(&import).await.hidden();
    let seen = seen.into_iter().find(|(name, _)| name == "seen").unwrap().1;
    send(
        owner,
        Url::Import(import.rsplit('/').next().unwrap().parse().unwrap()),
        &[("seen", &seen)],
    )
    .await;
    let client = shop.client(&format!("+99290100000{round}")).await.id;
    let once = format!("once-{round}");
    let adjust = [
        ("direction", "credit"),
        ("amount", "5"),
        ("reason", name),
        ("once", &once),
    ];
    send(owner, Url::AdjustClient(client), &adjust).await;
    send(owner, Url::BlockClient(client), &[("reason", name)]).await;
    let invite = [("name", name), ("role", "manager")];
    send(owner, Url::People, &invite).await;
    sync(
        shop,
        vec![
            item(&format!("46000{round}"), name, 3),
            item("=1+1", name, 3),
        ],
    )
    .await;
    client
}

fn assert_text(path: &str, html: &str) {
    for markup in ["<script", "</title></"] {
        assert!(!html.contains(markup), "{path} has {markup}");
    }
    let mut tags = html.split('<').filter_map(|part| part.split('>').next());
    assert!(
        !tags.any(|tag| tag.contains(" onload=\"")),
        "{path} has an attribute"
    );
    assert!(html.contains("</html>"), "{path}");
    assert_eq!(html.matches("</title>").count(), 1, "{path}");
    assert_eq!(
        html.matches("<textarea").count(),
        html.matches("</textarea>").count(),
        "{path}"
    );
}

#[on_both_engines]
async fn hostile_names_are_texts_on_every_page_and_in_every_file(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    day(&server.shop).await;
    owner.sign_in("owner", PASSWORD).await;
    for (round, name) in [SCRIPT, TURNED, &wide()].into_iter().enumerate() {
        let client = rename(&server, &mut owner, name, round).await;
        let mut with_name = 0;
        for (method, url, _) in routes(server.shop.till.id, 1, 1, client) {
            if method != Method::GET {
                continue;
            }
            let page = owner.get(&url.to_string()).await;
            let is_page = page.body.contains("<html");
            if !is_page {
                continue;
            }
            assert_text(&url.to_string(), &page.body);
            let name = name.replace('<', "&lt;");
            with_name += usize::from(page.body.contains(name.split('"').next().unwrap()));
        }
        assert!(with_name > 40, "{with_name} pages have the name");
        // A form that is refused shows the name in its fields, and in a text area.
        let adjust = [("direction", "credit"), ("amount", "x"), ("reason", name)];
        for (url, form) in [
            (Url::NewBranch, &[("name", ""), ("address", name)][..]),
            (Url::NewTill, &[("name", name), ("branch", "x")][..]),
            (Url::AdjustClient(client), &adjust[..]),
            (Url::People, &[("name", name)][..]),
            (Url::Cards, &[("count", "x"), ("note", name)][..]),
        ] {
            let refused = owner.post(&url.to_string(), form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
            assert_text(&url.to_string(), &refused.body);
        }
        for path in [
            format!("/panel/clients/{client}"),
            "/panel/journal".to_owned(),
            "/panel/goods".to_owned(),
            "/panel/sales?days=all".to_owned(),
        ] {
            let rows = download(&mut owner, &path).await;
            let joint = if path.contains('?') { '&' } else { '?' };
            let csv = owner.get(&format!("{path}{joint}as=csv")).await.body;
            for line in csv.lines().skip(1) {
                let is_formula = |cell: &str| cell.trim_start_matches('"').starts_with('=');
                assert!(!line.split(';').any(is_formula), "{path}: {line}");
            }
            assert!(rows.len() > 1, "{path}");
        }
        // A closed account of the page is left for the next name.
        send(&mut owner, Url::UnblockClient(client), &[]).await;
    }
    let long = "\u{1f600}".repeat(255);
    let refused = owner.post("/panel/branches/new", &[("name", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
