//! The encoding of an uploaded table.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};
use serde::{Deserialize, Serialize};

use super::FileFault;

/// The beginnings of files that are not text: a workbook (a ZIP archive), an old workbook, a PDF.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];
const PDF: &[u8] = b"%PDF";

/// The marks at the beginning of a text that tell its encoding.
const MARKS: [(&[u8], Encoding); 3] = [
    (b"\xef\xbb\xbf", Encoding::Utf8),
    (b"\xff\xfe", Encoding::Utf16Le),
    (b"\xfe\xff", Encoding::Utf16Be),
];

/// An encoding of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// Cyrillic letters of Windows: «CSV» of Excel, and 1C.
    #[serde(rename = "windows-1251")]
    Windows1251,
    /// Little-endian UTF-16: «Unicode text» of Excel.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// Big-endian UTF-16.
    #[serde(rename = "utf-16be")]
    Utf16Be,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Windows1251, Self::Utf16Le, Self::Utf16Be];

    /// Returns the name that stands in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1251 => "windows-1251",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// Returns the encoding with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    /// Finds the encoding of a text.
    ///
    /// # Errors
    /// The [`FileFault`] of a file that is not a text.
    pub(super) fn detect(content: &[u8]) -> Result<Self, FileFault> {
        if WORKBOOKS.iter().any(|mark| content.starts_with(mark)) {
            return Err(FileFault::Workbook);
        }
        if content.starts_with(PDF) {
            return Err(FileFault::NotText);
        }
        let marked = MARKS.iter().find(|(mark, _)| content.starts_with(mark));
        if let Some((_, encoding)) = marked {
            return Ok(*encoding);
        }
        // Digits and separators of UTF-16 have a zero byte each.
        let zeros = |offset: usize| {
            let bytes = content.iter().skip(offset).step_by(2).take(1_000);
            bytes.filter(|byte| **byte == 0).count()
        };
        match (zeros(0), zeros(1)) {
            (0, 0) if std::str::from_utf8(content).is_ok() => Ok(Self::Utf8),
            (0, 0) => Ok(Self::Windows1251),
            (even, odd) if odd > 4 * even => Ok(Self::Utf16Le),
            (even, odd) if even > 4 * odd => Ok(Self::Utf16Be),
            _ => Err(FileFault::NotText),
        }
    }

    /// Returns the text, with one kind of line breaks and without the mark at its beginning.
    pub(super) fn decode(self, content: &[u8]) -> String {
        let mark = MARKS.iter().find(|(_, encoding)| *encoding == self);
        let content = mark
            .and_then(|(mark, _)| content.strip_prefix(*mark))
            .unwrap_or(content);
        let encoding = match self {
            Self::Utf8 => UTF_8,
            Self::Windows1251 => WINDOWS_1251,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        };
        let (text, _) = encoding.decode_without_bom_handling(content);
        text.replace("\r\n", "\n").replace('\r', "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_encoding_is_found_with_and_without_its_mark() {
        let text = "Телефон;Имя\n901234567;Зебо\n";
        let little = utf16(text, u16::to_le_bytes);
        let big = utf16(text, u16::to_be_bytes);
        let (ansi, _, _) = WINDOWS_1251.encode(text);
        for (content, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
            (ansi.to_vec(), Encoding::Windows1251),
            (little.clone(), Encoding::Utf16Le),
            ([b"\xff\xfe".to_vec(), little].concat(), Encoding::Utf16Le),
            (big.clone(), Encoding::Utf16Be),
            ([b"\xfe\xff".to_vec(), big].concat(), Encoding::Utf16Be),
        ] {
            assert_eq!(Encoding::detect(&content), Ok(encoding));
            assert_eq!(encoding.decode(&content), text, "{encoding:?}");
        }
        assert_eq!(Encoding::Utf8.decode(b"a\r\nb\rc"), "a\nb\nc");
    }

    #[test]
    fn a_workbook_is_not_a_text() {
        for (content, fault) in [
            (b"PK\x03\x04 and so on".as_slice(), FileFault::Workbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", FileFault::Workbook),
            (b"%PDF-1.7", FileFault::NotText),
            (b"\x00\x01\x00\x00\x02\x00\x01\x00\x00", FileFault::NotText),
        ] {
            assert_eq!(Encoding::detect(content), Err(fault));
        }
    }
}
