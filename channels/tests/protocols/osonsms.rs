//! OsonSMS.

use std::collections::BTreeMap;
use std::time::Duration;

use channels::osonsms::{Account, Gateway, Key, Sms};
use channels::{Accepted, Address, Fault, NotAccepted};
use url::form_urlencoded;

use testkit::service::{Does, Service, answers, nowhere};

use crate::{at, http};

fn gateway(address: &Address, key: Key) -> Gateway {
    let account = Account {
        login: "bonex".to_owned(),
        sender: "BONEX".to_owned(),
        key,
    };
    Gateway::new(&http(), address, account)
}

fn token() -> Key {
    Key::Token("t0ken".to_owned())
}

const SMS: Sms<'static> = Sms {
    phone: "+992901234567",
    text: "Код: 123456 & всё",
    txn_id: "sale-1001",
    is_confidential: false,
};

fn query(text: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

async fn refused(status: u16, body: &str) -> NotAccepted {
    let service = Service::start([answers(status, body)]).await;
    let gateway = gateway(&at(&service), token());
    gateway.send(&SMS).await.unwrap_err()
}

#[tokio::test]
async fn an_sms_is_a_query_with_a_token_in_the_header() {
    let body = r#"{"status":"ok","timestamp":"2026-06-05 10:00:00","txn_id":"sale-1001","msg_id":38127,"smsc_msg_status":"success","smsc_msg_parts":2}"#;
    let service = Service::start([answers(201, body)]).await;
    let accepted = gateway(&at(&service), token()).send(&SMS).await.unwrap();
    let expected = Accepted {
        reference: Some("38127".to_owned()),
        parts: 2,
    };
    assert_eq!(accepted, expected);
    let [arrived] = <[_; 1]>::try_from(service.arrived()).unwrap();
    assert_eq!(arrived.method, "GET");
    assert_eq!(arrived.path, "/sendsms_v1.php");
    assert_eq!(arrived.headers["authorization"], "Bearer t0ken");
    let expected = [
        ("from", "BONEX"),
        ("phone_number", "992901234567"),
        ("msg", "Код: 123456 & всё"),
        ("login", "bonex"),
        ("txn_id", "sale-1001"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(query(&arrived.query), BTreeMap::from(expected));
}

#[tokio::test]
async fn the_older_way_signs_and_sends_no_header() {
    let body = r#"{"status":"ok","msg_id":"abc"}"#;
    let service = Service::start([answers(201, body)]).await;
    let key = Key::Hash("0123456789abcdef0123456789abcdef".to_owned());
    let code = Sms {
        is_confidential: true,
        ..SMS
    };
    let accepted = gateway(&at(&service), key).send(&code).await.unwrap();
    assert_eq!(accepted.reference.as_deref(), Some("abc"));
    let [arrived] = <[_; 1]>::try_from(service.arrived()).unwrap();
    assert!(!arrived.headers.contains_key("authorization"));
    let query = query(&arrived.query);
    assert_eq!(
        query["str_hash"],
        "2527070dc36c17810e6d23c8223873147d8d7459f63c1a1e6277c640db41fc65"
    );
    assert_eq!(query["is_confidential"], "true");
}

#[tokio::test]
async fn a_number_that_was_taken_before_is_accepted() {
    let body = r#"{"error":{"code":108,"msg":"Duplicate txn_id"}}"#;
    let service = Service::start([answers(409, body)]).await;
    let accepted = gateway(&at(&service), token()).send(&SMS).await;
    assert_eq!(accepted.unwrap().parts, 1);
}

#[tokio::test]
async fn each_refusal_says_what_to_do_next() {
    let said = |code: i64| format!(r#"{{"error":{{"code":{code},"msg":"no"}}}}"#);
    for (status, body, expected) in [
        (401, said(105), NotAccepted::Settings(Fault::SmsKey)),
        (401, said(106), NotAccepted::Settings(Fault::SmsKey)),
        (422, said(107), NotAccepted::Settings(Fault::SmsSender)),
        (422, said(114), NotAccepted::Settings(Fault::SmsMoney)),
        (401, said(119), NotAccepted::Settings(Fault::SmsKey)),
        (422, said(109), NotAccepted::Later(Fault::ServiceFailed)),
        (422, said(112), NotAccepted::Later(Fault::ServiceFailed)),
        (422, said(113), NotAccepted::Later(Fault::ServiceFailed)),
        (422, said(999), NotAccepted::Message(Fault::Refused)),
        (500, String::new(), NotAccepted::Later(Fault::ServiceFailed)),
        (
            429,
            String::new(),
            NotAccepted::Wait(Duration::from_secs(30)),
        ),
        (403, String::new(), NotAccepted::Settings(Fault::SmsKey)),
        (200, "OK".to_owned(), NotAccepted::Unsure(Fault::BadAnswer)),
        // A success with another status is none that the protocol knows.
        (
            200,
            r#"{"status":"ok"}"#.to_owned(),
            NotAccepted::Unsure(Fault::BadAnswer),
        ),
    ] {
        assert_eq!(refused(status, &body).await, expected, "{status} {body}");
    }
    let hanging = Service::start([Does::Hangs]).await;
    let timeout = gateway(&at(&hanging), token()).send(&SMS).await;
    assert_eq!(timeout, Err(NotAccepted::Unsure(Fault::Timeout)));
    let unreachable = gateway(&nowhere().await.parse().unwrap(), token())
        .send(&SMS)
        .await;
    assert_eq!(unreachable, Err(NotAccepted::Later(Fault::Unreachable)));
}

#[tokio::test]
async fn the_money_of_the_account_is_read_exactly() {
    for body in [r#"{"balance":6.07}"#, r#"{"balance":"6.07"}"#] {
        let service = Service::start([answers(200, body)]).await;
        let balance = gateway(&at(&service), token()).balance("check-1").await;
        assert_eq!(balance.unwrap().to_string(), "6.07");
        assert_eq!(service.arrived()[0].path, "/check_balance.php");
    }
    let wrong = r#"{"error":{"code":106,"msg":"Incorrect hash"}}"#;
    let service = Service::start([answers(401, wrong)]).await;
    let error = gateway(&at(&service), token()).balance("check-1").await;
    assert_eq!(error, Err(NotAccepted::Settings(Fault::SmsKey)));
}
