//! Doubles of what 1C has around the module: checks, the register of the queue, payment kinds.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use bsl::run::{Fields, Machine, Object, Raised, Run, TablePart, Value};
use bsl::syntax::fold;
use rust_decimal::Decimal;

fn no(name: &str) -> Raised {
    Raised::new(format!("нет такого: {name}"))
}

/// Goods, as a row names them.
pub struct Goods(pub &'static str);

impl Object for Goods {
    fn type_name(&self) -> String {
        "СправочникСсылка.Номенклатура".to_owned()
    }

    fn written(&self) -> String {
        self.0.to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        match fold(name).as_str() {
            "артикул" => Ok(Value::text("A-1")),
            "код" => Ok(Value::text("00-1")),
            _ => Err(no(name)),
        }
    }

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
        Err(no(name))
    }
}

/// A reference with its id.
struct Link(String);

impl Object for Link {
    fn type_name(&self) -> String {
        "ДокументСсылка.ЧекККМ".to_owned()
    }

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "уникальныйидентификатор" => Ok(Value::text(&self.0)),
            _ => Err(no(name)),
        }
    }
}

/// A check, with the parts of one configuration.
pub struct Check {
    pub id: String,
    pub fields: Fields,
    pub goods: Rc<TablePart>,
    pub payments: Rc<TablePart>,
    parts: (&'static str, &'static str),
    pub written: Cell<u32>,
}

impl Check {
    pub fn new(id: String, number: u64, date: i64, is_trade: bool) -> Rc<Self> {
        let zero = || Value::number(0);
        let fields = Fields::default();
        for (name, value) in [
            ("Номер", Value::text(format!("0000-{number}"))),
            ("Дата", Value::Date(date)),
            ("ВидОперации", Value::text("Чек")),
            ("BonexТелефонКлиента", Value::text("")),
            ("BonexСуммаСписанияБонусов", zero()),
            ("BonexОтправлено", Value::text("")),
            ("BonexПопытка", zero()),
        ] {
            fields.put(name, value);
        }
        let goods = vec![
            ("Номенклатура", Value::Undefined),
            ("Количество", zero()),
            ("Цена", zero()),
            ("Сумма", zero()),
        ];
        Rc::new(Self {
            id,
            fields,
            goods: Rc::new(TablePart::new(goods)),
            payments: Rc::new(TablePart::new(vec![
                ("ВидОплаты", Value::Undefined),
                ("Сумма", zero()),
            ])),
            parts: if is_trade {
                ("Товары", "ОплатаПлатежнымиКартами")
            } else {
                ("Запасы", "БезналичнаяОплата")
            },
            written: Cell::new(0),
        })
    }

    pub fn value(self: &Rc<Self>) -> Value {
        Value::Object(Rc::clone(self) as Rc<dyn Object>)
    }

    /// Adds a row for a price in dirams.
    pub fn add(&self, dirams: i64) {
        let price = Value::Number(somoni(dirams));
        self.goods.add(&[
            ("Номенклатура", Value::object(Goods("Чай «Ахмад», 100 г"))),
            ("Количество", Value::number(1)),
            ("Цена", price.clone()),
            ("Сумма", price),
        ]);
    }

    /// The total, in dirams.
    pub fn total(&self) -> i64 {
        self.goods
            .rows()
            .iter()
            .map(|row| dirams(&row.0.get("Сумма").unwrap()))
            .sum()
    }

    /// The bonuses that pay it, in dirams.
    pub fn bonuses(&self) -> i64 {
        self.payments
            .rows()
            .iter()
            .map(|row| dirams(&row.0.get("Сумма").unwrap()))
            .sum()
    }

    pub fn phone(&self) -> String {
        self.fields.get("BonexТелефонКлиента").unwrap().written()
    }
}

/// Returns a sum in somoni.
pub fn somoni(dirams: i64) -> Decimal {
    Decimal::new(dirams, 2)
}

/// Returns a sum in dirams.
pub fn dirams(value: &Value) -> i64 {
    match value {
        Value::Number(number) => (number * Decimal::from(100)).round().try_into().unwrap(),
        other => panic!("not a sum: {}", other.written()),
    }
}

impl Object for Check {
    fn type_name(&self) -> String {
        "ДокументОбъект.ЧекККМ".to_owned()
    }

    fn get(&self, name: &str) -> Run<Value> {
        let folded = fold(name);
        if folded == "ссылка" {
            return Ok(Value::object(Link(self.id.clone())));
        }
        if folded == "суммадокумента" {
            return Ok(Value::Number(somoni(self.total())));
        }
        if folded == fold(self.parts.0) {
            return Ok(Value::Object(Rc::clone(&self.goods) as Rc<dyn Object>));
        }
        if folded == fold(self.parts.1) {
            return Ok(Value::Object(Rc::clone(&self.payments) as Rc<dyn Object>));
        }
        self.fields.get(name).ok_or_else(|| no(name))
    }

    fn set(&self, name: &str, value: Value) -> Run<()> {
        self.fields.get(name).ok_or_else(|| no(name))?;
        self.fields.put(name, value);
        Ok(())
    }

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "записать" => {
                self.written.set(self.written.get() + 1);
                Ok(Value::Undefined)
            }
            _ => Err(no(name)),
        }
    }
}

/// A register with one key.
pub struct Register {
    key: &'static str,
    columns: &'static [&'static str],
    pub rows: RefCell<Vec<Rc<Fields>>>,
}

impl Register {
    pub fn queue() -> Rc<Self> {
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

    pub fn barcodes(codes: &[&str]) -> Rc<Self> {
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
    pub fn count(&self, state: &str) -> usize {
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
pub struct Registers {
    pub queue: Rc<Register>,
    pub barcodes: Rc<Register>,
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

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
        Err(no(name))
    }
}

struct Manager(Rc<Register>);

impl Object for Manager {
    fn type_name(&self) -> String {
        "РегистрСведенийМенеджер".to_owned()
    }

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
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

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
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

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
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
pub struct Catalogues {
    pub has_bonuses: bool,
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

    fn call(&self, _: &mut Machine, name: &str, _: &[Value]) -> Run<Value> {
        Err(no(name))
    }
}

struct Kinds(bool);

impl Object for Kinds {
    fn type_name(&self) -> String {
        "СправочникМенеджер.ВидыОплат".to_owned()
    }

    fn call(&self, _: &mut Machine, name: &str, arguments: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "найтипонаименованию" if self.0 => {
                Ok(arguments.first().cloned().unwrap())
            }
            "найтипонаименованию" => Ok(Value::text("")),
            _ => Err(no(name)),
        }
    }
}
