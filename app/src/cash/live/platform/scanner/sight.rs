//! What one scanner looks at, and what it has seen there.

use std::cell::{Cell, RefCell};

use web_sys::HtmlVideoElement;

use crate::cash::live::platform::page::now_ms;

/// A code that was out of sight for so long is a new one.
const FORGET_AFTER_MS: i64 = 2_000;
/// `HTMLMediaElement.HAVE_CURRENT_DATA`: there is a picture.
const HAVE_CURRENT_DATA: u16 = 2;

pub(super) struct Sight {
    video: HtmlVideoElement,
    on_code: Box<dyn Fn(String)>,
    open: Cell<bool>,
    /// When something was last seen; at first, when the looking began.
    fruitful_at_ms: Cell<i64>,
    /// What is or just was in sight, and when it was last seen.
    seen: RefCell<Vec<(String, i64)>>,
}

impl Sight {
    pub(super) fn new(video: HtmlVideoElement, on_code: impl Fn(String) + 'static) -> Self {
        Self {
            video,
            on_code: Box::new(on_code),
            open: Cell::new(true),
            fruitful_at_ms: Cell::new(now_ms()),
            seen: RefCell::default(),
        }
    }

    pub(super) fn video(&self) -> &HtmlVideoElement {
        &self.video
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.get()
    }

    pub(super) fn close(&self) {
        self.open.set(false);
    }

    pub(super) fn has_picture(&self) -> bool {
        self.video.ready_state() >= HAVE_CURRENT_DATA && self.video.video_width() > 0
    }

    /// For how long nothing was seen.
    pub(super) fn fruitless_ms(&self) -> i64 {
        now_ms() - self.fruitful_at_ms.get()
    }

    /// Tells of a code, unless it has been in sight already.
    pub(super) fn saw(&self, code: String) {
        if !self.is_open() {
            return;
        }
        let now = now_ms();
        self.fruitful_at_ms.set(now);
        if self.is_new(&code, now) {
            (self.on_code)(code);
        }
    }

    fn is_new(&self, code: &str, now: i64) -> bool {
        let mut seen = self.seen.borrow_mut();
        seen.retain(|(_, at)| now - at < FORGET_AFTER_MS);
        if let Some((_, at)) = seen.iter_mut().find(|(known, _)| known == code) {
            *at = now;
            return false;
        }
        seen.push((code.to_owned(), now));
        true
    }
}
