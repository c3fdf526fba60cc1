//! Arithmetic: the operands with the reason of each, then the result.

use leptos::prelude::*;

/// A line of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// The reason of the figure.
    pub(crate) reason: Option<String>,
    pub(crate) value: String,
    /// `true` for a result, which has a rule above it.
    pub(crate) is_total: bool,
}

impl Line {
    pub(crate) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            reason: None,
            value: value.into(),
            is_total: false,
        }
    }

    pub(crate) fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }

    pub(crate) fn total(mut self) -> Self {
        self.is_total = true;
        self
    }
}

/// Renders the lines of a sum.
pub(crate) fn sum(lines: Vec<Line>) -> AnyView {
    let line = |line: Line| {
        let class = line.is_total.then_some("total");
        view! {
            <dt class=class>
                {line.name} {line.reason.map(|reason| view! { <span class="note">{reason}</span> })}
            </dt>
            <dd class=class>{line.value}</dd>
        }
    };
    view! { <dl class="sum">{lines.into_iter().map(line).collect_view()}</dl> }.into_any()
}
