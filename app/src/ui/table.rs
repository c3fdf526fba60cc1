//! Tables whose rows are cards on a phone.
//!
//! A cell's place decides what a phone shows: [`Cell::left`] and [`Cell::right`] are the first line
//! of the card, [`Cell::below`] has a line of its own, and all others hide. `display: grid` removes
//! the meaning of table elements, so every element repeats it as a role.

use leptos::prelude::*;

/// A column's heading.
pub(crate) struct Column {
    words: &'static str,
    class: Option<&'static str>,
}

/// A column of texts.
pub(crate) const fn column(words: &'static str) -> Column {
    Column { words, class: None }
}

/// A column of figures, aligned to the right.
pub(crate) const fn figures(words: &'static str) -> Column {
    let class = Some("r");
    Column { words, class }
}

/// A column of figures that only a wide screen shows.
pub(crate) const fn wide(words: &'static str) -> Column {
    let class = Some("r wide");
    Column { words, class }
}

/// A cell.
pub(crate) struct Cell {
    class: Option<&'static str>,
    content: AnyView,
}

impl Cell {
    fn new(class: Option<&'static str>, content: impl IntoView + 'static) -> Self {
        let content = content.into_any();
        Self { class, content }
    }

    /// The left half of a card.
    pub(crate) fn left(content: impl IntoView + 'static) -> Self {
        Self::new(Some("a"), content)
    }

    /// The right half of a card: a figure.
    pub(crate) fn right(content: impl IntoView + 'static) -> Self {
        Self::new(Some("b r"), content)
    }

    /// The right half of a card: a text.
    pub(crate) fn beside(content: impl IntoView + 'static) -> Self {
        Self::new(Some("b"), content)
    }

    /// A line of its own in a card.
    pub(crate) fn below(content: impl IntoView + 'static) -> Self {
        Self::new(Some("below"), content)
    }

    /// A text that cards do not show.
    pub(crate) fn text(content: impl IntoView + 'static) -> Self {
        Self::new(None, content)
    }

    /// A figure that cards do not show.
    pub(crate) fn figure(content: impl IntoView + 'static) -> Self {
        Self::new(Some("r"), content)
    }

    /// A figure that only a wide screen shows.
    pub(crate) fn wide(content: impl IntoView + 'static) -> Self {
        Self::new(Some("r wide"), content)
    }

    fn view(self) -> AnyView {
        match self.class {
            Some(class) => view! {
                <td role="cell" class=class>
                    {self.content}
                </td>
            }
            .into_any(),
            None => view! { <td role="cell">{self.content}</td> }.into_any(),
        }
    }
}

/// A row with a class such as `zero`, which shows that nothing is left.
pub(crate) struct Row {
    class: Option<&'static str>,
    view: AnyView,
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        let class = None;
        let view = cells.into_iter().map(Cell::view).collect_view().into_any();
        Self { class, view }
    }

    pub(crate) fn with_class(mut self, class: &'static str) -> Self {
        self.class = Some(class);
        self
    }

    /// The first row of a group: its name over `columns` columns, then the figures of the group.
    pub(crate) fn group(columns: usize, name: AnyView, figures: Vec<Cell>) -> Self {
        let view = view! {
            <th role="rowheader" scope="rowgroup" colspan=columns>
                {name}
            </th>
            {figures.into_iter().map(Cell::view).collect_view()}
        };
        let view = view.into_any();
        Self {
            class: Some("group"),
            view,
        }
    }

    fn view(self) -> AnyView {
        match self.class {
            Some(class) => view! {
                <tr role="row" class=class>
                    {self.view}
                </tr>
            }
            .into_any(),
            None => view! { <tr role="row">{self.view}</tr> }.into_any(),
        }
    }
}

/// A table of rows that are cards on a phone.
pub(crate) struct Table {
    /// The name for a screen reader.
    pub(crate) name: String,
    /// Further classes: `ruled` below a figure.
    pub(crate) class: &'static str,
    pub(crate) columns: Vec<Column>,
    /// The groups of rows; a plain table has one.
    pub(crate) groups: Vec<Vec<Row>>,
    pub(crate) total: Option<Row>,
}

impl Table {
    pub(crate) fn view(self) -> AnyView {
        let heading = |column: Column| {
            view! {
                <th role="columnheader" scope="col" class=column.class>
                    {column.words}
                </th>
            }
        };
        let group = |rows: Vec<Row>| {
            view! {
                <tbody role="rowgroup">{rows.into_iter().map(Row::view).collect_view()}</tbody>
            }
        };
        let total = self.total.map(|total| {
            view! { <tfoot role="rowgroup">{total.view()}</tfoot> }
        });
        view! {
            <table role="table" class=format!("rows cards {}", self.class) aria-label=self.name>
                <thead role="rowgroup">
                    <tr role="row">{self.columns.into_iter().map(heading).collect_view()}</tr>
                </thead>
                {self.groups.into_iter().map(group).collect_view()}
                {total}
            </table>
        }
        .into_any()
    }
}

/// The second line of a cell.
pub(crate) fn sub(content: impl IntoView + 'static) -> AnyView {
    view! { <span class="sub">{content.into_any()}</span> }.into_any()
}

/// The second line of a cell that only a card shows.
pub(crate) fn sub_phone(content: impl IntoView + 'static) -> AnyView {
    view! { <span class="sub phone">{content.into_any()}</span> }.into_any()
}

/// A few words after a state, in its line.
pub(crate) fn sub_inline(content: impl Into<String>) -> AnyView {
    view! { <span class="sub inline">{content.into()}</span> }.into_any()
}

/// The name of a row, which is a link if there is an address; in a card the whole card is the link.
pub(crate) fn title(href: Option<String>, words: impl Into<String>) -> AnyView {
    let words = words.into();
    match href {
        Some(href) => view! {
            <a class="title" href=href>
                {words}
            </a>
        }
        .into_any(),
        None => view! { <span class="strong">{words}</span> }.into_any(),
    }
}

/// A figure of a row in bold.
pub(crate) fn strong(value: impl Into<String>) -> AnyView {
    view! { <span class="strong">{value.into()}</span> }.into_any()
}

/// A small table of at most four short columns, which stays a table on a phone. The first column
/// is a text, the others are figures.
pub(crate) fn small(headings: Vec<String>, rows: Vec<Vec<AnyView>>) -> AnyView {
    let class = |index: usize| (index > 0).then_some("r");
    let heading = |(index, words): (usize, String)| {
        view! {
            <th scope="col" class=class(index)>
                {words}
            </th>
        }
    };
    let cell = |(index, content): (usize, AnyView)| view! { <td class=class(index)>{content}</td> };
    let row = |cells: Vec<AnyView>| {
        view! { <tr>{cells.into_iter().enumerate().map(cell).collect_view()}</tr> }
    };
    view! {
        <table class="rows">
            <thead>
                <tr>{headings.into_iter().enumerate().map(heading).collect_view()}</tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
