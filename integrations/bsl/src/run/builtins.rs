//! The global functions, enumerations and types of the platform that modules use.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use rust_decimal::{Decimal, RoundingStrategy};

use super::core::{
    Host, LogEntry, Object, Raised, Run, Value, no_field, no_method, whole, wrong_type,
};
use super::machine::Machine;
use super::objects::{Array, Map, Structure, Uuid, count};
use super::platform::{Connection, HttpRequest, SystemInfo};
use super::{format, json};
use crate::date::{civil, clock, date_of_digits, moment};
use crate::syntax::fold;

/// The system enumerations and their values.
const ENUMS: [(&str, &[&str]); 5] = [
    (
        "УровеньЖурналаРегистрации",
        &["Ошибка", "Предупреждение", "Информация", "Примечание"],
    ),
    ("КодировкаТекста", &["UTF8"]),
    (
        "ИспользованиеByteOrderMark",
        &["НеИспользовать", "Использовать"],
    ),
    (
        "СпособКодированияСтроки",
        &["КодировкаURL", "КодировкаВнутриURL"],
    ),
    ("СтатусСообщения", &["Важное"]),
];

/// Returns a value of an enumeration; `None` if there is no such enumeration.
pub(super) fn of_space(space: &str, name: &str) -> Run<Option<Value>> {
    let Some((space, names)) = ENUMS.iter().find(|(known, _)| fold(known) == fold(space)) else {
        return Ok(None);
    };
    let found = names.iter().find(|known| fold(known) == fold(name));
    let name = found.ok_or_else(|| no_field(name))?;
    Ok(Some(Value::Enum(std::format!("{space}.{name}").into())))
}

impl Machine {
    /// `Новый …`
    pub(super) fn create(&mut self, name: &str, given: &[Option<Value>]) -> Run<Value> {
        let plain: Vec<Value> = given
            .iter()
            .map(|value| value.clone().unwrap_or(Value::Undefined))
            .collect();
        Ok(match fold(name).as_str() {
            "структура" => Value::object(Structure::of(&plain)),
            "соответствие" => Value::object(Map::default()),
            "массив" => Value::object(Array::default()),
            "httpсоединение" => Value::object(Connection::of(&plain)?),
            "httpзапрос" => Value::object(HttpRequest::of(&plain)),
            "системнаяинформация" => {
                Value::object(SystemInfo(Rc::clone(&self.host.platform)))
            }
            "уникальныйидентификатор" => {
                let number = self.host.made.next();
                Value::object(Uuid(std::format!("00000000-0000-4000-8000-{number:012}")))
            }
            "чтениеjson" | "записьjson" => Value::object(JsonText::default()),
            "защищенноесоединениеopenssl" | "сертификатыудостоверяющихцентровос" => {
                Value::object(Structure::default())
            }
            _ => return Err(Raised::new(std::format!("Тип не определен ({name})"))),
        })
    }

