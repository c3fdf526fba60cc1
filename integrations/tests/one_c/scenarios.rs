//! What a cashier does and what goes wrong, each with the sales that the server must have at the
//! end. Named after the requirements of `1c/REQUIREMENTS.ru.md`.

use std::rc::Rc;

use bsl::run::Value;
use integrations::Configuration;

use crate::documents::somoni;
use crate::network::Fault;
use crate::shop::{Shop, engines};
use crate::till::{ALL, Till, field};

/// Runs a scenario in each configuration on each engine. Each run has a client of its own.
pub(crate) fn each(scenario: impl Fn(&mut Till, &str)) {
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
fn what_only_earns_is_not_sent_before_it_is_printed() {
    each(|till, phone| {
        let balance = till.shop().balance(phone);
        for is_sent in [false, true] {
            till.open();
            till.add(10_000);
            till.client(phone, Some(0));
            assert!(till.before());
            till.post();
            if is_sent {
                // The job was faster than the printer.
                till.rest();
            }
            till.after(Value::Bool(false));
            till.rest();
            assert_eq!(till.sold(phone), []);
            assert_eq!(till.shop().balance(phone), balance);
        }
        assert!(till.close());
        till.delete();
        till.rest();
        assert_eq!(till.shop().balance(phone), balance + 500);
        // Given up between posting and printing.
        till.add(10_000);
        till.client(phone, Some(0));
        till.post();
        till.delete();
        till.rest();
        assert_eq!(till.shop().balance(phone), balance + 500);
    });
}

#[test]
fn a_document_posted_again_with_another_client_earns_for_that_one() {
    each(|till, phone| {
        let other = till.shop().phones[11].clone();
        for is_sent in [false, true] {
            till.open();
            till.add(10_000);
            till.client(phone, Some(0));
            till.post();
            if is_sent {
                till.rest();
            }
            till.client(&other, Some(0));
            assert!(till.close());
            till.rest();
            assert_eq!(till.sold(phone), [], "{is_sent}");
            assert_eq!(till.sold(&other), [(10_000, 0)], "{is_sent}");
        }
    });
}

#[test]
fn an_accrual_whose_answer_was_lost_goes_with_its_unprinted_check() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(0));
        till.post();
        till.network.faults.borrow_mut().push_back(Fault::Lost);
        assert_eq!(till.rest(), 1);
        till.after(Value::Bool(false));
        till.rest();
        assert_eq!(till.sold(phone), []);
    });
}

/// What a check that was not printed has taken is there for the next attempt at once.
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
fn a_deferred_check_keeps_the_client_and_not_the_redemption() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(1_000));
        assert!(till.before());
        let check = till.check.value();
        till.call("BonexСоставИзменился", &[check]).unwrap();
        assert_eq!(
            (till.check.phone().as_str(), till.check.bonuses()),
            (phone, 0)
        );
        till.rest();
        assert_eq!(till.sold(phone), []);
        assert!(till.close());
        till.rest();
        assert_eq!(till.sold(phone), [(10_000, 0)]);
    });
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
