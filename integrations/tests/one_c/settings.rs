//! Settings, words and answers of the module.

use std::collections::HashMap;
use std::rc::Rc;

use bsl::run::{Structure, Value};
use integrations::Configuration;

use crate::network::Fault;
use crate::scenarios::each;
use crate::shop::Shop;
use crate::till::{ALL, Till, field};

#[test]
fn goods_are_never_a_client_and_phones_are_not_rewritten() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::new(&shop, Configuration::Retail, 0);
    for (code, is_client) in [
        ("+992901234567", true),
        ("+992 90 123-45-67", true),
        ("001-0000123", true),
        ("2000100001238", true),
        ("2001234567890", false),
        ("4607001234567", false),
        ("2100012345678", false),
        ("901234567", false),
        ("", false),
        ("89161234567", false),
    ] {
        let answer = till
            .call("ЭтоИдентификаторКлиентаBonex", &[Value::text(code)])
            .unwrap();
        assert!(
            matches!(answer, Value::Bool(value) if value == is_client),
            "{code}"
        );
    }
    let found = till
        .call(
            "НайтиКлиентаВBonex",
            &[Value::text("89161234567"), Value::number(0)],
        )
        .unwrap();
    assert_eq!(
        field(&found, "Сообщение").written(),
        "Это не телефон и не карта Bonex."
    );
    let new = till.call(
        "ЗарегистрироватьКлиентаВBonex",
        &[Value::text("91 100-00-09"), Value::text("Новый")],
    );
    assert_eq!(field(&new.unwrap(), "Телефон").written(), "+992911000009");
}

#[test]
fn a_code_of_the_clients_presence_is_asked_and_the_id_stays() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(1_000));
        till.network.faults.borrow_mut().push_back(Fault::Presence);
        assert!(!till.before());
        assert_eq!(
            (till.said.as_str(), till.check.bonuses()),
            ("Спросите код", 1_000)
        );
        assert!(till.close(), "{}", till.said);
        till.rest();
        assert_eq!(till.sold(phone), [(10_000, 1_000)]);
        assert!(
            !till.shop().sales(phone, &till.check.id)[0]
                .id
                .ends_with("-2")
        );
    });
}

#[test]
fn keys_are_set_by_an_administrator_and_shown_nowhere() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::unset(&shop, Configuration::Unf, 0, true);
    let (id, token) = shop.tills[0].clone();
    let set = [Value::text(&token), Value::number(id)];
    assert!(
        till.call("УстановитьТокенКассыBonex", &set)
            .unwrap_err()
            .text
            .contains("администратор")
    );
    let state = till.call("ПроверитьНастройкуКассыBonex", &[]).unwrap();
    assert_eq!(field(&state, "Сообщение").written(), "Токен кассы не задан");
    let before = till.network.arrived.borrow().len();
    let found = till
        .call("НайтиКлиентаВBonex", &[Value::text(&shop.phones[0])])
        .unwrap();
    assert_eq!(field(&found, "Сообщение").written(), "Токен кассы не задан");
    assert_eq!(till.network.arrived.borrow().len(), before);
    till.machine.host.is_administrator.set(true);
    assert!(
        till.call(
            "УстановитьТокенКассыBonex",
            &[Value::text("short"), Value::number(1)]
        )
        .is_err()
    );
    till.call("УстановитьТокенКассыBonex", &set).unwrap();
    let state = till.call("ПроверитьНастройкуКассыBonex", &[]).unwrap();
    assert!(matches!(field(&state, "Настроено"), Value::Bool(true)));
    assert_eq!(
        field(&state, "Токен").written(),
        format!("***{}", &token[60..])
    );
    let link = till.call("ПроверитьСвязьBonex", &[]).unwrap();
    assert!(
        matches!(field(&link, "Успех"), Value::Bool(true)),
        "{}",
        field(&link, "Сообщение").written()
    );
    assert_eq!(field(&link, "Касса").written(), "Касса 1");
    till.add(10_000);
    till.client(&shop.phones[0], Some(0));
    till.close();
    for entry in till.machine.host.log.borrow().iter() {
        for secret in [token.as_str(), &shop.tenant_token, &shop.phones[0][1..]] {
            assert!(!entry.comment.contains(secret), "{}", entry.comment);
        }
        assert!(entry.event.starts_with("Bonex."));
    }
    assert_eq!(
        till.machine.host.privileged.get(),
        0,
        "the privileged mode is off"
    );
}

