//! One picture of a video, as bytes.

use js_sys::{ArrayBuffer, Uint8ClampedArray};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement};

use crate::cash::live::platform::dynamic::{object, property};
use crate::cash::live::platform::window;

/// The longest side of a grabbed picture, in pixels. At this size a code that fills a third of the
/// view still has three pixels per module.
const LONGEST_SIDE: u32 = 960;

/// A picture: four bytes per pixel (red, green, blue, alpha), row by row.
pub(super) struct Frame {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rgba: ArrayBuffer,
}

/// A canvas on which a video's picture is drawn to read its pixels. It is not part of the page.
pub(super) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    pub(super) fn new() -> Option<Self> {
        let element: HtmlCanvasElement = window()
            .document()?
            .create_element("canvas")
            .ok()?
            .unchecked_into();
        // Keeps the canvas in main memory: reading back from a graphics card would take longer than
        // everything else.
        let options = object([("willReadFrequently", JsValue::TRUE)]);
        let context = element
            .get_context_with_context_options("2d", &options)
            .ok()??
            .unchecked_into();
        Some(Self { element, context })
    }

    /// Grabs the middle of the picture that `video` shows now.
    pub(super) fn grab(&self, video: &HtmlVideoElement) -> Option<Frame> {
        let cut = Cut::of(video.video_width(), video.video_height());
        // Setting a canvas's size allocates it again, even if the size stays the same.
        if (self.element.width(), self.element.height()) != cut.target {
            self.element.set_width(cut.target.0);
            self.element.set_height(cut.target.1);
        }
        let (width, height) = cut.target;
        self.context
            .draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                video,
                cut.left.into(),
                cut.top.into(),
                cut.source.0.into(),
                cut.source.1.into(),
                0.0,
                0.0,
                width.into(),
                height.into(),
            )
            .ok()?;
        let image = self
            .context
            .get_image_data(0.0, 0.0, width.into(), height.into())
            .ok()?;
        // Reads `data` by name: `web-sys` would copy the pixels into our memory, and we would copy
        // them out again.
        let pixels: Uint8ClampedArray = property(&image, "data")?.dyn_into().ok()?;
        Some(Frame {
            width,
            height,
            rgba: pixels.buffer(),
        })
    }
}

/// The part of a picture that is decoded: its middle, at most 4 : 3, no larger than needed.
struct Cut {
    left: u32,
    top: u32,
    /// The width and height in the picture.
    source: (u32, u32),
    /// The width and height on the canvas.
    target: (u32, u32),
}

impl Cut {
    fn of(width: u32, height: u32) -> Self {
        let source = (
            width.min(height.saturating_mul(4) / 3),
            height.min(width.saturating_mul(4) / 3),
        );
        let longest = source.0.max(source.1).max(LONGEST_SIDE);
        let shrink = |side: u32| (side.saturating_mul(LONGEST_SIDE) / longest).max(1);
        Self {
            left: (width - source.0) / 2,
            top: (height - source.1) / 2,
            source,
            target: (shrink(source.0), shrink(source.1)),
        }
    }
}
