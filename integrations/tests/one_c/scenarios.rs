//! What a cashier does and what goes wrong, each with the sales that the server must have at the
//! end. Named after the requirements of `1c/REQUIREMENTS.ru.md`.

use std::collections::HashMap;
use std::rc::Rc;

use bsl::run::{Structure, Value};
use integrations::Configuration;

use crate::documents::somoni;
use crate::network::Fault;
use crate::shop::{Shop, engines};
use crate::till::{ALL, Till, field};

/// Runs a scenario in each configuration on each engine. Each run has a client of its own.
fn each(scenario: impl Fn(&mut Till, &str)) {
    for engine in engines() {
        let shop = Rc::new(Shop::open(engine));
        // The demo store holds bonuses for a second.
        for (place, phone) in shop.phones.iter().enumerate() {
            if place == 0 {
                continue;
            }
            let mut till = Till::new(&shop, Configuration::Unf, 0);
            till.add(100_000);
            till.client(phone, Some(0));
            assert!(till.close(), "{}", till.said);
            assert_eq!(till.rest(), 0);
        }
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        for (place, configuration) in ALL.into_iter().enumerate() {
            let mut till = Till::new(&shop, configuration, 0);
            scenario(&mut till, &shop.phones[place + 1].clone());
        }
        shop.verify();
    }
}

#[test]
fn a_sale_earns_once_however_often_it_is_posted() {
    each(|till, phone| {
        till.add(20_000);
        till.client(phone, Some(0));
        for _ in 0..3 {
            assert!(till.before());
        }
        assert_eq!(till.sold(phone), []);
        assert!(till.close());
        assert_eq!(till.post(), "Пропуск: продажа уже в Bonex");
        assert_eq!(till.rest(), 0);
        assert_eq!(till.sold(phone), [(20_000, 0)]);
    });
}

#[test]
fn the_most_is_spent_and_confirmed_before_printing() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, None);
        assert_eq!(till.check.bonuses(), 3_000, "{}", till.said);
        for _ in 0..3 {
            assert!(till.before(), "{}", till.said);
        }
        assert_eq!(till.sold(phone), [(10_000, 3_000)]);
        assert!(
            till.check.written.get() > 0,
            "the id is kept before it is sent"
        );
        assert!(till.close());
        assert_eq!(till.rest(), 0);
        assert_eq!(till.sold(phone), [(10_000, 3_000)]);
    });
}

#[test]
fn over_the_limit_the_row_is_taken_out_and_the_most_is_told() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(3_000));
        // Another row by hand: the server has the last word.
        till.check.payments.rows()[0]
            .0
            .put("Сумма", Value::Number(somoni(9_900)));
        assert!(!till.before());
        assert!(till.said.contains("не больше 30,00"), "{}", till.said);
        assert_eq!(till.check.bonuses(), 0);
        assert!(till.close());
        till.rest();
        assert_eq!(till.sold(phone), [(10_000, 0)]);
    });
}

#[test]
fn print_failed_and_again_is_one_sale_and_deleted_is_none() {
    each(|till, phone| {
        let balance = till.shop().balance(phone);
        till.add(10_000);
        till.client(phone, Some(1_000));
        assert!(till.before());
        till.after(Value::Bool(false));
        assert!(till.before());
        assert_eq!(till.sold(phone), [(10_000, 1_000)]);
        till.after(Value::Undefined);
        let id = till.check.id.clone();
        till.delete();
        till.rest();
        assert_eq!(till.shop().sales(phone, &id), []);
        assert_eq!(till.shop().balance(phone), balance);
    });
}

#[test]
fn other_sums_after_a_failed_print_get_a_new_id() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(1_000));
        assert!(till.before());
        till.after(Value::Bool(false));
        till.add(5_000);
        assert_eq!(till.check.bonuses(), 0);
        till.client(phone, Some(2_000));
        assert!(till.close());
        till.rest();
        assert_eq!(till.sold(phone), [(15_000, 2_000)]);
        let sales = till.shop().sales(phone, &till.check.id);
        assert!(sales[0].id.ends_with("-2"), "{}", sales[0].id);
    });
}

#[test]
fn an_unknown_outcome_is_asked_once_more_and_then_undone() {
    each(|till, phone| {
        for fault in [Fault::Lost, Fault::Page, Fault::Cut, Fault::Empty] {
            let balance = till.shop().balance(phone);
            till.open();
            till.add(10_000);
            till.client(phone, Some(100));
            till.network.faults.borrow_mut().extend([fault, fault]);
            assert!(!till.before(), "{fault:?}");
            assert!(till.said.contains("Бонусы не списаны"), "{}", till.said);
            assert_eq!(till.check.bonuses(), 0);
            till.rest();
            assert!(till.close());
            till.rest();
            assert_eq!(till.sold(phone), [(10_000, 0)], "{fault:?}");
            assert_eq!(till.shop().balance(phone), balance + 500, "{fault:?}");
            // One fault alone is mended by the second try.
            till.open();
            till.add(10_000);
            till.client(phone, Some(100));
            till.network.faults.borrow_mut().push_back(fault);
            assert!(till.close(), "{fault:?}: {}", till.said);
            assert_eq!(till.sold(phone), [(10_000, 100)], "{fault:?}");
            till.rest();
        }
    });
}

