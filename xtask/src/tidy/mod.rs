//! Checks of the rules of this repository that neither the compiler nor clippy can check.

mod code;
mod modules;
mod places;
mod source;
mod width;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};

use source::{Source, read_sources};

/// The maximum number of lines of a Rust file. A longer file has more than one purpose.
const MAX_RUST_LINES: usize = 400;

/// Paths of one machine, which must not be in the repository. They are written in pieces, because
/// this file would otherwise be a finding itself.
const MACHINE_PATHS: [&str; 3] = [
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Use", "rs/"),
];

/// Checks every file that git tracks or would add, prints the findings and fails if there are any.
pub(crate) fn run(root: &Path) -> Result<()> {
    let sources = read_sources(root)?;
    let findings: Vec<String> = [
        unpaired_migrations(&sources),
        long_files(&sources),
        machine_paths(&sources),
        locked_hosts(&sources),
        undescribed_settings(&sources),
        worded_rules(&sources),
        places::misplaced_sql(&sources),
        places::unescaped_html(&sources),
        modules::modules(&sources),
        width::wide_prose(&sources),
    ]
    .concat();
    if findings.is_empty() {
        println!("tidy: {} files in order", sources.len());
        return Ok(());
    }
    for finding in &findings {
        println!("tidy: {finding}");
    }
    bail!("{} findings", findings.len());
}

/// Finds migrations that exist for only one engine. Both engines must have the same steps.
fn unpaired_migrations(sources: &[Source]) -> Vec<String> {
    let names = |engine: &str| -> BTreeSet<&str> {
        let folder = format!("migrations/{engine}/");
        sources
            .iter()
            .filter_map(|source| source.path.strip_prefix(&folder))
            .collect()
    };
    names("sqlite")
        .symmetric_difference(&names("postgres"))
        .map(|name| format!("migrations: {name} exists for one engine only"))
        .collect()
}

fn long_files(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.is_rust())
        .map(|source| (source, source.text.lines().count()))
        .filter(|&(_, lines)| lines > MAX_RUST_LINES)
        .map(|(source, lines)| {
            let path = &source.path;
            format!("{path}: {lines} lines, more than {MAX_RUST_LINES}")
        })
        .collect()
}

fn machine_paths(sources: &[Source]) -> Vec<String> {
    let found = |source: &Source| {
        MACHINE_PATHS
            .iter()
            .filter(|path| source.text.contains(**path))
            .map(|path| format!("{}: contains {path}, a path of one machine", source.path))
            .collect::<Vec<_>>()
    };
    sources.iter().flat_map(found).collect()
}

/// Finds lock files in which npm has written the host of its downloads, which may be the mirror of
/// one machine.
fn locked_hosts(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.path.ends_with("package-lock.json"))
        .filter(|source| source.text.contains("\"resolved\""))
        .map(|source| format!("{}: contains the host of a registry", source.path))
        .collect()
}

/// Finds settings of the server that README.md does not describe.
fn undescribed_settings(sources: &[Source]) -> Vec<String> {
    let readme = sources
        .iter()
        .find(|source| source.path == "README.md")
        .map_or("", |source| source.text.as_str());
    sources
        .iter()
        .filter(|source| source.path.starts_with("server/src/"))
        .flat_map(|source| settings(&source.text))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .filter(|name| !readme.contains(name))
        .map(|name| format!("README.md: does not describe the setting {name}"))
        .collect()
}

/// Finds Cyrillic letters in the business rules. The rules are independent of language; a text in
/// them would also be shown to users of other languages.
fn worded_rules(sources: &[Source]) -> Vec<String> {
    let is_cyrillic = |letter: char| ('\u{400}'..='\u{52f}').contains(&letter);
    let rules = sources
        .iter()
        .filter(|source| source.path.starts_with("domain/"));
    let lines = rules.flat_map(|source| {
        (1..)
            .zip(source.text.lines())
            .map(move |line| (source, line))
    });
    lines
        .filter(|(_, (_, text))| text.contains(is_cyrillic))
        .map(|(source, (number, _))| {
            format!(
                "{}:{number}: a Cyrillic letter; return a kind with its figures, and write the text in cashier_api::messages",
                source.path
            )
        })
        .collect()
}

/// Returns the names that a file gives to clap as `env = "NAME"`.
fn settings(text: &str) -> Vec<&str> {
    text.split("env = \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources<const N: usize>(files: [(&str, &str); N]) -> Vec<Source> {
        let source = |(path, text): (&str, &str)| Source {
            path: path.into(),
            text: text.into(),
        };
        files.map(source).into()
    }

    #[test]
    fn a_migration_of_only_one_engine_is_found() {
        let paired = sources([
            ("migrations/sqlite/1.sql", ""),
            ("migrations/postgres/1.sql", ""),
        ]);
        assert!(unpaired_migrations(&paired).is_empty());
        let lone = sources([
            ("migrations/sqlite/1.sql", ""),
            ("migrations/postgres/2.sql", ""),
        ]);
        assert_eq!(
            unpaired_migrations(&lone),
            [
                "migrations: 1.sql exists for one engine only",
                "migrations: 2.sql exists for one engine only"
            ]
        );
    }

    #[test]
    fn the_line_limit_applies_to_rust_files_and_is_inclusive() {
        let full = "\n".repeat(MAX_RUST_LINES);
        let over = "\n".repeat(MAX_RUST_LINES + 1);
        let files = sources([("a.rs", &full), ("b.rs", &over), ("c.lock", &over)]);
        assert_eq!(long_files(&files), ["b.rs: 401 lines, more than 400"]);
    }

    #[test]
    fn traces_of_one_machine_are_found() {
        let home = format!("see {}notes", MACHINE_PATHS[0]);
        assert_eq!(
            machine_paths(&sources([("a.md", &home), ("b.md", "/api/v1")])).len(),
            1
        );
        let lock = "{\"resolved\": \"https://example.test/a.tgz\"}";
        let files = sources([("x/package-lock.json", lock), ("y/package-lock.json", "{}")]);
        assert_eq!(
            locked_hosts(&files),
            ["x/package-lock.json: contains the host of a registry"]
        );
    }

    #[test]
    fn a_cyrillic_letter_in_the_rules_is_found() {
        let files = sources([
            (
                "domain/src/a.rs",
                "// Latin, \u{3c9} and \u{2019}\nlet b = \"\u{431}\";",
            ),
            ("cashier-api/src/messages.rs", "let b = \"\u{431}\";"),
        ]);
        assert_eq!(
            worded_rules(&files),
            [
                "domain/src/a.rs:2: a Cyrillic letter; return a kind with its figures, and write the text in cashier_api::messages"
            ]
        );
    }

    #[test]
    fn a_setting_must_be_in_the_readme() {
        let files = sources([
            ("README.md", "`DATABASE_URL` chooses the engine"),
            (
                "server/src/cli.rs",
                "#[arg(env = \"DATABASE_URL\")] #[arg(long, env = \"BONEX_LISTEN\")]",
            ),
        ]);
        assert_eq!(
            undescribed_settings(&files),
            ["README.md: does not describe the setting BONEX_LISTEN"]
        );
    }
}
