//! Checks a module for what 1C would refuse, and for what a module that handles money must not do.

mod look;
mod names;

use std::collections::{BTreeSet, HashSet};

use crate::syntax::{Expr, Method, Module, Op, Stmt, StmtKind, fold};
use look::{always_returns, assigned, blocks, expressions};

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line in the piece.
    pub line: usize,
    /// A sentence.
    pub what: String,
}

/// Where a piece of code belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A common module of the server.
    CommonModule,
    /// A module of a form.
    Form,
}

/// The common module whose exported methods other pieces call.
const COMMON: &str = "BonexИнтеграция";

/// Returns the faults of a module. `common` is the common module, for the calls of other pieces.
pub fn faults(module: &Module, place: Place, common: &Module) -> Vec<Fault> {
    let mut checker = Checker {
        module,
        place,
        common,
        found: BTreeSet::new(),
    };
    checker.module();
    for method in &module.methods {
        checker.method(method);
    }
    checker.found.into_iter().collect()
}

struct Checker<'m> {
    module: &'m Module,
    place: Place,
    common: &'m Module,
    found: BTreeSet<Fault>,
}

fn is_in(list: &[&str], name: &str) -> bool {
    list.iter().any(|known| fold(known) == fold(name))
}

fn find<'m>(module: &'m Module, name: &str) -> Option<&'m Method> {
    module
        .methods
        .iter()
        .find(|method| fold(&method.name) == fold(name))
}

