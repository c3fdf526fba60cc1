//! The platform around the modules: settings and network.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::core::{
    Content, Host, Network, Object, Raised, Request, Response, Run, Value, no_field, no_method,
    whole,
};
use super::objects::Map;
use crate::syntax::fold;

impl Host {
    /// Makes a platform at a moment, with constants.
    pub fn new(now: i64, constants: &[(&str, Value)], network: Network) -> Self {
        let mut globals = HashMap::new();
        let fields: HashMap<String, Rc<RefCell<Value>>> = constants
            .iter()
            .map(|(name, value)| (fold(name), Rc::new(RefCell::new(value.clone()))))
            .collect();
        globals.insert("константы".to_owned(), Value::object(Constants(fields)));
        let storage = Value::object(Storage::default());
        globals.insert("хранилищесистемныхнастроек".to_owned(), storage);
        let configuration = Rc::new(RefCell::new("1.0.1.1".to_owned()));
        let metadata = Value::object(Metadata(Rc::clone(&configuration)));
        globals.insert("метаданные".to_owned(), metadata);
        Self {
            now: Rc::default(),
            log: Rc::default(),
            computer: Rc::default(),
            platform: Rc::new(RefCell::new("8.3.24.1446".to_owned())),
            configuration,
            is_administrator: Rc::default(),
            globals,
            network,
            made: Rc::default(),
            privileged: Rc::default(),
        }
        .at(now)
    }

    fn at(self, now: i64) -> Self {
        self.now.set(now);
        self
    }
}

/// `Метаданные`: the configuration.
struct Metadata(Rc<RefCell<String>>);

impl Object for Metadata {
    fn type_name(&self) -> String {
        "ОбъектМетаданныхКонфигурация".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "версия" => Ok(Value::text(self.0.borrow().as_str())),
            _ => Err(no_field(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no_method(name))
    }
}

/// `СистемнаяИнформация`
pub(super) struct SystemInfo(pub(super) Rc<RefCell<String>>);

impl Object for SystemInfo {
    fn type_name(&self) -> String {
        "СистемнаяИнформация".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "версияприложения" => Ok(Value::text(self.0.borrow().as_str())),
            _ => Err(no_field(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no_method(name))
    }
}

struct Constants(HashMap<String, Rc<RefCell<Value>>>);

impl Object for Constants {
    fn type_name(&self) -> String {
        "КонстантыМенеджер".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        let found = self.0.get(&fold(name)).cloned();
        found
            .map(|value| Value::object(Constant(value)))
            .ok_or_else(|| no_field(name))
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no_method(name))
    }
}

struct Constant(Rc<RefCell<Value>>);

impl Object for Constant {
    fn type_name(&self) -> String {
        "КонстантаМенеджер".to_owned()
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "получить" => Ok(self.0.borrow().clone()),
            "установить" => {
                *self.0.borrow_mut() = arguments.first().cloned().unwrap_or(Value::Undefined);
                Ok(Value::Undefined)
            }
            _ => Err(no_method(name)),
        }
    }
}

/// `ХранилищеСистемныхНастроек`: object, key and user.
#[derive(Default)]
struct Storage(RefCell<HashMap<(String, String, String), Value>>);

impl Object for Storage {
    fn type_name(&self) -> String {
        "СтандартноеХранилищеНастроекМенеджер".to_owned()
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        let word = |place: usize| arguments.get(place).map(Value::written).unwrap_or_default();
        match fold(name).as_str() {
            // Object, key, value, description, user.
            "сохранить" => {
                let value = arguments.get(2).cloned().unwrap_or(Value::Undefined);
                self.0
                    .borrow_mut()
                    .insert((word(0), word(1), word(4)), value);
                Ok(Value::Undefined)
            }
            // Object, key, description, user.
            "загрузить" => {
                let found = self.0.borrow().get(&(word(0), word(1), word(3))).cloned();
                Ok(found.unwrap_or(Value::Undefined))
            }
            // Object, key, user.
            "удалить" => {
                self.0.borrow_mut().remove(&(word(0), word(1), word(2)));
                Ok(Value::Undefined)
            }
            _ => Err(no_method(name)),
        }
    }
}

