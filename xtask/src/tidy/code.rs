//! A simple reader of Rust code that finds which modules a file uses.

/// Returns the tokens of a Rust file, without comments, string literals and the unit tests at its
/// end.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut rest = without_tests(text);
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (length, is_token) = match first {
            _ if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), false),
            _ if rest.starts_with("/*") => (rest.find("*/").map_or(rest.len(), |at| at + 2), false),
            'r' if let Some(length) = raw_text(rest) => (length, false),
            '"' => (quoted(rest), false),
            '\'' => (letter(rest), false),
            _ => (word(rest, first), !first.is_whitespace()),
        };
        let (token, after) = rest.split_at(length);
        if is_token {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

/// Returns the text of a file before the unit tests at its end.
pub(super) fn without_tests(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod tests {")
        .map_or(text, |(code, _)| code)
}

fn word(text: &str, first: char) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    if text.starts_with("::") {
        2
    } else if is_part(first) {
        text.find(|c| !is_part(c)).unwrap_or(text.len())
    } else {
        first.len_utf8()
    }
}

/// Returns the length of `r"…"` or `r#"…"#`.
fn raw_text(text: &str) -> Option<usize> {
    let (start, body) = text.split_once('"')?;
    let hashes = start.strip_prefix('r')?;
    if hashes.chars().any(|c| c != '#') {
        return None;
    }
    let end = ["\"", hashes].concat();
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(start.len() + 1 + length)
}

/// Returns the length of `"…"`.
fn quoted(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Returns the length of a character literal. For a lifetime, returns the length of its quote only.
fn letter(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some(_)) => letters
            .find(|(_, c)| *c == '\'')
            .map_or(1, |(end, _)| end + 1),
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

/// The name that an item has in this file, and its path.
pub(super) type Named<'a> = (&'a str, Vec<&'a str>);

/// The modules and items that one file refers to.
#[derive(Default)]
pub(super) struct Uses<'a> {
    /// Items imported by `use`.
    pub(super) imports: Vec<Named<'a>>,
    /// Items exported by `pub use`.
    pub(super) exports: Vec<Named<'a>>,
    /// Paths and names in the rest of the code.
    pub(super) paths: Vec<Vec<&'a str>>,
}

impl<'a> Uses<'a> {
    /// Reads the tokens of a file.
    pub(super) fn of(mut tokens: &[&'a str]) -> Self {
        let mut uses = Self::default();
        let mut is_public = false;
        while let [token, rest @ ..] = tokens {
            tokens = rest;
            match *token {
                // `impl Trait + use<'a>` is not an import.
                "use" if rest.first() == Some(&"<") => {}
                "use" if is_public => tokens = tree(rest, &[], &mut uses.exports),
                "use" => tokens = tree(rest, &[], &mut uses.imports),
                _ if is_name(token) => {
                    let mut path = vec![*token];
                    while let ["::", next, rest @ ..] = tokens
                        && is_name(next)
                    {
                        path.push(next);
                        tokens = rest;
                    }
                    uses.paths.push(path);
                }
                _ => {}
            }
            // `pub`, `pub(crate)`, `pub(in a::b)`.
            is_public = *token == "pub" || is_public && !matches!(*token, ";" | "{" | "}");
        }
        uses
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads the tree of a `use` declaration below the path `before`, and returns the tokens after it.
fn tree<'a, 't>(
    mut tokens: &'t [&'a str],
    before: &[&'a str],
    found: &mut Vec<Named<'a>>,
) -> &'t [&'a str] {
    let mut path = before.to_vec();
    while let [token, rest @ ..] = tokens {
        match *token {
            "{" => {
                tokens = rest;
                while !matches!(tokens, [] | ["}" | ";", ..]) {
                    tokens = tree(tokens, &path, found);
                    tokens = tokens.strip_prefix(&[","]).unwrap_or(tokens);
                }
                return tokens.strip_prefix(&["}"]).unwrap_or(tokens);
            }
            "as" => {
                found.push((rest.first().copied().unwrap_or("_"), path));
                return rest.get(1..).unwrap_or_default();
            }
            "," | "}" | ";" => break,
            "::" => {}
            // `a::{self}` is `a`.
            "self" if !path.is_empty() => {}
            name => path.push(name),
        }
        tokens = rest;
    }
    found.extend(path.last().copied().map(|name| (name, path)));
    tokens
}
