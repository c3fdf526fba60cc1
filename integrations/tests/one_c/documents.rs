//! Doubles of what 1C has around the module: checks, the register of the queue, payment kinds.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use bsl::run::{Fields, Host, Object, Raised, Run, TablePart, Value};
use bsl::syntax::fold;
use rust_decimal::Decimal;

/// Nothing has this name.
pub(crate) fn no(name: &str) -> Raised {
    Raised::new(format!("нет такого: {name}"))
}

/// Goods, as a row names them.
pub(crate) struct Goods(pub(crate) &'static str);

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

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        Err(no(name))
    }
}

/// A reference with its id.
struct Link(String);

impl Object for Link {
    fn type_name(&self) -> String {
        "ДокументСсылка.ЧекККМ".to_owned()
    }

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "уникальныйидентификатор" => Ok(Value::text(&self.0)),
            _ => Err(no(name)),
        }
    }
}

/// Names and values, row after row.
type Cells = Vec<(String, Value)>;

/// A check, with the parts of one configuration.
pub(crate) struct Check {
    pub(crate) id: String,
    pub(crate) fields: Fields,
    pub(crate) goods: Rc<TablePart>,
    pub(crate) payments: Rc<TablePart>,
    parts: (&'static str, &'static str),
    pub(crate) written: Cell<u32>,
    /// What the database has of it: fields, rows, payments.
    saved: RefCell<Option<[Cells; 3]>>,
}

impl Check {
    pub(crate) fn new(id: String, number: u64, date: i64, is_trade: bool) -> Rc<Self> {
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
            ("BonexКасса", zero()),
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
            saved: RefCell::default(),
        })
    }

    pub(crate) fn value(self: &Rc<Self>) -> Value {
        Value::Object(Rc::clone(self) as Rc<dyn Object>)
    }

    /// Adds a row for a price in dirams.
    pub(crate) fn add(&self, dirams: i64) {
        let price = Value::Number(somoni(dirams));
        self.goods.add(&[
            ("Номенклатура", Value::object(Goods("Чай «Ахмад», 100 г"))),
            ("Количество", Value::number(1)),
            ("Цена", price.clone()),
            ("Сумма", price),
        ]);
    }

    /// Writes it into the database.
    pub(crate) fn write(&self) {
        self.written.set(self.written.get() + 1);
        let rows = |part: &TablePart| part.rows().iter().flat_map(|row| row.0.all()).collect();
        let saved = [self.fields.all(), rows(&self.goods), rows(&self.payments)];
        *self.saved.borrow_mut() = Some(saved);
    }

    /// Returns it as the database has it; `None` if it was never written.
    pub(crate) fn read_again(&self) -> Option<Rc<Self>> {
        let saved = self.saved.borrow().clone();
        let [fields, goods, payments] = saved.as_ref()?;
        let again = Self::new(self.id.clone(), 0, 0, self.parts.0 == "Товары");
        for (name, value) in fields {
            again.fields.put(name, value.clone());
        }
        for (part, cells, width) in [(&again.goods, goods, 4), (&again.payments, payments, 2)] {
            for row in cells.chunks(width) {
                let row: Vec<_> = row
                    .iter()
                    .map(|(name, value)| (&**name, value.clone()))
                    .collect();
                part.add(&row);
            }
        }
        *again.saved.borrow_mut() = saved;
        Some(again)
    }

    /// The total, in dirams.
    pub(crate) fn total(&self) -> i64 {
        self.goods
            .rows()
            .iter()
            .map(|row| dirams(&row.0.get("Сумма").unwrap()))
            .sum()
    }

    /// The bonuses that pay it, in dirams.
    pub(crate) fn bonuses(&self) -> i64 {
        self.payments
            .rows()
            .iter()
            .map(|row| dirams(&row.0.get("Сумма").unwrap()))
            .sum()
    }

    pub(crate) fn phone(&self) -> String {
        self.fields.get("BonexТелефонКлиента").unwrap().written()
    }
}

/// Returns a sum in somoni.
pub(crate) fn somoni(dirams: i64) -> Decimal {
    Decimal::new(dirams, 2)
}

/// Returns a sum in dirams.
pub(crate) fn dirams(value: &Value) -> i64 {
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

    fn call(&self, _: &Host, name: &str, _: &[Value]) -> Run<Value> {
        match fold(name).as_str() {
            "записать" => {
                self.write();
                Ok(Value::Undefined)
            }
            _ => Err(no(name)),
        }
    }
}