#[test]
fn debugging_hides_phones_and_ends_by_itself() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::new(&shop, Configuration::Unf, 0);
    till.call("BonexРежимОтладки", &[Value::Bool(true)])
        .unwrap();
    let phone = shop.phones[0].clone();
    till.add(10_000);
    till.client(&phone, Some(100));
    till.before();
    let bodies = |till: &Till| {
        let log = till.machine.host.log.borrow();
        let debug = log.iter().filter(|entry| entry.event == "Bonex.Отладка");
        debug.map(|entry| entry.comment.clone()).collect::<Vec<_>>()
    };
    let first = bodies(&till);
    assert!(
        first
            .iter()
            .any(|body| body.contains("\"total_amount\":100")),
        "{first:?}"
    );
    assert!(
        first.iter().all(|body| !body.contains(&phone[1..])),
        "{first:?}"
    );
    till.now.set(till.now.get() + 86_400);
    till.delete();
    till.rest();
    assert_eq!(bodies(&till).len(), first.len());
}

#[test]
fn the_server_is_told_the_releases_of_1c() {
    let shop = Rc::new(Shop::open("sqlite"));
    for (configuration, name) in ALL.into_iter().zip(["UNF", "Retail", "UT"]) {
        let mut till = Till::new(&shop, configuration, 0);
        let host = &till.machine.host;
        let (release, platform) = (Rc::clone(&host.configuration), Rc::clone(&host.platform));
        let mut agent = |release_now: &str, platform_now: &str| {
            release_now.clone_into(&mut release.borrow_mut());
            platform_now.clone_into(&mut platform.borrow_mut());
            till.call("ПроверитьСвязьBonex", &[]).unwrap();
            let request = till.network.last.borrow().clone().unwrap();
            let mut headers = request.headers.into_iter();
            headers.find(|(name, _)| name == "User-Agent").unwrap().1
        };
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            agent("3.0.8.73", "8.3.24.1446"),
            format!("Bonex-1C/{version} ({name}; 3.0.8.73; 1C 8.3.24.1446)")
        );
        // A header has Latin letters only, and a till does not stop for its own name.
        assert_eq!(
            agent("3.0 (доработана)", ""),
            format!("Bonex-1C/{version} ({name}; ; 1C )")
        );
    }
}

#[test]
fn two_workplaces_of_one_server_are_two_tills() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::new(&shop, Configuration::Unf, 0);
    "KASSA-2".clone_into(&mut till.computer.borrow_mut());
    let state = till.call("ПроверитьНастройкуКассыBonex", &[]).unwrap();
    assert!(matches!(field(&state, "Настроено"), Value::Bool(false)));
    let (id, token) = shop.tills[2].clone();
    till.machine.host.is_administrator.set(true);
    till.call(
        "УстановитьТокенКассыBonex",
        &[Value::text(token), Value::number(id)],
    )
    .unwrap();
    let link = till.call("ПроверитьСвязьBonex", &[]).unwrap();
    assert_eq!(field(&link, "Касса").written(), "Касса 3");
    // A new computer keeps the name under which the till is bound.
    "NEW-PC".clone_into(&mut till.computer.borrow_mut());
    till.call("УстановитьРабочееМестоBonex", &[Value::text("1c-KASSA-2")])
        .unwrap();
    let link = till.call("ПроверитьСвязьBonex", &[]).unwrap();
    assert_eq!(field(&link, "Касса").written(), "Касса 3");
}

#[test]
fn failures_have_words_of_their_own() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::new(&shop, Configuration::Unf, 0);
    let mut say = |fault: Fault| {
        till.network.faults.borrow_mut().push_back(fault);
        let found = till
            .call("НайтиКлиентаВBonex", &[Value::text(&shop.phones[0])])
            .unwrap();
        till.rest();
        field(&found, "Сообщение").written()
    };
    assert!(say(Fault::Certificate).contains("сертификат"));
    assert_eq!(say(Fault::Dns), "Нет связи с Bonex.");
    assert_eq!(say(Fault::Page), "Нет связи с Bonex.");
    assert_eq!(say(Fault::Bom), "");
    say(Fault::Slow);
    let mut other = Till::new(&shop, Configuration::Unf, 0);
    till.call("НайтиКлиентаВBonex", &[Value::text(&shop.phones[0])])
        .unwrap();
    "STOLEN".clone_into(&mut other.computer.borrow_mut());
    other.machine.host.is_administrator.set(true);
    let (id, token) = shop.tills[0].clone();
    other
        .call(
            "УстановитьТокенКассыBonex",
            &[Value::text(token), Value::number(id)],
        )
        .unwrap();
    let found = other
        .call("НайтиКлиентаВBonex", &[Value::text(&shop.phones[0])])
        .unwrap();
    assert!(
        field(&found, "Сообщение")
            .written()
            .contains("привязана к другому компьютеру")
    );
}

