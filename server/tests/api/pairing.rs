//! Tests of pairing: a code from the panel makes a device a till, once and for ten minutes.

use backend::accounts::{self, Invite, Remove};
use backend::audit::{self, Actor, Filter};
use backend::tills::{ActOnTill, ActedOnTill, MakePairingCode, RotateKey, Rotated, TillAct};
use domain::{Programme, Role};
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{DEVICE, PHONE, Server, Till};
use crate::reply::Reply;

impl Server {
    fn owner(&self) -> Actor {
        Actor {
            tenant_id: self.shop.till.tenant_id,
            user_id: None,
            name: "Фирӯз".to_owned(),
            address: String::new(),
        }
    }

    /// Makes a code for the store's first till, as the owner does in the panel.
    async fn code(&self) -> String {
        self.code_by(&self.owner()).await
    }

    async fn code_by(&self, actor: &Actor) -> String {
        let command = MakePairingCode {
            actor,
            till_id: self.shop.till.id,
        };
        let made = self.shop.backend.run(&command).await.unwrap().unwrap();
        made.code.as_str().to_owned()
    }

    /// Adds a person to the store. Returns the person's number.
    async fn join(&self, role: Role, login: &str) -> i64 {
        let invite = Invite {
            actor: &self.owner(),
            name: login,
            role,
            token: &backend::secrets::random_token().unwrap(),
        };
        let secret = self.shop.backend.run(&invite).await.unwrap();
        let accept = accounts::AcceptLink {
            secret: &secret,
            login,
            name: login,
            password_hash: "-",
            address: "",
            user_agent: "",
            secrets: &self.shop.backend.secrets,
        };
        self.shop.backend.run(&accept).await.unwrap().unwrap();
        let people = accounts::people(&self.shop.backend, self.shop.till.tenant_id);
        let people = people.await.unwrap();
        let joined = people.iter().find(|person| person.login == login);
        joined.unwrap().id
    }

    async fn act(&self, act: TillAct) {
        let command = ActOnTill {
            actor: &self.owner(),
            till_id: self.shop.till.id,
            act,
            reason: None,
        };
        let acted = self.shop.backend.run(&command).await.unwrap();
        assert_eq!(acted, ActedOnTill::Done);
    }

    async fn pair(&self, code: &str, device: &str) -> Reply {
        let body = json!({ "code": code, "device_id": device });
        self.stranger().post("/cashier/pair", body).await
    }

    /// Returns the till that an answer makes of a device.
    fn paired(&self, reply: &Reply, device: &str) -> Till {
        assert_eq!(reply.status, 200, "{reply}");
        let token = |name: &str| reply.data()[name].as_str().unwrap().to_owned();
        let (tenant, cashier) = (token("tenant_token"), token("cashier_token"));
        Till::new(self.address(), &tenant, &cashier).with("x-device-id", device)
    }

    async fn acts(&self) -> Vec<String> {
        let tenant_id = self.shop.till.tenant_id;
        let list = audit::list(&self.shop.backend, tenant_id, Filter::default());
        let entries = list.await.unwrap().entries.into_iter();
        entries.map(|entry| entry.action).collect()
    }
}

fn outcome(reply: &Reply) -> (u16, &str) {
    (reply.status, reply.code())
}

#[on_both_engines]
async fn a_code_makes_one_device_the_till(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let before = server.till().get("/cashier/session").await;
    assert_eq!(before.data()["device_id"], DEVICE);

    let code = server.code().await;
    let typed = format!(" {}-{} ", &code[..6].to_lowercase(), &code[6..]);
    let first = server.pair(&typed, "phone").await;
    assert_eq!(first.data()["tenant_token"], server.shop.tenant_token);
    assert_eq!(first.data()["cashier_node_id"], server.shop.till.id);
    assert_eq!(first.data()["cashier_name"], "Касса");
    let phone = server.paired(&first, "phone");
    phone.register(PHONE).await;

    // The device before is refused, and can tell why.
    let before = server.till().get("/cashier/session").await;
    assert_eq!(outcome(&before), (403, "device_mismatch"));

    // A phone that has lost the answer asks again; a thief of the code comes too late.
    server.shop.clock.advance(590);
    let again = server.pair(&code, "phone").await;
    assert_eq!(again.body, first.body);
    let thief = server.pair(&code, "thief").await;
    assert_eq!(outcome(&thief), (403, "pairing_code_used"));
    assert_eq!(thief.data(), &Value::Null);
    let session = phone.get("/cashier/session").await;
    assert_eq!(session.data()["device_id"], "phone");

    server.shop.clock.advance(10);
    let late = server.pair(&code, "phone").await;
    assert_eq!(outcome(&late), (401, "bad_pairing_code"));
    assert_eq!(server.acts().await, ["till_paired", "pairing_shown"]);
}

