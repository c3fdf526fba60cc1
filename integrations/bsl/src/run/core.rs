//! What everything here knows: values, objects, errors, and the platform around them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use rust_decimal::Decimal;

use crate::date::{civil, clock};

/// What stopped a run: a text for a person, or what a module has raised itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The text.
    pub text: String,
    /// Where: module and line.
    pub at: String,
}

impl Raised {
    /// Makes an error of the platform.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            at: String::new(),
        }
    }
}

/// The result of something that may raise.
pub type Run<T> = Result<T, Raised>;

/// A value.
#[derive(Clone)]
pub enum Value {
    /// `Неопределено`
    Undefined,
    /// `Null`
    Null,
    /// `Истина`, `Ложь`
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A text.
    Text(Rc<str>),
    /// A date in seconds since 0001-01-01.
    Date(i64),
    /// A value of a system enumeration, such as `УровеньЖурналаРегистрации.Ошибка`.
    Enum(Rc<str>),
    /// An object.
    Object(Rc<dyn Object>),
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}({})", self.type_name(), self.written())
    }
}

impl Value {
    /// Makes a text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Rc::from(text.as_ref()))
    }

    /// Makes a whole number.
    pub fn number(number: i64) -> Self {
        Self::Number(Decimal::from(number))
    }

    /// Makes an object.
    pub fn object(object: impl Object + 'static) -> Self {
        Self::Object(Rc::new(object))
    }

    /// Returns the name of the type, in Russian.
    pub fn type_name(&self) -> String {
        match self {
            Self::Undefined => "Неопределено".to_owned(),
            Self::Null => "Null".to_owned(),
            Self::Bool(_) => "Булево".to_owned(),
            Self::Number(_) => "Число".to_owned(),
            Self::Text(_) => "Строка".to_owned(),
            Self::Date(_) => "Дата".to_owned(),
            Self::Enum(name) => name.split('.').next().unwrap_or_default().to_owned(),
            Self::Object(object) => object.type_name(),
        }
    }

    /// Returns what `Строка(…)` makes of it: numbers with a no-break space between groups and a
    /// comma, `Да` and `Нет`.
    pub fn written(&self) -> String {
        match self {
            Self::Undefined | Self::Null | Self::Date(0) => String::new(),
            Self::Bool(true) => "Да".to_owned(),
            Self::Bool(false) => "Нет".to_owned(),
            Self::Number(number) => grouped(*number, ",", "\u{a0}"),
            Self::Text(text) => text.to_string(),
            Self::Date(seconds) => {
                let (year, month, day) = civil(*seconds);
                let (hour, minute, second) = clock(*seconds);
                format!("{day:02}.{month:02}.{year:04} {hour}:{minute:02}:{second:02}")
            }
            Self::Enum(name) => name.split('.').nth(1).unwrap_or_default().to_owned(),
            Self::Object(object) => object.written(),
        }
    }

    /// Returns whether two values are equal. Values of different types are not.
    pub fn is_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Undefined, Self::Undefined) | (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            (Self::Number(one), Self::Number(two)) => one == two,
            (Self::Text(one), Self::Text(two)) | (Self::Enum(one), Self::Enum(two)) => one == two,
            (Self::Date(one), Self::Date(two)) => one == two,
            (Self::Object(one), Self::Object(two)) => {
                Rc::ptr_eq(one, two) || one.identity().is_some() && one.identity() == two.identity()
            }
            _ => false,
        }
    }
}

/// Writes a number with these signs.
pub(super) fn grouped(number: Decimal, point: &str, group: &str) -> String {
    let plain = number.normalize().abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut written = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            written.push_str(group);
        }
        written.push(digit);
    }
    if !fraction.is_empty() {
        written.push_str(point);
        written.push_str(fraction);
    }
    if number.is_sign_negative() && !number.is_zero() {
        written.insert(0, '-');
    }
    written
}

/// An object. What it does not know is an error, as on the platform.
pub trait Object {
    /// The name of its type.
    fn type_name(&self) -> String;

