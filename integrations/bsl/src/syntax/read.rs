//! Makes the tree of a module from what `tree-sitter` has read.

use rust_decimal::Decimal;
use tree_sitter::{Node, Parser};

use super::{Expr, Method, Module, Op, Param, Stmt, StmtKind};

/// The reason why a text is not a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The line.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Reads a module.
///
/// # Errors
/// The first [`SyntaxError`].
pub fn parse(text: &str) -> Result<Module, SyntaxError> {
    let mut parser = Parser::new();
    let language = tree_sitter_bsl::LANGUAGE.into();
    let failed = |what: &str| SyntaxError {
        line: 0,
        what: what.to_owned(),
    };
    parser
        .set_language(&language)
        .map_err(|error| failed(&error.to_string()))?;
    let tree = parser.parse(text, None).ok_or_else(|| failed("not read"))?;
    let reader = Reader { text };
    let root = tree.root_node();
    if root.has_error() {
        return Err(reader.fault(root));
    }
    let mut module = Module::default();
    let mut directives = Vec::new();
    reader.definitions(root, &mut module, &mut directives)?;
    Ok(module)
}

struct Reader<'t> {
    text: &'t str,
}

type Read<T> = Result<T, SyntaxError>;

fn line(node: Node<'_>) -> usize {
    node.start_position().row + 1
}

fn named(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    let children = node.named_children(&mut cursor);
    children
        .filter(|child| child.kind() != "line_comment")
        .collect()
}

