//! A scanner that reads codes from a running video until it is dropped.
//!
//! It reads in two ways at once: with the browser's own detector, if that reads QR codes, and with
//! our decoder in a worker. The worker is loaded only if the detector is missing or has found
//! nothing for a while, as happens with a worn card or a dim screen.

mod frame;
mod native;
mod sight;
mod worker;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlVideoElement;

use super::page::sleep;
use frame::Canvas;
use native::Detector;
use sight::Sight;
use worker::Decoder;

/// The time without a found code after which our decoder helps the browser's own detector.
const DETECTOR_ALONE_MS: i64 = 700;
/// The pause between two frames, which leaves time for the screen and the keys.
const PAUSE_MS: u32 = 50;
/// The pause before our decoder is loaded again after a failure: the network may be back by then.
const RELOAD_MS: u32 = 3_000;
/// The number of failed loads after which our decoder counts as missing.
const MOST_FAILURES: u32 = 2;

/// The published files of our decoder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScannerFiles {
    /// The address of the decoder's worker, a JavaScript module.
    pub worker_url: String,
}

/// A scanner that reads until it is dropped.
#[must_use = "dropping the scanner stops it"]
pub struct Scanner {
    sight: Rc<Sight>,
}

impl Scanner {
    /// Reads what `video` shows, and calls `on_code` once for each code that comes into view. A
    /// code counts as new again after two seconds out of view. `on_blind` is called with `true`
    /// when our decoder cannot be loaded, and with `false` when it works again; loading is tried
    /// again and again.
    pub fn start(
        video: HtmlVideoElement,
        files: ScannerFiles,
        on_code: impl Fn(String) + 'static,
        on_blind: impl Fn(bool) + 'static,
    ) -> Self {
        let sight = Rc::new(Sight::new(video, on_code));
        spawn_local(look(sight.clone(), files, on_blind));
        Self { sight }
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.sight.close();
    }
}

async fn look(sight: Rc<Sight>, files: ScannerFiles, on_blind: impl Fn(bool)) {
    let patience_ms = match Detector::new().await {
        Some(detector) => {
            spawn_local(look_natively(sight.clone(), detector));
            DETECTOR_ALONE_MS
        }
        None => 0,
    };
    look_by_worker(sight, files, patience_ms, on_blind).await;
}

async fn look_natively(sight: Rc<Sight>, detector: Detector) {
    while sight.is_open() {
        if sight.has_picture() {
            for code in detector.codes(sight.video()).await {
                sight.saw(code);
            }
        }
        sleep(PAUSE_MS).await;
    }
}

async fn look_by_worker(
    sight: Rc<Sight>,
    files: ScannerFiles,
    patience_ms: i64,
    on_blind: impl Fn(bool),
) {
    let Some(canvas) = Canvas::new() else { return };
    let mut pass = 0;
    let mut failures = 0_u32;
    while sight.is_open() {
        let frame = (sight.has_picture() && sight.fruitless_ms() >= patience_ms)
            .then(|| canvas.grab(sight.video()))
            .flatten();
        if let Some(frame) = frame {
            let decoded = Decoder::decode(&files.worker_url, frame, pass).await;
            let before = failures;
            failures = match decoded {
                Ok(_) => 0,
                Err(_) => failures.saturating_add(1),
            };
            let is_blind = failures >= MOST_FAILURES;
            if sight.is_open() && is_blind != (before >= MOST_FAILURES) {
                on_blind(is_blind);
            }
            match decoded {
                // The way of reading that has worked will work for the next frame too.
                Ok(Some(code)) => sight.saw(code),
                // Each pass number reads a frame in another way.
                Ok(None) => pass = pass.wrapping_add(1),
                Err(_) => sleep(RELOAD_MS).await,
            }
        }
        sleep(PAUSE_MS).await;
    }
}
