use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::*;
use crate::sharing::slot::{Counts, Slot};

fn prefix() -> impl Strategy<Value = AddressPrefix> {
    let v4 = any::<[u8; 4]>().prop_map(|octets| IpAddr::V4(Ipv4Addr::from(octets)));
    let v6 = any::<[u8; 16]>().prop_map(|octets| IpAddr::V6(Ipv6Addr::from(octets)));
    prop_oneof![v4, v6].prop_map(AddressPrefix::of)
}

fn program() -> impl Strategy<Value = Program> {
    let known = prop_oneof![
        Just("1C+Enterprise/8.3"),
        Just("Frontol 6"),
        Just("Mozilla/5.0 (Linux; Android 13) Chrome/137.0.0.0 Mobile Safari/537.36"),
        Just("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"),
    ];
    let user_agent = prop_oneof![known.prop_map(str::to_owned), any::<String>()];
    (any::<u64>(), user_agent).prop_map(|(bits, user_agent)| Program {
        mark: Mark::from_bits(bits),
        family: Family::of(&user_agent),
    })
}

fn kind() -> impl Strategy<Value = EventKind> {
    let device = (any::<u64>(), any::<String>())
        .prop_map(|(bits, id)| DeviceMark::new(Mark::from_bits(bits), &id));
    prop_oneof![
        Just(EventKind::Lookup),
        Just(EventKind::Sale),
        Just(EventKind::Return),
        device.prop_map(EventKind::Refused),
        Just(EventKind::Other),
    ]
}

prop_compose! {
    fn event()(
        at in 0..300_000_000_i64,
        kind in kind(),
        prefix in prefix(),
        program in program(),
        client in any::<Option<u64>>(),
        receipt in any::<Option<u64>>(),
        behind_seconds in any::<Option<i32>>(),
        is_queued in any::<bool>(),
    ) -> Event {
        Event {
            at: Timestamp::from_micros(at),
            kind,
            prefix,
            program,
            client: client.map(Mark::from_bits),
            receipt,
            behind_seconds,
            is_queued,
        }
    }
}

proptest! {
    #[test]
    fn a_slot_is_read_as_it_was_written(
        start in 0..1_000_000_i64,
        events in prop::collection::vec(event(), 0..50),
    ) {
        let mut slot = Slot::around(Timestamp::from_micros(start * 300_000_000));
        for event in &events {
            let at = Timestamp::from_micros(slot.start().micros() + event.at.micros());
            slot.record(Event { at, ..*event });
        }
        prop_assert_eq!(slot.events().len(), events.len().min(40));
        let read = Slot::read(slot.start(), slot.counts(), &slot.text());
        prop_assert_eq!(read, Ok(slot));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), events in prop::collection::vec(event(), 0..5)) {
        let start = Timestamp::default();
        let _ = read(start, start.plus_seconds(300), &text);
        let mixed = write(start, &events) + &text;
        let _ = read(start, start.plus_seconds(300), &mixed);
        let cut: String = mixed.chars().skip(7).collect();
        let _ = read(start, start.plus_seconds(300), &cut);
    }
}

/// Reads the events of the first slot.
fn read_first(text: &str) -> Result<Vec<Event>, TextError> {
    let start = Timestamp::default();
    read(start, start.plus_seconds(300), text)
}

#[test]
fn a_line_that_is_no_event_is_named() {
    let good = "0;l;10.1.2.*;ff 1C;9;;;;\n1000000;s;;;9;1041;-3;q;\n2;x;;;;;;;a1 a41f\n";
    let events = read_first(good).unwrap();
    assert_eq!(events.len(), 3);
    assert_eq!(write(Timestamp::default(), &events), good);
    for line in [
        "",
        "0;l;;;9;;;;",
        "0;z;10.1.2.*;ff 1C;;;;;",
        "0;l;10.1.2.*;ff 1C;;;;;a1 a41f",
        "0;x;10.1.2.*;ff 1C;;;;;",
        "0;l;10.1.2.*;ff 1C;;;;;;",
        "0;l;10.1.2.*;ff 1C;;;;",
        "0;l;10.1.2.*;ff 1C;+9;;;;",
        "0;l;10.1.2.*;1C;;;;;",
        "0;s;10.1.2.*;ff 1C;;;99999999999;;",
        "0;s;10.1.2.*;ff 1C;;x;;;",
        "0;s;10.1.2.*;ff 1C;;;;Q;",
        "-1;s;10.1.2.*;ff 1C;;;;;",
        "300000000;s;10.1.2.*;ff 1C;;;;;",
        "9223372036854775808;s;10.1.2.*;ff 1C;;;;;",
    ] {
        let text = format!("{line}\n{good}");
        assert_eq!(read_first(&text), Err(TextError { line: 1 }), "{line}");
    }
}

#[test]
fn a_slot_counts_all_and_keeps_the_first_events() {
    let text = "0;s;10.1.2.*;ff 1C;9;1041;;;\n";
    let mut slot = Slot::read(Timestamp::default(), Counts::default(), text).unwrap();
    let sale = slot.events()[0];
    for second in 1..=60 {
        let at = Timestamp::default().plus_seconds(second);
        slot.record(Event { at, ..sale });
    }
    assert_eq!(slot.counts().requests, 60);
    assert_eq!(slot.counts().sales, 60);
    assert_eq!(slot.events().len(), 40);
    let late = sale.at.plus_seconds(300);
    slot.record(Event { at: late, ..sale });
    assert_eq!(slot.counts().sales, 61);
    assert!(slot.events().iter().all(|kept| kept.at != late));
    let other = slot.clone();
    slot.unite(&other);
    assert_eq!(slot.counts().sales, 122);
    assert_eq!(slot.events().len(), 80);
    assert!(slot.events().is_sorted());
}

#[test]
fn what_a_program_asks_by_itself_gives_way() {
    let text = "0;s;10.1.2.*;ff 1C;9;1041;;;\n";
    let mut slot = Slot::read(Timestamp::default(), Counts::default(), text).unwrap();
    let sale = slot.events()[0];
    let kinds = [EventKind::Other, EventKind::Lookup];
    for (second, kind) in (1..=100).zip(kinds.into_iter().cycle()) {
        let at = Timestamp::default().plus_seconds(second);
        slot.record(Event { at, kind, ..sale });
    }
    assert_eq!(slot.events().len(), 40);
    assert!(
        slot.events()
            .iter()
            .all(|kept| kept.kind != EventKind::Other)
    );
}
