//! Heat tables: the figure stands in its cell, and the darker the cell, the greater it is.

use leptos::prelude::*;

/// A cell: the value that decides the colour, and the words.
pub(crate) type HeatCell = Option<(i64, String)>;

/// A heat table.
pub(crate) struct Heat {
    /// `heat-week` or `heat-cohort`.
    pub(crate) class: &'static str,
    /// A sentence with the content, for a screen reader.
    pub(crate) summary: String,
    /// The words of the corner, for a screen reader.
    pub(crate) corner: &'static str,
    pub(crate) columns: Vec<String>,
    /// The rows: the name, and a cell for each column.
    pub(crate) rows: Vec<(AnyView, Vec<HeatCell>)>,
}

impl Heat {
    pub(crate) fn view(self) -> AnyView {
        let values = self.rows.iter().flat_map(|(_, cells)| cells).flatten();
        let highest = values.map(|(value, _)| *value).max().unwrap_or_default();
        let heading = |words: String| view! { <th scope="col">{words}</th> };
        let span = self.columns.len();
        let cell = |cell: HeatCell| match cell {
            Some((value, words)) => {
                view! { <td class=level(value, highest)>{words}</td> }.into_any()
            }
            None => view! { <td></td> }.into_any(),
        };
        let row = |(name, cells): (AnyView, Vec<HeatCell>)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {cells.into_iter().map(cell).collect_view()}
                </tr>
            }
        };
        view! {
            <table class=format!("heat {}", self.class) aria-label=self.summary>
                <colgroup>
                    <col class="heat-name" />
                    <col span=span />
                </colgroup>
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="hidden">{self.corner}</span>
                        </th>
                        {self.columns.into_iter().map(heading).collect_view()}
                    </tr>
                </thead>
                <tbody>{self.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    }
}

/// Returns the class of a value: a fifth of the highest value each.
const fn level(value: i64, highest: i64) -> &'static str {
    let (value, highest) = (value as i128, highest as i128);
    if value * 5 > highest * 4 {
        "h5"
    } else if value * 5 > highest * 3 {
        "h4"
    } else if value * 5 > highest * 2 {
        "h3"
    } else if value * 5 > highest {
        "h2"
    } else {
        "h1"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_value_is_the_darkest() {
        let levels = [0, 20, 21, 41, 61, 81, 100].map(|value| level(value, 100));
        assert_eq!(levels, ["h1", "h1", "h2", "h3", "h4", "h5", "h5"]);
        assert_eq!(level(0, 0), "h1");
        assert_eq!(level(i64::MAX, i64::MAX), "h5");
    }
}
