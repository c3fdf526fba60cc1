//! What a line across a frame meets: light and dark in turn, and how wide they are.

use crate::luma::{Luma, widened};

/// Parts of a pixel in which widths are measured: an edge lies between pixels where the light says so.
const PIXEL: u32 = 64;

/// How far along the line its usual level is looked for, in pixels: that of the surroundings, and that of the bars
/// nearby, which tells the thin ones that blur has washed out.
const FAR: usize = 80;
const NEAR: usize = 4;

/// Parts of a level, for means.
const LEVEL: i32 = 16;

/// Lines side by side that are read as one: a bar goes on there, and grain does not.
const STRANDS: usize = 5;

/// A line of pixels, as places in the frame's rows one after another.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    /// The first pixel of its first strand.
    pub(crate) start: usize,
    /// From a pixel to the next.
    pub(crate) step: usize,
    pub(crate) length: usize,
    /// From a strand to the next.
    pub(crate) aside: usize,
}

impl Line {
    /// The widths of light and dark along the line in turn, light first, in parts of a pixel.
    pub(crate) fn runs(self, frame: &Luma) -> Vec<u32> {
        let levels = self.levels(frame.pixels());
        let (near, far) = (means::<NEAR>(&levels), means::<FAR>(&levels));
        let mut runs = Vec::new();
        let mut run = 0;
        let mut before: i32 = -1;
        for ((level, near), far) in levels.iter().zip(near).zip(far) {
            // One level darker is grain.
            let darkness = i32::midpoint(near, far) - (level + 1) * LEVEL;
            if (darkness > 0) == (before > 0) {
                run += PIXEL;
            } else {
                let (last, this) = (before.unsigned_abs(), darkness.unsigned_abs());
                let to_edge = PIXEL * last / (last + this).max(1);
                runs.push(run + to_edge);
                run = PIXEL - to_edge;
            }
            before = darkness;
        }
        runs.push(run);
        runs
    }

    /// The levels of the line's pixels, averaged over its strands.
    fn levels(self, pixels: &[u8]) -> Vec<i32> {
        let mut levels = vec![0; self.length];
        for strand in 0..STRANDS {
            let pixels = pixels
                .get(self.start + strand * self.aside..)
                .unwrap_or_default();
            for (sum, &level) in levels.iter_mut().zip(pixels.iter().step_by(self.step)) {
                *sum += i32::from(level);
            }
        }
        let strands = i32::try_from(STRANDS).unwrap_or(i32::MAX);
        for sum in &mut levels {
            *sum /= strands;
        }
        levels
    }
}

/// The mean around each level, in parts of a level. Beyond its ends a line goes on as it ends there.
fn means<const RADIUS: usize>(levels: &[i32]) -> Vec<i32> {
    let mut total = 0;
    let mut totals = Vec::with_capacity(levels.len() + 2 * RADIUS + 1);
    totals.push(0);
    totals.extend(widened(levels, RADIUS).map(|level| {
        total += level;
        total
    }));
    let count = i32::try_from(2 * RADIUS + 1).unwrap_or(i32::MAX);
    let ends = totals.iter().skip(2 * RADIUS + 1);
    let sums = totals.iter().zip(ends).map(|(start, end)| end - start);
    sums.map(|sum| sum * LEVEL / count).collect()
}
