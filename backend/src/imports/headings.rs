//! The columns of a table by their headings.

use domain::imports::Column;
use serde::{Deserialize, Serialize};

/// The places of the columns in a line, from zero; `None` for a column that is not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// The phone.
    pub phone: Option<usize>,
    /// The name.
    pub name: Option<usize>,
    /// The bonuses.
    pub balance: Option<usize>,
    /// The money paid.
    pub spent: Option<usize>,
    /// The card.
    pub card: Option<usize>,
}

impl Columns {
    /// Returns the place of a column.
    pub const fn place(&self, column: Column) -> Option<usize> {
        match column {
            Column::Phone => self.phone,
            Column::Name => self.name,
            Column::Balance => self.balance,
            Column::Spent => self.spent,
            Column::Card => self.card,
        }
    }

    /// Returns a mutable reference to the place of a column.
    pub const fn place_mut(&mut self, column: Column) -> &mut Option<usize> {
        match column {
            Column::Phone => &mut self.phone,
            Column::Name => &mut self.name,
            Column::Balance => &mut self.balance,
            Column::Spent => &mut self.spent,
            Column::Card => &mut self.card,
        }
    }

    /// Finds the columns by their headings in Russian, Tajik or English.
    pub(super) fn of_headings(headings: &[String]) -> Self {
        let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
        let mut columns = Self::default();
        let mut taken = Vec::new();
        for (column, whole, part) in SYNONYMS {
            let is_whole = |heading: &String| whole.contains(&heading.as_str());
            let has_part = |heading: &String| part.iter().any(|part| heading.contains(part));
            let free = |is: &dyn Fn(&String) -> bool| {
                let mut places = plain.iter().enumerate();
                places
                    .find(|(place, heading)| !taken.contains(place) && is(heading))
                    .map(|(place, _)| place)
            };
            let place = free(&is_whole).or_else(|| free(&has_part));
            *columns.place_mut(column) = place;
            taken.extend(place);
        }
        columns
    }
}

/// The headings of each column: whole ones, and parts of longer ones. The order matters: «номер
/// карты клиента» is a card, «телефон клиента» a phone, and what is left with «клиент» a name.
const SYNONYMS: [(Column, &[&str], &[&str]); 5] = [
    (
        Column::Phone,
        &["тел", "моб", "рақам", "контакт", "tel", "cell", "msisdn"],
        &["телефон", "phone", "мобил", "mobile", "сотов", "тел."],
    ),
    (
        Column::Card,
        &["код", "корт", "card", "ean", "ean13"],
        &[
            "карт",
            "карта",
            "штрих",
            "корт",
            "card",
            "barcode",
            "ean-13",
        ],
    ),
    (
        Column::Spent,
        &[
            "оборот",
            "харид",
            "маблағи харид",
            "хариди умумӣ",
            "хариди ҷамъӣ",
            "spent",
            "turnover",
            "ltv",
        ],
        &[
            "сумма покуп",
            "сумма продаж",
            "покупок",
            "оборот",
            "потрач",
            "оплачено деньгами",
            "spent",
            "purchases",
            "turnover",
        ],
    ),
    (
        Column::Balance,
        &["баланс", "остаток", "бақия", "balance", "points"],
        &[
            "бонус",
            "балл",
            "баланс",
            "остат",
            "накопл",
            "бақия",
            "balance",
            "bonus",
            "points",
        ],
    ),
    (
        Column::Name,
        &["имя", "фио", "ном", "name", "насаб"],
        &[
            "имя",
            "фио",
            "ф.и.о",
            "насаб",
            "фамили",
            "клиент",
            "покупатель",
            "наименован",
            "номи ",
            "муштар",
            "мизоҷ",
            "name",
            "client",
            "customer",
        ],
    ),
];

/// Returns a heading in small letters with single spaces.
fn plain(heading: &str) -> String {
    let small = heading.to_lowercase().replace('ё', "е").replace('_', " ");
    let words: Vec<&str> = small.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(headings: &str) -> [Option<usize>; 5] {
        let headings: Vec<String> = headings.split(';').map(str::to_owned).collect();
        let found = Columns::of_headings(&headings);
        Column::ALL.map(|column| found.place(column))
    }

    #[test]
    fn headings_are_known_in_three_languages() {
        let all = [Some(0), Some(1), Some(2), Some(3), Some(4)];
        for headings in [
            "Телефон;Имя;Баланс;Сумма покупок;Карта",
            "Номер телефона;ФИО клиента;Остаток бонусов, сом.;Оборот;Штрихкод карты",
            "phone_number;Full name;Bonus balance;Total spent;Card number",
            "Телефони муштарӣ;Ному насаб;Бақияи бонусҳо;Хариди умумӣ;Рақами корт",
            "\u{a0}ТЕЛЕФОН ;Клиент;Баллы;Потрачено;Номер карты",
        ] {
            assert_eq!(columns(headings), all, "{headings}");
        }
    }

    #[test]
    fn other_columns_are_not_read() {
        assert_eq!(
            columns("Дата рождения;Мобильный;Пол;ФИО"),
            [Some(1), Some(3), None, None, None]
        );
        assert_eq!(columns("90 123 45 67;Зебо"), [None; 5]);
        // The first of two similar columns counts.
        assert_eq!(columns("Телефон;Телефон 2").first(), Some(&Some(0)));
    }
}
