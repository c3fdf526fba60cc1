//! Reads a client's QR code or club card from a frame of a camera.
//!
//! The camera of a till is poor and its light is worse, so a frame is read in several ways, the
//! [passes](passes). They divide light from dark in different ways, and together they read codes
//! that no single one of them reads. The caller uses the next pass for each frame. In a browser
//! this crate runs in its own worker (`worker.js`).
//!
//! A wrong reading would find the wrong client, so a doubtful symbol is not read.

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

/// A way to read a frame.
struct Pass {
    /// `true` to look for QR codes in half the size. This removes noise, but fine modules too.
    halved: bool,
    threshold: Threshold,
    /// `true` to look for barcodes too.
    barcodes: bool,
}

const PASS_COUNT: u32 = 3;

/// The first pass is quick and reads most symbols. The others read symbols that the first one does
/// not read.
const PASSES: [Pass; PASS_COUNT as usize] = [
    Pass {
        halved: true,
        threshold: Threshold::of_radii(3, 40),
        barcodes: true,
    },
    // For small codes.
    Pass {
        halved: false,
        threshold: Threshold::of_radii(12, 40),
        barcodes: false,
    },
    // For blur, and for the edge of a lamp's reflection.
    Pass {
        halved: false,
        threshold: Threshold::of_radii(8, 24),
        barcodes: false,
    },
];

/// Returns the number of passes.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn passes() -> u32 {
    PASS_COUNT
}

/// Returns the text of the QR code, or of the EAN-13 barcode, in a frame if it can be read.
///
/// `rgba` contains the frame's pixels row by row, four bytes each, as in a canvas; `width` and
/// `height` are in pixels. `pass` may be any number: the passes repeat in a cycle. Symbols are read
/// both dark on light and light on dark. Returns `None` too if the size does not agree with the
/// number of pixels, or if a side is below 64 or above 4096.
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

/// Returns the text of a QR code that is dark on light or light on dark.
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
