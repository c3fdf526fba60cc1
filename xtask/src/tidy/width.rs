//! A check of the width of comments and of Markdown.

use std::path::Path;

use super::source::Source;

/// The widest line of prose, in characters. rustfmt wraps code at the same width, but no comments.
const MAX_COLUMNS: usize = 100;

/// The folder whose files never change, because their checksums are in the databases.
const MIGRATIONS: &str = "migrations/";

/// Finds lines of prose that are too wide. Lines with a URL or an image cannot be wrapped.
pub(super) fn wide_prose(sources: &[Source]) -> Vec<String> {
    let wrapped = sources
        .iter()
        .filter(|source| !source.path.starts_with(MIGRATIONS));
    let lines = wrapped.flat_map(|source| prose(source).map(move |line| (source, line)));
    lines
        .filter(|(_, (_, text))| text.chars().count() > MAX_COLUMNS)
        .filter(|(_, (_, text))| !text.contains("://") && !text.contains("<img"))
        .map(|(source, (number, text))| {
            let columns = text.chars().count();
            format!(
                "{}:{number}: {columns} columns; wrap it at {MAX_COLUMNS} columns",
                source.path
            )
        })
        .collect()
}

/// Returns the lines of prose of a file, with their numbers: the comment lines or, in Markdown, all
/// lines except tables and fenced code.
fn prose(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let is_markdown = extension(&source.path) == "md";
    let marks = comment_marks(&source.path);
    let mut is_fenced = false;
    (1..).zip(source.text.lines()).filter(move |(_, line)| {
        let text = line.trim_start();
        is_fenced ^= is_markdown && text.starts_with("```");
        if is_markdown {
            !is_fenced && !text.starts_with('|')
        } else {
            marks.iter().any(|mark| text.starts_with(mark))
        }
    })
}

/// Returns the texts that a comment line of the file may begin with.
fn comment_marks(path: &str) -> &'static [&'static str] {
    match extension(path) {
        "rs" => &["//"],
        "js" | "scss" => &["//", "/*", "*"],
        "sh" | "toml" => &["#"],
        "lua" | "sql" => &["--"],
        "" if path.starts_with("scripts/") => &["#"],
        _ => &[],
    }
}

fn extension(path: &str) -> &str {
    let extension = Path::new(path).extension();
    extension
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the findings in a file that contains only this text.
    fn findings(path: &str, text: &str) -> Vec<String> {
        wide_prose(&[Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }])
    }

    #[test]
    fn only_comments_that_are_too_wide_are_found() {
        let wide = "ю".repeat(MAX_COLUMNS);
        assert_eq!(
            findings("a.rs", &format!("let a;\n// {wide}")),
            ["a.rs:2: 103 columns; wrap it at 100 columns"]
        );
        for (path, comment) in [
            ("a.rs", "    //!"),
            ("a.js", " *"),
            ("a.scss", "//"),
            ("a.toml", "#"),
            ("scripts/a", "#"),
            ("scripts/a.sh", "#"),
        ] {
            assert_eq!(findings(path, &format!("{comment} {wide}")).len(), 1);
            assert!(findings(path, &format!("let a = \"{wide}\";")).is_empty());
            assert!(findings(path, &format!("{comment} {}", &wide[40..])).is_empty());
            assert!(findings(path, &format!("{comment} https://{wide}")).is_empty());
        }
        assert!(findings("migrations/sqlite/1.sql", &format!("-- {wide}")).is_empty());
        assert!(findings("a.snap", &format!("// {wide}")).is_empty());
    }

    #[test]
    fn tables_and_code_in_markdown_may_be_wide() {
        let wide = "a ".repeat(MAX_COLUMNS);
        let text = format!("| {wide} |\n```sh\n{wide}\n```\n<img alt=\"{wide}\">\n- {wide}\n");
        assert_eq!(
            findings("a.md", &text),
            ["a.md:6: 202 columns; wrap it at 100 columns"]
        );
    }
}
