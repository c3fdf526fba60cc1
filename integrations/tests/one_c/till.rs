//! A till with 1C: the common module in the evaluator, and what a cashier does with it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use bsl::date::moment;
use bsl::pieces::pieces;
use bsl::run::{Host, Machine, Raised, Run, Value};
use bsl::syntax::parse;
use integrations::{Configuration, Till as Made, one_c};

use crate::documents::{Check, dirams, somoni};
use crate::network::Network;
use crate::registers::{Catalogues, Register, Registers};
use crate::shop::{Shop, unique};

pub(crate) const MODULE: &str = "BonexИнтеграция";

pub(crate) const ALL: [Configuration; 3] = [
    Configuration::Unf,
    Configuration::Retail,
    Configuration::Trade,
];

/// Returns the file for a till of the shop.
pub(crate) fn file(configuration: Configuration, shop: &Shop, till: i64) -> String {
    let bytes = one_c(
        configuration,
        &Made {
            api_url: &format!("http://127.0.0.1:{}/api/v1", shop.port),
            tenant_token: &shop.tenant_token,
            cashier_token: "never in this file",
            id: till,
            name: "Касса 1",
            branch: "Рудаки 40",
            store: "Магазин",
            made_on: "27.11.2026",
        },
    );
    String::from_utf8(bytes).unwrap()
}

pub(crate) struct Till {
    pub(crate) machine: Machine,
    pub(crate) network: Rc<Network>,
    pub(crate) queue: Rc<Register>,
    pub(crate) now: Rc<Cell<i64>>,
    pub(crate) computer: Rc<RefCell<String>>,
    configuration: Configuration,
    shop: Rc<Shop>,
    /// The check on the screen.
    pub(crate) check: Rc<Check>,
    /// What the till said last.
    pub(crate) said: String,
}

impl Till {
    /// A till of the shop at a workplace of its own; its key is set.
    pub(crate) fn new(shop: &Rc<Shop>, configuration: Configuration, place: usize) -> Self {
        let mut till = Self::unset(shop, configuration, place, true);
        till.set_key(place);
        till
    }

    /// A till at another workplace of the same base.
    pub(crate) fn beside(other: &Self, place: usize) -> Self {
        let mut till = Self::unset(&other.shop, other.configuration, place, true);
        till.queue = Rc::clone(&other.queue);
        let registers = Registers {
            queue: Rc::clone(&till.queue),
            barcodes: Register::barcodes(&[]),
        };
        let globals = &mut till.machine.host.globals;
        globals.insert("регистрысведений".to_owned(), Value::object(registers));
        till.set_key(place);
        till
    }

    fn set_key(&mut self, place: usize) {
        let (id, token) = self.shop.tills[place].clone();
        self.machine.host.is_administrator.set(true);
        self.must(
            "УстановитьТокенКассыBonex",
            &[Value::text(token), Value::number(id)],
        );
        self.machine.host.is_administrator.set(false);
    }

    /// A till whose key is not set.
    pub(crate) fn unset(
        shop: &Rc<Shop>,
        configuration: Configuration,
        place: usize,
        has_bonuses: bool,
    ) -> Self {
        let network = Rc::new(Network::default());
        let now = moment(2026, 11, 27, 12 * 3_600);
        let address = format!(" http://127.0.0.1:{}/ ", shop.port);
        let constants = [
            ("BonexAPIURL", Value::text(address)),
            ("BonexTenantToken", Value::text(&shop.tenant_token)),
            ("BonexРежимСписанияБонусов", Value::text("payment_type")),
            ("BonexВидОплатыБонекс", Value::text("бонусы")),
            ("BonexАвтоРегистрация", Value::Bool(true)),
        ];
        let sender = Rc::clone(&network);
        let mut host = Host::new(
            now,
            &constants,
            Rc::new(move |request| sender.send(request)),
        );
        let queue = Register::queue();
        let registers = Registers {
            queue: Rc::clone(&queue),
            barcodes: Register::barcodes(&["2001234567890", "4607001234567"]),
        };
        host.globals
            .insert("регистрысведений".to_owned(), Value::object(registers));
        host.globals.insert(
            "справочники".to_owned(),
            Value::object(Catalogues { has_bonuses }),
        );
        *host.computer.borrow_mut() = format!("KASSA-{place}");
        let (now, computer) = (Rc::clone(&host.now), Rc::clone(&host.computer));
        let mut machine = Machine::new(host);
        let text = file(configuration, shop, shop.tills[place].0);
        let cut = pieces(&text).unwrap();
        let module = cut
            .iter()
            .find(|piece| piece.place.starts_with("ОбщийМодуль.BonexИнтеграция"));
        let module = parse(&module.unwrap().code).unwrap();
        machine.add(MODULE, module);
        let check = Check::new(String::new(), 0, now.get(), false);
        let mut till = Self {
            machine,
            network,
            queue,
            now,
            computer,
            configuration,
            shop: Rc::clone(shop),
            check,
            said: String::new(),
        };
        till.open();
        till
    }

