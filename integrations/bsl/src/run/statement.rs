//! Runs statements.

use rust_decimal::Decimal;

use super::core::{Raised, Run, Value, not_an_object};
use super::machine::{Flow, Locals, Machine};
use crate::syntax::{Expr, Stmt, StmtKind, fold};

impl Machine {
    pub(super) fn block(
        &mut self,
        module: &str,
        statements: &[Stmt],
        locals: &mut Locals,
    ) -> Run<Flow> {
        for statement in statements {
            self.left = self
                .left
                .checked_sub(1)
                .ok_or_else(|| Raised::new("Слишком долго"))?;
            let flow = self
                .statement(module, &statement.kind, locals)
                .map_err(|mut raised| {
                    if raised.at.is_empty() {
                        let name = self.names.get(module).map_or("", String::as_str);
                        raised.at = format!("{name}({})", statement.line);
                    }
                    raised
                })?;
            if !matches!(flow, Flow::Next) {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, module: &str, kind: &StmtKind, locals: &mut Locals) -> Run<Flow> {
        match kind {
            StmtKind::Declare(names) => {
                for name in names {
                    locals.insert(fold(name), Value::Undefined);
                }
            }
            StmtKind::Assign(target, expr) => {
                let value = self.value(module, expr, locals)?;
                self.assign(module, target, value, locals)?;
            }
            StmtKind::Call(expr) => {
                self.value_or_nothing(module, expr, locals)?;
            }
            StmtKind::Return(expr) => {
                let value = match expr {
                    Some(expr) => self.value(module, expr, locals)?,
                    None => Value::Undefined,
                };
                return Ok(Flow::Return(value));
            }
            StmtKind::If(branches, last) => {
                for (condition, body) in branches {
                    if self.truth(module, condition, locals)? {
                        return self.block(module, body, locals);
                    }
                }
                return self.block(module, last, locals);
            }
            StmtKind::While(condition, body) => {
                while self.truth(module, condition, locals)? {
                    match self.block(module, body, locals)? {
                        Flow::Break => break,
                        Flow::Return(value) => return Ok(Flow::Return(value)),
                        Flow::Next | Flow::Continue => {}
                    }
                }
            }
            StmtKind::For(name, from, to, body) => {
                let mut at = self.number(module, from, locals)?;
                while at <= self.number(module, to, locals)? {
                    locals.insert(fold(name), Value::Number(at));
                    match self.block(module, body, locals)? {
                        Flow::Break => break,
                        Flow::Return(value) => return Ok(Flow::Return(value)),
                        Flow::Next | Flow::Continue => {}
                    }
                    at += Decimal::ONE;
                }
            }
            StmtKind::ForEach(name, expr, body) => {
                let of = self.value(module, expr, locals)?;
                let Value::Object(object) = &of else {
                    return Err(Raised::new("Итератор для значения не определен"));
                };
                let items = object.items();
                let items =
                    items.ok_or_else(|| Raised::new("Итератор для значения не определен"))?;
                for item in items {
                    locals.insert(fold(name), item);
                    match self.block(module, body, locals)? {
                        Flow::Break => break,
                        Flow::Return(value) => return Ok(Flow::Return(value)),
                        Flow::Next | Flow::Continue => {}
                    }
                }
            }
            StmtKind::Try(tried, handler) => match self.block(module, tried, locals) {
                Ok(flow) => return Ok(flow),
                Err(raised) => {
                    self.handled.push(raised);
                    let flow = self.block(module, handler, locals);
                    self.handled.pop();
                    return flow;
                }
            },
            StmtKind::Raise(None) => {
                let again = self.handled.last().cloned();
                return Err(again.unwrap_or_else(|| Raised::new("нет исключения")));
            }
            StmtKind::Raise(Some(expr)) => {
                let text = self.value(module, expr, locals)?.written();
                return Err(Raised::new(text));
            }
            StmtKind::Break => return Ok(Flow::Break),
            StmtKind::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    pub(super) fn assign(
        &mut self,
        module: &str,
        target: &Expr,
        value: Value,
        locals: &mut Locals,
    ) -> Run<()> {
        match target {
            Expr::Name(name) => {
                locals.insert(fold(name), value);
                Ok(())
            }
            Expr::Prop(object, name) => match self.value(module, object, locals)? {
                Value::Object(object) => object.set(name, value),
                other => Err(not_an_object(&other, name)),
            },
            Expr::Index(object, index) => {
                let index = self.value(module, index, locals)?;
                match self.value(module, object, locals)? {
                    Value::Object(object) => object.set_at(&index, value),
                    other => Err(not_an_object(&other, "[]")),
                }
            }
            _ => Err(Raised::new("Нельзя присвоить")),
        }
    }
}