    /// What `Строка(…)` makes of it.
    fn written(&self) -> String {
        self.type_name()
    }

    /// What makes two objects equal besides being the same.
    fn identity(&self) -> Option<String> {
        None
    }

    /// Reads a property.
    ///
    /// # Errors
    /// If there is no such property.
    fn get(&self, name: &str) -> Run<Value> {
        Err(no_field(name))
    }

    /// Writes a property.
    ///
    /// # Errors
    /// If there is no such property.
    fn set(&self, name: &str, _value: Value) -> Run<()> {
        Err(no_field(name))
    }

    /// Reads by `[]`.
    ///
    /// # Errors
    /// If nothing is there.
    fn at(&self, index: &Value) -> Run<Value> {
        self.get(&index.written())
    }

    /// Writes by `[]`.
    ///
    /// # Errors
    /// If nothing is there.
    fn set_at(&self, index: &Value, value: Value) -> Run<()> {
        self.set(&index.written(), value)
    }

    /// Calls a method.
    ///
    /// # Errors
    /// If there is no such method, or what it raises.
    fn call(&self, host: &Host, name: &str, arguments: &[Value]) -> Run<Value>;

    /// What `Для Каждого` goes through.
    fn items(&self) -> Option<Vec<Value>> {
        None
    }

    /// The object as a structure, a map or an array, for JSON.
    fn content(&self) -> Content {
        Content::Other
    }
}

/// What an object holds.
pub enum Content {
    /// Names and values.
    Fields(Vec<(String, Value)>),
    /// Values.
    List(Vec<Value>),
    /// Neither.
    Other,
}

pub(super) fn no_field(name: &str) -> Raised {
    Raised::new(format!("Поле объекта не обнаружено ({name})"))
}

pub(super) fn no_method(name: &str) -> Raised {
    Raised::new(format!("Метод объекта не обнаружен ({name})"))
}

/// A counter of what was made, for objects without a name.
#[derive(Default)]
pub(super) struct Counter(Cell<u64>);

impl Counter {
    pub(super) fn next(&self) -> u64 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

/// A request that leaves.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST`.
    pub method: String,
    /// The server, without a scheme.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The path with its query.
    pub path: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The seconds that the till waits.
    pub timeout: i64,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why no answer came: the text of the platform's error.
pub type Faulty = String;

/// Sends requests.
pub type Network = Rc<dyn Fn(&Request) -> Result<Response, Faulty>>;

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The event.
    pub event: String,
    /// The level.
    pub level: String,
    /// The comment.
    pub comment: String,
}

/// The platform.
pub struct Host {
    /// The session's clock: local seconds since 0001-01-01.
    pub now: Rc<std::cell::Cell<i64>>,
    /// The log.
    pub log: Rc<RefCell<Vec<LogEntry>>>,
    /// The name of the computer of the session.
    pub computer: Rc<RefCell<String>>,
    /// The version of the platform.
    pub platform: Rc<RefCell<String>>,
    /// The version of the configuration.
    pub configuration: Rc<RefCell<String>>,
    /// `true` if the user is an administrator.
    pub is_administrator: Rc<std::cell::Cell<bool>>,
    /// Global names: constants, storages, registers, documents.
    pub globals: HashMap<String, Value>,
    /// The network.
    pub network: Network,
    pub(super) made: Rc<Counter>,
    /// How often the privileged mode was switched on and not off again.
    pub privileged: Rc<std::cell::Cell<i32>>,
}

pub(super) fn not_an_object(value: &Value, name: &str) -> Raised {
    let of = value.type_name();
    Raised::new(format!(
        "Значение не является значением объектного типа ({name}, {of})"
    ))
}

/// Returns a whole number.
pub(super) fn whole(number: Decimal) -> Run<i64> {
    i64::try_from(number.trunc()).map_err(|_| Raised::new("Слишком большое число"))
}

pub(super) fn wrong_type(value: &Value) -> Raised {
    let of = value.type_name();
    Raised::new(format!("Несоответствие типов ({of})"))
}
