//! Doubles of registers and catalogues.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use bsl::run::{Fields, Host, Object, Run, Value};
use bsl::syntax::fold;

use crate::documents::no;

/// A register with one key.
pub(crate) struct Register {
    key: &'static str,
    columns: &'static [&'static str],
    pub(crate) rows: RefCell<Vec<Rc<Fields>>>,
}

impl Register {
    pub(crate) fn queue() -> Rc<Self> {
        Rc::new(Self {
            key: "Ид",
            columns: &[
                "Ид",
                "Касса",
                "Путь",
                "Тело",
                "Создан",
                "Состояние",
                "Ошибка",
            ],
            rows: RefCell::default(),
        })
    }

    pub(crate) fn barcodes(codes: &[&str]) -> Rc<Self> {
        let row = |code: &&str| {
            let fields = Fields::default();
            fields.put("Штрихкод", Value::text(code));
            Rc::new(fields)
        };
        Rc::new(Self {
            key: "Штрихкод",
            columns: &["Штрихкод"],
            rows: RefCell::new(codes.iter().map(row).collect()),
        })
    }

    /// Returns how many rows have this state.
    pub(crate) fn count(&self, state: &str) -> usize {
        let has = |row: &&Rc<Fields>| row.get("Состояние").is_some_and(|is| is.written() == state);
        self.rows.borrow().iter().filter(has).count()
    }

    fn find(&self, key: &Value) -> Option<Rc<Fields>> {
        let rows = self.rows.borrow();
        let found = rows
            .iter()
            .find(|row| row.get(self.key).is_some_and(|known| known.is_equal(key)));
        found.cloned()
    }
}

/// `РегистрыСведений`
pub(crate) struct Registers {
    pub(crate) queue: Rc<Register>,
    pub(crate) barcodes: Rc<Register>,
}

impl Object for Registers {
    fn type_name(&self) -> String {
        "РегистрыСведенийМенеджер".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "bonexочередь" => Ok(Value::object(Manager(Rc::clone(&self.queue)))),
            "штрихкодыноменклатуры" => {
                Ok(Value::object(Manager(Rc::clone(&self.barcodes))))
            }
            _ => Err(no(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no(name))
    }
}

struct Manager(Rc<Register>);

impl Object for Manager {
    fn type_name(&self) -> String {
        "РегистрСведенийМенеджер".to_owned()
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "создатьменеджерзаписи" => Ok(Value::object(Record {
                register: Rc::clone(&self.0),
                fields: Fields::default(),
                is_found: Cell::new(false),
            })),
            "выбрать" => {
                let mut rows = self.0.rows.borrow().clone();
                // A selection goes by the index of the moment.
                rows.sort_by_key(|row| match row.get("Создан") {
                    Some(Value::Date(date)) => date,
                    _ => 0,
                });
                Ok(Value::object(Selection {
                    rows,
                    at: Cell::new(0),
                }))
            }
            _ => Err(no(name)),
        }
    }
}

struct Record {
    register: Rc<Register>,
    fields: Fields,
    is_found: Cell<bool>,
}

impl Object for Record {
    fn type_name(&self) -> String {
        "РегистрСведенийМенеджерЗаписи".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        if !self
            .register
            .columns
            .iter()
            .any(|column| fold(column) == fold(name))
        {
            return Err(no(name));
        }
        Ok(self.fields.get(name).unwrap_or(Value::Undefined))
    }

    fn set(&self, name: &str, value: Value) -> Run<()> {
        if !self
            .register
            .columns
            .iter()
            .any(|column| fold(column) == fold(name))
        {
            return Err(no(name));
        }
        self.fields.put(name, value);
        Ok(())
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        let key = self
            .fields
            .get(self.register.key)
            .unwrap_or(Value::Undefined);
        match fold(name).as_str() {
            "прочитать" => {
                let found = self.register.find(&key);
                self.is_found.set(found.is_some());
                for (name, value) in found.iter().flat_map(|row| row.all()) {
                    self.fields.put(&name, value);
                }
            }
            "выбран" => return Ok(Value::Bool(self.is_found.get())),
            "записать" => {
                let row = self.register.find(&key).unwrap_or_else(|| {
                    let row = Rc::new(Fields::default());
                    self.register.rows.borrow_mut().push(Rc::clone(&row));
                    row
                });
                for (name, value) in self.fields.all() {
                    row.put(&name, value);
                }
            }
            "удалить" => {
                let keeps = |row: &Rc<Fields>| {
                    !row.get(self.register.key)
                        .is_some_and(|known| known.is_equal(&key))
                };
                self.register.rows.borrow_mut().retain(keeps);
            }
            _ => return Err(no(name)),
        }
        Ok(Value::Undefined)
    }
}

struct Selection {
    rows: Vec<Rc<Fields>>,
    at: Cell<usize>,
}

impl Object for Selection {
    fn type_name(&self) -> String {
        "РегистрСведенийВыборка".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        let row = self
            .rows
            .get(self.at.get().wrapping_sub(1))
            .ok_or_else(|| no(name))?;
        row.get(name).ok_or_else(|| no(name))
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "следующий" => {
                self.at.set(self.at.get() + 1);
                Ok(Value::Bool(self.at.get() <= self.rows.len()))
            }
            _ => Err(no(name)),
        }
    }
}

/// `Справочники` with payment kinds.
pub(crate) struct Catalogues {
    pub(crate) has_bonuses: bool,
}

impl Object for Catalogues {
    fn type_name(&self) -> String {
        "СправочникиМенеджер".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "видыоплат" => Ok(Value::object(Kinds(self.has_bonuses))),
            _ => Err(no(name)),
        }
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no(name))
    }
}

struct Kinds(bool);

impl Object for Kinds {
    fn type_name(&self) -> String {
        "СправочникМенеджер.ВидыОплат".to_owned()
    }

    fn call(&self, _: &Host, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "найтипонаименованию" if self.0 => {
                Ok(arguments.first().cloned().unwrap())
            }
            "найтипонаименованию" => Ok(Value::text("")),
            _ => Err(no(name)),
        }
    }
}
