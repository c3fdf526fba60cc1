//! A store is suspended: its tills stop, its people read why and go on reading.

use app::admin::urls::Url;
use app::panel::urls::Url as PanelUrl;
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::admin;
use crate::browser::{PASSWORD, Server};

const REASON: &str = "Не оплачен <b>июнь</b>";

async fn count(server: &Server, act: &str) -> usize {
    let acts = server.acts().await;
    acts.iter().filter(|known| *known == act).count()
}

#[on_both_engines]
async fn the_tills_of_a_suspended_store_stop_and_its_owner_reads_why(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let client = server.shop.register("900000501").await.id;
    let till = server.till();
    let lookup = "/cashier/client/900000501";
    assert_eq!(till.get(lookup).await, StatusCode::OK);

    let suspend = Url::SuspendStore(1).to_string();
    let page = anvar.get(&suspend).await.body;
    assert!(page.contains("Приостановить магазин?"), "{page}");
    let long = "я".repeat(201);
    for reason in ["", "  ", long.as_str()] {
        let refused = anvar.post(&suspend, &[("reason", reason)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("role=\"alert\""), "{}", refused.body);
    }
    assert_eq!(till.get(lookup).await, StatusCode::OK);
    let form = [("reason", REASON)];
    let (mut one, mut two) = (anvar.clone(), anvar.clone());
    let (first, second) = tokio::join!(one.post(&suspend, &form), two.post(&suspend, &form));
    for done in [first, second] {
        assert_eq!(done.location(), "/admin/stores/1", "{}", done.body);
    }
    assert_eq!(count(&server, "store_suspended").await, 1);
    assert_eq!(till.get(lookup).await, StatusCode::FORBIDDEN);
    let page = anvar.get("/admin/stores/1").await.body;
    for words in [
        "Магазин приостановлен",
        "Не оплачен &lt;b&gt;июнь",
        "Анвар Саидов",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // There is nothing to ask.
    assert_eq!(anvar.get(&suspend).await.location(), "/admin/stores/1");

    // The owner signs in as before, and every page says why.
    let mut again = server.browser();
    assert_eq!(again.sign_in("owner", PASSWORD).await.location(), "/panel");
    for url in [
        PanelUrl::Today,
        PanelUrl::Tills,
        PanelUrl::Clients,
        PanelUrl::Client(client),
        PanelUrl::Journal,
        PanelUrl::Programme,
        PanelUrl::Settings,
    ] {
        let page = owner.get(&url.to_string()).await;
        assert_eq!(page.status, StatusCode::OK, "{url}");
        let words = "Причина: Не оплачен &lt;b&gt;июнь&lt;/b&gt;.";
        assert!(page.body.contains(words), "{url}: {}", page.body);
    }
    let journal = owner.get("/panel/journal").await.body;
    assert!(journal.contains("Магазин приостановлен") && journal.contains("Анвар Саидов"));

    // What would change the store is refused with the same words; the rest goes on.
    for url in [
        PanelUrl::NewBranch,
        PanelUrl::NewTill,
        PanelUrl::SwitchTillOff(server.shop.till.id),
        PanelUrl::AdjustClient(client),
        PanelUrl::Programme,
        PanelUrl::People,
    ] {
        let refused = owner.post(&url.to_string(), &[("name", "Рынок")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{url}");
        assert!(refused.body.contains("поэтому это не сделано"), "{url}");
        assert!(refused.body.contains("Причина: Не оплачен"), "{url}");
    }
    let upload = owner.upload("/panel/clients/import", "a.csv", b"phone\n901234567\n");
    assert_eq!(upload.await.status, StatusCode::FORBIDDEN);
    assert_eq!(count(&server, "branch_created").await, 0);
    let export = owner.post("/panel/clients/export", &[("as", "csv")]).await;
    assert_eq!(export.status, StatusCode::OK);
    assert!(export.body.contains("90 000-05-01"), "{}", export.body);
    let settings = [("name", "Магазин"), ("person", "Фирӯз"), ("language", "ru")];
    let saved = owner.post("/panel/settings", &settings).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);

    let resume = Url::ResumeStore(1).to_string();
    assert_eq!(anvar.get(&resume).await.status, StatusCode::OK);
    let refused = anvar.post(&resume, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(till.get(lookup).await, StatusCode::FORBIDDEN);
    let form = [("reason", "Оплачено 6 июня")];
    for _ in 0..2 {
        let done = anvar.post(&resume, &form).await;
        assert_eq!(done.location(), "/admin/stores/1");
    }
    assert_eq!(anvar.get(&resume).await.location(), "/admin/stores/1");
    assert_eq!(count(&server, "store_resumed").await, 1);
    assert_eq!(till.get(lookup).await, StatusCode::OK);
    let journal = owner.get("/panel/journal").await.body;
    assert!(journal.contains("Причина: Оплачено 6 июня"), "{journal}");
    assert!(!journal.contains("Отчёты и выгрузки открыты"), "{journal}");
    let made = owner
        .post("/panel/branches/new", &[("name", "Рынок")])
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn only_the_suspended_store_stops(database: TestDatabase) {
    let server = Server::start(&database).await;
    let other = server.second_store().await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let suspend = Url::SuspendStore(other.till.tenant_id).to_string();
    anvar.post(&suspend, &[("reason", "Закрылись")]).await;
    let page = owner.get("/panel").await.body;
    assert!(!page.contains("приостановлен"), "{page}");
    let mut stranger = server.person_of(&other, Role::Owner, "other").await;
    let page = stranger.get("/panel").await.body;
    assert!(page.contains("Причина: Закрылись."), "{page}");
    assert_eq!(count(&server, "store_suspended").await, 0);
    let missing = Url::SuspendStore(99).to_string();
    let missing = anvar.post(&missing, &[("reason", "x")]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
