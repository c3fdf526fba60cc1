//! Checks that were sent and not printed: what they took is given back, at once if the network lets
//! it, and no id is used again.

use bsl::run::Value;

use crate::network::Fault;
use crate::scenarios::each;
use crate::shop::unique;

#[test]
fn a_client_can_spend_the_same_bonuses_again_after_a_failed_print() {
    each(|till, _| {
        // This client has just enough.
        let phone = format!("+99291100{:04}", unique());
        let register = [Value::text(&phone), Value::text("")];
        till.call("ЗарегистрироватьКлиентаВBonex", &register)
            .unwrap();
        till.add(20_000);
        till.client(&phone, Some(0));
        assert!(till.close());
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        let all = till.shop().balance(&phone);
        assert!(all > 0);
        // Scanned again; another row; other bonuses by hand.
        till.open();
        till.add(10_000);
        till.client(&phone, None);
        assert_eq!(till.check.bonuses(), all);
        assert!(till.before(), "{}", till.said);
        till.after(Value::Bool(false));
        till.client(&phone, None);
        assert_eq!(till.check.bonuses(), all, "{}", till.said);
        assert!(till.before(), "{}", till.said);
        till.after(Value::Bool(false));
        till.add(1_000);
        till.client(&phone, None);
        assert_eq!(till.check.bonuses(), all, "{}", till.said);
        assert!(till.before(), "{}", till.said);
        till.after(Value::Bool(false));
        till.check.add(500);
        assert!(till.close(), "{}", till.said);
        assert_eq!(till.sold(&phone), [(11_500, all)]);
        till.rest();
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
fn print_failed_and_then_no_network_undoes_what_was_sent() {
    each(|till, phone| {
        till.add(10_000);
        till.client(phone, Some(500));
        assert!(till.before());
        till.after(Value::Bool(false));
        till.network.faults.borrow_mut().push_back(Fault::Down);
        assert!(!till.before());
        assert!(till.close(), "{}", till.said);
        till.rest();
        assert_eq!(till.sold(phone), [(10_000, 0)]);
    });
}

#[test]
fn a_printed_check_stays_printed_when_1c_is_started_again() {
    each(|till, phone| {
        for is_posted_after in [false, true] {
            till.open();
            till.add(10_000);
            till.client(phone, Some(100));
            assert!(till.before(), "{}", till.said);
            if !is_posted_after {
                till.post();
            }
            till.after(Value::Bool(true));
            assert!(till.restart(), "the check was written");
            let id = till.check.id.clone();
            till.delete();
            till.rest();
            assert_eq!(till.shop().sales(phone, &id).len(), 1, "{is_posted_after}");
        }
    });
}

#[test]
fn an_undone_id_is_not_used_again_when_1c_is_started_again() {
    each(|till, phone| {
        for spend in [0, 100] {
            till.open();
            till.add(10_000);
            till.client(phone, Some(spend));
            assert!(till.before(), "{}", till.said);
            // The configuration writes the document here, and not again when the print has failed.
            till.post();
            till.after(Value::Bool(false));
            let check = till.check.value();
            till.call("BonexСоставИзменился", &[check]).unwrap();
            assert!(till.restart());
            assert!(till.close(), "{}", till.said);
            till.rest();
            assert_eq!(till.sold(phone), [(10_000, spend)]);
            assert_eq!(till.queue.count("отвергнут"), 0);
        }
    });
}
