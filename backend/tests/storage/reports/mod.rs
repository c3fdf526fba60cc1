//! Every figure of the reports equals what a slow look at all rows says, in random shops.

mod play;
mod slow;
mod slow_bonuses;
mod slow_unusual;
mod summing;

use std::collections::{BTreeMap, BTreeSet};

use backend::reports::{self, Scope};
use domain::{BasisPoints, Money, Period, Span, Timestamp, UnusualLimits};
use testkit::{Shop, TestDatabase, on_both_engines};

use play::{Dice, Play, programme};
use slow::Books;

/// The documents of each store.
const DOCUMENTS: usize = 110;

/// Limits that random shops reach.
const LIMITS: UnusualLimits = UnusualLimits {
    checks_a_day: 1,
    giver_share: BasisPoints::from_percent(30),
    min_purchases: 4,
    round_step: Money::from_somoni(100),
    round_share: BasisPoints::from_percent(15),
};

#[on_both_engines]
async fn every_figure_is_what_a_slow_look_at_all_rows_says(database: TestDatabase) {
    let shop = Shop::open(&database, programme()).await;
    let (backend, clock) = (shop.backend.clone(), shop.clock.clone());
    let other = Shop::open_in(backend, clock, programme()).await;
    // Both stores go through the same days, so that a leak would show.
    let mut plays = [Play::new(&shop, 6).await, Play::new(&other, 3).await];
    let mut dice = Dice(2_026);
    for _ in 0..DOCUMENTS / 10 {
        for play in &mut plays {
            play.steps(&mut dice, 10).await;
        }
        check(&shop, &mut dice).await;
    }
    for shop in [&shop, &other] {
        // The same figures with and without the sums of days.
        check(shop, &mut dice).await;
        reports::sum_up_days(&shop.backend, shop.till.tenant_id)
            .await
            .unwrap();
        check(shop, &mut dice).await;
    }
    let report = backend::jobs::verify_ledger(&shop.backend).await.unwrap();
    assert_eq!(report.differences, Vec::<String>::new());
}

/// Compares every figure of the store, of some days and of some periods.
async fn check(shop: &Shop, dice: &mut Dice) {
    let (backend, tenant) = (&shop.backend, shop.till.tenant_id);
    let now = backend.clock.now();
    let books = Books::read(backend, tenant).await;

    let first = now.plus_days(-dice.below(40));
    let last = first.plus_days(dice.below(30)).min(now);
    for period in [
        Period::between(first, last, now).unwrap(),
        Period::of(Span::LastMonth, now),
        Period::of(Span::Days(90), now).before(),
        Period::of(Span::Days(1), now),
    ] {
        let branch = books.branches.values().copied().nth(dice.index(3));
        for branch_id in [None, branch] {
            let scope = Scope {
                tenant_id: tenant,
                branch_id,
            };
            check_period(shop, &books, scope, period, now).await;
            check_unusual(shop, &books, scope, period).await;
        }
        check_clients(shop, &books, period).await;
    }

    let midnight = now.local_midnight();
    let hours = reports::by_hour(backend, tenant, midnight).await.unwrap();
    for (hour, sums) in hours.iter().enumerate() {
        assert_eq!(*sums, books.of_hour(&now.local_date(), hour), "hour {hour}");
    }
    let days_90 = (now.plus_days(-90), now);
    let repeat = reports::repeat(backend, tenant, days_90.0, days_90.1).await;
    assert_eq!(repeat.unwrap(), books.repeat(days_90));
    let cohorts = reports::cohorts(backend, tenant).await.unwrap();
    assert_eq!(cohorts, books.cohorts(now));

    let bonuses = reports::bonuses(backend, tenant).await.unwrap();
    let found = [
        bonuses.available,
        bonuses.held,
        bonuses.endless,
        bonuses.debt,
    ];
    assert_eq!(found, books.bonuses(now));
    let mut burning = bonuses.later + bonuses.endless;
    for (month, sum) in &bonuses.months {
        let name = &month.local_date()[..7];
        assert_eq!(*sum, books.burning(now, name), "{name}");
        burning += *sum;
    }
    assert_eq!(
        burning,
        bonuses.total(),
        "every bonus expires in a month, later, or never"
    );
}

