//! The video that one scanner reads, and the codes that it has seen there.

use std::cell::{Cell, RefCell};

use web_sys::HtmlVideoElement;

use crate::cash::live::platform::page::now_ms;

/// The time out of view after which a code counts as new again.
const FORGET_AFTER_MS: i64 = 2_000;
/// `HTMLMediaElement.HAVE_CURRENT_DATA`: there is a picture.
const HAVE_CURRENT_DATA: u16 = 2;

pub(super) struct Sight {
    video: HtmlVideoElement,
    on_code: Box<dyn Fn(String)>,
    open: Cell<bool>,
    /// The moment when a code was last seen; at first, when the scanner was started.
    fruitful_at_ms: Cell<i64>,
    /// The codes that are in view or were a moment ago, with the moment when each was last seen.
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

    /// Returns how long no code has been seen.
    pub(super) fn fruitless_ms(&self) -> i64 {
        now_ms() - self.fruitful_at_ms.get()
    }

    /// Reports a code, unless it has been in view already.
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
