//! Firebase Cloud Messaging.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use channels::fcm::{Account, BadAccount, Project, Push};
use channels::{Address, Fault, NotAccepted};
use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde_json::{Value, json};

use testkit::service::{Does, Service, answers, nowhere};

use crate::{at, http};

const FILE: &str = include_str!("../account.json");
const NOW: i64 = 1_780_000_000;
const PUSH: Push<'static> = Push {
    device: "device-token",
    title: "Фаровон",
    body: "Покупка 1 000,00 с.",
    tag: "sale:7",
    kind: "receipt",
};

fn token() -> Does {
    answers(200, r#"{"access_token":"bearer-1","expires_in":3599}"#)
}

fn taken() -> Does {
    answers(200, r#"{"name":"projects/bonex-test/messages/0:1500"}"#)
}

fn project(address: &Address, tokens: &Address) -> Project {
    let account = Account::parse(FILE).unwrap();
    Project::new(&http(), address, tokens, account)
}

async fn refused(does: Does) -> NotAccepted {
    let (tokens, service) = (
        Service::start([token()]).await,
        Service::start([does]).await,
    );
    let project = project(&at(&service), &at(&tokens));
    project.send(&PUSH, NOW).await.unwrap_err()
}

#[tokio::test]
async fn a_push_is_signed_for_and_sent_and_the_access_token_is_kept() {
    let tokens = Service::start([token()]).await;
    let service = Service::start([taken()]).await;
    let project = project(&at(&service), &at(&tokens));
    let accepted = project.send(&PUSH, NOW).await.unwrap();
    assert_eq!(accepted.reference.as_deref(), Some("0:1500"));
    project.send(&PUSH, NOW).await.unwrap();

    let [asked] = <[_; 1]>::try_from(tokens.arrived()).unwrap();
    let form: Vec<_> = url::form_urlencoded::parse(asked.body.as_bytes()).collect();
    assert_eq!(form[0].1, "urn:ietf:params:oauth:grant-type:jwt-bearer");
    let (signed, signature) = form[1].1.rsplit_once('.').unwrap();
    let key: Value = serde_json::from_str(FILE).unwrap();
    let pem = key["private_key"].as_str().unwrap().as_bytes();
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem).unwrap();
    let pair = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key())
        .verify(
            signed.as_bytes(),
            &URL_SAFE_NO_PAD.decode(signature).unwrap(),
        )
        .unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let read = |part: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    let expected = json!({"alg": "RS256", "typ": "JWT", "kid": "0123456789abcdef"});
    assert_eq!(read(header), expected);
    let expected = json!({
        "iss": "sender@bonex-test.iam.gserviceaccount.com",
        "scope": "https://www.googleapis.com/auth/firebase.messaging",
        "aud": tokens.address,
        "iat": NOW,
        "exp": NOW + 3600,
    });
    assert_eq!(read(claims), expected);

    let arrived = service.arrived();
    assert_eq!(arrived.len(), 2);
    assert_eq!(arrived[0].path, "/v1/projects/bonex-test/messages:send");
    assert_eq!(arrived[0].headers["authorization"], "Bearer bearer-1");
    let body: Value = serde_json::from_str(&arrived[0].body).unwrap();
    let message = &body["message"];
    assert_eq!(message["token"], "device-token");
    assert_eq!(message["notification"]["title"], "Фаровон");
    assert_eq!(message["android"]["notification"]["tag"], "sale:7");
    assert_eq!(message["android"]["collapse_key"], "receipt");
    assert_eq!(message["apns"]["headers"]["apns-collapse-id"], "sale:7");
}

#[tokio::test]
async fn a_token_that_ended_early_is_renewed_once() {
    let expired = r#"{"error":{"code":401,"status":"UNAUTHENTICATED"}}"#;
    let tokens = Service::start([token()]).await;
    let service = Service::start([answers(401, expired), taken()]).await;
    let mending = project(&at(&service), &at(&tokens));
    mending.send(&PUSH, NOW).await.unwrap();
    assert_eq!(tokens.arrived().len(), 2);

    let service = Service::start([answers(401, expired)]).await;
    let failing = project(&at(&service), &at(&tokens));
    let error = failing.send(&PUSH, NOW).await;
    assert_eq!(error, Err(NotAccepted::Settings(Fault::AccountKey)));
    assert_eq!(service.arrived().len(), 2);
}

