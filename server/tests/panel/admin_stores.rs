//! «Магазины» of the admin console: opening a store, finding it, and its page.

use app::admin::urls::Url;
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::admin;
use crate::browser::{Answer, Browser, PASSWORD, Server};
use crate::files::download;

/// A text that tries to leave texts, attributes, titles and cells of a file.
const HOSTILE: &str = "=1+1</title><script>alert(1)</script>\" onload=\"x\u{202e}";

/// The form that opens a store.
pub(crate) fn store_form<'a>(
    name: &'a str,
    paid: &'a str,
    once: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("paid", paid),
        ("branch", "Рынок"),
        ("address", "Бохтар, улица Вахш 3"),
        ("template", "ten"),
        ("owner", "Зебо"),
        ("once", once),
    ]
}

/// Returns the link that a page shows once, as a path.
pub(crate) fn shown_link(answer: &Answer) -> String {
    let link = answer.body.split("/panel/invitation/").nth(1);
    let secret = link.expect("a link").split(['<', '"']).next().unwrap();
    format!("/panel/invitation/{secret}")
}

/// Returns the number of the store whose page this is.
pub(crate) fn store_of(answer: &Answer) -> i64 {
    let edit = answer.body.split("/admin/stores/").find_map(|rest| {
        let id = rest
            .strip_suffix("/edit\"")
            .or_else(|| rest.split_once("/edit\"").map(|p| p.0));
        id?.parse().ok()
    });
    edit.expect("a page of a store")
}

async fn stores(server: &Server) -> i64 {
    let count = "SELECT COUNT(*) FROM tenants";
    let (count,) = server
        .shop
        .backend
        .db
        .reads()
        .fetch_one(count, ())
        .await
        .unwrap();
    count
}

async fn join(server: &Server, link: &str, login: &str) -> Browser {
    let mut owner = server.browser();
    let form = [
        ("name", "Зебо"),
        ("login", login),
        ("password", PASSWORD),
        ("repeat", PASSWORD),
    ];
    let joined = owner.post(link, &form).await;
    assert_eq!(joined.location(), "/panel", "{}", joined.body);
    owner
}

