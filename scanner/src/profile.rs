//! The light and dark parts along a line across a frame, with their widths.

use crate::luma::{Luma, widened};

/// The width of a pixel in the units in which widths are measured. An edge lies between two pixels,
/// and their levels give its position there in these units.
const PIXEL: u32 = 64;

/// The distances, in pixels along the line in both directions, over which levels are averaged. The
/// limit between light and dark lies halfway between the two means. The far mean is the brightness
/// of the surroundings; the near mean finds thin bars that blur has made grey.
const FAR: usize = 80;
const NEAR: usize = 4;

/// One level in the units in which means are computed.
const LEVEL: i32 = 16;

/// The number of adjacent parallel lines that are averaged into one. A bar continues across them,
/// noise does not.
const PARALLELS: usize = 5;

/// A line across the frame, as wide as [`PARALLELS`] parallel lines of pixels. Positions count the
/// frame's pixels row by row.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    /// The position of the first pixel of the first parallel line.
    pub(crate) start: usize,
    /// The distance from one pixel to the next.
    pub(crate) step: usize,
    pub(crate) length: usize,
    /// The distance from one parallel line to the next.
    pub(crate) aside: usize,
}

impl Line {
    /// Returns the widths of light and dark parts along the line, alternately, light first, in
    /// units of [`PIXEL`].
    pub(crate) fn runs(self, frame: &Luma) -> Vec<u32> {
        let levels = self.levels(frame.pixels());
        let (near, far) = (means::<NEAR>(&levels), means::<FAR>(&levels));
        let mut runs = Vec::new();
        let mut run = 0;
        let mut before: i32 = -1;
        for ((level, near), far) in levels.iter().zip(near).zip(far) {
            // A difference of one level is noise.
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

    /// Returns the levels of the line's pixels, averaged over its parallel lines.
    fn levels(self, pixels: &[u8]) -> Vec<i32> {
        let mut levels = vec![0; self.length];
        for parallel in 0..PARALLELS {
            let pixels = pixels
                .get(self.start + parallel * self.aside..)
                .unwrap_or_default();
            for (sum, &level) in levels.iter_mut().zip(pixels.iter().step_by(self.step)) {
                *sum += i32::from(level);
            }
        }
        let parallels = i32::try_from(PARALLELS).unwrap_or(i32::MAX);
        for sum in &mut levels {
            *sum /= parallels;
        }
        levels
    }
}

/// Returns the mean around each level, in units of [`LEVEL`]. Beyond its ends the line is continued
/// with its last level.
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
