//! Reads a client's QR code or club card out of a camera's frame.
//!
//! A till's camera is poor and its light worse, so a frame is looked at in several ways, the [passes](passes): they
//! differ in how they part light from dark, and together they read what none of them reads alone. A caller gives each
//! frame another pass. In a browser this crate runs in a worker of its own (`worker.js`).
//!
//! A misreading would find the wrong client, so what is in doubt is not read.

mod barcode;
mod binary;
mod luma;
mod qr;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

use binary::Threshold;
use luma::Luma;

/// One way to look at a frame.
struct Pass {
    /// Whether to look at it in half the size: noise goes, and so do fine modules.
    halved: bool,
    threshold: Threshold,
}

const COUNT: u32 = 4;

/// The first reads most, the others what it misses: bars and thin strokes, noise and motion, blur under glare.
const PASSES: [Pass; COUNT as usize] = [
    Pass {
        halved: false,
        threshold: Threshold::of_radii(12, 40),
    },
    Pass {
        halved: false,
        threshold: Threshold::of_radii(3, 40),
    },
    Pass {
        halved: true,
        threshold: Threshold::of_radii(3, 40),
    },
    Pass {
        halved: false,
        threshold: Threshold::of_radii(8, 24),
    },
];

/// How many passes there are.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn passes() -> u32 {
    COUNT
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
    let frame = if pass.halved { frame.halved() } else { frame };
    let mut bits = binary::binarise(&frame.smoothed(), &pass.threshold)?;

    let text = qr::read(&bits);
    // In half the size bars would run into each other.
    let text = text.or_else(|| {
        if pass.halved {
            None
        } else {
            barcode::read(&bits)
        }
    });
    text.or_else(|| {
        bits.flip_self();
        qr::read(&bits)
    })
}
