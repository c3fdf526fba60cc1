//! A frame as brightness levels.

use std::ops::RangeInclusive;

/// The sides that a camera can have, in pixels. The limit also keeps every sum below in 32 bits.
const SIDES: RangeInclusive<u32> = 64..=4096;

/// A grey picture. Neither side is zero.
pub(crate) struct Luma {
    width: usize,
    height: usize,
    /// The levels row by row; 0 is black.
    pixels: Vec<u8>,
}

impl Luma {
    /// Converts RGBA pixels to grey. Returns `None` if the size does not agree with the number of
    /// pixels, or is not a camera's.
    pub(crate) fn of_rgba(rgba: &[u8], width: u32, height: u32) -> Option<Self> {
        if !SIDES.contains(&width) || !SIDES.contains(&height) {
            return None;
        }
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        let (pixels, []) = rgba.as_chunks::<4>() else {
            return None;
        };
        if pixels.len() != width * height {
            return None;
        }
        let pixels = pixels.iter().map(|&[red, green, blue, _]| {
            // The weights of BT.601, in parts of 256.
            average(
                77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue),
                256,
            )
        });
        Some(Self {
            width,
            height,
            pixels: pixels.collect(),
        })
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// Returns the levels row by row; 0 is black.
    pub(crate) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.width)
    }

    /// Returns the row `y`, or the nearest one.
    pub(crate) fn row(&self, y: usize) -> &[u8] {
        let y = y.min(self.height - 1);
        let mut from_there = self.pixels.chunks_exact(self.width).skip(y);
        from_there.next().unwrap_or_default()
    }

    /// Returns the picture in half the size: each two by two pixels become one.
    pub(crate) fn halved(&self) -> Self {
        let (upper, lower) = (self.rows().step_by(2), self.rows().skip(1).step_by(2));
        let pixels = upper.zip(lower).flat_map(|(upper, lower)| {
            let (upper, lower) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0);
            let squares = upper.iter().zip(lower);
            squares
                .map(|(&[a, b], &[c, d])| average([a, b, c, d].into_iter().map(u32::from).sum(), 4))
        });
        Self {
            width: self.width / 2,
            height: self.height / 2,
            pixels: pixels.collect(),
        }
    }

    /// Returns the picture with each pixel averaged with the eight around it; nearer ones have more
    /// weight. This removes the noise of the sensor.
    pub(crate) fn smoothed(&self) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len());
        let mut columns = Vec::with_capacity(self.width);
        let mut with_margins = Vec::with_capacity(self.width + 2);
        for (y, row) in self.rows().enumerate() {
            let above = self.row(y.saturating_sub(1));
            let below = self.row(y + 1);
            columns.clear();
            columns.extend(
                above
                    .iter()
                    .zip(row)
                    .zip(below)
                    .map(|((&above, &here), &below)| {
                        u32::from(above) + 2 * u32::from(here) + u32::from(below)
                    }),
            );
            with_margins.clear();
            with_margins.extend(widened(&columns, 1));
            let sums = with_margins.array_windows();
            pixels.extend(sums.map(|[left, here, right]| average(left + 2 * here + right, 16)));
        }
        Self { pixels, ..*self }
    }

    /// Returns, row by row, the sum of the levels in the square around each pixel. The square is
    /// `2 * radius + 1` wide. Beyond the edges the outermost pixels are repeated.
    pub(crate) fn square_sums(&self, radius: usize) -> impl Iterator<Item = Vec<u32>> {
        // The sums of the columns, for a square around the row above the first one. That row and
        // those before it are copies of the first one.
        let mut columns = vec![0; self.width];
        let first = std::iter::repeat_n(self.row(0), radius + 1);
        for row in first.chain((0..radius).map(|y| self.row(y))) {
            for (sum, &level) in columns.iter_mut().zip(row) {
                *sum += u32::from(level);
            }
        }
        let mut totals = Vec::with_capacity(self.width + 2 * radius + 1);
        (0..self.height).map(move |y| {
            let leaving = self.row(y.saturating_sub(radius + 1));
            let entering = self.row(y + radius);
            for ((sum, &old), &new) in columns.iter_mut().zip(leaving).zip(entering) {
                *sum = *sum + u32::from(new) - u32::from(old);
            }
            let mut total = 0;
            totals.clear();
            totals.push(0);
            totals.extend(widened(&columns, radius).map(|sum| {
                total += sum;
                total
            }));
            let ends = totals.iter().skip(2 * radius + 1);
            totals
                .iter()
                .zip(ends)
                .map(|(start, end)| end - start)
                .collect()
        })
    }
}

