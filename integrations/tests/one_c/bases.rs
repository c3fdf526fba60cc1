//! Checks that are not one plain sale of one base: goods exchanged in one check, and bases that
//! exchange documents and registers.

use std::rc::Rc;

use bsl::run::{Fields, Value};
use integrations::Configuration;

use crate::registers::Register;
use crate::scenarios::each;
use crate::shop::Shop;
use crate::till::Till;

/// Goods come back and others are bought in one check: the client pays, and earns for, the
/// difference.
#[test]
fn goods_exchanged_in_one_check_earn_for_the_difference() {
    each(|till, phone| {
        let balance = till.shop().balance(phone);
        till.add(-5_000);
        till.add(15_000);
        till.client(phone, None);
        assert_eq!(till.check.bonuses(), 3_000, "{}", till.said);
        assert!(till.close(), "{}", till.said);
        assert_eq!(till.rest(), 0);
        assert_eq!(till.sold(phone), [(10_000, 3_000)]);
        // 5 % of the 70 somoni that were paid in money.
        assert_eq!(till.shop().balance(phone), balance - 3_000 + 350);
    });
}

/// The client gets money back: that is no sale, and a row that the server must refuse would only
/// frighten. Bonuses come back by a return.
#[test]
fn goods_exchanged_for_less_are_no_sale() {
    each(|till, phone| {
        let balance = till.shop().balance(phone);
        for rows in [[-15_000, 5_000], [-5_000, 5_000]] {
            till.open();
            for dirams in rows {
                till.add(dirams);
            }
            till.client(phone, None);
            assert_eq!(till.check.bonuses(), 0);
            let arrived = till.network.arrived.borrow().len();
            assert!(till.before(), "{}", till.said);
            assert_eq!(till.post(), "Пропуск: сумма чека не больше нуля");
            till.after(Value::Bool(true));
            assert_eq!(till.rest(), 0);
            assert_eq!(till.network.arrived.borrow().len(), arrived);
            assert_eq!(till.queue.count("отвергнут"), 0);
        }
        assert_eq!(till.shop().balance(phone), balance);
    });
}

/// Writes the rows of one base's queue into another's, as an exchange does.
fn exchange(from: &Register, to: &Register) {
    let key = |row: &Rc<Fields>| row.get("Ид").unwrap().written();
    for row in from.rows.borrow().iter() {
        let copy = Rc::new(Fields::default());
        for (name, value) in row.all() {
            copy.put(&name, value);
        }
        to.rows.borrow_mut().retain(|old| key(old) != key(row));
        to.rows.borrow_mut().push(copy);
    }
}

/// A shop's base and the office's, which has a till of its own. They have the same documents and
/// constants, and the same queue if its register is exchanged too.
#[test]
fn only_the_base_of_the_till_sends() {
    for has_queue in [false, true] {
        let shop = Rc::new(Shop::open("sqlite"));
        let phone = shop.phones[0].clone();
        let mut till = Till::new(&shop, Configuration::Retail, 0);
        let mut office = Till::new(&shop, Configuration::Retail, 1);
        for is_online in [false, true] {
            till.open();
            till.add(10_000);
            till.client(&phone, Some(0));
            if !is_online {
                *till.network.always.borrow_mut() = Some(crate::network::Fault::Down);
            }
            assert!(till.close(), "{}", till.said);
            till.rest();
            // The document and the queue come to the office, where all documents are posted again.
            if has_queue {
                exchange(&till.queue, &office.queue);
            }
            office.check = Rc::clone(&till.check);
            office.post();
            assert_eq!(office.rest(), 0, "nothing of the office's own waits");
            assert_eq!(till.sold(&phone).len(), usize::from(is_online));
            // And back, while the shop has gone on.
            let before = Register::queue();
            exchange(&office.queue, &before);
            *till.network.always.borrow_mut() = None;
            till.rest();
            if has_queue {
                exchange(&before, &till.queue);
            }
            assert_eq!(till.rest(), 0);
            assert_eq!(till.sold(&phone), [(10_000, 0)]);
            assert_eq!(shop.till_of(&phone, &till.check.id), "Касса 1");
            for base in [&till, &office] {
                assert_eq!(base.queue.count("отвергнут"), 0);
            }
        }
        shop.verify();
    }
}

/// A check that was sent at one till and taken up at another is undone by the first: the server
/// lets nobody else.
#[test]
fn a_check_moved_to_another_till_is_undone_by_the_first() {
    let shop = Rc::new(Shop::open("sqlite"));
    let phone = shop.phones[1].clone();
    let mut first = Till::new(&shop, Configuration::Unf, 0);
    first.add(20_000);
    first.client(&phone, Some(0));
    assert!(first.close());
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let balance = shop.balance(&phone);
    first.open();
    first.add(10_000);
    first.client(&phone, Some(500));
    assert!(first.before(), "{}", first.said);
    first.after(Value::Bool(false));
    // One base: both tills have the same documents and the same queue.
    let mut second = Till::beside(&first, 2);
    second.check = Rc::clone(&first.check);
    second.add(1_000);
    second.client(&phone, Some(0));
    assert!(second.close(), "{}", second.said);
    second.rest();
    first.rest();
    assert_eq!(second.sold(&phone), [(11_000, 0)]);
    assert_eq!(shop.till_of(&phone, &second.check.id), "Касса 3");
    assert_eq!(shop.balance(&phone), balance + 550);
    assert_eq!(second.queue.count("отвергнут"), 0);
    shop.verify();
}