impl Reader<'_> {
    fn source(&self, node: Node<'_>) -> &str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    fn unknown<T>(&self, node: Node<'_>) -> Read<T> {
        Err(SyntaxError {
            line: line(node),
            what: format!("{}: {}", node.kind(), self.source(node)),
        })
    }

    /// Returns the innermost fault.
    fn fault(&self, node: Node<'_>) -> SyntaxError {
        let mut cursor = node.walk();
        let inner = node
            .children(&mut cursor)
            .find(|child| child.has_error() || child.is_missing());
        match inner {
            Some(inner) if !node.is_error() || inner.has_error() => self.fault(inner),
            _ => SyntaxError {
                line: line(node),
                what: self
                    .source(node)
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            },
        }
    }

    fn definitions(
        &self,
        node: Node<'_>,
        module: &mut Module,
        directives: &mut Vec<String>,
    ) -> Read<()> {
        for child in named(node) {
            match child.kind() {
                "preprocessor" => {
                    if let Some(name) = child.child_by_field_name("name") {
                        module.regions.push(self.source(name).to_owned());
                        self.definitions(child, module, directives)?;
                    } else if self.source(child).starts_with('&') {
                        directives.push(self.source(child).to_owned());
                    } else {
                        return self.unknown(child);
                    }
                }
                "procedure_definition" | "function_definition" => {
                    let method = self.method(child, std::mem::take(directives))?;
                    module.methods.push(method);
                }
                "identifier" | "PREPROC_REGION_KEYWORD" | "PREPROC_ENDREGION_KEYWORD" => {}
                _ => return self.unknown(child),
            }
        }
        Ok(())
    }

    fn method(&self, node: Node<'_>, directives: Vec<String>) -> Read<Method> {
        let name = node.child_by_field_name("name");
        let mut params = Vec::new();
        if let Some(list) = node.child_by_field_name("parameters") {
            for param in named(list) {
                let default = param.child_by_field_name("def");
                params.push(Param {
                    name: param
                        .child_by_field_name("name")
                        .map(|name| self.source(name).to_owned())
                        .unwrap_or_default(),
                    by_value: param.child_by_field_name("val").is_some(),
                    default: default.map(|value| self.constant(value)).transpose()?,
                });
            }
        }
        Ok(Method {
            name: name
                .map(|name| self.source(name).to_owned())
                .unwrap_or_default(),
            params,
            is_function: node.kind() == "function_definition",
            is_export: node.child_by_field_name("export").is_some(),
            directives,
            body: self.statements(node)?,
            line: line(name.unwrap_or(node)),
        })
    }

    /// Reads the statements among the children of a node.
    fn statements(&self, node: Node<'_>) -> Read<Vec<Stmt>> {
        let mut statements = Vec::new();
        for child in named(node) {
            if child.kind().ends_with("_statement") {
                statements.push(Stmt {
                    line: line(child),
                    kind: self.statement(child)?,
                });
            } else if child.kind() == "preprocessor" {
                return self.unknown(child);
            }
        }
        Ok(statements)
    }

    fn statement(&self, node: Node<'_>) -> Read<StmtKind> {
        let exprs = |node: Node<'_>| -> Read<Vec<Expr>> {
            let of_kind = named(node)
                .into_iter()
                .filter(|child| child.kind() == "expression");
            of_kind.map(|child| self.expr(child)).collect()
        };
        let first = |node: Node<'_>| -> Read<Option<Expr>> { Ok(exprs(node)?.into_iter().next()) };
        let name = |node: Node<'_>| {
            let children = named(node);
            let found = children.iter().find(|child| child.kind() == "identifier");
            found
                .map(|child| self.source(*child).to_owned())
                .unwrap_or_default()
        };
        let missing = || SyntaxError {
            line: line(node),
            what: "an expression is missing".to_owned(),
        };
        Ok(match node.kind() {
            "var_statement" => {
                let names = named(node)
                    .into_iter()
                    .filter(|child| child.kind() == "identifier");
                StmtKind::Declare(names.map(|child| self.source(child).to_owned()).collect())
            }
            "assignment_statement" => {
                let (left, right) = (
                    node.child_by_field_name("left"),
                    node.child_by_field_name("right"),
                );
                let (left, right) = left.zip(right).ok_or_else(missing)?;
                StmtKind::Assign(self.expr(left)?, self.expr(right)?)
            }
            "call_statement" => match named(node).first() {
                Some(call) => StmtKind::Call(self.expr(*call)?),
                None => return Err(missing()),
            },
            "return_statement" => StmtKind::Return(first(node)?),
            "rise_error_statement" => {
                let mut raised = first(node)?;
                let list = named(node)
                    .into_iter()
                    .find(|child| child.kind() == "arguments");
                if let (None, Some(list)) = (&raised, list) {
                    raised = self.arguments(list)?.into_iter().next().flatten();
                }
                StmtKind::Raise(raised)
            }
            "if_statement" => {
                let condition = first(node)?.ok_or_else(missing)?;
                let mut branches = vec![(condition, self.statements(node)?)];
                let mut last = Vec::new();
                for child in named(node) {
                    match child.kind() {
                        "elseif_clause" => branches
                            .push((first(child)?.ok_or_else(missing)?, self.statements(child)?)),
                        "else_clause" => last = self.statements(child)?,
                        _ => {}
                    }
                }
                StmtKind::If(branches, last)
            }
            "while_statement" => {
                StmtKind::While(first(node)?.ok_or_else(missing)?, self.statements(node)?)
            }
            "for_statement" => {
                let mut bounds = exprs(node)?.into_iter();
                let (from, to) = bounds.next().zip(bounds.next()).ok_or_else(missing)?;
                StmtKind::For(name(node), from, to, self.statements(node)?)
            }
            "for_each_statement" => StmtKind::ForEach(
                name(node),
                first(node)?.ok_or_else(missing)?,
                self.statements(node)?,
            ),
            "try_statement" => {
                let children = named(node);
                let except = children
                    .iter()
                    .position(|child| child.kind() == "EXCEPT_KEYWORD");
                let (tried, handler) = children.split_at(except.unwrap_or(children.len()));
                let part = |nodes: &[Node<'_>]| -> Read<Vec<Stmt>> {
                    let of_kind = nodes
                        .iter()
                        .filter(|child| child.kind().ends_with("_statement"));
                    let read = |child: &Node<'_>| {
                        Ok(Stmt {
                            line: line(*child),
                            kind: self.statement(*child)?,
                        })
                    };
                    of_kind.map(read).collect()
                };
                StmtKind::Try(part(tried)?, part(handler)?)
            }
            "break_statement" => StmtKind::Break,
            "continue_statement" => StmtKind::Continue,
            _ => return self.unknown(node),
        })
    }

    fn constant(&self, node: Node<'_>) -> Read<Expr> {
        Ok(match node.kind() {
            "number" => match self.source(node).parse::<Decimal>() {
                Ok(number) => Expr::Number(number),
                Err(_) => return self.unknown(node),
            },
            "string" => {
                let lines = named(node);
                let lines: Vec<_> = lines.iter().map(|line| self.source(*line)).collect();
                Expr::Text(lines.join("\n").replace("\"\"", "\""))
            }
            "date" => match crate::date::date_of_digits(self.source(node)) {
                Some(date) => Expr::Date(date),
                None => return self.unknown(node),
            },
            "boolean" => Expr::Bool(matches!(
                super::fold(self.source(node)).as_str(),
                "истина" | "true"
            )),
            "UNDEFINED_KEYWORD" => Expr::Undefined,
            "NULL_KEYWORD" => Expr::Null,
            _ => return self.unknown(node),
        })
    }

    fn expr(&self, node: Node<'_>) -> Read<Expr> {
        let children = named(node);
        let inner = |at: usize| children.get(at).copied().unwrap_or(node);
        let field = |name: &str| node.child_by_field_name(name).unwrap_or(node);
        Ok(match node.kind() {
            "expression" | "parenthesized_expression" | "const_expression" | "index" => {
                let only = inner(0);
                if node.kind() == "const_expression" || only.kind() == "const_expression" {
                    let value = if node.kind() == "const_expression" {
                        only
                    } else {
                        named(only).first().copied().unwrap_or(only)
                    };
                    return self.constant(value);
                }
                self.expr(only)?
            }
            "identifier" => Expr::Name(self.source(node).to_owned()),
            "unary_expression" => {
                let op = self.op(field("operator"))?;
                Expr::Unary(op, Box::new(self.expr(field("argument"))?))
            }
            "binary_expression" => Expr::Binary(
                self.op(field("operator"))?,
                Box::new(self.expr(field("left"))?),
                Box::new(self.expr(field("right"))?),
            ),
            "ternary_expression" => Expr::Ternary(
                Box::new(self.expr(field("condition"))?),
                Box::new(self.expr(field("consequence"))?),
                Box::new(self.expr(field("alternative"))?),
            ),
            "new_expression" => {
                let list = node.child_by_field_name("arguments");
                let arguments = list.map(|list| self.arguments(list)).transpose()?;
                Expr::New(
                    self.source(field("type")).to_owned(),
                    arguments.unwrap_or_default(),
                )
            }
            "method_call" => Expr::Call(
                self.source(field("name")).to_owned(),
                self.arguments(field("arguments"))?,
            ),
            "access" if children.len() == 1 => self.expr(inner(0))?,
            "access" | "call_expression" | "property_access" => {
                let object = Box::new(self.expr(inner(0))?);
                let last = inner(1);
                match last.kind() {
                    "property" => Expr::Prop(object, self.source(last).to_owned()),
                    "index" => Expr::Index(object, Box::new(self.expr(last)?)),
                    "method_call" => {
                        let name = last.child_by_field_name("name").unwrap_or(last);
                        let given = last.child_by_field_name("arguments").unwrap_or(last);
                        Expr::Method(object, self.source(name).to_owned(), self.arguments(given)?)
                    }
                    _ => return self.unknown(last),
                }
            }
            _ => return self.unknown(node),
        })
    }

    fn arguments(&self, node: Node<'_>) -> Read<Vec<Option<Expr>>> {
        named(node)
            .into_iter()
            .map(|child| match child.kind() {
                "omitted_argument" => Ok(None),
                _ => self.expr(child).map(Some),
            })
            .collect()
    }

    fn op(&self, node: Node<'_>) -> Read<Op> {
        Ok(match super::fold(self.source(node)).as_str() {
            "+" => Op::Add,
            "-" => Op::Sub,
            "*" => Op::Mul,
            "/" => Op::Div,
            "%" => Op::Rem,
            "=" => Op::Eq,
            "<>" => Op::Ne,
            "<" => Op::Lt,
            "<=" => Op::Le,
            ">" => Op::Gt,
            ">=" => Op::Ge,
            "и" | "and" => Op::And,
            "или" | "or" => Op::Or,
            "не" | "not" => Op::Not,
            _ => return self.unknown(node),
        })
    }
}