    /// Calls a global function.
    pub(super) fn builtin(&mut self, name: &str, given: &[Option<Value>]) -> Run<Value> {
        let at = |place: usize| {
            given
                .get(place)
                .cloned()
                .flatten()
                .unwrap_or(Value::Undefined)
        };
        let text = |place: usize| at(place).written();
        let number = |place: usize| match at(place) {
            Value::Number(number) => Ok(number),
            other => Err(wrong_type(&other)),
        };
        let letters = |place: usize| text(place).chars().collect::<Vec<char>>();
        let size = |number: Decimal| usize::try_from(whole(number).unwrap_or(0)).unwrap_or(0);
        Ok(match fold(name).as_str() {
            "строка" => Value::text(text(0)),
            "число" => match at(0) {
                Value::Text(text) => read_number(&text)?,
                Value::Bool(value) => Value::number(i64::from(value)),
                value @ Value::Number(_) => value,
                other => return Err(wrong_type(&other)),
            },
            "булево" => match at(0) {
                Value::Number(number) => Value::Bool(!number.is_zero()),
                value @ Value::Bool(_) => value,
                other => return Err(wrong_type(&other)),
            },
            "дата" => match given.len() {
                1 => Value::Date(date_of_digits(&text(0)).ok_or_else(|| {
                    Raised::new("Преобразование значения к типу Дата не может быть выполнено")
                })?),
                _ => Value::Date(moment(
                    whole(number(0)?)?,
                    whole(number(1)?)?,
                    whole(number(2)?)?,
                    0,
                )),
            },
            "типзнч" | "тип" => Value::text(if fold(name) == "тип" {
                text(0)
            } else {
                at(0).type_name()
            }),
            "формат" => Value::text(format::format(&at(0), &text(1))?),
            "стрдлина" => count(letters(0).len()),
            "пустаястрока" => Value::Bool(text(0).trim().is_empty()),
            "сокрлп" => Value::text(text(0).trim()),
            "сокрл" => Value::text(text(0).trim_start()),
            "сокрп" => Value::text(text(0).trim_end()),
            "врег" => Value::text(text(0).to_uppercase()),
            "нрег" => Value::text(text(0).to_lowercase()),
            "лев" => Value::text(letters(0).iter().take(size(number(1)?)).collect::<String>()),
            "прав" => {
                let all = letters(0);
                let skip = all.len().saturating_sub(size(number(1)?));
                Value::text(all.iter().skip(skip).collect::<String>())
            }
            "сред" => {
                let skip = size(number(1)?).saturating_sub(1);
                let take = match given.get(2) {
                    Some(Some(_)) => size(number(2)?),
                    _ => usize::MAX,
                };
                Value::text(letters(0).iter().skip(skip).take(take).collect::<String>())
            }
            "стрнайти" => {
                let (of, what) = (text(0), text(1));
                let found = of.find(&what).and_then(|byte| of.get(..byte));
                found.map_or_else(
                    || Value::number(0),
                    |before| count(before.chars().count() + 1),
                )
            }
            "стрначинаетсяс" => Value::Bool(text(0).starts_with(&text(1))),
            "стрзаканчиваетсяна" => Value::Bool(text(0).ends_with(&text(1))),
            "стрзаменить" => Value::text(text(0).replace(&text(1), &text(2))),
            "стрразделить" => {
                let signs = letters(1);
                let keeps_empty = !matches!(at(2), Value::Bool(false));
                let of = text(0);
                let parts = of.split(|sign| signs.contains(&sign));
                let parts = parts.filter(|part| keeps_empty || !part.is_empty());
                Value::object(Array::of(parts.map(Value::text).collect()))
            }
            "стрсоединить" => match at(0) {
                Value::Object(array) => {
                    let items = array.items().unwrap_or_default();
                    let items: Vec<_> = items.iter().map(Value::written).collect();
                    Value::text(items.join(&text(1)))
                }
                other => return Err(wrong_type(&other)),
            },
            "стршаблон" => {
                let mut filled = text(0);
                for place in (1..given.len()).rev() {
                    filled = filled.replace(&std::format!("%{place}"), &text(place));
                }
                Value::text(filled)
            }
            "стрполучитьстроку" => {
                let line = size(number(1)?).saturating_sub(1);
                Value::text(text(0).lines().nth(line).unwrap_or_default())
            }
            "символ" => {
                let code = u32::try_from(whole(number(0)?)?)
                    .ok()
                    .and_then(char::from_u32);
                Value::text(code.map(String::from).unwrap_or_default())
            }
            "кодсимвола" => {
                let place = match given.get(1) {
                    Some(Some(_)) => size(number(1)?).saturating_sub(1),
                    _ => 0,
                };
                let code = letters(0).get(place).map_or(0, |sign| u32::from(*sign));
                Value::Number(Decimal::from(code))
            }
            "окр" => {
                let places = match given.get(1) {
                    Some(Some(_)) => u32::try_from(whole(number(1)?)?).unwrap_or(0),
                    _ => 0,
                };
                Value::Number(
                    number(0)?
                        .round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero),
                )
            }
            "цел" => Value::Number(number(0)?.trunc()),
            "мин" => Value::Number(number(0)?.min(number(1)?)),
            "макс" => Value::Number(number(0)?.max(number(1)?)),
            "значениезаполнено" => Value::Bool(is_filled(&at(0))),
            "текущаядатасеанса" => Value::Date(self.host.now.get()),
            "текущаяуниверсальнаядатавмиллисекундах" => {
                Value::number((self.host.now.get() - 5 * 3_600) * 1_000)
            }
            "год" | "месяц" | "день" => match at(0) {
                Value::Date(date) => {
                    let (year, month, day) = civil(date);
                    Value::number(match fold(name).as_str() {
                        "год" => year,
                        "месяц" => month,
                        _ => day,
                    })
                }
                other => return Err(wrong_type(&other)),
            },
            "час" => match at(0) {
                Value::Date(date) => Value::number(clock(date).0),
                other => return Err(wrong_type(&other)),
            },
            "записьжурналарегистрации" => {
                let level = match at(1) {
                    Value::Enum(name) => name.split('.').nth(1).unwrap_or_default().to_owned(),
                    other => return Err(wrong_type(&other)),
                };
                let (event, comment) = (text(0), text(4));
                self.host.log.borrow_mut().push(LogEntry {
                    event,
                    level,
                    comment,
                });
                Value::Undefined
            }
            "краткоепредставлениеошибки" | "подробноепредставлениеошибки" => {
                at(0)
            }
            "информацияобошибке" => {
                let handled = self.handled.last().map(|raised| raised.text.clone());
                Value::text(handled.unwrap_or_default())
            }
            "кодироватьстроку" => match at(1) {
                Value::Enum(way) if &*way == "СпособКодированияСтроки.КодировкаURL" => {
                    Value::text(url_encoded(&text(0)))
                }
                other => return Err(wrong_type(&other)),
            },
            "прочитатьjson" => match at(0) {
                Value::Object(reader) => json::read(
                    &reader.get("Текст__")?.written(),
                    matches!(at(1), Value::Bool(true)),
                )?,
                other => return Err(wrong_type(&other)),
            },
            "записатьjson" => match at(0) {
                Value::Object(writer) => {
                    writer.set("Текст__", Value::text(json::write(&at(1))?))?;
                    Value::Undefined
                }
                other => return Err(wrong_type(&other)),
            },
            "установитьпривилегированныйрежим" => {
                let step = if matches!(at(0), Value::Bool(true)) {
                    1
                } else {
                    -1
                };
                self.host.privileged.set(self.host.privileged.get() + step);
                Value::Undefined
            }
            "рольдоступна" | "правоадминистрирования" => {
                Value::Bool(self.host.is_administrator.get())
            }
            "имякомпьютера" => Value::text("SERVER-1C"),
            "получитьтекущийсеансинформационнойбазы" => {
                let session = Structure::default();
                session.0.put(
                    "ИмяКомпьютера",
                    Value::text(self.host.computer.borrow().as_str()),
                );
                Value::object(session)
            }
            _ => {
                return Err(Raised::new(std::format!(
                    "Процедура или функция с указанным именем не определена ({name})"
                )));
            }
        })
    }
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Undefined | Value::Null => false,
        Value::Bool(_) | Value::Enum(_) => true,
        Value::Number(number) => !number.is_zero(),
        Value::Text(text) => !text.trim().is_empty(),
        Value::Date(date) => *date != 0,
        Value::Object(object) => object.items().is_none_or(|items| !items.is_empty()),
    }
}

