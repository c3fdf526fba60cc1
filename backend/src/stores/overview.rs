//! The stores of the platform, as its admins see them.
//!
//! All stores are read at once, without their documents: the numbers of the groups need them all,
//! and there are as many stores as shops that pay. A store costs a few steps in indexes.

use std::collections::BTreeMap;

use domain::silence::is_store_silent;
use domain::{Money, Timestamp};

use super::sql;
use crate::folded::folded;
use crate::{Backend, Error};

/// A store in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreOverview {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What its tills do.
    pub state: StoreState,
    /// Its tills that are switched on.
    pub active_tills: i64,
    /// The most tills that may be switched on; `None` if it is not limited.
    pub paid_tills: Option<i64>,
    /// The last sale to a client or receipt without one.
    pub last_sale_at: Option<Timestamp>,
    /// What it has sold since midnight.
    pub sold_today: Money,
    /// The places of its branches, as far as their addresses name them, each once.
    pub places: Vec<String>,
}

/// What the tills of a store do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreState {
    /// They work.
    Works,
    /// None has sent anything for two days, since this moment.
    Silent(Timestamp),
    /// None has ever sent anything.
    NotConnected,
    /// The store is suspended, since this moment.
    Suspended(Timestamp),
}

/// Lists all stores in the order in which they were opened. Three statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(backend: &Backend) -> Result<Vec<StoreOverview>, Error> {
    let (db, now) = (&backend.db, backend.clock.now());
    let rows = sql::overview::overview(db).await?;
    let sold: BTreeMap<i64, i64> = sql::overview::sold(db, now.local_midnight())
        .await?
        .into_iter()
        .collect();
    let mut places: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (id, name, address) in sql::overview::places(db).await? {
        let place = place(&name, &address).to_owned();
        let known = places.entry(id).or_default();
        if !known.contains(&place) {
            known.push(place);
        }
    }
    let stores = rows.into_iter().map(|row| StoreOverview {
        state: state(&row, now),
        sold_today: Money::from_dirams(sold.get(&row.id).copied().unwrap_or_default()),
        places: places.remove(&row.id).unwrap_or_default(),
        id: row.id,
        name: row.name,
        active_tills: row.active_tills,
        paid_tills: row.paid_tills,
        last_sale_at: last_sale(row.last_sale_at, row.last_receipt_at),
    });
    Ok(stores.collect())
}

fn last_sale(sale: Option<i64>, receipt: Option<i64>) -> Option<Timestamp> {
    sale.max(receipt).map(Timestamp::from_micros)
}

fn state(row: &sql::overview::OverviewRow, now: Timestamp) -> StoreState {
    if let Some(at) = row.suspended_at {
        return StoreState::Suspended(Timestamp::from_micros(at));
    }
    let last = row.seen_at.max(row.last_sale_at).max(row.last_receipt_at);
    match last.map(Timestamp::from_micros) {
        None => StoreState::NotConnected,
        Some(last) if is_store_silent(last, now) => StoreState::Silent(last),
        Some(_) => StoreState::Works,
    }
}

/// Returns the place of a branch: the first part of its address, which is the city as people write
/// it; without an address its name.
fn place<'a>(name: &'a str, address: &'a str) -> &'a str {
    let first = address.split(',').next().unwrap_or_default().trim();
    if first.is_empty() { name } else { first }
}

/// Keeps the stores that a search finds: each of its words is in the name or number of the store,
/// in a branch's name or address, or in an owner's login or name. A phone may be typed with spaces.
/// Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn found(
    backend: &Backend,
    stores: Vec<StoreOverview>,
    search: &str,
) -> Result<Vec<StoreOverview>, Error> {
    let mut texts: BTreeMap<i64, String> = BTreeMap::new();
    let branches = sql::overview::places(&backend.db).await?;
    let owners = sql::overview::owners(&backend.db).await?;
    for (id, one, other) in branches.into_iter().chain(owners) {
        let text = texts.entry(id).or_default();
        for part in [one, other] {
            text.push(' ');
            text.push_str(&folded(&part));
        }
    }
    let search = Search::new(search);
    let is_found = |store: &StoreOverview| {
        let text = texts.get(&store.id).map_or("", String::as_str);
        search.finds(&format!("{} {} {text}", store.id, folded(&store.name)))
    };
    Ok(stores.into_iter().filter(is_found).collect())
}

/// What is searched for.
struct Search {
    words: Vec<String>,
    /// The digits, if the search looks like a phone.
    phone: Option<String>,
}

impl Search {
    fn new(typed: &str) -> Self {
        const LEAST_DIGITS: usize = 5;
        let is_phone = |sign: char| sign.is_ascii_digit() || " +-()\u{a0}".contains(sign);
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let is_phone = typed.chars().all(is_phone) && digits.len() >= LEAST_DIGITS;
        Self {
            words: folded(typed).split(' ').map(str::to_owned).collect(),
            phone: is_phone.then_some(digits),
        }
    }

    fn finds(&self, text: &str) -> bool {
        let has_phone = self.phone.as_ref().is_some_and(|digits| {
            text.split(' ')
                .any(|word| word.replace(['+', '-', '(', ')'], "").contains(digits))
        });
        has_phone || self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_found_by_what_people_remember_of_it() {
        let text = "12 фаровон рудаки 12 душанбе, проспект рудаки +992-90-000-05-01 фируз";
        for typed in [
            "фаровон",
            "ФАРОВОН душанбе",
            "Фирӯз",
            "90 000 05 01",
            "+992 900000501",
            "12",
            "",
        ] {
            assert!(Search::new(typed).finds(text), "{typed}");
        }
        for typed in ["баракат", "фаровон худжанд", "900000502", "%", "_"] {
            assert!(!Search::new(typed).finds(text), "{typed}");
        }
    }

    #[test]
    fn the_place_of_a_branch_is_the_beginning_of_its_address() {
        assert_eq!(place("Рудаки", "Душанбе, проспект Рудаки 12"), "Душанбе");
        assert_eq!(place("Рынок", " Бохтар "), "Бохтар");
        assert_eq!(place("Рынок", ""), "Рынок");
        assert_eq!(place("Рынок", ", 5"), "Рынок");
    }
}
