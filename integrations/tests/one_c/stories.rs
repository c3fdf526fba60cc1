//! What shops complain of in public about modules of this kind, each tried on ours.

use std::collections::HashMap;
use std::rc::Rc;

use bsl::run::Value;
use integrations::Configuration;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::documents::somoni;
use crate::network::Fault;
use crate::scenarios::each;
use crate::shop::Shop;
use crate::till::Till;

/// «After the network came back, the points were there twice.»
#[test]
fn what_waited_is_recorded_once_however_often_answers_are_lost() {
    each(|till, phone| {
        let balance = till.shop().balance(phone);
        let mut checks = Vec::new();
        *till.network.always.borrow_mut() = Some(Fault::Down);
        for total in [10_000, 20_000, 30_000] {
            till.open();
            till.add(total);
            till.client(phone, Some(0));
            assert!(till.close());
            checks.push((Rc::clone(&till.check), total));
        }
        assert_eq!(till.rest(), 3);
        *till.network.always.borrow_mut() = None;
        for fault in [Fault::Lost, Fault::Cut, Fault::Page, Fault::Empty] {
            till.network.faults.borrow_mut().push_back(fault);
            assert!(till.rest() > 0);
        }
        assert_eq!(till.rest(), 0);
        for (check, total) in checks {
            till.check = check;
            assert_eq!(till.sold(phone), [(total, 0)]);
        }
        assert_eq!(till.shop().balance(phone), balance + 3_000);
    });
}

/// «One check was closed, and points moved for all that were open»; «a saved check kept the points
/// of what was in it before».
#[test]
fn parked_checks_do_not_touch_each_other_and_follow_their_rows() {
    each(|till, phone| {
        let other = till.shop().phones[12].clone();
        till.add(10_000);
        till.client(phone, Some(1_000));
        assert!(till.before(), "{}", till.said);
        let parked = till.check.value();
        till.call("BonexСоставИзменился", &[parked]).unwrap();
        let first = Rc::clone(&till.check);
        let balances =
            |till: &Till| [phone, other.as_str()].map(|phone| till.shop().balance(phone));
        let before = balances(till);
        till.open();
        till.add(20_000);
        till.client(&other, Some(0));
        assert!(till.close(), "{}", till.said);
        till.rest();
        assert_eq!(till.sold(&other), [(20_000, 0)]);
        assert_eq!(balances(till), [before[0], before[1] + 1_000]);
        till.check = first;
        till.add(5_000);
        assert!(till.close(), "{}", till.said);
        till.rest();
        assert_eq!(till.sold(phone), [(15_000, 0)]);
        assert_eq!(balances(till), [before[0] + 750, before[1] + 1_000]);
    });
}

/// «The goods came back, and the points that had paid for them were taken once more.»
#[test]
fn goods_paid_with_bonuses_come_back_with_their_bonuses() {
    each(|till, phone| {
        let balance = till.shop().balance(phone);
        till.add(10_000);
        till.client(phone, Some(2_000));
        assert!(till.close(), "{}", till.said);
        till.rest();
        let sold = till.check.id.clone();
        for _ in 0..2 {
            till.open();
            till.check.fields.put("ВидОперации", Value::text("Возврат"));
            till.add(5_000);
            till.client(phone, None);
            assert!(till.before(), "{}", till.said);
            assert_eq!(till.sold(phone), []);
            let check = till.check.value();
            let half = Value::Number(somoni(5_000));
            till.call("ОтправитьВозвратВBonex", &[check, Value::text(&sold), half])
                .unwrap();
            till.post();
            till.after(Value::Bool(true));
            assert_eq!(till.rest(), 0);
        }
        assert_eq!(till.shop().balance(phone), balance);
    });
}

/// «The client of the last check earned for the next one.»
#[test]
fn the_next_check_has_no_client() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(100));
        assert!(till.close(), "{}", till.said);
        till.delete();
        till.rest();
        let balance = till.shop().balance(phone);
        till.add(50_000);
        assert!(till.close(), "{}", till.said);
        till.rest();
        assert_eq!(till.shop().balance(phone), balance);
    });
}

/// «Without an answer from the service the till stood still.» Two waits, and a minute without any.
#[test]
fn a_server_that_does_not_answer_holds_the_till_for_two_waits() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(500));
        *till.network.always.borrow_mut() = Some(Fault::Lost);
        till.network.waited.set(0);
        assert!(!till.before());
        assert!(till.close(), "{}", till.said);
        assert_eq!(till.network.waited.get(), 20);
        for _ in 0..3 {
            till.open();
            till.add(10_000);
            till.client(phone, None);
            assert!(till.close(), "{}", till.said);
        }
        assert_eq!(till.network.waited.get(), 20);
        *till.network.always.borrow_mut() = None;
        assert_eq!(till.rest(), 0);
    });
}

/// «A diram is left over, or a part of the check is paid beyond its sum.»
#[test]
fn shares_of_bonuses_are_never_more_than_their_part() {
    let shop = Rc::new(Shop::open("sqlite"));
    let till = std::cell::RefCell::new(Till::new(&shop, Configuration::Unf, 0));
    let mut runner = TestRunner::new(ProptestConfig {
        source_file: Some(file!()),
        ..ProptestConfig::default()
    });
    let part = prop_oneof![1..5_i64, 1..5_000_i64];
    let parts = prop::collection::vec(part, 1..12);
    let checks = (parts, 0..=1_000_i64);
    let outcome = runner.run(&checks, |(parts, permille)| {
        let bonuses = parts.iter().sum::<i64>() * permille / 1_000;
        let add = |part: &i64| format!("Суммы.Добавить({});", somoni(*part));
        let adding: String = parts.iter().map(add).collect();
        let code = format!(
            "Суммы = Новый Массив; {adding}
            Доли = BonexИнтеграция.BonexРазделитьБонусы(Суммы, {});
            Части = \"\";
            Для Каждого Доля Из Доли Цикл
                Части = Части + Формат(Доля * 100, \"ЧГ=0; ЧН=0\") + \" \";
            КонецЦикла;
            Возврат Части;",
            somoni(bonuses)
        );
        let written = till
            .borrow_mut()
            .machine
            .execute(&code, &mut HashMap::new());
        let written = written.unwrap().written();
        let shares: Vec<i64> = written
            .split(' ')
            .filter_map(|part| part.parse().ok())
            .collect();
        prop_assert_eq!(shares.len(), parts.len());
        prop_assert_eq!(shares.iter().sum::<i64>(), bonuses);
        for (share, part) in shares.iter().zip(&parts) {
            prop_assert!((0..=*part).contains(share), "{shares:?} of {parts:?}");
        }
        Ok(())
    });
    assert_eq!(outcome.map_err(|error| error.to_string()), Ok(()));
}
