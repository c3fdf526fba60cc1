//! The language as a tree.

mod read;

pub use read::{SyntaxError, parse};

use rust_decimal::Decimal;

/// A module.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Its procedures and functions.
    pub methods: Vec<Method>,
    /// The names of its regions.
    pub regions: Vec<String>,
}

/// A procedure or a function.
#[derive(Clone, Debug)]
pub struct Method {
    /// The name.
    pub name: String,
    /// The parameters.
    pub params: Vec<Param>,
    /// `true` for a function.
    pub is_function: bool,
    /// `true` if other modules may call it.
    pub is_export: bool,
    /// The directives and annotations before it, such as `&НаКлиенте`.
    pub directives: Vec<String>,
    /// The statements.
    pub body: Vec<Stmt>,
    /// The line of its name.
    pub line: usize,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// The name.
    pub name: String,
    /// `true` if the method gets a copy.
    pub by_value: bool,
    /// What it is if the caller leaves it out.
    pub default: Option<Expr>,
}

/// A statement and its line.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// The line.
    pub line: usize,
    /// What it does.
    pub kind: StmtKind,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// `Перем А, Б;`
    Declare(Vec<String>),
    /// `А = Б;`
    Assign(Expr, Expr),
    /// A call whose result is not used.
    Call(Expr),
    /// `Возврат`
    Return(Option<Expr>),
    /// `Если`: conditions with their branches, and the last branch.
    If(Vec<(Expr, Vec<Stmt>)>, Vec<Stmt>),
    /// `Пока`
    While(Expr, Vec<Stmt>),
    /// `Для Н = А По Б`
    For(String, Expr, Expr, Vec<Stmt>),
    /// `Для Каждого Э Из К`
    ForEach(String, Expr, Vec<Stmt>),
    /// `Попытка`
    Try(Vec<Stmt>, Vec<Stmt>),
    /// `ВызватьИсключение`
    Raise(Option<Expr>),
    /// `Прервать`
    Break,
    /// `Продолжить`
    Continue,
}

/// An expression.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// A date, in seconds since 0001-01-01.
    Date(i64),
    /// A boolean.
    Bool(bool),
    /// `Неопределено`
    Undefined,
    /// `Null`
    Null,
    /// A name.
    Name(String),
    /// `-А`, `Не А`
    Unary(Op, Box<Expr>),
    /// `А + Б`
    Binary(Op, Box<Expr>, Box<Expr>),
    /// `?(А, Б, В)`
    Ternary(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `Новый Тип(А)`
    New(String, Vec<Option<Expr>>),
    /// `Ф(А)`
    Call(String, Vec<Option<Expr>>),
    /// `А.Метод(Б)`
    Method(Box<Expr>, String, Vec<Option<Expr>>),
    /// `А.Свойство`
    Prop(Box<Expr>, String),
    /// `А[Б]`
    Index(Box<Expr>, Box<Expr>),
}

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `И`
    And,
    /// `Или`
    Or,
    /// `Не`
    Not,
}

/// Names are the same in any case.
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}
