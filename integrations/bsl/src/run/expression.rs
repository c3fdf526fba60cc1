//! Computes expressions.

use rust_decimal::Decimal;

use super::builtins::of_space;
use super::core::{Raised, Run, Value, not_an_object, whole, wrong_type};
use super::machine::{Locals, Machine};
use crate::syntax::{Expr, Op, fold};

impl Machine {
    /// Returns the value of an expression that must have one.
    pub(super) fn value(&mut self, module: &str, expr: &Expr, locals: &mut Locals) -> Run<Value> {
        let value = self.value_or_nothing(module, expr, locals)?;
        Ok(value.unwrap_or(Value::Undefined))
    }

    /// Returns the value of an expression; `None` for a call of a procedure.
    pub(super) fn value_or_nothing(
        &mut self,
        module: &str,
        expr: &Expr,
        locals: &mut Locals,
    ) -> Run<Option<Value>> {
        Ok(Some(match expr {
            Expr::Number(number) => Value::Number(*number),
            Expr::Text(text) => Value::text(text),
            Expr::Date(date) => Value::Date(*date),
            Expr::Bool(value) => Value::Bool(*value),
            Expr::Undefined => Value::Undefined,
            Expr::Null => Value::Null,
            Expr::Name(name) => self.name(name, locals)?,
            Expr::Unary(op, of) => {
                let value = self.value(module, of, locals)?;
                match (op, value) {
                    (Op::Not, Value::Bool(value)) => Value::Bool(!value),
                    (Op::Sub, Value::Number(number)) => Value::Number(-number),
                    (Op::Add, Value::Number(number)) => Value::Number(number),
                    (_, value) => return Err(wrong_type(&value)),
                }
            }
            Expr::Binary(op, left, right) => self.binary(module, *op, left, right, locals)?,
            Expr::Ternary(condition, yes, no) => {
                let of = if self.truth(module, condition, locals)? {
                    yes
                } else {
                    no
                };
                self.value(module, of, locals)?
            }
            Expr::New(name, arguments) => {
                let given = self.arguments(module, arguments, locals)?;
                self.create(name, &given)?
            }
            Expr::Call(name, arguments) => return self.own_call(module, name, arguments, locals),
            Expr::Method(object, name, arguments) => {
                return self.method_call(module, object, name, arguments, locals);
            }
            Expr::Prop(object, name) => {
                if let Expr::Name(space) = &**object
                    && !locals.contains_key(&fold(space))
                    && let Some(value) = of_space(space, name)?
                {
                    return Ok(Some(value));
                }
                match self.value(module, object, locals)? {
                    Value::Object(object) => object.get(name)?,
                    other => return Err(not_an_object(&other, name)),
                }
            }
            Expr::Index(object, index) => {
                let index = self.value(module, index, locals)?;
                match self.value(module, object, locals)? {
                    Value::Object(object) => object.at(&index)?,
                    other => return Err(not_an_object(&other, "[]")),
                }
            }
        }))
    }

    fn name(&mut self, name: &str, locals: &Locals) -> Run<Value> {
        if let Some(value) = locals.get(&fold(name)) {
            return Ok(value.clone());
        }
        let known = self.host.globals.get(&fold(name)).cloned();
        known.ok_or_else(|| Raised::new(format!("Переменная не определена ({name})")))
    }

    fn binary(
        &mut self,
        module: &str,
        op: Op,
        left: &Expr,
        right: &Expr,
        locals: &mut Locals,
    ) -> Run<Value> {
        // The second part of these is not looked at if the first decides.
        if matches!(op, Op::And | Op::Or) {
            let first = self.truth(module, left, locals)?;
            return if first == (op == Op::Or) {
                Ok(Value::Bool(first))
            } else {
                Ok(Value::Bool(self.truth(module, right, locals)?))
            };
        }
        let (left, right) = (
            self.value(module, left, locals)?,
            self.value(module, right, locals)?,
        );
        Ok(match (op, &left, &right) {
            (Op::Eq, ..) => Value::Bool(left.is_equal(&right)),
            (Op::Ne, ..) => Value::Bool(!left.is_equal(&right)),
            (Op::Add, Value::Text(text), other) => {
                Value::text(format!("{text}{}", other.written()))
            }
            (_, Value::Number(one), Value::Number(two)) => of_numbers(op, *one, *two)?,
            (Op::Add, Value::Date(date), Value::Number(seconds)) => {
                Value::Date(date + whole(*seconds)?)
            }
            (Op::Sub, Value::Date(date), Value::Number(seconds)) => {
                Value::Date(date - whole(*seconds)?)
            }
            (Op::Sub, Value::Date(one), Value::Date(two)) => Value::number(one - two),
            (_, Value::Date(one), Value::Date(two)) => Value::Bool(ordered(op, one, two)?),
            (_, Value::Text(one), Value::Text(two)) => Value::Bool(ordered(op, one, two)?),
            _ => return Err(wrong_type(&right)),
        })
    }

