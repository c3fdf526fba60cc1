//! Goes through all statements and expressions of a method.

use crate::syntax::{Expr, Stmt, StmtKind};

/// Calls `visit` for each expression, the outer ones first.
pub(super) fn expressions<'a>(statements: &'a [Stmt], visit: &mut dyn FnMut(usize, &'a Expr)) {
    for statement in statements {
        let line = statement.line;
        match &statement.kind {
            StmtKind::Assign(target, value) => {
                expression(line, target, visit);
                expression(line, value, visit);
            }
            StmtKind::Call(expr) | StmtKind::Return(Some(expr)) | StmtKind::Raise(Some(expr)) => {
                expression(line, expr, visit);
            }
            StmtKind::If(branches, last) => {
                for (condition, body) in branches {
                    expression(line, condition, visit);
                    expressions(body, visit);
                }
                expressions(last, visit);
            }
            StmtKind::While(condition, body) => {
                expression(line, condition, visit);
                expressions(body, visit);
            }
            StmtKind::For(_, from, to, body) => {
                expression(line, from, visit);
                expression(line, to, visit);
                expressions(body, visit);
            }
            StmtKind::ForEach(_, of, body) => {
                expression(line, of, visit);
                expressions(body, visit);
            }
            StmtKind::Try(tried, handler) => {
                expressions(tried, visit);
                expressions(handler, visit);
            }
            _ => {}
        }
    }
}

fn expression<'a>(line: usize, expr: &'a Expr, visit: &mut dyn FnMut(usize, &'a Expr)) {
    visit(line, expr);
    let mut inner = |expr: &'a Expr| expression(line, expr, visit);
    match expr {
        Expr::Unary(_, of) | Expr::Prop(of, _) => inner(of),
        Expr::Binary(_, one, two) | Expr::Index(one, two) => {
            inner(one);
            inner(two);
        }
        Expr::Ternary(one, two, three) => {
            inner(one);
            inner(two);
            inner(three);
        }
        Expr::New(_, arguments) | Expr::Call(_, arguments) => {
            arguments.iter().flatten().for_each(inner);
        }
        Expr::Method(of, _, arguments) => {
            inner(of);
            arguments.iter().flatten().for_each(inner);
        }
        _ => {}
    }
}

/// Calls `visit` for each list of statements.
pub(super) fn blocks<'a>(statements: &'a [Stmt], visit: &mut dyn FnMut(&'a [Stmt])) {
    visit(statements);
    for statement in statements {
        match &statement.kind {
            StmtKind::If(branches, last) => {
                for (_, body) in branches {
                    blocks(body, visit);
                }
                blocks(last, visit);
            }
            StmtKind::While(_, body)
            | StmtKind::For(_, _, _, body)
            | StmtKind::ForEach(_, _, body) => {
                blocks(body, visit);
            }
            StmtKind::Try(tried, handler) => {
                blocks(tried, visit);
                blocks(handler, visit);
            }
            _ => {}
        }
    }
}

/// Returns whether every way through the statements ends with `Возврат` or an exception.
pub(super) fn always_returns(statements: &[Stmt]) -> bool {
    statements.iter().any(|statement| match &statement.kind {
        StmtKind::Return(_) | StmtKind::Raise(_) => true,
        StmtKind::If(branches, last) => {
            !last.is_empty()
                && always_returns(last)
                && branches.iter().all(|(_, body)| always_returns(body))
        }
        StmtKind::Try(tried, handler) => always_returns(tried) && always_returns(handler),
        _ => false,
    })
}

/// Returns the names that the statements give a value.
pub(super) fn assigned(statements: &[Stmt]) -> Vec<String> {
    let mut names = Vec::new();
    blocks(statements, &mut |block| {
        for statement in block {
            match &statement.kind {
                StmtKind::Declare(declared) => names.extend(declared.iter().cloned()),
                StmtKind::Assign(Expr::Name(name), _)
                | StmtKind::For(name, ..)
                | StmtKind::ForEach(name, ..) => names.push(name.clone()),
                _ => {}
            }
        }
    });
    names
}
