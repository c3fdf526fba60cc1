//! Objects: collections of the platform, and what tests put in the place of documents.

use std::cell::RefCell;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::core::{Content, Host, Object, Raised, Run, Value, no_field, no_method, whole};
use crate::syntax::fold;

fn first(arguments: &[Value]) -> Value {
    arguments.first().cloned().unwrap_or(Value::Undefined)
}

/// `Массив`
#[derive(Default)]
pub struct Array(RefCell<Vec<Value>>);

impl Array {
    /// Makes an array of values.
    pub const fn of(values: Vec<Value>) -> Self {
        Self(RefCell::new(values))
    }
}

impl Object for Array {
    fn type_name(&self) -> String {
        "Массив".to_owned()
    }

    fn at(&self, index: &Value) -> Run<Value> {
        let Value::Number(index) = index else {
            return Err(no_field(&index.written()));
        };
        let place = usize::try_from(whole(*index)?).ok();
        let found = place.and_then(|place| self.0.borrow().get(place).cloned());
        found.ok_or_else(|| Raised::new("Индекс находится за границами массива"))
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "добавить" => self.0.borrow_mut().push(first(arguments)),
            "количество" => return Ok(count(self.0.borrow().len())),
            "вграница" => {
                let last = i64::try_from(self.0.borrow().len()).unwrap_or(0) - 1;
                return Ok(Value::number(last));
            }
            "найти" => {
                let found = self
                    .0
                    .borrow()
                    .iter()
                    .position(|value| value.is_equal(&first(arguments)));
                return Ok(found.map_or(Value::Undefined, count));
            }
            _ => return Err(no_method(name)),
        }
        Ok(Value::Undefined)
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.0.borrow().clone())
    }

    fn content(&self) -> Content {
        Content::List(self.0.borrow().clone())
    }
}

pub(super) fn count(number: usize) -> Value {
    Value::Number(Decimal::from(number))
}

/// Named values in the order in which they were set, the same in any case.
#[derive(Default)]
pub struct Fields(RefCell<Vec<(String, Value)>>);

impl Fields {
    /// Returns a value.
    pub fn get(&self, name: &str) -> Option<Value> {
        let name = fold(name);
        let fields = self.0.borrow();
        let found = fields.iter().find(|(key, _)| fold(key) == name);
        found.map(|(_, value)| value.clone())
    }

    /// Sets a value.
    pub fn put(&self, name: &str, value: Value) {
        let folded = fold(name);
        let mut fields = self.0.borrow_mut();
        match fields.iter_mut().find(|(key, _)| fold(key) == folded) {
            Some((_, old)) => *old = value,
            None => fields.push((name.to_owned(), value)),
        }
    }

    /// Removes a value.
    pub fn remove(&self, name: &str) {
        let folded = fold(name);
        self.0.borrow_mut().retain(|(key, _)| fold(key) != folded);
    }

    /// Returns all of them.
    pub fn all(&self) -> Vec<(String, Value)> {
        self.0.borrow().clone()
    }
}

/// A key and a value, as `Для Каждого` sees them.
struct Pair(Value, Value);

impl Object for Pair {
    fn type_name(&self) -> String {
        "КлючИЗначение".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "ключ" => Ok(self.0.clone()),
            "значение" => Ok(self.1.clone()),
            _ => Err(no_field(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no_method(name))
    }
}

/// `Структура`
#[derive(Default)]
pub struct Structure(pub Fields);

impl Structure {
    /// Makes a structure by `Новый Структура("А, Б", 1, 2)`.
    pub(super) fn of(arguments: &[Value]) -> Self {
        let structure = Self::default();
        let names = first(arguments).written();
        let names = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        for (place, name) in names.enumerate() {
            let value = arguments.get(place + 1).cloned();
            structure.0.put(name, value.unwrap_or(Value::Undefined));
        }
        structure
    }
}

impl Object for Structure {
    fn type_name(&self) -> String {
        "Структура".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        self.0.get(name).ok_or_else(|| no_field(name))
    }

    fn set(&self, name: &str, value: Value) -> Run<()> {
        self.0.get(name).ok_or_else(|| no_field(name))?;
        self.0.put(name, value);
        Ok(())
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        let key = first(arguments).written();
        match fold(name).as_str() {
            "вставить" => {
                self.0
                    .put(&key, arguments.get(1).cloned().unwrap_or(Value::Undefined));
            }
            "свойство" => return Ok(Value::Bool(self.0.get(&key).is_some())),
            "удалить" => self.0.remove(&key),
            "количество" => return Ok(count(self.0.all().len())),
            _ => return Err(no_method(name)),
        }
        Ok(Value::Undefined)
    }

    fn items(&self) -> Option<Vec<Value>> {
        let pairs = self.0.all().into_iter();
        Some(
            pairs
                .map(|(key, value)| Value::object(Pair(Value::text(key), value)))
                .collect(),
        )
    }

