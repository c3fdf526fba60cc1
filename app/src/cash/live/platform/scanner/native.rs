//! The browser's own code detector, if it has one.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::HtmlVideoElement;

use crate::cash::live::platform::dynamic::{call, construct, object, property, settled, text};

const CLASS: &str = "BarcodeDetector";
const QR: &str = "qr_code";
const EAN: &str = "ean_13";

/// A `BarcodeDetector` for QR codes, and for EAN-13 if it reads that too.
pub(super) struct Detector(JsValue);

impl Detector {
    /// Creates a detector, or returns `None` if the browser reads no QR codes. Some browsers have
    /// the class on a device that cannot detect anything, so the list of formats is checked.
    pub(super) async fn new() -> Option<Self> {
        let class = property(&js_sys::global(), CLASS)?;
        let listed = settled(call(&class, "getSupportedFormats", []))
            .await
            .ok()?;
        let listed: Vec<String> = texts(&listed);
        let formats = [QR, EAN]
            .into_iter()
            .filter(|format| listed.iter().any(|listed| listed == format));
        if !formats.clone().any(|format| format == QR) {
            return None;
        }
        let formats: Array = formats.map(JsValue::from_str).collect();
        let options = object([("formats", formats.into())]);
        construct(CLASS, [options.into()]).ok().map(Self)
    }

    /// Returns every code in the current picture, or no codes if the detector fails.
    pub(super) async fn codes(&self, video: &HtmlVideoElement) -> Vec<String> {
        settled(call(&self.0, "detect", [video.into()]))
            .await
            .map(|found| {
                Array::from(&found)
                    .iter()
                    .filter_map(|code| text(&code, "rawValue"))
                    .filter(|code| !code.is_empty())
                    .collect()
            })
            .unwrap_or_default()
    }
}

fn texts(list: &JsValue) -> Vec<String> {
    Array::from(list)
        .iter()
        .filter_map(|text| text.as_string())
        .collect()
}
