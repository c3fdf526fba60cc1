//! Names of clients and branches.

use crate::demo::dice::Dice;

const FIRST: [&str; 24] = [
    "Парвиз",
    "Мадина",
    "Фаррух",
    "Зарина",
    "Далер",
    "Нигора",
    "Ҷамшед",
    "Ситора",
    "Рустам",
    "Шаҳноза",
    "Сомон",
    "Гулнора",
    "Бахтиёр",
    "Тахмина",
    "Комрон",
    "Мавзуна",
    "Алишер",
    "Парвина",
    "Умед",
    "Фирӯза",
    "Сухроб",
    "Зебо",
    "Исмоил",
    "Лола",
];
const LAST: [&str; 24] = [
    "Солиев",
    "Раҳимов",
    "Назаров",
    "Ҷӯраев",
    "Ҳакимов",
    "Шарифов",
    "Каримов",
    "Одинаев",
    "Қодиров",
    "Амонов",
    "Ғаниев",
    "Исмоилов",
    "Юсупов",
    "Азизов",
    "Ӯроқов",
    "Давлатов",
    "Сафаров",
    "Холов",
    "Мирзоев",
    "Бобоев",
    "Саидов",
    "Раҷабов",
    "Наврӯзов",
    "Тошев",
];
const STREETS: [&str; 10] = [
    "Рудаки 40",
    "Сино 12",
    "Айни 7",
    "Шоҳмансур 3",
    "Исмоили Сомонӣ 25",
    "Фирдавсӣ 18",
    "Борбад 56",
    "Корвон",
    "Саховат",
    "Вахдат 9",
];

/// Returns the name of a client; one in eight has given none. The even first names are men's.
pub(super) fn client(index: usize) -> Option<String> {
    let mut dice = Dice::new(u64::try_from(index).unwrap_or(0).wrapping_mul(77_777));
    dice.next();
    if dice.below(8) == 0 {
        return None;
    }
    let first = usize::try_from(dice.next()).unwrap_or(0) % FIRST.len();
    let last = usize::try_from(dice.next()).unwrap_or(0) % LAST.len();
    let ending = if first.is_multiple_of(2) { "" } else { "а" };
    Some(format!("{} {}{ending}", FIRST.get(first)?, LAST.get(last)?))
}

/// Returns the name of a branch.
pub(super) fn branch(index: usize) -> String {
    let street = STREETS.get(index % STREETS.len()).copied();
    match index / STREETS.len() {
        0 => street.unwrap_or_default().to_owned(),
        round => format!("{} · {}", street.unwrap_or_default(), round + 1),
    }
}