async fn check_period(shop: &Shop, books: &Books, scope: Scope, period: Period, now: Timestamp) {
    let (backend, branch) = (&shop.backend, scope.branch_id);
    let span = (period.from(), period.until());
    let all = reports::in_all(backend, scope, span.0, span.1).await;
    let all = all.unwrap();
    assert_eq!(all, books.in_all(span, branch), "{period:?}");
    let tills = reports::by_till(backend, scope, span.0, span.1).await;
    assert_eq!(tills.unwrap(), books.by_till(span, branch), "{period:?}");
    // A span that ends within a day.
    let noon = (span.0, span.1.plus_seconds(-12 * 3_600));
    let part = reports::in_all(backend, scope, noon.0, noon.1).await;
    assert_eq!(part.unwrap(), books.in_all(noon, branch), "{period:?}");

    let days = reports::by_day(backend, scope, period).await.unwrap();
    assert_eq!(i64::try_from(days.len()).unwrap(), period.days());
    for (midnight, sums) in &days {
        let day = midnight.local_date();
        assert_eq!(*sums, books.of_day(&day, branch), "{day}");
    }
    let sum = days
        .iter()
        .fold(reports::Sums::default(), |sum, (_, day)| sum.and(day));
    assert_eq!(sum, all);

    let week = reports::week(backend, scope, period).await.unwrap();
    for (hour, checks) in week.checks.iter().enumerate() {
        for (weekday, checks) in checks.iter().enumerate() {
            assert_eq!(
                *checks,
                books.week(span, branch, hour, weekday),
                "{weekday}, {hour}:00"
            );
        }
    }
    let begun = period.until().min(now.local_midnight().plus_days(1));
    let begun = (begun.micros() - period.from().micros()) / 86_400_000_000;
    assert_eq!(week.days.iter().sum::<i64>(), begun);
}

async fn check_clients(shop: &Shop, books: &Books, period: Period) {
    let (backend, tenant) = (&shop.backend, shop.till.tenant_id);
    let span = (period.from(), period.until());
    let branches = reports::by_branch(backend, tenant, span.0, span.1).await;
    assert_eq!(branches.unwrap(), books.by_branch(span), "{period:?}");

    let moved = reports::moved(backend, tenant, period).await.unwrap();
    let moved: BTreeMap<String, (i64, Money)> = moved
        .into_iter()
        .map(|moved| (moved.kind, (moved.entries, moved.amount)))
        .collect();
    assert_eq!(moved, books.moved(span));

    let tiers = reports::tiers(backend, tenant, period).await.unwrap();
    let thresholds: Vec<Money> = tiers.tiers.iter().map(|(_, from)| *from).collect();
    assert_eq!(
        thresholds,
        [Money::from_somoni(800), Money::from_somoni(3_000)]
    );
    let steps: BTreeMap<_, i64> = tiers
        .moves
        .iter()
        .map(|step| ((step.was, step.is_now), step.clients))
        .collect();
    assert_eq!(steps, books.tier_moves(span, &thresholds), "{period:?}");
}

async fn check_unusual(shop: &Shop, books: &Books, scope: Scope, period: Period) {
    let branch = scope.branch_id;
    let unusual = reports::unusual(&shop.backend, scope, period, &LIMITS).await;
    let unusual = unusual.unwrap();
    let span = (period.last(reports::UNUSUAL_DAYS).from(), period.until());
    let mut busy: BTreeMap<(i64, String), i64> = BTreeMap::new();
    for row in &unusual.busy {
        *busy
            .entry((row.client.id, row.day.local_date()))
            .or_default() += row.checks;
    }
    assert_eq!(busy, books.busy(span, branch, &LIMITS));
    let givers = unusual.givers.into_iter();
    let givers: BTreeSet<_> = givers
        .map(|row| (row.client.id, row.cashier, row.checks, row.of_client))
        .collect();
    assert_eq!(givers, books.givers(span, branch, &LIMITS));
    let round = unusual.round.into_iter();
    let round: BTreeSet<_> = round
        .map(|row| (row.till_id, row.round, row.checks))
        .collect();
    assert_eq!(round, books.round(span, branch, &LIMITS));
}
