//! Checks of text that only certain files may contain.

use super::code::without_tests;
use super::source::Source;

/// The crates of the product.
const PRODUCT: [&str; 8] = [
    "app/src/",
    "backend/src/",
    "cashier-api/src/",
    "domain/src/",
    "frontend/src/",
    "scanner/src/",
    "server/src/",
    "till/src/",
];

/// The beginnings of statements that read or change data.
const STATEMENTS: [&str; 4] = ["SELECT", "INSERT INTO", "UPDATE", "DELETE FROM"];

/// The ways to set the content of an element that need care. `inner_html` is not escaped. A browser
/// shows the markers that Leptos renders around dynamic text as text inside a `<textarea>`.
const UNESCAPED: [&str; 2] = ["inner_html", "<textarea"];

/// The only file that may use them.
const RAW_TEXT: &str = "app/src/ssr/raw_text.rs";

/// Finds SQL outside the `sql.rs` of a feature.
pub(super) fn misplaced_sql(sources: &[Source]) -> Vec<String> {
    let is_home = |path: &str| path.ends_with("/sql.rs") || path.contains("/sql/");
    product(sources, |path| !is_home(path))
        .flat_map(|(path, code)| {
            let quotes = code.match_indices('"').map(|(at, _)| at);
            let statements = quotes.filter(|at| begins_a_statement(code.get(at + 1..)));
            statements.map(move |at| {
                let number = 1 + code.get(..at).unwrap_or_default().matches('\n').count();
                format!("{path}:{number}: a statement; move it to the sql.rs of its feature")
            })
        })
        .collect()
}

/// Returns whether the text after a quotation mark begins with a statement.
fn begins_a_statement(text: Option<&str>) -> bool {
    let is_blank = |letter: char| letter.is_whitespace() || letter == '\\';
    let text = text.unwrap_or_default().trim_start_matches(is_blank);
    STATEMENTS.iter().any(|statement| {
        let rest = text.strip_prefix(statement);
        rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })
}

/// Finds elements whose content is not escaped.
pub(super) fn unescaped_html(sources: &[Source]) -> Vec<String> {
    product(sources, |path| path != RAW_TEXT)
        .flat_map(|(path, code)| {
            let lines = (1..).zip(code.lines());
            lines.filter_map(move |(number, line)| {
                let element = UNESCAPED.into_iter().find(|text| line.contains(text))?;
                Some(format!(
                    "{path}:{number}: {element}; call a function of {RAW_TEXT} that escapes the text"
                ))
            })
        })
        .collect()
}

/// Returns the path and the code of the product's Rust files, without the unit tests at their ends.
fn product(
    sources: &[Source],
    is_searched: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (&str, &str)> {
    sources
        .iter()
        .filter(move |source| {
            let path = source.path.as_str();
            let is_product = PRODUCT.iter().any(|folder| path.starts_with(folder));
            is_product && source.is_rust() && is_searched(path)
        })
        .map(|source| (source.path.as_str(), without_tests(&source.text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn sql_is_found_outside_its_files() {
        let statement = "let a;\nconst ALL: &str = r\"\n    SELECT id\n    FROM tenants\";";
        let one_line = "run(\"DELETE FROM lots\")";
        let files = [
            source("backend/src/stores/sql.rs", statement),
            source("backend/src/ledger/sql/lots.rs", statement),
            source("backend/src/stores/mod.rs", statement),
            source("server/src/api/sales.rs", one_line),
            source(
                "server/src/middleware/observe.rs",
                "[\"DELETE\", \"SELECTED\"]",
            ),
            source("server/tests/api/state.rs", one_line),
        ];
        assert_eq!(
            misplaced_sql(&files),
            [
                "backend/src/stores/mod.rs:2: a statement; move it to the sql.rs of its feature",
                "server/src/api/sales.rs:1: a statement; move it to the sql.rs of its feature",
            ]
        );
    }

    #[test]
    fn unescaped_elements_are_found_outside_their_file() {
        let element = "\nview! { <title inner_html=text></title> }";
        let files = [
            source(RAW_TEXT, element),
            source("app/src/panel/clients.rs", element),
            source(
                "app/src/forms.rs",
                "view! { <textarea name=name>{text}</textarea> }",
            ),
        ];
        assert_eq!(
            unescaped_html(&files),
            [
                "app/src/panel/clients.rs:2: inner_html; call a function of app/src/ssr/raw_text.rs that escapes the text",
                "app/src/forms.rs:1: <textarea; call a function of app/src/ssr/raw_text.rs that escapes the text",
            ]
        );
    }
}
