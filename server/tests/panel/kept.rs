//! Sessions that end while a form is filled in: the person signs in again and gets the form back.

use app::panel::urls::Url;
use domain::Role;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Answer, Browser, PASSWORD, Server, pairs};
use crate::programme::programme_pairs;

/// A text that somebody typed.
const TYPED: &str = "Подарок \"за отзыв\" <b>";
/// The same as a page writes it.
const SHOWN: &str = "&lt;b";

/// Returns every form that is brought back, as a person fills it in.
async fn forms(server: &Server, owner: &mut Browser) -> Vec<(Url, Vec<(&'static str, String)>)> {
    let shop = &server.shop;
    let client = shop.register("900000501").await.id;
    let import = owner
        .upload(
            "/panel/clients/import",
            "a.csv",
            b"phone;name\n901234567;A\n",
        )
        .await;
    let import = import
        .location()
        .rsplit('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let typed = |name| (name, TYPED.to_owned());
    let fixed = |name, value: &str| (name, value.to_owned());
    let branch = fixed("branch", "1");
    vec![
        (Url::NewBranch, vec![typed("name"), typed("address")]),
        (Url::Branch(1), vec![typed("name")]),
        (Url::NewTill, vec![typed("name"), branch.clone()]),
        (Url::EditTill(shop.till.id), vec![typed("name"), branch]),
        (
            Url::AdjustClient(client),
            vec![
                fixed("direction", "credit"),
                fixed("amount", "10"),
                typed("reason"),
                fixed("once", "once"),
            ],
        ),
        (Url::BlockClient(client), vec![typed("reason")]),
        (
            Url::ChangePhone(client),
            vec![fixed("phone", "900000777"), typed("ignored")],
        ),
        (
            Url::GiveCard(client),
            vec![fixed("next", "1"), typed("card")],
        ),
        (Url::Cards, vec![fixed("count", "5"), typed("note")]),
        (Url::Programme, programme_pairs(server, "6,25").await),
        (Url::ProgrammePreview, programme_pairs(server, "6,25").await),
        (
            Url::UnusualLimits,
            vec![
                fixed("checks", "7"),
                fixed("giver", "30"),
                fixed("step", "10"),
                fixed("round", "20"),
                fixed("least", "5"),
            ],
        ),
        (Url::People, vec![typed("name"), fixed("role", "manager")]),
        (
            Url::Settings,
            vec![typed("name"), typed("person"), fixed("language", "ru")],
        ),
        (
            Url::ReadImport(import),
            vec![
                fixed("encoding", "utf-8"),
                fixed("separator", "comma"),
                typed("ignored"),
            ],
        ),
    ]
}

/// Sends a form after the session was ended elsewhere, from the page of the form.
async fn send_late(browser: &mut Browser, url: &Url, form: &[(&str, &str)]) -> Answer {
    let origin = browser.origin.clone();
    let page = format!("{origin}/panel/clients?q=1");
    let headers = [("origin", origin.as_str()), ("referer", page.as_str())];
    browser
        .send(Method::POST, &url.to_string(), form, &headers)
        .await
}

/// Signs in with the form that a page keeps.
async fn sign_in_at(browser: &mut Browser, page: &Answer, login: &str) -> Answer {
    let mut form = page.hidden();
    form.push(("login".to_owned(), login.to_owned()));
    form.push(("password".to_owned(), PASSWORD.to_owned()));
    browser.post(page.action(), &pairs(&form)).await
}

#[on_both_engines]
async fn a_form_whose_session_ended_is_brought_back_to_its_person(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut other = server.browser();
    for (url, form) in forms(&server, &mut owner).await {
        let form: Vec<_> = form
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        // Not so many tries at once.
        server.shop.clock.advance(181);
        other.sign_in("owner", PASSWORD).await;
        other.post("/panel/sessions/end-others", &[]).await;
        let asked = send_late(&mut owner, &url, &form).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        assert!(asked.body.contains("Вы вышли из панели"), "{}", asked.body);
        // What was typed is in the page, but nobody can read it there.
        assert!(!asked.body.contains("Подарок"), "{}", asked.body);
        assert_eq!(asked.action(), "/panel/sign-in");
        // A wrong password does not lose it.
        let hidden = asked.hidden();
        let wrong = owner.post("/panel/sign-in", &pairs(&hidden)).await;
        assert_eq!(wrong.hidden(), hidden, "{url}");

        let back = sign_in_at(&mut owner, &wrong, "owner").await;
        assert_eq!(back.status, StatusCode::OK, "{url}: {}", back.body);
        let before = server.acts().await;
        assert_eq!(back.action(), url.to_string());
        let kept = back.hidden();
        let (mark, typed) = kept.split_last().unwrap();
        assert_eq!(pairs(typed), form, "{url}");
        let shown = owner.post(back.action(), &pairs(&kept)).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        assert!(
            shown.body.contains("Вы снова вошли"),
            "{url}: {}",
            shown.body
        );
        let is_text = |(name, text): &&(&str, &str)| *name != "ignored" && *text == TYPED;
        if form.iter().any(|pair| is_text(&pair)) {
            assert!(shown.body.contains(SHOWN), "{url}: {}", shown.body);
        }
        assert!(!shown.body.contains(mark.0.as_str()), "{url}");
        assert_eq!(server.acts().await, before, "{url} did something");
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_kept_form_is_for_the_same_person_and_for_an_hour(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    server.person(Role::Manager, "zebo").await;
    let mut other = server.browser();
    other.sign_in("owner", PASSWORD).await;
    other.post("/panel/sessions/end-others", &[]).await;
    let form = [("name", TYPED), ("address", TYPED)];
    let asked = send_late(&mut owner, &Url::NewBranch, &form).await;

    let strange = sign_in_at(&mut owner.clone(), &asked, "zebo").await;
    assert_eq!(strange.location(), "/panel/clients?q=1");
    let mut forged = asked.hidden();
    let kept = forged.iter_mut().find(|(name, _)| name == "kept").unwrap();
    kept.1.replace_range(60..62, "00");
    forged.push(("login".to_owned(), "owner".to_owned()));
    forged.push(("password".to_owned(), PASSWORD.to_owned()));
    let forged = owner.clone().post("/panel/sign-in", &pairs(&forged)).await;
    assert_eq!(forged.location(), "/panel/clients?q=1");
    server.shop.clock.advance(3_600);
    let late = sign_in_at(&mut owner.clone(), &asked, "owner").await;
    assert_eq!(late.status, StatusCode::OK);
    server.shop.clock.advance(1);
    let late = sign_in_at(&mut owner.clone(), &asked, "owner").await;
    assert_eq!(late.location(), "/panel/clients?q=1");

    // Without a cookie nobody knows whose form it is; a button and passwords are not kept.
    let mut nobody = server.browser();
    let new = [("old", PASSWORD), ("password", "another password")];
    let till = Url::SwitchTillOff(server.shop.till.id);
    for (browser, url, form) in [
        (&mut nobody, Url::NewBranch, &form[..]),
        (&mut owner.clone(), Url::OwnPassword, &new[..]),
        (&mut owner, till, &[][..]),
    ] {
        let sent = send_late(browser, &url, form).await;
        let expected = "/panel/sign-in?next=%2Fpanel%2Fclients%3Fq%3D1";
        assert_eq!(sent.location(), expected, "{url}");
    }
    // The mark of a form that is brought back does not reach a form that would act.
    let marked = [("brought-back", "1")];
    let sent = other
        .post(
            &Url::SwitchTillOff(server.shop.till.id).to_string(),
            &marked,
        )
        .await;
    assert_eq!(sent.status, StatusCode::BAD_REQUEST);
    assert!(!server.acts().await.contains(&"till_off".to_owned()));
}

#[on_both_engines]
async fn who_has_to_sign_in_again_is_told_and_returns_to_the_page(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    server.shop.clock.advance(30 * 86_400 + 1);
    let sent = owner.get("/panel/sales?period=week").await;
    let expected = "/panel/sign-in?next=%2Fpanel%2Fsales%3Fperiod%3Dweek";
    assert_eq!(sent.location(), expected);
    let told = owner.get(sent.location()).await;
    assert!(told.body.contains("Вы вышли из панели"), "{}", told.body);
    let back = sign_in_at(&mut owner, &told, "owner").await;
    assert_eq!(back.location(), "/panel/sales?period=week");
    // Who leaves by themselves knows it.
    owner.post("/panel/sign-out", &[]).await;
    let calm = owner.get("/panel/sign-in").await;
    assert!(!calm.body.contains("Вы вышли из панели"), "{}", calm.body);
}
