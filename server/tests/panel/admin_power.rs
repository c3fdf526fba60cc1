//! Acts of power of an admin: they ask for the password again, and go on with what was typed.

use std::collections::BTreeSet;

use app::admin::urls::Url;
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::admin;
use crate::browser::{PASSWORD, Server, pairs};

/// A text that a form must not lose or change.
const TYPED: &str = "\"Чай\" & <b>мёд</b>\r\n'=1+1'";

/// The acts on admins and on the own account, which `admin_admins.rs` tries.
const ON_ADMINS: usize = 6;

type Act = (Url, &'static str, Vec<(&'static str, &'static str)>);

/// Returns every act of power with a form, in an order in which all can be done, and its name in
/// the journal.
fn acts(server: &Server) -> Vec<Act> {
    let (store, till) = (server.shop.till.tenant_id, server.shop.till.id);
    let why = || vec![("reason", TYPED)];
    vec![
        (
            Url::NewStore,
            "store_opened",
            vec![
                ("name", TYPED),
                ("paid", "3"),
                ("branch", TYPED),
                ("address", TYPED),
                ("template", "three"),
                ("owner", TYPED),
                ("once", "once"),
            ],
        ),
        (
            Url::EditStore(store),
            "paid_tills_set",
            vec![("name", "Магазин"), ("paid", "5")],
        ),
        (
            Url::InviteOwner(store),
            "person_invited",
            vec![("name", TYPED), ("once", "once")],
        ),
        (
            Url::OwnerLink(store, 1),
            "password_link_made",
            vec![("once", "once")],
        ),
        (Url::SuspendStore(store), "store_suspended", why()),
        (Url::ResumeStore(store), "store_resumed", why()),
        (Url::UnbindTill(store, till), "till_unbound", why()),
        (
            Url::RotateKey(store, till),
            "key_rotated",
            vec![("reason", TYPED), ("grace", "week")],
        ),
        (Url::SwitchTillOff(store, till), "till_off", why()),
        (Url::SwitchTillOn(store, till), "till_on", why()),
    ]
}

async fn count(server: &Server, act: &str) -> usize {
    let acts = server.platform_acts().await;
    acts.iter().filter(|known| *known == act).count()
}

#[on_both_engines]
async fn an_act_of_power_goes_on_after_the_password_with_what_was_typed(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    server.person(Role::Owner, "owner").await;
    let all = acts(&server);
    let known: BTreeSet<_> = all.iter().map(|(url, ..)| url.pattern()).collect();
    for (url, act, form) in &all {
        let url = url.to_string();
        server.shop.clock.advance(901);
        let before = server.platform_acts().await;
        let asked = anvar.post(&url, form).await;
        assert!(asked.asks_password(), "{url}: {}", asked.body);
        assert_eq!(asked.action(), url);
        let mut waiting = asked.hidden();
        assert_eq!(pairs(&waiting), *form, "{url}");
        for wrong in ["", "wrong password"] {
            let mut sent = waiting.clone();
            sent.push(("password".to_owned(), wrong.to_owned()));
            let refused = anvar.post(asked.action(), &pairs(&sent)).await;
            assert!(refused.asks_password(), "{url}: {}", refused.body);
            assert!(refused.body.contains("role=\"alert\""), "{url}");
            assert!(!refused.body.contains("wrong password"), "{url}");
        }
        assert_eq!(server.platform_acts().await, before, "{url}");
        let once = count(&server, act).await;
        waiting.push(("password".to_owned(), PASSWORD.to_owned()));
        let done = anvar.post(asked.action(), &pairs(&waiting)).await;
        assert!(
            matches!(done.status, StatusCode::OK | StatusCode::SEE_OTHER),
            "{url}: {} {}",
            done.status,
            done.body
        );
        assert_eq!(count(&server, act).await, once + 1, "{url}");
        // The button is pressed twice.
        anvar.post(&url, form).await;
        let twice = usize::from(*act == "till_unbound");
        assert_eq!(count(&server, act).await, once + 1 + twice, "{url}");
    }
    let mut calls = 0;
    for file in std::fs::read_dir("src/admin").unwrap() {
        let code = std::fs::read_to_string(file.unwrap().path()).unwrap();
        calls += code.matches(".password_again(").count();
    }
    // Three acts on a till share a call.
    assert_eq!(
        calls,
        known.len() - 2 + ON_ADMINS,
        "acts of power without a sample"
    );
    server.shop.assert_sound().await;
}
