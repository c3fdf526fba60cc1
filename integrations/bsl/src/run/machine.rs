//! Modules, and calls of their methods.

use std::collections::HashMap;
use std::rc::Rc;

use super::core::{Host, Raised, Run, Value};
use crate::syntax::{Method, Module, fold};

/// The most calls inside each other.
const DEPTH: usize = 50;

/// The most statements of one call from outside, so that an endless loop ends a test.
const STATEMENTS: u64 = 5_000_000;

/// How a block ended.
pub(super) enum Flow {
    /// At its end.
    Next,
    /// By `Прервать`.
    Break,
    /// By `Продолжить`.
    Continue,
    /// By `Возврат`.
    Return(Value),
}

/// Modules, and the platform around them.
pub struct Machine {
    pub(super) modules: HashMap<String, Rc<Module>>,
    pub(super) names: HashMap<String, String>,
    /// The platform.
    pub host: Host,
    depth: usize,
    pub(super) left: u64,
    /// The error that is handled now, for `ИнформацияОбОшибке`.
    pub(super) handled: Vec<Raised>,
}

/// The variables of a call.
pub(super) type Locals = HashMap<String, Value>;

impl Machine {
    /// Makes a machine without modules.
    pub fn new(host: Host) -> Self {
        Self {
            modules: HashMap::new(),
            names: HashMap::new(),
            host,
            depth: 0,
            left: STATEMENTS,
            handled: Vec::new(),
        }
    }

    /// Adds a common module.
    pub fn add(&mut self, name: &str, module: Module) {
        self.names.insert(fold(name), name.to_owned());
        self.modules.insert(fold(name), Rc::new(module));
    }

    /// Calls an exported method of a module.
    ///
    /// # Errors
    /// What it raises.
    pub fn call(&mut self, module: &str, method: &str, arguments: &[Value]) -> Run<Value> {
        self.left = STATEMENTS;
        let arguments = arguments.iter().cloned().map(Some).collect();
        let (value, _) = self.invoke(&fold(module), method, arguments, true)?;
        Ok(value)
    }

    /// Runs statements as if they stood in a module; `locals` are its variables before and after.
    ///
    /// # Errors
    /// A syntax error, or what they raise.
    pub fn execute(&mut self, text: &str, locals: &mut HashMap<String, Value>) -> Run<Value> {
        let text = format!("Функция Выполнить__() {text}\nКонецФункции");
        let module = crate::syntax::parse(&text)
            .map_err(|error| Raised::new(format!("строка {}: {}", error.line, error.what)))?;
        self.left = STATEMENTS;
        let Some(method) = module.methods.first() else {
            return Ok(Value::Undefined);
        };
        let flow = self.block("", &method.body, locals)?;
        Ok(match flow {
            Flow::Return(value) => value,
            _ => Value::Undefined,
        })
    }

    pub(super) fn method(&self, module: &str, name: &str) -> Option<(Rc<Module>, usize)> {
        let found = self.modules.get(module)?;
        let name = fold(name);
        let place = found.methods.iter().position(|it| fold(&it.name) == name)?;
        Some((Rc::clone(found), place))
    }

    /// Calls a method. Returns its result, and the parameters afterwards.
    pub(super) fn invoke(
        &mut self,
        module: &str,
        name: &str,
        arguments: Vec<Option<Value>>,
        is_from_outside: bool,
    ) -> Run<(Value, Vec<Value>)> {
        let (owner, place) = self
            .method(module, name)
            .ok_or_else(|| Raised::new(format!("Метод объекта не обнаружен ({name})")))?;
        let method: &Method = owner
            .methods
            .get(place)
            .ok_or_else(|| Raised::new("Метод объекта не обнаружен"))?;
        if is_from_outside && !method.is_export {
            return Err(Raised::new(format!("Метод объекта не обнаружен ({name})")));
        }
        if arguments.len() > method.params.len() {
            return Err(Raised::new(format!(
                "Слишком много фактических параметров ({name})"
            )));
        }
        let mut locals = Locals::new();
        let mut given = arguments.into_iter();
        for param in &method.params {
            let value = match (given.next().flatten(), &param.default) {
                (Some(value), _) => value,
                (None, Some(default)) => self.value(module, default, &mut Locals::new())?,
                (None, None) => {
                    return Err(Raised::new(format!(
                        "Недостаточно фактических параметров ({name}: {})",
                        param.name
                    )));
                }
            };
            locals.insert(fold(&param.name), value);
        }
        self.depth += 1;
        if self.depth > DEPTH {
            self.depth -= 1;
            return Err(Raised::new("Переполнение стека"));
        }
        let flow = self.block(module, &method.body, &mut locals);
        self.depth -= 1;
        let value = match flow? {
            Flow::Return(value) => value,
            _ => Value::Undefined,
        };
        let after = method.params.iter();
        let after = after.map(|param| locals.get(&fold(&param.name)).cloned());
        Ok((
            value,
            after
                .map(|value| value.unwrap_or(Value::Undefined))
                .collect(),
        ))
    }
}