    pub(crate) fn shop(&self) -> &Shop {
        &self.shop
    }

    /// Calls a procedure of the module.
    pub(crate) fn call(&mut self, name: &str, arguments: &[Value]) -> Run<Value> {
        self.machine.call(MODULE, name, arguments)
    }

    fn must(&mut self, name: &str, arguments: &[Value]) -> Value {
        let answer = self.call(name, arguments);
        answer.unwrap_or_else(|Raised { text, at }| panic!("{name}: {text} at {at}"))
    }

    /// Begins a check.
    pub(crate) fn open(&mut self) {
        let number = unique();
        let id = format!("{:08x}-0000-4000-8000-{number:012x}", std::process::id());
        let is_trade = self.configuration == Configuration::Trade;
        self.check = Check::new(id, number, self.now.get(), is_trade);
    }

    /// The cashier finds a client and spends so many bonuses, in dirams; the most if `None`.
    pub(crate) fn client(&mut self, identifier: &str, spend: Option<i64>) {
        let total = Value::Number(somoni(self.check.total()));
        let (sum, most) = match spend {
            Some(sum) => (Value::Number(somoni(sum)), false),
            None => (Value::Undefined, true),
        };
        let check = self.check.value();
        let arguments = [
            Value::text(identifier),
            check,
            total,
            sum,
            Value::Bool(most),
        ];
        let result = self.must("ОбработатьКлиентаРМКBonex", &arguments);
        self.said = field(&result, "Сообщение").written();
    }

    /// Adds a row; the form tells the module.
    pub(crate) fn add(&mut self, dirams: i64) {
        self.check.add(dirams);
        let check = self.check.value();
        self.must("BonexСоставИзменился", &[check]);
    }

    /// Runs the hook before fiscalising. Returns whether the check may be printed.
    pub(crate) fn before(&mut self) -> bool {
        let mut locals = HashMap::new();
        locals.insert("док".to_owned(), self.check.value());
        locals.insert("отказ".to_owned(), Value::Bool(false));
        locals.insert("текст".to_owned(), Value::text(""));
        let code = "BonexИнтеграция.BonexПередПробитием(Док, Отказ, Текст);";
        self.machine.execute(code, &mut locals).unwrap();
        self.said = locals["текст"].written();
        !matches!(locals["отказ"], Value::Bool(true))
    }

    /// Tells the module what the printer said.
    pub(crate) fn after(&mut self, result: Value) {
        let check = self.check.value();
        self.must("BonexПослеПробития", &[check, result]);
    }

    /// Prints and posts the check, as the configuration does. Returns whether it was printed.
    pub(crate) fn close(&mut self) -> bool {
        if !self.before() {
            return false;
        }
        self.post();
        self.after(Value::Bool(true));
        true
    }

    /// Posts the check: the subscription writes a row of the queue.
    pub(crate) fn post(&mut self) -> String {
        let check = self.check.value();
        let said = self.must("ОтправитьПродажуВBonex", &[check]).written();
        self.check.write();
        said
    }

    /// 1C is started again. Returns whether the check was written and is there again.
    pub(crate) fn restart(&mut self) -> bool {
        let again = self.check.read_again();
        let is_there = again.is_some();
        match again {
            Some(check) => self.check = check,
            None => self.open(),
        }
        is_there
    }

    /// The cashier deletes the check.
    pub(crate) fn delete(&mut self) {
        let check = self.check.value();
        self.must("BonexСброситьКлиентаРМК", &[check]);
        self.open();
    }

    /// A minute passes, and what waits is sent. Returns what still waits.
    pub(crate) fn rest(&mut self) -> i64 {
        self.now.set(self.now.get() + 61);
        let left = self.must("BonexОтправитьОчередь", &[]);
        dirams(&left) / 100
    }

    /// The sales of the check that the server has: total and bonuses.
    pub(crate) fn sold(&self, phone: &str) -> Vec<(i64, i64)> {
        let sales = self.shop().sales(phone, &self.check.id);
        sales
            .into_iter()
            .map(|sale| (sale.total, sale.redeemed))
            .collect()
    }
}

/// Returns a field of a structure.
pub(crate) fn field(value: &Value, name: &str) -> Value {
    match value {
        Value::Object(object) => object.get(name).unwrap(),
        other => panic!("not a structure: {}", other.written()),
    }
}