    fn content(&self) -> Content {
        Content::Fields(self.0.all())
    }
}

/// `Соответствие`. Keys that are texts differ by case.
#[derive(Default)]
pub struct Map(RefCell<Vec<(Value, Value)>>);

impl Map {
    /// Sets a value.
    pub fn put(&self, key: Value, value: Value) {
        let mut pairs = self.0.borrow_mut();
        match pairs.iter_mut().find(|(known, _)| known.is_equal(&key)) {
            Some((_, old)) => *old = value,
            None => pairs.push((key, value)),
        }
    }

    fn find(&self, key: &Value) -> Value {
        let pairs = self.0.borrow();
        let found = pairs.iter().find(|(known, _)| known.is_equal(key));
        found.map_or(Value::Undefined, |(_, value)| value.clone())
    }
}

impl Object for Map {
    fn type_name(&self) -> String {
        "Соответствие".to_owned()
    }

    fn at(&self, index: &Value) -> Run<Value> {
        Ok(self.find(index))
    }

    fn set_at(&self, index: &Value, value: Value) -> Run<()> {
        self.put(index.clone(), value);
        Ok(())
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "получить" => return Ok(self.find(&first(arguments))),
            "вставить" => {
                self.put(
                    first(arguments),
                    arguments.get(1).cloned().unwrap_or(Value::Undefined),
                );
            }
            "удалить" => self
                .0
                .borrow_mut()
                .retain(|(key, _)| !key.is_equal(&first(arguments))),
            "количество" => return Ok(count(self.0.borrow().len())),
            _ => return Err(no_method(name)),
        }
        Ok(Value::Undefined)
    }

    fn items(&self) -> Option<Vec<Value>> {
        let pairs = self.0.borrow();
        let pair = |(key, value): &(Value, Value)| Value::object(Pair(key.clone(), value.clone()));
        Some(pairs.iter().map(pair).collect())
    }

    fn content(&self) -> Content {
        let pairs = self.0.borrow();
        Content::Fields(
            pairs
                .iter()
                .map(|(key, value)| (key.written(), value.clone()))
                .collect(),
        )
    }
}

/// Rows with named columns: a tabular part of a document, a register.
pub struct TablePart {
    rows: RefCell<Vec<Rc<Row>>>,
    columns: Vec<(&'static str, Value)>,
}

/// A row. Only its columns can be read and written.
#[derive(Default)]
pub struct Row(pub Fields);

impl Object for Row {
    fn type_name(&self) -> String {
        "СтрокаТабличнойЧасти".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        self.0.get(name).ok_or_else(|| no_field(name))
    }

    fn set(&self, name: &str, value: Value) -> Run<()> {
        self.0.get(name).ok_or_else(|| no_field(name))?;
        self.0.put(name, value);
        Ok(())
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no_method(name))
    }
}

impl TablePart {
    /// Makes a table with these columns and what is in them at first.
    pub const fn new(columns: Vec<(&'static str, Value)>) -> Self {
        Self {
            rows: RefCell::new(Vec::new()),
            columns,
        }
    }

    /// Adds a row.
    pub fn add(&self, values: &[(&str, Value)]) -> Rc<Row> {
        let row = Rc::new(Row::default());
        for (name, value) in &self.columns {
            row.0.put(name, value.clone());
        }
        for (name, value) in values {
            row.0.put(name, value.clone());
        }
        self.rows.borrow_mut().push(Rc::clone(&row));
        row
    }

    /// Returns the rows.
    pub fn rows(&self) -> Vec<Rc<Row>> {
        self.rows.borrow().clone()
    }

    /// Removes all rows.
    pub fn clear(&self) {
        self.rows.borrow_mut().clear();
    }
}

impl Object for TablePart {
    fn type_name(&self) -> String {
        "ТабличнаяЧасть".to_owned()
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "добавить" => return Ok(Value::Object(self.add(&[]))),
            "количество" => return Ok(count(self.rows.borrow().len())),
            "очистить" => self.clear(),
            "удалить" => {
                if let Value::Object(row) = first(arguments) {
                    let same =
                        |known: &Rc<Row>| std::ptr::addr_eq(Rc::as_ptr(known), Rc::as_ptr(&row));
                    self.rows.borrow_mut().retain(|known| !same(known));
                }
            }
            "итог" => {
                let column = first(arguments).written();
                let mut sum = Decimal::ZERO;
                for row in self.rows.borrow().iter() {
                    if let Value::Number(number) = row.get(&column)? {
                        sum += number;
                    }
                }
                return Ok(Value::Number(sum));
            }
            _ => return Err(no_method(name)),
        }
        Ok(Value::Undefined)
    }

    fn items(&self) -> Option<Vec<Value>> {
        let rows = self.rows.borrow();
        Some(
            rows.iter()
                .map(|row| Value::Object(Rc::clone(row) as Rc<dyn Object>))
                .collect(),
        )
    }
}

/// `УникальныйИдентификатор`
pub(super) struct Uuid(pub(super) String);

impl Object for Uuid {
    fn type_name(&self) -> String {
        "УникальныйИдентификатор".to_owned()
    }

    fn written(&self) -> String {
        self.0.clone()
    }

    fn identity(&self) -> Option<String> {
        Some(self.0.clone())
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no_method(name))
    }
}
