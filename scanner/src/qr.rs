//! Reading of QR codes.

use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};

/// The number of triples of finder patterns that are tried, the most likely first. A frame full of
/// such patterns has thousands.
const MAX_CANDIDATES: usize = 100;

/// Returns the text of a QR code that is dark on light.
pub(crate) fn read(bits: &BitMatrix) -> Option<String> {
    let mut patterns = FindFinderPatterns(bits, true, 0);
    let candidates = GenerateFinderPatternSets(&mut patterns).into_iter();
    candidates.take(MAX_CANDIDATES).find_map(|corners| {
        let symbol = SampleQR(bits, &corners).ok()?;
        let message = Decode(symbol.getBits()).ok()?;
        // The text is expected to be UTF-8, because clients' codes are ASCII. The tables of other
        // encodings would only make the program larger.
        let text = str::from_utf8(message.content().bytes()).ok()?;
        (message.isValid() && !text.is_empty()).then(|| text.to_owned())
    })
}
