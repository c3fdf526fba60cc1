//! What other settings of the programme would have given.

use app::panel::programme_form::ProgrammeField;
use backend::audit::Actor;
use backend::replay::{StartLook, run_look};
use domain::{BasisPoints, Programme, Role};
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::Server;
use crate::programme::{form, newest, send};

#[on_both_engines]
async fn a_look_shows_the_past_under_the_form_and_saves_nothing(database: TestDatabase) {
    use ProgrammeField as F;
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let shop = &server.shop;
    shop.register("900000001").await;
    shop.sell("900000001", "1000", "0", None).await.unwrap();
    shop.sell("900000001", "20", "0", None).await.unwrap();
    let typed = form(&server)
        .await
        .with(F::BonusPercent, "6")
        .with(F::MinPurchase, "30");
    let shown = send(&mut owner, "/panel/programme/preview", &typed).await;
    assert_eq!(shown.status, StatusCode::OK);
    let words = shown.body.replace('\u{a0}', " ");
    // 5 % of 1020 are 51; 6 % of 1000 are 60, and 1.20 are not given for the small one.
    for figure in [
        "+9,00",
        "51,00",
        "60,00",
        "+10,20",
        "−1,20",
        "было 5 %",
        "2 чека",
    ] {
        assert!(words.contains(figure), "{figure}: {words}");
    }
    let typed = typed.with(F::ExpiryDays, "1");
    let shown = send(&mut owner, "/panel/programme/preview", &typed).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown.body.contains("+9,00"), "{}", shown.body);
    assert!(
        shown.body.contains("Взято прежнее значение"),
        "{}",
        shown.body
    );
    assert_eq!(newest(&server).await.number, 1);
    assert!(!server.acts().await.contains(&"programme_saved".to_owned()));
}

#[on_both_engines]
async fn a_long_look_refreshes_its_page_until_it_is_there(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let shop = &server.shop;
    shop.register("900000001").await;
    shop.sell("900000001", "1000", "0", None).await.unwrap();
    let tenant_id = shop.till.tenant_id;
    let people = backend::accounts::people(&shop.backend, tenant_id).await;
    let actor = Actor {
        tenant_id,
        user_id: Some(people.unwrap()[0].id),
        name: String::new(),
        address: String::new(),
    };
    let programme = Programme {
        bonus_percent: BasisPoints::from_percent(6),
        ..Programme::default()
    };
    let start = StartLook {
        actor: &actor,
        based_on: 1,
        programme: &programme,
    };
    let id = shop.backend.run(&start).await.unwrap().id;
    let path = format!("/panel/programme/looks/{id}");
    let waiting = owner.get(&path).await;
    assert_eq!(waiting.headers["refresh"], "3");
    assert!(waiting.body.contains("Остановить"), "{}", waiting.body);
    run_look(shop.backend.clone(), tenant_id, id).await;
    let done = owner.get(&path).await;
    assert!(!done.headers.contains_key("refresh"));
    assert!(done.body.contains("+10,00"), "{}", done.body);
    assert!(
        done.body.contains("value=\"6\""),
        "the form has the settings: {}",
        done.body
    );

    let other = server.second_store().await;
    let mut stranger = server.person_of(&other, Role::Owner, "stranger").await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    let stopped = stranger.post(&format!("{path}/stop"), &[]).await;
    assert_eq!(stopped.status, StatusCode::NOT_FOUND);
    let id = shop.backend.run(&start).await.unwrap().id;
    let path = format!("/panel/programme/looks/{id}");
    let stopped = owner.post(&format!("{path}/stop"), &[]).await;
    assert_eq!(stopped.location(), path);
    let page = owner.get(&path).await;
    assert!(page.body.contains("Расчёт не закончен"), "{}", page.body);
}
