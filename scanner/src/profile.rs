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

/// A line from an edge of the frame to another.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    pub(crate) start: (usize, usize),
    /// The step to the next pixel.
    pub(crate) across: isize,
    pub(crate) down: isize,
}

impl Line {
    /// The widths of light and dark along the line in turn, light first, in parts of a pixel.
    pub(crate) fn runs(self, frame: &Luma) -> Vec<u32> {
        let levels = self.levels(frame);
        let (near, far) = (means(&levels, NEAR), means(&levels, FAR));
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

    /// The levels of the pixels from the start on, each averaged with those beside the line: a bar goes on there, and
    /// grain does not.
    fn levels(self, frame: &Luma) -> Vec<i32> {
        let (x, y) = self.start;
        let place = |x: usize, y: usize, steps: isize, aside: isize| {
            let x = x.checked_add_signed(self.across * steps - self.down * aside)?;
            let y = y.checked_add_signed(self.down * steps + self.across * aside)?;
            frame.level(x, y).map(i32::from)
        };
        let levels = (0..).map_while(|steps| {
            let level = place(x, y, steps, 0)?;
            let beside = [-2, -1, 1, 2].map(|aside| place(x, y, steps, aside).unwrap_or(level));
            Some((level + beside.iter().sum::<i32>()) / 5)
        });
        levels.collect()
    }
}

/// The mean around each level, in parts of a level. Beyond its ends a line goes on as it ends there.
fn means(levels: &[i32], radius: usize) -> Vec<i32> {
    let mut total = 0;
    let totals: Vec<i32> = std::iter::once(0)
        .chain(widened(levels, radius).map(|level| {
            total += level;
            total
        }))
        .collect();
    let count = i32::try_from(2 * radius + 1).unwrap_or(i32::MAX);
    let ends = totals.iter().skip(2 * radius + 1);
    totals
        .iter()
        .zip(ends)
        .map(|(start, end)| (end - start) * LEVEL / count)
        .collect()
}
