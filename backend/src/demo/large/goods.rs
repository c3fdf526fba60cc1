//! Articles and baskets.

use domain::{Money, Quantity};

use crate::inventory::Item;

/// Kinds of articles: name, category, price in dirams.
const KINDS: [(&str, &str, i64); 30] = [
    ("Молоко 1 л", "DAIRY", 1_250),
    ("Кефир 1 л", "DAIRY", 1_100),
    ("Чакка 500 г", "DAIRY", 1_400),
    ("Курт", "DAIRY", 1_800),
    ("Сметана 200 г", "DAIRY", 900),
    ("Нон", "BREAD", 400),
    ("Фатир", "BREAD", 700),
    ("Самбуса", "BREAD", 600),
    ("Рис 5 кг", "GROCERY", 9_500),
    ("Рис 1 кг", "GROCERY", 2_100),
    ("Гречка 1 кг", "GROCERY", 1_700),
    ("Макароны 400 г", "GROCERY", 750),
    ("Мука 10 кг", "GROCERY", 6_800),
    ("Сахар 1 кг", "GROCERY", 1_150),
    ("Соль 1 кг", "GROCERY", 250),
    ("Чай зелёный", "GROCERY", 2_800),
    ("Чай чёрный", "GROCERY", 2_600),
    ("Кофе 100 г", "GROCERY", 4_900),
    ("Масло 1 л", "GROCERY", 3_150),
    ("Масло 5 л", "GROCERY", 14_200),
    ("Яйца 10 шт.", "GROCERY", 1_950),
    ("Картофель 1 кг", "FRUIT", 550),
    ("Лук 1 кг", "FRUIT", 350),
    ("Яблоки 1 кг", "FRUIT", 1_200),
    ("Гранат 1 кг", "FRUIT", 1_800),
    ("Порошок 3 кг", "HOME", 7_400),
    ("Мыло", "HOME", 650),
    ("Шампунь 400 мл", "HOME", 3_900),
    ("Вода 1,5 л", "DRINKS", 500),
    ("Сок 1 л", "DRINKS", 1_600),
];
const BRANDS: [&str; 12] = [
    "Лазат",
    "Сомон",
    "Зарафшон",
    "Памир",
    "Варзоб",
    "Файз",
    "Навруз",
    "Оби Зулол",
    "Саодат",
    "Шифо",
    "Дусти",
    "Боғ",
];

/// One line of a basket.
pub(super) struct Line {
    pub(super) sku: String,
    pub(super) category: &'static str,
    pub(super) name: String,
    pub(super) pieces: i64,
    pub(super) price: Money,
}

impl Line {
    pub(super) fn amount(&self) -> Money {
        Money::from_dirams(self.price.dirams() * self.pieces)
    }
}

/// Returns the goods of a visit: from one to five lines, of at least 10 somoni together.
pub(super) fn basket(chance: u64) -> Vec<Line> {
    let lines = 1 + chance % 5 * (chance / 5 % 3) / 2;
    let line = |number: u64| {
        let dice = (chance >> 7)
            .wrapping_mul(2 * number + 1)
            .wrapping_add(number * 7_919);
        let kind = KINDS.get(at(dice, KINDS.len()));
        let (name, category, price) = kind.copied().unwrap_or(("Нон", "BREAD", 400));
        let brand = at(dice / 31, BRANDS.len());
        let least = if number == 0 { 1_000 / price + 1 } else { 1 };
        Line {
            sku: sku(at(dice, KINDS.len()), brand),
            category,
            name: article(name, brand),
            pieces: least.max(1 + i64::try_from(dice / 401 % 4).unwrap_or(0)),
            price: Money::from_dirams(price),
        }
    };
    (0..lines).map(line).collect()
}

/// Returns the sum of a check whose till sends no lines: from 10 to 900 somoni, mostly small, and
/// one in twelve round.
pub(super) fn sum(chance: u64) -> Money {
    let dice = i64::try_from(chance >> 9 & 0xFFFF_FFFF).unwrap_or(0);
    let dirams = match dice % 10 {
        0..6 => 1_000 + dice / 10 % 7_000,
        6..9 => 8_000 + dice / 10 % 17_000,
        _ => 25_000 + dice / 10 % 65_000,
    };
    if chance.is_multiple_of(12) {
        Money::from_dirams(dirams / 1_000 * 1_000)
    } else {
        Money::from_dirams(dirams / 5 * 5)
    }
}

/// Returns every article with what is on the shelves.
pub(super) fn stock() -> Vec<Item> {
    let mut items = Vec::new();
    for (kind, (name, category, _)) in KINDS.iter().enumerate() {
        for brand in 0..BRANDS.len() {
            // One article in eleven is sold out.
            let pieces = i64::try_from((kind * 37 + brand * 11) % 11 * 24).unwrap_or(0);
            items.push(Item {
                sku: sku(kind, brand),
                name: article(name, brand),
                category_code: Some((*category).to_owned()),
                quantity: Quantity::from_thousandths(pieces * 1_000),
            });
        }
    }
    items
}

fn sku(kind: usize, brand: usize) -> String {
    format!("A-{:05}", kind * 100 + brand)
}

fn article(name: &str, brand: usize) -> String {
    let brand = BRANDS.get(brand).copied().unwrap_or_default();
    format!("{name} «{brand}»")
}

fn at(dice: u64, length: usize) -> usize {
    usize::try_from(dice % u64::try_from(length).unwrap_or(1)).unwrap_or(0)
}