#[on_both_engines]
async fn a_form_that_is_sent_twice_opens_one_store(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    let page = anvar.get(&Url::NewStore.to_string()).await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, once) = page.hidden().remove(0);
    let url = Url::NewStore.to_string();
    for (form, words) in [
        (store_form("", "3", &once), "Заполните это поле"),
        (store_form("Фаровон", "", &once), "Заполните это поле"),
        (store_form("Фаровон", "много", &once), "Введите число"),
        (store_form("Фаровон", "10001", &once), "Не больше 10000"),
    ] {
        let refused = anvar.post(&url, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
        assert!(
            refused.body.contains("Бохтар, улица Вахш 3"),
            "what was typed stays"
        );
        assert!(
            refused
                .hidden()
                .contains(&("once".to_owned(), once.clone()))
        );
    }
    assert_eq!(stores(&server).await, 1);

    let form = store_form("Фаровон", "2", &once);
    let (mut left, mut right) = (anvar.clone(), anvar.clone());
    let (first, second) = tokio::join!(left.post(&url, &form), right.post(&url, &form));
    for answer in [&first, &second] {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.headers["cache-control"], "no-store, no-transform");
    }
    assert_eq!(stores(&server).await, 2);
    assert_eq!(shown_link(&first), shown_link(&second));
    assert_eq!(store_of(&first), store_of(&second));
    assert_eq!(
        server
            .platform_acts()
            .await
            .iter()
            .take(2)
            .collect::<Vec<_>>(),
        ["person_invited", "store_opened"]
    );
    // A form that was changed is another store.
    anvar.post(&url, &store_form("Баракат", "2", &once)).await;
    assert_eq!(stores(&server).await, 3);

    let mut owner = join(&server, &shown_link(&first), "zebo").await;
    let tills = owner.get("/panel/tills").await.body;
    assert!(tills.contains("Бохтар, улица Вахш 3"), "{tills}");
    assert!(tills.contains("Включено 0 из\u{a0}2 оплаченных"), "{tills}");
    let journal = owner.get("/panel/journal").await.body;
    for words in ["Магазин открыт", "Анвар Саидов", "Человек приглашён"]
    {
        assert!(journal.contains(words), "{words}: {journal}");
    }
    let programme = owner.get("/panel/programme").await.body;
    assert!(programme.contains("value=\"10\"") && programme.contains("value=\"50\""));
    // The link has been used; the page of the store does not have it any more.
    let page = anvar.get(&Url::Store(store_of(&first)).to_string()).await;
    assert!(!page.body.contains("/panel/invitation/"), "{}", page.body);
    assert!(page.body.contains("zebo"));
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_store_is_found_by_name_city_and_login(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    let new = Url::NewStore.to_string();
    let opened = anvar.post(&new, &store_form("Анор", "4", "once")).await;
    join(&server, &shown_link(&opened), "992900000501").await;
    anvar.post(&new, &store_form(HOSTILE, "3", "once")).await;
    server.shop.register("900000501").await;
    server
        .shop
        .sell("900000501", "1250.50", "0", None)
        .await
        .unwrap();

    let mut found = async |query: &str| {
        let page = anvar.get(&format!("/admin?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(!page.body.contains("<script>"), "{query}");
        let mut links = page.body.matches("class=\"title\"").count();
        // The names of the groups and the figure are not rows.
        links += page.body.matches("class=title").count();
        (links, page.body)
    };
    assert_eq!(found("").await.0, 3);
    for (query, rows) in [
        ("q=анор", 1),
        ("q=АНОР+бохтар", 1),
        ("q=Бохтар", 2),
        ("q=90+000+05+01", 1),
        ("q=зебо", 1),
        ("q=%25", 0),
        ("q=душанбе", 0),
        ("group=silent", 0),
        ("group=not-connected", 2),
        ("group=suspended", 0),
        ("group=unknown", 3),
        ("after=1.0", 3),
        ("after=9.9", 0),
        ("after=x", 3),
    ] {
        let (count, body) = found(query).await;
        assert_eq!(count, rows, "{query}: {body}");
    }
    let (_, body) = found("").await;
    assert!(
        body.contains("1\u{a0}250,50") && body.contains("сейчас"),
        "{body}"
    );
    assert!(
        body.contains("0 из 4") && body.contains("ещё не подключён"),
        "{body}"
    );
    let (_, nothing) = found("q=нет+такого").await;
    assert!(nothing.contains("Ничего не нашлось по запросу «нет такого»"));

    let rows = download(&mut anvar, "/admin").await;
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[1][1], "Магазин", "the one that sells is first");
    assert_eq!(rows[2][1], "Анор");
    assert_eq!(rows[2][2], "Бохтар");
    let rows = download(&mut anvar, "/admin?q=анор").await;
    assert_eq!(rows.len(), 2);

    // A store that has sent nothing for two days is silent.
    server.shop.clock.advance(3 * 86_400);
    let (mut anvar, _, _) = admin(&server, "second").await;
    let page = anvar.get("/admin?group=silent").await.body;
    assert!(page.contains("молчит 3\u{a0}дня"), "{page}");
}

#[on_both_engines]
async fn an_admin_renames_a_store_and_sets_its_paid_tills(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let edit = Url::EditStore(1).to_string();
    let page = anvar.get(&edit).await.body;
    assert!(page.contains("value=\"Магазин\""), "{page}");
    let refused = anvar.post(&edit, &[("name", ""), ("paid", "-1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("name", HOSTILE), ("paid", "0")];
    let saved = anvar.post(&edit, &form).await;
    assert_eq!(saved.location(), "/admin/stores/1");
    // Nothing has changed since.
    assert_eq!(anvar.post(&edit, &form).await.location(), "/admin/stores/1");
    let acts = server.platform_acts().await;
    assert_eq!(acts[..2], ["paid_tills_set", "settings_saved"]);
    assert_eq!(
        acts.iter().filter(|act| *act == "paid_tills_set").count(),
        1
    );

    let page = anvar.get("/admin/stores/1").await.body;
    assert!(page.contains("больше, чем оплачено"), "{page}");
    assert!(!page.contains("<script>"), "{page}");
    let journal = owner.get("/panel/journal").await.body;
    assert!(
        journal.contains("∞ → 0") && journal.contains("Анвар Саидов"),
        "{journal}"
    );
    assert!(!journal.contains("<script>"), "{journal}");
    let free = anvar
        .post(&edit, &[("name", "Магазин"), ("paid", "")])
        .await;
    assert_eq!(free.status, StatusCode::SEE_OTHER);
    let tills = owner.get("/panel/tills").await.body;
    assert!(!tills.contains("оплаченных"), "not limited: {tills}");
}

#[on_both_engines]
async fn an_owner_gets_links_from_an_admin(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    server.person(Role::Owner, "owner").await;
    server.person(Role::Manager, "manager").await;
    let link = Url::OwnerLink(1, 1).to_string();
    let form = [("once", "once")];
    let first = anvar.post(&link, &form).await;
    let again = anvar.post(&link, &form).await;
    assert_eq!(shown_link(&first), shown_link(&again));
    let mut owner = server.browser();
    let password = "another horse battery";
    let form = [("password", password), ("repeat", password)];
    let set = owner.post(&shown_link(&first), &form).await;
    assert_eq!(set.location(), "/panel");
    // Only owners: they look after everybody else. And only of this store.
    for foreign in [
        Url::OwnerLink(1, 2),
        Url::OwnerLink(1, 99),
        Url::OwnerLink(99, 1),
    ] {
        let answer = anvar.post(&foreign.to_string(), &[("once", "once")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{foreign}");
    }
    let invite = Url::InviteOwner(1).to_string();
    let refused = anvar.post(&invite, &[("name", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let invited = anvar
        .post(&invite, &[("name", HOSTILE), ("once", "x")])
        .await;
    assert!(!invited.body.contains("<script>"), "{}", invited.body);
    let mut second = join(&server, &shown_link(&invited), "second").await;
    let journal = second.get("/panel/journal").await.body;
    assert!(
        journal.contains("Сделана ссылка для нового пароля"),
        "{journal}"
    );
    let acts = server.platform_acts().await;
    for act in ["password_link_made", "person_invited"] {
        // The first invitation is that of the admin.
        let invited = acts.iter().filter(|known| *known == act).count();
        assert_eq!(
            invited,
            if act == "person_invited" { 2 } else { 1 },
            "{acts:?}"
        );
    }
    // A link that went to the wrong person is cancelled, also if the store has no owner yet.
    let opened = Url::NewStore.to_string();
    let opened = anvar.post(&opened, &store_form("Анор", "1", "x")).await;
    let store = store_of(&opened);
    let cancel = opened.body.split("action=\"").find_map(|rest| {
        let action = rest.split('"').next()?;
        action.ends_with("/cancel").then(|| action.to_owned())
    });
    let cancel = cancel.expect("a button");
    let elsewhere = cancel.replace(&format!("/{store}/"), "/1/");
    anvar.post(&elsewhere, &[]).await;
    let link = shown_link(&opened);
    assert_eq!(server.browser().get(&link).await.status, StatusCode::OK);
    for _ in 0..2 {
        let cancelled = anvar.post(&cancel, &[]).await;
        assert_eq!(cancelled.location(), format!("/admin/stores/{store}"));
    }
    assert_eq!(
        server.browser().get(&link).await.status,
        StatusCode::NOT_FOUND
    );
    let acts = server.platform_acts().await;
    let cancelled = acts.iter().filter(|act| *act == "invitation_cancelled");
    assert_eq!(cancelled.count(), 1);
    for missing in [Url::Store(99), Url::EditStore(99), Url::SuspendStore(99)] {
        let page = anvar.get(&missing.to_string()).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{missing}");
    }
}
