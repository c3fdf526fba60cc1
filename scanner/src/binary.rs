//! A frame as light and dark.

use rxing::common::BitMatrix;

use crate::luma::Luma;

/// Where light ends and dark begins: at a level between what is usual far around a pixel and what is usual near it.
///
/// The far mean knows a large dark module from a light one; the near mean finds the thin ones that blur has washed
/// out. Neither minds a shadow or a lamp, as one level for the whole frame would.
pub(crate) struct Threshold {
    near: u32,
    far: u32,
}

impl Threshold {
    /// The sides of the squares are `2 * radius + 1` pixels.
    ///
    /// # Panics
    /// At compile time, where the squares are too large for the sums in [`binarise`].
    pub(crate) const fn of_radii(near: u32, far: u32) -> Self {
        let threshold = Self { near, far };
        let (near, far) = threshold.areas();
        assert!(256 * 3 * (near as u64) * (far as u64) <= u32::MAX as u64);
        threshold
    }

    /// How many pixels the near and the far mean are of.
    const fn areas(&self) -> (u32, u32) {
        let (near, far) = (2 * self.near + 1, 2 * self.far + 1);
        (near * near, far * far)
    }
}

/// What is dark in the frame. `None` never comes but from sides of zero, which a frame has not.
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
            // level + 1 < (far mean + 2 near means) / 3, without dividing. One level is within the noise.
            let here = (u32::from(level) + 1) * 3 * near_area * far_area;
            if here < far * near_area + 2 * near * far_area {
                bits.set(x, y);
            }
        }
    }
    Some(bits)
}