#[tokio::test]
async fn each_refusal_says_what_to_do_next() {
    let with = |status: u16, kind: &str, code: &str| {
        let detail = json!({
            "@type": format!("type.googleapis.com/{kind}"),
            "errorCode": code,
        });
        let error = json!({"error": {"code": status, "details": [detail]}});
        answers(status, &error.to_string())
    };
    let fcm = "google.firebase.fcm.v1.FcmError";
    let ours = "google.rpc.BadRequest";
    let later = |status| Does::Answers(status, &[("retry-after", "12")], String::new());
    for (does, expected) in [
        (
            with(404, fcm, "UNREGISTERED"),
            NotAccepted::Address(Fault::AppRemoved),
        ),
        (
            with(400, fcm, "INVALID_ARGUMENT"),
            NotAccepted::Address(Fault::DeviceToken),
        ),
        (
            with(403, fcm, "SENDER_ID_MISMATCH"),
            NotAccepted::Address(Fault::DeviceToken),
        ),
        (with(400, ours, ""), NotAccepted::Message(Fault::Refused)),
        (
            with(403, "google.rpc.ErrorInfo", ""),
            NotAccepted::Settings(Fault::AccountProject),
        ),
        (later(429), NotAccepted::Wait(Duration::from_secs(12))),
        (later(503), NotAccepted::Wait(Duration::from_secs(12))),
        (answers(500, ""), NotAccepted::Later(Fault::ServiceFailed)),
        (
            answers(200, "<html>"),
            NotAccepted::Unsure(Fault::BadAnswer),
        ),
        (Does::Hangs, NotAccepted::Unsure(Fault::Timeout)),
    ] {
        assert_eq!(refused(does).await, expected);
    }
}

#[tokio::test]
async fn without_an_access_token_nothing_was_sent() {
    let service = Service::start([taken()]).await;
    let wrong = answers(400, r#"{"error":"invalid_grant"}"#);
    for (does, expected) in [
        (wrong, NotAccepted::Settings(Fault::AccountKey)),
        (Does::Hangs, NotAccepted::Later(Fault::Timeout)),
        (answers(503, ""), NotAccepted::Later(Fault::ServiceFailed)),
        (answers(200, "{}"), NotAccepted::Later(Fault::BadAnswer)),
    ] {
        let tokens = Service::start([does]).await;
        let project = project(&at(&service), &at(&tokens));
        assert_eq!(project.send(&PUSH, NOW).await, Err(expected));
    }
    let project = project(&at(&service), &nowhere().await.parse().unwrap());
    let error = project.check(NOW).await;
    assert_eq!(error, Err(NotAccepted::Later(Fault::Unreachable)));
    assert!(service.arrived().is_empty());
}

#[tokio::test]
async fn a_check_sends_nothing_to_anybody() {
    let (tokens, service) = (
        Service::start([token()]).await,
        Service::start([taken()]).await,
    );
    let project = project(&at(&service), &at(&tokens));
    project.check(NOW).await.unwrap();
    let body: Value = serde_json::from_str(&service.arrived()[0].body).unwrap();
    assert_eq!(body["validate_only"], true);
    assert!(body["message"].get("token").is_none());
}

#[test]
fn only_the_file_of_an_account_is_taken() {
    let mut file: Value = serde_json::from_str(FILE).unwrap();
    assert!(Account::parse(FILE).is_ok());
    let wrong = |file: &str| Account::parse(file).unwrap_err();
    assert_eq!(wrong("{}"), BadAccount::NotAnAccount);
    assert_eq!(wrong("<html>"), BadAccount::NotAnAccount);
    file["project_id"] = "../other".into();
    assert_eq!(wrong(&file.to_string()), BadAccount::NotAnAccount);
    file["project_id"] = "bonex-test".into();
    file["private_key"] = "no key".into();
    assert_eq!(wrong(&file.to_string()), BadAccount::BadKey);
}