/// Reads a number as the platform does: a point or a comma, groups by no-break spaces.
fn read_number(text: &str) -> Run<Value> {
    let plain: String = text
        .trim()
        .replace(',', ".")
        .chars()
        .filter(|sign| *sign != '\u{a0}')
        .collect();
    let read = plain.parse().map(Value::Number);
    read.map_err(|_| Raised::new("Преобразование значения к типу Число не может быть выполнено"))
}

fn url_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// `ЧтениеJSON`, `ЗаписьJSON`
#[derive(Default)]
struct JsonText(RefCell<String>);

impl Object for JsonText {
    fn type_name(&self) -> String {
        "ЧтениеJSON".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "текст__" => Ok(Value::text(self.0.borrow().as_str())),
            _ => Err(no_field(name)),
        }
    }

    fn set(&self, name: &str, value: Value) -> Run<()> {
        match fold(name).as_str() {
            "текст__" => {
                *self.0.borrow_mut() = value.written();
                Ok(())
            }
            _ => Err(no_field(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "установитьстроку" => {
                *self.0.borrow_mut() = arguments.first().map(Value::written).unwrap_or_default();
                Ok(Value::Undefined)
            }
            "закрыть" => Ok(Value::text(self.0.borrow().as_str())),
            _ => Err(no_method(name)),
        }
    }
}
