//! Conversion of a frame to light and dark pixels.

use rxing::common::BitMatrix;

use crate::luma::Luma;

/// The sizes of the two squares around a pixel from which the limit between light and dark is
/// computed.
///
/// The mean of the far square distinguishes a large dark module from a light one. The mean of the
/// near square finds thin modules that blur has made grey. Unlike one limit for the whole frame,
/// this works in shadows and under lamps.
pub(crate) struct Threshold {
    near: u32,
    far: u32,
}

impl Threshold {
    /// Makes the threshold. The sides of the squares are `2 * radius + 1` pixels.
    ///
    /// # Panics
    /// At compile time, if the squares are too large for the sums in [`binarise`].
    pub(crate) const fn of_radii(near: u32, far: u32) -> Self {
        let threshold = Self { near, far };
        let (near, far) = threshold.areas();
        assert!(256 * 3 * (near as u64) * (far as u64) <= u32::MAX as u64);
        threshold
    }

    /// Returns the number of pixels in the near and in the far square.
    const fn areas(&self) -> (u32, u32) {
        let (near, far) = (2 * self.near + 1, 2 * self.far + 1);
        (near * near, far * far)
    }
}

/// Returns the dark pixels of the frame. Returns `None` only for a side of zero, which no frame
/// has.
pub(crate) fn binarise(frame: &Luma, threshold: &Threshold) -> Option<BitMatrix> {
    let (width, height) = (
        u32::try_from(frame.width()).ok()?,
        u32::try_from(frame.height()).ok()?,
    );
    let mut bits = BitMatrix::new(width, height).ok()?;
    let near_sums = frame.square_sums(usize::try_from(threshold.near).ok()?);
    let far_sums = frame.square_sums(usize::try_from(threshold.far).ok()?);
    let (near_area, far_area) = threshold.areas();
    for (((y, row), near), far) in (0..).zip(frame.rows()).zip(near_sums).zip(far_sums) {
        for (((x, &level), near), far) in (0..).zip(row).zip(near).zip(far) {
            // Dark if level + 1 < (far mean + 2 near means) / 3, computed without dividing. A
            // difference of one level is noise.
            let here = (u32::from(level) + 1) * 3 * near_area * far_area;
            if here < far * near_area + 2 * near * far_area {
                bits.set(x, y);
            }
        }
    }
    Some(bits)
}
