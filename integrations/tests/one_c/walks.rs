//! Random walks over what happens at a till. At the end the server has exactly the sales whose
//! checks were printed, with the bonuses that were in them: none is lost, doubled or stranded.

use std::rc::Rc;

use bsl::run::Value;
use integrations::Configuration;

use crate::network::Fault;
use crate::shop::{Shop, engines};
use crate::till::{ALL, Till};

const WALKS: u64 = 200;
const STEPS: usize = 40;

/// A small random generator with a fixed seed (Knuth's MMIX constants), so that a walk can be
/// repeated by its number.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// A printed check: its id, client, total and bonuses.
type Printed = (String, String, i64, i64);

fn step(
    till: &mut Till,
    random: &mut Random,
    shop: &Shop,
    printed: &mut Vec<Printed>,
) -> &'static str {
    let phone = shop.phones[random.below(shop.phones.len())].clone();
    let has_rows = till.check.total() > 0;
    match random.below(22) {
        0..=3 => {
            till.add(1_500 + i64::try_from(random.below(9_000)).unwrap());
            "row"
        }
        4..=5 if has_rows => {
            till.client(&phone, Some(i64::try_from(random.below(2_000)).unwrap()));
            "client"
        }
        6..=8 if has_rows => {
            till.client(&phone, None);
            "most"
        }
        9..=10 if has_rows => {
            till.before();
            "before"
        }
        11 if has_rows => {
            // Posted first, then printed: it fails, and the check is not posted any more.
            if till.before() {
                till.post();
                till.after(Value::Bool(false));
            }
            "print failed"
        }
        12..=15 if has_rows => {
            let client = till.check.phone();
            if till.close() {
                let (total, bonuses) = (till.check.total(), till.check.bonuses());
                if !client.is_empty() {
                    printed.push((till.check.id.clone(), client, total, bonuses));
                }
                till.open();
            }
            "close"
        }
        16 => {
            till.delete();
            "delete"
        }
        17 => {
            let faults = [
                Fault::Down,
                Fault::Lost,
                Fault::Page,
                Fault::Cut,
                Fault::Empty,
            ];
            let mut next = till.network.faults.borrow_mut();
            for _ in 0..=random.below(4) {
                next.push_back(faults[random.below(faults.len())]);
            }
            "faults"
        }
        18 => {
            *till.network.always.borrow_mut() = Some(Fault::Down);
            "down"
        }
        19..=20 => {
            *till.network.always.borrow_mut() = None;
            "up"
        }
        _ => {
            till.rest();
            "rest"
        }
    }
}

#[test]
fn walks_lose_double_and_strand_no_bonus() {
    for engine in engines() {
        let shop = Rc::new(Shop::open(engine));
        let (mut sold, mut redeemed) = (0, 0);
        for phone in &shop.phones {
            let mut till = Till::new(&shop, Configuration::Unf, 0);
            till.add(500_000);
            till.client(phone, Some(0));
            till.close();
            till.rest();
        }
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        for walk in 1..=WALKS {
            let mut random = Random(walk);
            let configuration = ALL[random.below(3)];
            let mut till = Till::new(&shop, configuration, 0);
            let (mut printed, mut steps, mut seen) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..STEPS {
                seen.push(till.check.id.clone());
                steps.push(step(&mut till, &mut random, &shop, &mut printed));
            }
            // The evening: the network is back, the open check is deleted, the queue is sent.
            *till.network.always.borrow_mut() = None;
            till.network.faults.borrow_mut().clear();
            till.rest();
            till.delete();
            assert_eq!(till.rest(), 0, "walk {walk}: {steps:?}");
            let mut found: Vec<Printed> = Vec::new();
            for phone in &shop.phones {
                let sales = shop.sales(phone, "").into_iter();
                found.extend(sales.filter_map(|sale| {
                    let id = seen.iter().find(|id| sale.id.starts_with(id.as_str()))?;
                    Some((id.clone(), phone.clone(), sale.total, sale.redeemed))
                }));
            }
            found.sort();
            printed.sort();
            assert_eq!(found, printed, "walk {walk}: {steps:?}");
            sold += printed.len();
            redeemed += printed.iter().filter(|sale| sale.3 > 0).count();
        }
        // A walk that sells nothing proves nothing.
        assert!(
            sold > 200 && redeemed > 50,
            "{sold} sales, {redeemed} with bonuses"
        );
        shop.verify();
    }
}
