//! Figures: the one of a screen, the facts of the second rank, and pairs of name and value.

use leptos::prelude::*;

/// The one figure of a screen.
pub(crate) struct Figure {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) unit: Option<String>,
    /// The address of the rows that the figure counts.
    pub(crate) href: Option<String>,
    /// A sentence or a state below.
    pub(crate) words: Option<AnyView>,
}

impl Figure {
    pub(crate) fn view(self) -> AnyView {
        let unit = self
            .unit
            .map(|unit| view! { " "<span class="unit">{unit}</span> });
        let value = view! { <span class="num">{self.value}</span> {unit} };
        let value = match self.href {
            Some(href) => view! { <a href=href>{value}</a> }.into_any(),
            None => value.into_any(),
        };
        view! {
            <div class="figure">
                <span class="figure-label">{self.label}</span>
                <span class="figure-value">{value}</span>
                {self.words}
            </div>
        }
        .into_any()
    }
}

/// A sentence below a figure.
pub(crate) fn words(text: impl Into<String>) -> AnyView {
    view! { <p class="figure-words">{text.into()}</p> }.into_any()
}

/// A figure of the second rank.
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
    /// The address of the rows that the figure counts.
    pub(crate) href: Option<String>,
    pub(crate) note: Option<String>,
}

/// Renders facts as a grid. `class` gives the number of columns on a wide screen, and says whether
/// the grid is a `panel` of its own or `ruled` below something else in one.
pub(crate) fn facts(class: &'static str, facts: Vec<Fact>) -> AnyView {
    let fact = |fact: Fact| {
        view! {
            <div>
                <dt>{fact.label}</dt>
                <dd class="value">{rows_link(fact.value, fact.href)}</dd>
                {fact.note.map(|note| view! { <dd class="note">{note}</dd> })}
            </div>
        }
    };
    view! {
        <dl class=format!("facts {class}")>{facts.into_iter().map(fact).collect_view()}</dl>
    }
    .into_any()
}

/// A figure that opens its rows.
pub(crate) fn rows_link(value: impl Into<String>, href: Option<String>) -> AnyView {
    let value = value.into();
    match href {
        Some(href) => view! {
            <a class="rows-link" href=href>
                {value}
            </a>
        }
        .into_any(),
        None => value.into_any(),
    }
}

/// A name on the left, its value on the right, and an advice below both.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) value: AnyView,
    pub(crate) advice: Option<AnyView>,
}

impl Pair {
    pub(crate) fn new(name: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self {
            name: name.into(),
            value: value.into_any(),
            advice: None,
        }
    }

    pub(crate) fn advised(mut self, advice: impl IntoView + 'static) -> Self {
        self.advice = Some(advice.into_any());
        self
    }
}

/// Renders pairs; `class` is `ruled` below a figure, or `panel` alone.
pub(crate) fn pairs(class: &'static str, pairs: Vec<Pair>) -> AnyView {
    let pair = |pair: Pair| {
        view! {
            <div>
                <dt>{pair.name}</dt>
                <dd>{pair.value}</dd>
                {pair.advice.map(|advice| view! { <dd class="note">{advice}</dd> })}
            </div>
        }
    };
    view! {
        <dl class=format!("pairs {class}")>{pairs.into_iter().map(pair).collect_view()}</dl>
    }
    .into_any()
}

/// The parts of a figure, beside it: name and value.
pub(crate) fn split(parts: Vec<(String, AnyView)>) -> AnyView {
    let part = |(name, value): (String, AnyView)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd class="num">{value}</dd>
            </div>
        }
    };
    view! { <dl class="split">{parts.into_iter().map(part).collect_view()}</dl> }.into_any()
}
