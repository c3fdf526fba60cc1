//! Our own decoder, in a worker.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

use super::frame::Frame;
use crate::cash::live::platform::Listener;
use crate::cash::live::platform::dynamic::{object, property};
use crate::cash::live::platform::page::within;

/// The longest wait for an answer. The first one includes loading the decoder, which may be slow on
/// a bad network.
const PATIENCE_MS: u32 = 30_000;

thread_local! {
    /// The decoder of this page. It outlives a scanner: an iPhone would otherwise compile it again
    /// for every sale.
    static DECODER: RefCell<Option<Rc<Decoder>>> = const { RefCell::new(None) };
}

/// A worker that reads one frame at a time.
pub(super) struct Decoder {
    worker: Worker,
    /// The number of frames that it was sent.
    frames: Cell<u32>,
    asked: Rc<RefCell<Option<Question>>>,
    _message: Listener,
    _failed: Listener,
}

/// A frame that the worker is reading.
struct Question {
    id: JsValue,
    answer: Function,
    fail: Function,
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Decoder {
    /// Returns the code in a frame, if there is one. The frame's bytes are transferred to the
    /// worker.
    ///
    /// # Errors
    /// There is no decoder: it was not loaded, or it failed. The next call starts a new one.
    pub(super) async fn decode(
        worker_url: &str,
        frame: Frame,
        pass: u32,
    ) -> Result<Option<String>, JsValue> {
        let decoder = Self::current(worker_url)?;
        let answer = decoder.ask(&frame, pass)?;
        match within(PATIENCE_MS, &answer).await {
            Ok(text) => Ok(text.as_string()),
            Err(error) => {
                decoder.discard();
                Err(error)
            }
        }
    }

    fn current(worker_url: &str) -> Result<Rc<Self>, JsValue> {
        DECODER.with_borrow_mut(|current| match current {
            Some(decoder) => Ok(decoder.clone()),
            None => Ok(current.insert(Rc::new(Self::load(worker_url)?)).clone()),
        })
    }

    fn discard(self: Rc<Self>) {
        DECODER.with_borrow_mut(|current| {
            if current
                .as_ref()
                .is_some_and(|current| Rc::ptr_eq(current, &self))
            {
                *current = None;
            }
        });
    }

    fn load(worker_url: &str) -> Result<Self, JsValue> {
        let options = object([("type", "module".into())]);
        let worker = Worker::new_with_options(worker_url, options.unchecked_ref())?;
        let asked = Rc::new(RefCell::new(None::<Question>));
        let message_listener = {
            let asked = asked.clone();
            Listener::new(&worker, "message", move |event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>() {
                    answer_question(&asked, &event.data());
                }
            })
        };
        let failed = {
            let asked = asked.clone();
            Listener::new(&worker, "error", move |event| {
                if let Some(question) = asked.take() {
                    settle(&question.fail, &event);
                }
            })
        };
        Ok(Self {
            worker,
            frames: Cell::new(0),
            asked,
            _message: message_listener,
            _failed: failed,
        })
    }

    /// Sends a frame to the worker.
    fn ask(&self, frame: &Frame, pass: u32) -> Result<Promise, JsValue> {
        let id = JsValue::from(self.frames.replace(self.frames.get().wrapping_add(1)));
        let answer = Promise::new(&mut |answer, fail| {
            let id = id.clone();
            let former = self.asked.replace(Some(Question { id, answer, fail }));
            // The former question is from a scanner that was dropped: its answer is not needed any
            // more.
            if let Some(former) = former {
                settle(&former.answer, &JsValue::NULL);
            }
        });
        let message = object([
            ("id", id),
            ("width", frame.width.into()),
            ("height", frame.height.into()),
            ("rgba", frame.rgba.clone().into()),
            ("pass", pass.into()),
        ]);
        self.worker
            .post_message_with_transfer(&message, &Array::of1(&frame.rgba))?;
        Ok(answer)
    }
}

/// Handles a message of the worker: `{id, text}`, or `{id, error}` if the worker could not load its
/// decoder.
fn answer_question(asked: &RefCell<Option<Question>>, message: &JsValue) {
    let id = property(message, "id").unwrap_or_default();
    let question = asked.borrow_mut().take_if(|question| question.id == id);
    if let Some(question) = question {
        match property(message, "error") {
            Some(error) => settle(&question.fail, &error),
            None => settle(
                &question.answer,
                &property(message, "text").unwrap_or(JsValue::NULL),
            ),
        }
    }
}

fn settle(settle: &Function, value: &JsValue) {
    // The functions that settle a promise do not throw.
    let _ = settle.call1(&JsValue::NULL, value);
}