    /// Returns the value of a condition.
    pub(super) fn truth(&mut self, module: &str, expr: &Expr, locals: &mut Locals) -> Run<bool> {
        match self.value(module, expr, locals)? {
            Value::Bool(value) => Ok(value),
            Value::Number(number) => Ok(!number.is_zero()),
            other => Err(wrong_type(&other)),
        }
    }

    pub(super) fn number(
        &mut self,
        module: &str,
        expr: &Expr,
        locals: &mut Locals,
    ) -> Run<Decimal> {
        match self.value(module, expr, locals)? {
            Value::Number(number) => Ok(number),
            other => Err(wrong_type(&other)),
        }
    }

    fn arguments(
        &mut self,
        module: &str,
        arguments: &[Option<Expr>],
        locals: &mut Locals,
    ) -> Run<Vec<Option<Value>>> {
        let mut given = Vec::with_capacity(arguments.len());
        for argument in arguments {
            given.push(match argument {
                Some(expr) => Some(self.value(module, expr, locals)?),
                None => None,
            });
        }
        Ok(given)
    }

    fn own_call(
        &mut self,
        module: &str,
        name: &str,
        arguments: &[Option<Expr>],
        locals: &mut Locals,
    ) -> Run<Option<Value>> {
        let given = self.arguments(module, arguments, locals)?;
        if self.method(module, name).is_some() {
            return self.invoke_back(module, module, name, (arguments, given), locals, false);
        }
        self.builtin(name, &given).map(Some)
    }

    fn method_call(
        &mut self,
        module: &str,
        object: &Expr,
        name: &str,
        arguments: &[Option<Expr>],
        locals: &mut Locals,
    ) -> Run<Option<Value>> {
        let given = self.arguments(module, arguments, locals)?;
        if let Expr::Name(space) = object
            && !locals.contains_key(&fold(space))
            && self.modules.contains_key(&fold(space))
        {
            return self.invoke_back(&fold(space), module, name, (arguments, given), locals, true);
        }
        match self.value(module, object, locals)? {
            Value::Object(object) => {
                let plain: Vec<Value> = given
                    .into_iter()
                    .map(|value| value.unwrap_or(Value::Undefined))
                    .collect();
                // `Свойство("Имя", Значение)` writes its second parameter.
                if fold(name) == "свойство" && plain.len() == 2 {
                    let found = object.call(&self.host, name, &plain)?;
                    if let (Value::Bool(true), Some(Value::Text(key)), Some(Some(target))) =
                        (&found, plain.first(), arguments.get(1))
                    {
                        let value = object.get(key)?;
                        self.assign(module, target, value, locals)?;
                    }
                    return Ok(Some(found));
                }
                object.call(&self.host, name, &plain).map(Some)
            }
            other => Err(not_an_object(&other, name)),
        }
    }

    /// Calls a method of a module and writes its parameters back into the caller's variables.
    fn invoke_back(
        &mut self,
        owner: &str,
        module: &str,
        name: &str,
        (arguments, given): (&[Option<Expr>], Vec<Option<Value>>),
        locals: &mut Locals,
        is_from_outside: bool,
    ) -> Run<Option<Value>> {
        let (value, after) = self.invoke(owner, name, given, is_from_outside)?;
        let (found, place) = self
            .method(owner, name)
            .ok_or_else(|| Raised::new("Метод объекта не обнаружен"))?;
        let method = found.methods.get(place);
        let params = method
            .map(|method| method.params.as_slice())
            .unwrap_or_default();
        for ((argument, param), value) in arguments.iter().zip(params).zip(after) {
            if let (Some(target @ Expr::Name(_)), false) = (argument, param.by_value) {
                self.assign(module, target, value, locals)?;
            }
        }
        Ok(method
            .is_some_and(|method| method.is_function)
            .then_some(value))
    }
}

fn of_numbers(op: Op, one: Decimal, two: Decimal) -> Run<Value> {
    let computed = match op {
        Op::Add => one.checked_add(two),
        Op::Sub => one.checked_sub(two),
        Op::Mul => one.checked_mul(two),
        Op::Div => one.checked_div(two),
        Op::Rem => one.checked_rem(two),
        _ => return ordered(op, &one, &two).map(Value::Bool),
    };
    computed
        .map(Value::Number)
        .ok_or_else(|| Raised::new("Деление на 0"))
}

fn ordered<T: PartialOrd + ?Sized>(op: Op, one: &T, two: &T) -> Run<bool> {
    Ok(match op {
        Op::Lt => one < two,
        Op::Le => one <= two,
        Op::Gt => one > two,
        Op::Ge => one >= two,
        _ => return Err(Raised::new("Операция не определена для этих типов")),
    })
}