impl Checker<'_> {
    fn say(&mut self, line: usize, what: impl Into<String>) {
        let what = what.into();
        self.found.insert(Fault { line, what });
    }

    fn module(&mut self) {
        if self.place == Place::CommonModule {
            for region in ["ПрограммныйИнтерфейс", "СлужебныеПроцедурыИФункции"]
            {
                if !self.module.regions.iter().any(|name| name == region) {
                    self.say(1, format!("there is no region {region}"));
                }
            }
        }
        let mut names = HashSet::new();
        for method in &self.module.methods {
            if !names.insert(fold(&method.name)) {
                self.say(method.line, format!("{} is declared twice", method.name));
            }
        }
    }

    fn method(&mut self, method: &Method) {
        let is_client = method.directives.iter().any(|it| fold(it) == "&наклиенте");
        if !method.name.contains("Bonex") && !is_in(&names::PUBLIC, &method.name) {
            self.say(method.line, format!("{} has no prefix", method.name));
        }
        if method
            .directives
            .iter()
            .any(|it| fold(it).starts_with("&вместо"))
        {
            self.say(method.line, "&Вместо is barred");
        }
        if method.is_function && !always_returns(&method.body) {
            self.say(
                method.line,
                format!("{} does not return on every path", method.name),
            );
        }
        if method.is_export && self.place == Place::CommonModule {
            let open = method
                .params
                .iter()
                .find(|param| is_in(&["Адрес", "Тело", "Путь", "URL"], &param.name));
            if let Some(param) = open {
                self.say(
                    method.line,
                    format!("{} lets anybody send: {}", method.name, param.name),
                );
            }
        }
        self.handler(method);
        self.privileged(method);
        self.transaction(method);
        let mut known: HashSet<String> = method
            .params
            .iter()
            .map(|param| fold(&param.name))
            .collect();
        known.extend(assigned(&method.body).iter().map(|name| fold(name)));
        let mut seen = Vec::new();
        expressions(&method.body, &mut |line, expr| seen.push((line, expr)));
        for (line, expr) in seen {
            self.expression(line, expr, &known, is_client);
        }
        let mut results = Vec::new();
        blocks(&method.body, &mut |block| results.extend(block));
        for statement in results {
            self.uses_of_procedures(statement);
        }
    }

    /// A handler of a subscription leaves at once while data are loaded.
    fn handler(&mut self, method: &Method) {
        if !fold(&method.name).ends_with("обработкапроведения") {
            return;
        }
        let leaves = match method.body.first().map(|first| &first.kind) {
            Some(StmtKind::If(branches, _)) => branches.first().is_some_and(|(condition, body)| {
                matches!(condition, Expr::Prop(of, name) if fold(name) == "загрузка"
                    && matches!(&**of, Expr::Prop(_, name) if fold(name) == "обменданными"))
                    && matches!(
                        body.first().map(|first| &first.kind),
                        Some(StmtKind::Return(None))
                    )
            }),
            _ => false,
        };
        if !leaves {
            self.say(
                method.line,
                "the handler does not leave while data are loaded",
            );
        }
    }

    /// The privileged mode is switched off in the block that switches it on, whatever happens
    /// between.
    fn privileged(&mut self, method: &Method) {
        let switch = |statement: &Stmt| match &statement.kind {
            StmtKind::Call(Expr::Call(name, arguments))
                if fold(name) == "установитьпривилегированныйрежим" =>
            {
                Some(matches!(arguments.first(), Some(Some(Expr::Bool(true)))))
            }
            _ => None,
        };
        let mut wrong = Vec::new();
        blocks(&method.body, &mut |block| {
            let mut on = None;
            for statement in block {
                match (switch(statement), on) {
                    (Some(true), _) => on = Some(statement.line),
                    (Some(false), _) => on = None,
                    (None, Some(line))
                        if matches!(statement.kind, StmtKind::Return(_) | StmtKind::Raise(_)) =>
                    {
                        wrong.push(line);
                    }
                    _ => {}
                }
            }
            wrong.extend(on);
        });
        for line in wrong {
            self.say(line, "the privileged mode is not switched off");
        }
    }

    /// What runs in the transaction of posting must not reach the network.
    fn transaction(&mut self, method: &Method) {
        if self.place != Place::CommonModule || fold(&method.name) != "отправитьпродажувbonex"
        {
            return;
        }
        let (mut open, mut seen) = (vec![method], HashSet::new());
        while let Some(next) = open.pop() {
            if !seen.insert(fold(&next.name)) {
                continue;
            }
            let mut calls = Vec::new();
            expressions(&next.body, &mut |line, expr| match expr {
                Expr::New(name, _) if fold(name) == "httpсоединение" => {
                    calls.push((line, None));
                }
                Expr::Call(name, _) => calls.push((line, Some(name.clone()))),
                _ => {}
            });
            for (line, call) in calls {
                match call {
                    None => self.say(line, "posting a document reaches the network"),
                    Some(name) => open.extend(find(self.module, &name)),
                }
            }
        }
    }

    fn expression(&mut self, line: usize, expr: &Expr, known: &HashSet<String>, is_client: bool) {
        match expr {
            Expr::Name(name) => self.name(line, name, known, is_client),
            Expr::Text(text) if is_client && text.contains("Token") => {
                self.say(line, "a key in client code");
            }
            Expr::Binary(Op::Add, one, two) => self.joined(line, one, two),
            Expr::New(name, arguments) => self.created(line, name, arguments, is_client),
            Expr::Call(name, arguments) => self.called(line, name, arguments.len(), is_client),
            Expr::Prop(of, name) => {
                if let Expr::Name(space) = &**of
                    && let Some((_, values)) =
                        names::ENUMS.iter().find(|(it, _)| fold(it) == fold(space))
                    && !is_in(values, name)
                {
                    self.say(line, format!("{space} has no value {name}"));
                }
            }
            Expr::Method(of, name, arguments) => {
                if let Expr::Name(space) = &**of
                    && fold(space) == fold(COMMON)
                {
                    match find(self.common, name) {
                        Some(method) if method.is_export => {
                            self.arity(line, method, arguments.len());
                        }
                        _ => self.say(line, format!("{COMMON} has no exported {name}")),
                    }
                }
            }
            _ => {}
        }
    }

    fn name(&mut self, line: usize, name: &str, known: &HashSet<String>, is_client: bool) {
        if is_client && fold(name).contains("токен") {
            self.say(line, "a key in client code");
        }
        if is_client && is_in(&names::SERVER, name) {
            self.say(line, format!("{name} is on the server alone"));
        }
        let is_global = is_in(&names::SERVER, name)
            || names::ENUMS.iter().any(|(it, _)| fold(it) == fold(name))
            || fold(name) == fold(COMMON)
            || self.place == Place::Form && is_in(&names::FORM, name);
        if !known.contains(&fold(name)) && !is_global {
            self.say(line, format!("{name} is not known"));
        }
    }

    fn joined(&mut self, line: usize, one: &Expr, two: &Expr) {
        let is_text = matches!(one, Expr::Text(_))
            || matches!(one, Expr::Binary(Op::Add, first, last)
                if matches!(**first, Expr::Text(_)) || matches!(**last, Expr::Text(_)));
        let number = match two {
            Expr::Name(name) | Expr::Prop(_, name) if is_in(&names::NUMBERS, name) => Some(name),
            _ => None,
        };
        if let (true, Some(name)) = (is_text, number) {
            self.say(line, format!("{name} joins a text without a format"));
        }
    }

    fn created(&mut self, line: usize, name: &str, arguments: &[Option<Expr>], is_client: bool) {
        if !is_in(&names::TYPES, name) {
            self.say(line, format!("the type {name} is not known"));
        }
        if is_client && is_in(&names::SERVER_CALLS, name) {
            self.say(line, format!("{name} is on the server alone"));
        }
        let has = |place: usize| matches!(arguments.get(place), Some(Some(_)));
        if fold(name) == "httpсоединение" && !has(5) {
            self.say(line, "a connection without a timeout");
        }
        if fold(name) == "защищенноесоединениеopenssl" && !has(1) {
            self.say(line, "a secure connection that verifies nothing");
        }
    }

    fn called(&mut self, line: usize, name: &str, count: usize, is_client: bool) {
        if is_in(&names::BARRED, name) {
            self.say(line, format!("{name} is barred"));
            return;
        }
        if is_client && is_in(&names::SERVER_CALLS, name) {
            self.say(line, format!("{name} is on the server alone"));
        }
        if let Some(method) = find(self.module, name) {
            self.arity(line, method, count);
            return;
        }
        let known = names::FUNCTIONS
            .iter()
            .find(|(it, ..)| fold(it) == fold(name));
        match known {
            Some((_, least, most, _)) if (least..=most).contains(&&count) => {}
            Some((_, least, most, _)) => {
                self.say(
                    line,
                    format!("{name} takes {least} to {most} parameters, not {count}"),
                );
            }
            None => self.say(line, format!("{name} is not known")),
        }
    }

    fn arity(&mut self, line: usize, method: &Method, count: usize) {
        let least = method
            .params
            .iter()
            .rposition(|param| param.default.is_none());
        let least = least.map_or(0, |last| last + 1);
        if count < least || count > method.params.len() {
            let (name, most) = (&method.name, method.params.len());
            self.say(
                line,
                format!("{name} takes {least} to {most} parameters, not {count}"),
            );
        }
    }

    /// A procedure has no value.
    fn uses_of_procedures(&mut self, statement: &Stmt) {
        let (StmtKind::Assign(_, value) | StmtKind::Return(Some(value))) = &statement.kind else {
            return;
        };
        if let Expr::Call(name, _) = value {
            let own = find(self.module, name).is_some_and(|method| !method.is_function);
            let platform = names::FUNCTIONS
                .iter()
                .any(|(it, _, _, is_procedure)| fold(it) == fold(name) && *is_procedure);
            if own || platform {
                self.say(statement.line, format!("{name} is a procedure"));
            }
        }
    }
}
