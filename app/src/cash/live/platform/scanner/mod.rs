//! Reads codes from a running video until it is dropped.
//!
//! Two ways at once: the browser's own detector where it reads QR codes, and our decoder in a
//! worker. The worker is loaded only where the detector is missing or has found nothing for a
//! while, which it does on a worn card or a dim screen.

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

/// How long the browser's own detector may find nothing before our decoder helps it.
const DETECTOR_ALONE_MS: i64 = 700;
/// Between two frames: the screen and the keys come first.
const PAUSE_MS: u32 = 50;
/// Before our decoder is loaded again, where it could not be: the network may be back by then.
const RELOAD_MS: u32 = 3_000;
/// Loaded so often in vain, our decoder is not there.
const MOST_FAILURES: u32 = 2;

/// Where our decoder is published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScannerFiles {
    /// The address of its worker, a JavaScript module.
    pub worker_url: String,
}

/// Reads until it is dropped.
#[must_use = "who drops the scanner reads no codes"]
pub struct Scanner {
    sight: Rc<Sight>,
}

impl Scanner {
    /// Reads what `video` shows, and calls back once for each code that comes into its sight. A
    /// code counts as new again when it was out of sight for two seconds. `on_blind` is told whether our decoder cannot
    /// be loaded, which is tried on.
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
                // What has worked will work for the next one.
                Ok(Some(code)) => sight.saw(code),
                // Each looks at a frame in another way.
                Ok(None) => pass = pass.wrapping_add(1),
                Err(_) => sleep(RELOAD_MS).await,
            }
        }
        sleep(PAUSE_MS).await;
    }
}
