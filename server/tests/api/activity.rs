//! What the server keeps of the tills' activity, and the tickets of their devices.

use backend::activity;
use domain::Programme;
use domain::sharing::{EventKind, Level, Reason, judge};
use serde_json::json;
use server::App;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, without_hold};

const SESSION: &str = "/cashier/session";
const TICKET: &str = "x-device-ticket";

#[on_both_engines]
async fn what_a_till_does_is_written_once_for_each_server(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.lookup(PHONE, None).await;
    till.sell(PHONE, "100", "0", "1041").await;
    // A repeated sale is no second one.
    till.sell(PHONE, "100", "0", "1041").await;
    server.shop.clock.advance(1);
    let receipt = json!({ "total_amount": "10", "external_receipt_id": "1042" });
    till.post("/cashier/receipt", receipt).await;
    let elsewhere = till.with("x-device-id", "КАССА-a41f");
    assert_eq!(elsewhere.get(SESSION).await.code(), "device_mismatch");
    let refusing = server.app().write_activity().await;
    let number = server.shop.till.number();
    assert_eq!(refusing, [number]);
    // What comes later in the same five minutes replaces what is written.
    till.get(SESSION).await;
    server.app().write_activity().await;
    assert!(server.app().write_activity().await.is_empty());

    let known = activity::of_till(&server.shop.backend, number)
        .await
        .unwrap();
    let [slot] = &*known.activity.slots else {
        panic!("{:?}", known.activity.slots);
    };
    let counts = slot.counts();
    assert_eq!(
        (
            counts.requests,
            counts.lookups,
            counts.sales,
            counts.refusals
        ),
        (7, 1, 2, 1)
    );
    let events = slot.events();
    let of_kind = |kind: fn(EventKind) -> bool| events.iter().filter(move |event| kind(event.kind));
    let sales: Vec<_> = of_kind(|kind| kind == EventKind::Sale).collect();
    assert_eq!(
        sales.iter().map(|sale| sale.receipt).collect::<Vec<_>>(),
        [Some(1041), Some(1042)]
    );
    let lookup = of_kind(|kind| kind == EventKind::Lookup).next().unwrap();
    assert_eq!((sales[0].client, sales[1].client), (lookup.client, None));
    let tails: Vec<_> = events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Refused(device) => Some(device.tail()),
            _ => None,
        })
        .collect();
    assert_eq!(tails, ["a41f"]);
    assert!(!slot.text().contains("992901234567"));

    // A second server has a row of its own.
    let other = App::new(
        server.shop.backend.clone(),
        crate::harness::no_limits(),
        String::new(),
    );
    other.write_activity().await;
    let (backend, tills) = (&server.shop.backend, [number.till_id]);
    let hours = activity::hours(backend, number.tenant_id, &tills, slot.start());
    let hours = hours.await.unwrap();
    assert_eq!(hours.len(), 1);
    assert_eq!(
        (hours[0].requests, hours[0].sales, hours[0].refusals),
        (7, 2, 1)
    );
}

#[on_both_engines]
async fn a_device_that_tries_again_and_again_is_a_sign(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    let elsewhere = till.with("x-device-id", "another-pc");
    for number in 0..4 {
        till.lookup(PHONE, None).await;
        till.sell(PHONE, "100", "0", &number.to_string()).await;
        elsewhere.get(SESSION).await;
        server.shop.clock.advance(60);
    }
    server.app().write_activity().await;
    let backend = &server.shop.backend;
    let number = server.shop.till.number();
    activity::judge_till(backend, number).await.unwrap();
    let signs = activity::signs(backend, None, 10).await.unwrap();
    let [sign] = &*signs else { panic!("{signs:?}") };
    assert_eq!(sign.till, number);
    assert_eq!(sign.judged.level, Level::WorthALook);
    assert_eq!(sign.judged.reasons, [Reason::OtherDevice]);
    let of_store = activity::signs_of_store(backend, number.tenant_id);
    assert_eq!(
        of_store.await.unwrap(),
        [(number.till_id, sign.judged.clone())]
    );
}

#[on_both_engines]
async fn a_copied_device_is_known_by_its_old_ticket(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let first = till.get(SESSION).await;
    let ticket = first.header(TICKET);
    assert!(ticket.starts_with("1."), "{ticket}");
    // A till that sends none is served as before.
    assert_eq!(till.get(SESSION).await.status, 200);
    let (mut one, mut copy) = (till.with(TICKET, ticket), till.with(TICKET, ticket));
    for _ in 0..3 {
        for device in [&mut one, &mut copy] {
            server.shop.clock.advance(660);
            let reply = device.get(SESSION).await;
            assert_eq!(reply.status, 200);
            let next = reply.header(TICKET);
            if !next.is_empty() {
                *device = device.with(TICKET, next);
            }
        }
    }
    let backend = &server.shop.backend;
    let known = activity::of_till(backend, server.shop.till.number())
        .await
        .unwrap();
    let verdict = judge(&known.activity, backend.clock.now());
    assert_eq!(verdict.level, Level::LooksShared);
    assert_eq!(verdict.findings[0].finding.reason, Reason::CopiedDevice);

    // A ticket of another till, or none at all, says nothing.
    let before = known.activity.old_tickets.len();
    for odd in ["1.00", "x", "9223372036854775807.0123456789abcdef", "-1."] {
        server.shop.clock.advance(660);
        assert_eq!(till.with(TICKET, odd).get(SESSION).await.status, 200);
    }
    let known = activity::of_till(backend, server.shop.till.number())
        .await
        .unwrap();
    assert_eq!(known.activity.old_tickets.len(), before);
}

#[on_both_engines]
async fn one_device_never_looks_like_two(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let mut till = server.till();
    for turn in 0..12 {
        let reply = till.get(SESSION).await;
        // Every second answer is lost.
        let next = reply.header(TICKET);
        if turn % 2 == 0 && !next.is_empty() {
            till = till.with(TICKET, next);
        }
        server.shop.clock.advance(660);
    }
    let known = activity::of_till(&server.shop.backend, server.shop.till.number())
        .await
        .unwrap();
    assert!(known.activity.old_tickets.is_empty());
}

#[on_both_engines]
async fn the_web_cashier_keeps_its_ticket_in_a_cookie(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till().with("x-device-id", "web-1");
    let reply = till.get(SESSION).await;
    let (pair, rest) = reply.header("set-cookie").split_once("; ").unwrap();
    assert_eq!(
        rest,
        "Path=/api/v1/cashier; Max-Age=34560000; HttpOnly; SameSite=Strict"
    );
    assert_eq!(pair, format!("bonex_ticket={}", reply.header(TICKET)));
    server.shop.clock.advance(660);
    let with_cookie = till.with("cookie", pair);
    let next = with_cookie.get(SESSION).await;
    assert!(next.header("set-cookie").starts_with("bonex_ticket=2."));
    // Other tills get no cookies.
    let (_, second) = server.second_till().await;
    let reply = second.get(SESSION).await;
    assert!(!reply.header(TICKET).is_empty());
    assert_eq!(reply.header("set-cookie"), "");
}