#[test]
fn lost_and_then_no_network_is_undone_later() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(500));
        till.network
            .faults
            .borrow_mut()
            .extend([Fault::Lost, Fault::Down]);
        assert!(!till.before());
        till.rest();
        assert_eq!(till.sold(phone), []);
    });
}

#[test]
fn offline_accruals_wait_and_redemptions_are_refused() {
    each(|till, phone| {
        *till.network.always.borrow_mut() = Some(Fault::Down);
        till.add(10_000);
        till.client(phone, Some(0));
        assert!(till.said.contains("Нет связи"), "{}", till.said);
        assert!(till.close());
        assert_eq!(till.queue.count("ждёт"), 1);
        let before = till.network.arrived.borrow().len();
        *till.network.always.borrow_mut() = None;
        assert_eq!(
            till.call("BonexОтправитьОчередь", &[]).unwrap().written(),
            "1"
        );
        assert_eq!(
            till.network.arrived.borrow().len(),
            before,
            "a minute without requests"
        );
        assert_eq!(till.rest(), 0);
        assert_eq!(till.sold(phone), [(10_000, 0)]);
    });
}

#[test]
fn a_bad_row_of_the_queue_blocks_no_other_and_can_be_sent_again() {
    each(|till, phone| {
        till.add(500);
        till.client(phone, Some(0));
        till.post();
        let small = till.check.id.clone();
        till.open();
        till.add(10_000);
        till.client(phone, Some(0));
        till.post();
        assert_eq!(till.rest(), 0);
        assert_eq!(till.queue.count("отвергнут"), 1);
        assert_eq!(till.sold(phone), [(10_000, 0)]);
        let again = [Value::text(small), Value::Bool(true)];
        till.call("BonexРешитьСтрокуОчереди", &again).unwrap();
        assert_eq!(till.queue.count("ждёт"), 1);
        till.call(
            "BonexРешитьСтрокуОчереди",
            &[again[0].clone(), Value::Bool(false)],
        )
        .unwrap();
        assert_eq!(till.queue.count("исключён"), 1);
    });
}

#[test]
fn another_client_a_reset_and_a_void_leave_nothing_behind() {
    each(|till, phone| {
        let other = till.shop().phones[10].clone();
        till.add(10_000);
        till.client(phone, Some(1_000));
        assert!(till.before());
        till.client(&other, Some(0));
        assert!(till.close());
        till.rest();
        assert_eq!(till.sold(phone), []);
        assert_eq!(till.sold(&other), [(10_000, 0)]);
    });
}

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
fn a_return_in_parts_tells_a_shortage_to_the_diram() {
    let shop = Rc::new(Shop::open("sqlite"));
    let mut till = Till::new(&shop, Configuration::Unf, 0);
    let phone = "+992911000010".to_owned();
    till.call("ЗарегистрироватьКлиентаВBonex", &[Value::text(&phone)])
        .unwrap();
    till.add(20_000);
    till.client(&phone, Some(0));
    assert!(till.close());
    till.rest();
    let sold = till.check.id.clone();
    let earned = shop.balance(&phone);
    for part in [10_000, 10_000] {
        let arguments = [
            Value::text(&phone),
            Value::Undefined,
            Value::text(&sold),
            Value::Number(somoni(part)),
        ];
        let asked = till.call("РассчитатьВозвратВBonex", &arguments).unwrap();
        assert_eq!(field(&asked, "Нехватка").written(), "0");
        till.open();
        till.check
            .fields
            .put("BonexТелефонКлиента", Value::text(&phone));
        let check = till.check.value();
        let arguments = [check, Value::text(&sold), Value::Number(somoni(part))];
        for _ in 0..2 {
            till.call("ОтправитьВозвратВBonex", &arguments).unwrap();
        }
        assert_eq!(till.rest(), 0);
    }
    assert_eq!(shop.sales(&phone, &sold)[0].returned, 20_000);
    assert!(shop.balance(&phone) < earned);
    let check = till.check.value();
    let without = till
        .call(
            "ОтправитьВозвратВBonex",
            &[check, Value::text(""), Value::number(5)],
        )
        .unwrap();
    assert!(without.written().starts_with("Пропуск"));
    shop.verify();
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
    assert_eq!(shares.written(), "3.33 3.33 3.34");
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
            assert_eq!(sent.is_empty(), is_printed);
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
