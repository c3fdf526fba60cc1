//! Cuts a file into the pieces that are to be pasted into a configuration.

/// The line before a piece: what follows names the place, and where the code runs in brackets.
const BEGIN: &str = "//=== НАЧАЛО: ";
/// The line after a piece.
const END: &str = "//=== КОНЕЦ";

/// A piece of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The place, such as `ОбщийМодуль.BonexИнтеграция (Сервер, ВызовСервера)`.
    pub place: String,
    /// The number of its first line in the file.
    pub first_line: usize,
    /// The code.
    pub code: String,
}

/// Returns the pieces of a file.
///
/// # Errors
/// A sentence if the markers do not match, or if a line outside of pieces is neither empty nor a
/// comment.
pub fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut open: Option<Piece> = None;
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let number = index + 1;
        match (&mut open, line.strip_prefix(BEGIN)) {
            (Some(_), Some(_)) => return Err(format!("line {number}: a piece inside a piece")),
            (None, Some(place)) => {
                open = Some(Piece {
                    place: place.trim().to_owned(),
                    first_line: number + 1,
                    code: String::new(),
                });
            }
            (Some(piece), None) if line.trim_end() != END => {
                piece.code.push_str(line);
                piece.code.push('\n');
            }
            (Some(_), None) => pieces.extend(open.take()),
            (None, None) => {
                let plain = line.trim();
                if !plain.is_empty() && !plain.starts_with("//") || plain == END {
                    return Err(format!("line {number}: code outside of a piece"));
                }
            }
        }
    }
    if open.is_some() {
        return Err("the last piece has no end".to_owned());
    }
    Ok(pieces)
}