#[test]
fn without_a_payment_kind_nothing_is_redeemed() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::unset(&shop, Configuration::Unf, 0, false);
    let (id, token) = shop.tills[0].clone();
    till.machine.host.is_administrator.set(true);
    till.call(
        "УстановитьТокенКассыBonex",
        &[Value::text(token), Value::number(id)],
    )
    .unwrap();
    till.add(10_000);
    till.client(&shop.phones[0], None);
    assert!(till.close());
    till.rest();
    assert_eq!(till.sold(&shop.phones[0]), [(10_000, 0)]);
}

#[test]
fn returns_corrections_and_archives_are_no_sales() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::new(&shop, Configuration::Unf, 0);
    for kind in ["Возврат", "Чек коррекции"] {
        till.open();
        till.add(10_000);
        till.client(&shop.phones[0], Some(0));
        till.check.fields.put("ВидОперации", Value::text(kind));
        assert!(till.post().starts_with("Пропуск"), "{kind}");
    }
    till.open();
    till.add(10_000);
    assert_eq!(till.post(), "Пропуск: не указан телефон");
    assert_eq!(till.rest(), 0);
}

#[test]
fn bonuses_of_a_check_are_divided_to_the_diram() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::new(&shop, Configuration::Unf, 0);
    let mut locals = HashMap::new();
    let code = "Суммы = Новый Массив; Суммы.Добавить(33.33); Суммы.Добавить(33.33); Суммы.Добавить(33.34);
        Доли = BonexИнтеграция.BonexРазделитьБонусы(Суммы, 10);
        Возврат Формат(Доли[0], \"ЧРД=.\") + \" \" + Формат(Доли[1], \"ЧРД=.\") + \" \" + Формат(Доли[2], \"ЧРД=.\");";
    let shares = till.machine.execute(code, &mut locals).unwrap();
    assert_eq!(shares.written(), "3.33 3.34 3.33");
}

#[test]
fn the_printers_answer_is_understood() {
    each(|till, phone| {
        let packet = |value: Value| {
            let [answer, packet, fiscal] = [(); 3].map(|()| Structure::default());
            fiscal.0.put("Результат", value);
            packet
                .0
                .put("РезультатФискализацииЧека", Value::object(fiscal));
            answer
                .0
                .put("РезультатПакетнойОперации", Value::object(packet));
            Value::object(answer)
        };
        let plain = |value: Value| {
            let answer = Structure::default();
            answer.0.put("Результат", value);
            Value::object(answer)
        };
        for (answer, is_printed) in [
            (packet(Value::Bool(true)), true),
            (packet(Value::Bool(false)), false),
            (plain(Value::Bool(true)), true),
            (plain(Value::Bool(false)), false),
            (Value::object(Structure::default()), true),
            (Value::Undefined, false),
        ] {
            till.open();
            till.add(10_000);
            till.client(phone, Some(100));
            assert!(till.before(), "{}", till.said);
            till.after(answer);
            let sent = till.check.fields.get("BonexОтправлено").unwrap().written();
            assert_eq!(sent == "пробит", is_printed);
            till.delete();
            till.rest();
        }
    });
}

/// The snippets of the public document run as they are printed there.
#[test]
fn the_snippets_of_the_public_document_run() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::unset(&shop, Configuration::Unf, 0, true);
    let (id, token) = shop.tills[0].clone();
    till.machine.host.is_administrator.set(true);
    let mut locals = HashMap::new();
    let code = format!("BonexИнтеграция.УстановитьТокенКассыBonex(\"{token}\", {id});");
    till.machine.execute(&code, &mut locals).unwrap();
    let code = "Возврат BonexИнтеграция.ПроверитьНастройкуКассыBonex();";
    let state = till.machine.execute(code, &mut locals).unwrap();
    assert!(matches!(field(&state, "Настроено"), Value::Bool(true)));
    till.add(10_000);
    locals.insert("объект".to_owned(), till.check.value());
    locals.insert("идентификатор".to_owned(), Value::text(&shop.phones[0]));
    let code = "Возврат BonexИнтеграция.СканироватьКлиентаBonex(Идентификатор, Объект, Объект.СуммаДокумента);";
    let found = till.machine.execute(code, &mut locals).unwrap();
    assert!(matches!(field(&found, "Успех"), Value::Bool(true)));
    locals.insert("штрихкод".to_owned(), Value::text(&shop.phones[0]));
    let code = "Если BonexИнтеграция.ЭтоИдентификаторКлиентаBonex(Штрихкод) Тогда
        Возврат \"клиент\";
    КонецЕсли;";
    assert_eq!(
        till.machine.execute(code, &mut locals).unwrap().written(),
        "клиент"
    );
}
