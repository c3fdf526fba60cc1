//! Reads a client's QR code or club card out of a camera's frame.
//!
//! A till's camera is poor and its light worse, so a frame is looked at in several ways, the [passes](passes): they
//! differ in how they part light from dark, and together they read what none of them reads alone. A caller gives each
//! frame another pass. In a browser this crate runs in a worker of its own (`worker.js`).
//!
//! A misreading would find the wrong client, so what is in doubt is not read.

mod barcode;
mod binary;
mod ean13;
mod luma;
mod profile;
mod qr;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

use binary::Threshold;
use luma::Luma;

/// One way to look at a frame.
struct Pass {
    /// Whether to look for QR codes in half the size: noise goes, and so do fine modules.
    halved: bool,
    threshold: Threshold,
    /// Whether to look for barcodes too.
    barcodes: bool,
}

const PASS_COUNT: u32 = 3;

/// The first is quick and finds most, the others what it misses.
const PASSES: [Pass; PASS_COUNT as usize] = [
    Pass {
        halved: true,
        threshold: Threshold::of_radii(3, 40),
        barcodes: true,
    },
    // Small codes.
    Pass {
        halved: false,
        threshold: Threshold::of_radii(12, 40),
        barcodes: false,
    },
    // Blur, the edge of a lamp's reflection.
    Pass {
        halved: false,
        threshold: Threshold::of_radii(8, 24),
        barcodes: false,
    },
];

/// How many passes there are.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn passes() -> u32 {
    PASS_COUNT
}

/// What stands on the QR code or the club card's EAN-13 in a frame, if it can be read.
///
/// `rgba` are the frame's pixels row by row, four bytes each, as a canvas gives them; `width` and `height` are in
/// pixels. `pass` is any number: the passes follow each other again and again. Dark on light and light on dark are
/// both read. `None` too for a frame whose size is not that of its pixels, or is below 64 or above 4096.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn decode(rgba: &[u8], width: u32, height: u32, pass: u32) -> Option<String> {
    let pass = PASSES.get(usize::try_from(pass % passes()).ok()?)?;
    let frame = Luma::of_rgba(rgba, width, height)?;
    let barcode = || {
        pass.barcodes
            .then(|| barcode::read(&frame.smoothed()))
            .flatten()
    };
    qr_code(&frame, pass).or_else(barcode)
}

/// The text of a QR code, dark on light or light on dark.
fn qr_code(frame: &Luma, pass: &Pass) -> Option<String> {
    let mut bits = if pass.halved {
        binary::binarise(&frame.halved().smoothed(), &pass.threshold)?
    } else {
        binary::binarise(&frame.smoothed(), &pass.threshold)?
    };
    qr::read(&bits).or_else(|| {
        bits.flip_self();
        qr::read(&bits)
    })
}