#[on_both_engines]
async fn a_code_ends_after_ten_minutes_and_by_the_next_code(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let code = server.code().await;
    server.shop.clock.advance(600);
    assert_eq!(
        outcome(&server.pair(&code, "phone").await),
        (401, "bad_pairing_code")
    );
    let (first, second) = (server.code().await, server.code().await);
    assert_eq!(
        outcome(&server.pair(&first, "phone").await),
        (401, "bad_pairing_code")
    );
    assert_eq!(server.pair(&second, "phone").await.status, 200);
}

#[on_both_engines]
async fn of_two_phones_with_one_code_one_is_the_till(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    for _ in 0..5 {
        let code = server.code().await;
        let (one, other) = tokio::join!(server.pair(&code, "one"), server.pair(&code, "other"));
        let (won, device, lost) = if one.status == 200 {
            (one, "one", other)
        } else {
            (other, "other", one)
        };
        let till = server.paired(&won, device);
        assert_eq!(outcome(&lost), (403, "pairing_code_used"));
        let session = till.get("/cashier/session").await;
        assert_eq!(session.data()["device_id"], device);
    }
}

#[on_both_engines]
async fn one_phone_that_asks_twice_at_once_gets_one_answer(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let code = server.code().await;
    let (one, other) = tokio::join!(server.pair(&code, "phone"), server.pair(&code, "phone"));
    assert_eq!((one.status, other.status), (200, 200), "{one} {other}");
    assert_eq!(one.body, other.body);
    assert_eq!(server.acts().await, ["till_paired", "pairing_shown"]);
}

#[on_both_engines]
async fn a_till_that_may_not_work_is_not_paired(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    server.till().get("/cashier/session").await;
    let code = server.code().await;
    server.act(TillAct::Disable).await;
    assert_eq!(
        outcome(&server.pair(&code, "phone").await),
        (403, "cashier_disabled")
    );
    // Nothing was used up or bound: switched on again, the code still works.
    server.act(TillAct::Enable).await;
    let till = server.till().get("/cashier/session").await;
    assert_eq!(till.status, 200);
    assert_eq!(server.pair(&code, "phone").await.status, 200);
    // Who unbinds the till takes it from the phone, which gets no keys again.
    server.act(TillAct::ResetBinding).await;
    assert_eq!(
        outcome(&server.pair(&code, "phone").await),
        (401, "bad_pairing_code")
    );
}

#[on_both_engines]
async fn a_new_key_and_the_loss_of_access_end_a_code(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let code = server.code().await;
    let rotate = RotateKey {
        actor: &server.owner(),
        secrets: &server.shop.backend.secrets,
        till_id: server.shop.till.id,
        grace_seconds: 3_600,
        reason: None,
    };
    assert_eq!(
        server.shop.backend.run(&rotate).await.unwrap(),
        Rotated::Done
    );
    assert_eq!(
        outcome(&server.pair(&code, "phone").await),
        (401, "bad_pairing_code")
    );

    server.join(Role::Owner, "owner").await;
    let user_id = server.join(Role::Owner, "zebo").await;
    let maker = Actor {
        user_id: Some(user_id),
        ..server.owner()
    };
    let code = server.code_by(&maker).await;
    let remove = Remove {
        actor: &server.owner(),
        user_id,
    };
    assert!(server.shop.backend.run(&remove).await.unwrap());
    assert_eq!(
        outcome(&server.pair(&code, "phone").await),
        (401, "bad_pairing_code")
    );
}

#[on_both_engines]
async fn the_eleventh_guess_waits_whatever_it_is(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let code = server.code().await;
    for guess in ["", "ФЫВА", "7K4M92QXTB6D", "000000000000", "🙂"] {
        let reply = server.pair(guess, "phone").await;
        let status = if guess.is_empty() { 422 } else { 401 };
        assert_eq!(reply.status, status, "{reply}");
    }
    for _ in 0..6 {
        let reply = server.pair("7K4M92QXTB6D", "phone").await;
        assert_eq!(outcome(&reply), (401, "bad_pairing_code"));
    }
    let reply = server.pair(&code, "phone").await;
    assert_eq!(outcome(&reply), (429, "too_many_requests"));
    assert!(!reply.header("retry-after").is_empty(), "{reply}");
    server.shop.clock.advance(181);
    assert_eq!(server.pair(&code, "phone").await.status, 200);
}

#[on_both_engines]
async fn what_is_not_a_device_is_not_bound(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let code = server.code().await;
    let blank = server.pair(&code, "\u{1}").await;
    assert_eq!(outcome(&blank), (400, "device_id_required"));
    let long = server.pair(&code, &"x".repeat(129)).await;
    assert_eq!(outcome(&long), (422, "invalid_fields"));
    let none = server
        .stranger()
        .post("/cashier/pair", json!({ "code": code }))
        .await;
    assert_eq!(outcome(&none), (422, "invalid_fields"));
    assert_eq!(server.pair(&code, "phone").await.status, 200);
}