/// `HTTPСоединение`
pub(super) struct Connection {
    host: String,
    port: u16,
    timeout: i64,
}

impl Connection {
    pub(super) fn of(arguments: &[Value]) -> Run<Self> {
        let number = |place: usize| match arguments.get(place) {
            Some(Value::Number(number)) => whole(*number),
            _ => Ok(0),
        };
        let host = arguments.first().map(Value::written).unwrap_or_default();
        if host.contains('/') || host.contains(' ') {
            return Err(Raised::new("Неверный формат имени сервера"));
        }
        let is_secure = !matches!(arguments.get(6), None | Some(Value::Undefined));
        let port = match number(1)? {
            0 if is_secure => 443,
            0 => 80,
            port => port,
        };
        Ok(Self {
            host,
            port: u16::try_from(port).map_err(|_| Raised::new("Неверный порт"))?,
            timeout: number(5)?,
        })
    }

    fn send(&self, host: &Host, method: &str, request: &Value) -> Run<Value> {
        let Value::Object(request) = request else {
            return Err(Raised::new("Несоответствие типов (HTTPЗапрос)"));
        };
        let headers = match request.get("Заголовки")? {
            Value::Object(map) => match map.content() {
                Content::Fields(fields) => fields,
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let sent = Request {
            method: method.to_owned(),
            host: self.host.clone(),
            port: self.port,
            path: request.get("АдресРесурса")?.written(),
            headers: headers
                .into_iter()
                .map(|(name, value)| (name, value.written()))
                .collect(),
            body: request.get("Тело__")?.written().into_bytes(),
            timeout: self.timeout,
        };
        let answered = (host.network)(&sent).map_err(Raised::new)?;
        Ok(Value::object(Answer(answered)))
    }
}

impl Object for Connection {
    fn type_name(&self) -> String {
        "HTTPСоединение".to_owned()
    }

    fn call(&self, host: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match fold(name).as_str() {
            "вызватьhttpметод" => {
                let request = arguments.get(1).cloned().unwrap_or(Value::Undefined);
                self.send(host, &first.written(), &request)
            }
            "получить" => self.send(host, "GET", &first),
            _ => Err(no_method(name)),
        }
    }
}

/// `HTTPЗапрос`
pub(super) struct HttpRequest {
    address: String,
    headers: Value,
    body: RefCell<String>,
}

impl HttpRequest {
    pub(super) fn of(arguments: &[Value]) -> Self {
        Self {
            address: arguments.first().map(Value::written).unwrap_or_default(),
            headers: match arguments.get(1) {
                Some(headers @ Value::Object(_)) => headers.clone(),
                _ => Value::object(Map::default()),
            },
            body: RefCell::default(),
        }
    }
}

impl Object for HttpRequest {
    fn type_name(&self) -> String {
        "HTTPЗапрос".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "адресресурса" => Ok(Value::text(&self.address)),
            "заголовки" => Ok(self.headers.clone()),
            "тело__" => Ok(Value::text(self.body.borrow().as_str())),
            _ => Err(no_field(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "установитьтелоизстроки" => {
                let bom = arguments.get(2).map(|value| match value {
                    Value::Enum(name) => name.to_string(),
                    other => other.written(),
                });
                if bom.as_deref() != Some("ИспользованиеByteOrderMark.НеИспользовать")
                {
                    return Err(Raised::new("тело с BOM: сервер его не поймёт"));
                }
                *self.body.borrow_mut() = arguments.first().map(Value::written).unwrap_or_default();
                Ok(Value::Undefined)
            }
            _ => Err(no_method(name)),
        }
    }
}

/// `HTTPОтвет`
struct Answer(Response);

impl Object for Answer {
    fn type_name(&self) -> String {
        "HTTPОтвет".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "кодсостояния" => Ok(Value::number(i64::from(self.0.status))),
            "заголовки" => {
                let map = Map::default();
                for (name, value) in &self.0.headers {
                    map.put(Value::text(name), Value::text(value));
                }
                Ok(Value::object(map))
            }
            _ => Err(no_field(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "получитьтелокакстроку" => {
                Ok(Value::text(String::from_utf8_lossy(&self.0.body)))
            }
            _ => Err(no_method(name)),
        }
    }
}