/// Returns the values with the first and the last of them repeated `margin` times.
pub(crate) fn widened<T: Copy + Default>(values: &[T], margin: usize) -> impl Iterator<Item = T> {
    let end = |value: Option<&T>| std::iter::repeat_n(value.copied().unwrap_or_default(), margin);
    let (before, after) = (end(values.first()), end(values.last()));
    before.chain(values.iter().copied()).chain(after)
}

/// Returns the mean of levels, which is a level too.
fn average(sum: u32, count: u32) -> u8 {
    u8::try_from(sum / count).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a picture of 64 by 64 pixels; `level` gives the grey of each place.
    fn picture(level: impl Fn(usize, usize) -> u8) -> Luma {
        let places = (0..64).flat_map(|y| (0..64).map(move |x| (x, y)));
        let rgba: Vec<u8> = places
            .flat_map(|(x, y)| [[level(x, y); 3].as_slice(), &[255]].concat())
            .collect();
        Luma::of_rgba(&rgba, 64, 64).unwrap()
    }

    #[test]
    fn a_frame_must_have_as_many_pixels_as_its_size_says() {
        let rgba = vec![0; 64 * 64 * 4];
        assert!(Luma::of_rgba(&rgba, 64, 64).is_some());
        for (width, height) in [
            (64, 65),
            (63, 64),
            (0, 0),
            (32, 128),
            (u32::MAX, u32::MAX),
            (1 << 16, 1 << 16),
        ] {
            assert!(
                Luma::of_rgba(&rgba, width, height).is_none(),
                "{width} × {height}"
            );
        }
        assert!(Luma::of_rgba(&rgba[1..], 64, 64).is_none());
    }

    #[test]
    fn an_even_grey_keeps_its_level() {
        for level in [0, 1, 127, 254, 255] {
            let picture = picture(|_, _| level);
            for picture in [picture.halved(), picture.smoothed(), picture] {
                assert!(picture.rows().flatten().all(|&it| it == level));
            }
        }
    }

    #[test]
    fn half_the_size_averages_squares() {
        let halved = picture(|x, y| if x % 2 == 0 && y % 2 == 0 { 200 } else { 100 }).halved();
        assert_eq!((halved.width(), halved.height()), (32, 32));
        assert!(halved.rows().flatten().all(|&it| it == 125));
        assert_eq!(halved.rows().count(), 32);
    }

    #[test]
    fn square_sums_are_sums_of_squares() {
        let level = |x: usize, y: usize| u8::try_from((x * 7 + y * 13 + x * y) % 256).unwrap();
        let picture = picture(level);
        for radius in [0, 1, 5, 40] {
            let sums: Vec<Vec<u32>> = picture.square_sums(radius).collect();
            assert_eq!((sums.len(), sums[0].len()), (64, 64));
            for (x, y) in [(0, 0), (63, 0), (31, 17), (2, 62), (63, 63)] {
                let side =
                    |at: usize| (at..=at + 2 * radius).map(|it| it.saturating_sub(radius).min(63));
                let expected: u32 = side(y)
                    .flat_map(|y| side(x).map(move |x| u32::from(level(x, y))))
                    .sum();
                assert_eq!(sums[y][x], expected, "radius {radius} at {x}, {y}");
            }
        }
    }
}
