//! The phone's back camera, with its light and its zoom.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    HtmlVideoElement, MediaDevices, MediaStream, MediaStreamTrack, MediaStreamTrackState,
};

use super::dynamic::{call, error_name, object, property, settled, unheeded};
use super::{Listener, window};

/// The reason why there is no picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CameraError {
    /// The user, or a rule of this device, denied access.
    Denied,
    /// There is no camera.
    NotFound,
    /// Another program uses it, or it failed to start.
    Busy,
    /// The page was not loaded over HTTPS.
    Insecure,
    /// This browser does not support cameras.
    Unsupported,
    /// The camera was taken away while it was being opened.
    Ended,
    /// Anything else, under the browser's name for it.
    Other(String),
}

/// The zoom that a camera offers, in its own units; `min` is less than `max`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ZoomRange {
    /// The widest view.
    pub min: f64,
    /// The closest view.
    pub max: f64,
    /// The smallest step that changes the picture.
    pub step: f64,
    /// The current zoom.
    pub now: f64,
}

/// An open camera. Clones share one camera, which stays open until one of them is closed.
#[derive(Clone)]
pub struct Camera {
    stream: MediaStream,
    track: MediaStreamTrack,
    /// The light and the zoom as they were set. They are sent together because a browser may reset
    /// a setting that a request leaves out.
    settings: Object,
}

/// The requested size: enough for a code at arm's length, and more would only be slower to read.
/// The browser chooses the closest size that the camera offers.
const WIDTH: i32 = 1280;
const HEIGHT: i32 = 720;

impl Camera {
    /// Opens the back camera, or the only one if there is no back camera. Call it after a tap: the
    /// browser may ask the user for permission first.
    ///
    /// # Errors
    /// Returns the reason why there is no picture.
    pub async fn open() -> Result<Self, CameraError> {
        let wanted = object([
            ("facingMode", "environment".into()),
            ("width", WIDTH.into()),
            ("height", HEIGHT.into()),
        ]);
        let constraints = object([("video", wanted.into())]);
        let devices: MediaDevices = property(&window().navigator(), "mediaDevices")
            .ok_or_else(|| where_secure(CameraError::Unsupported))?
            .unchecked_into();
        let asked = devices.get_user_media_with_constraints(constraints.unchecked_ref());
        let stream: MediaStream = settled(asked)
            .await
            .map_err(|error| refusal(&error))?
            .unchecked_into();
        let track = stream.get_video_tracks().get(0).dyn_into();
        let camera = Self {
            track: track.map_err(|_| CameraError::NotFound)?,
            stream,
            settings: Object::new(),
        };
        if camera.has_ended() {
            return Err(CameraError::Ended);
        }
        Ok(camera)
    }

    /// Shows the picture in a `video` element.
    pub fn attach(&self, video: &HtmlVideoElement) {
        video.set_muted(true);
        // Without this an iPhone plays the video in full screen.
        let _ = video.set_attribute("playsinline", "");
        video.set_src_object(Some(&self.stream));
        unheeded(video.play());
    }

    /// Returns whether pictures arrive: a call, another program or locking the phone can take the
    /// camera away.
    pub fn is_live(&self) -> bool {
        !self.has_ended() && !self.track.muted()
    }

    fn has_ended(&self) -> bool {
        self.track.ready_state() == MediaStreamTrackState::Ended
    }

    /// Calls back when the camera is taken away for good, but not when [`Camera::close`] closes it.
    pub fn on_ended(&self, callback: impl Fn() + 'static) -> Listener {
        Listener::new(&self.track, "ended", move |_| callback())
    }

    /// Closes the camera; its indicator light goes out.
    pub fn close(&self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }

    /// Returns whether the camera has a light.
    pub fn has_torch(&self) -> bool {
        self.capability("torch").is_some_and(|torch| {
            // In some drafts of the standard this is a list of the allowed values.
            match torch.dyn_ref::<Array>() {
                Some(values) => values.includes(&JsValue::TRUE, 0),
                None => torch.is_truthy(),
            }
        })
    }

    /// Switches the light on or off. Does nothing if the camera has no light.
    pub async fn set_torch(&self, on: bool) {
        self.set("torch", JsValue::from_bool(on)).await;
    }

    /// Returns the zoom range, or `None` if the camera cannot zoom.
    pub fn zoom(&self) -> Option<ZoomRange> {
        let zoom = self.capability("zoom")?;
        let bound = |name| property(&zoom, name)?.as_f64();
        let (min, max) = (bound("min")?, bound("max")?);
        let settings = self.track.get_settings();
        (min < max).then(|| ZoomRange {
            min,
            max,
            step: bound("step").unwrap_or(0.1),
            now: property(&settings, "zoom")
                .and_then(|zoom| zoom.as_f64())
                .unwrap_or(min),
        })
    }

    /// Sets the zoom, within the range that [`Camera::zoom`] returns.
    pub async fn set_zoom(&self, value: f64) {
        self.set("zoom", JsValue::from_f64(value)).await;
    }

    /// Returns a capability of the camera by name. Older browsers do not list capabilities.
    fn capability(&self, name: &str) -> Option<JsValue> {
        let capabilities = call(&self.track, "getCapabilities", []).ok()?;
        property(&capabilities, name)
    }

    async fn set(&self, name: &str, value: JsValue) {
        let _ = Reflect::set(&self.settings, &name.into(), &value);
        let constraints = object([("advanced", Array::of1(&self.settings).into())]);
        let asked = self
            .track
            .apply_constraints_with_constraints(constraints.unchecked_ref());
        // A failure of the light or the zoom is not worth interrupting a sale.
        let _ = settled(asked).await;
    }
}

/// Converts the browser's error to a [`CameraError`].
fn refusal(error: &JsValue) -> CameraError {
    let name = error_name(error);
    match name.as_str() {
        "NotAllowedError" => CameraError::Denied,
        "NotFoundError" | "OverconstrainedError" => CameraError::NotFound,
        "NotReadableError" | "AbortError" => CameraError::Busy,
        "SecurityError" => where_secure(CameraError::Denied),
        "TypeError" => where_secure(CameraError::Unsupported),
        _ => CameraError::Other(name),
    }
}

/// Returns the error, or `Insecure` if the page was loaded without HTTPS: there browsers behave as
/// if they did not support cameras.
fn where_secure(error: CameraError) -> CameraError {
    if window().is_secure_context() {
        error
    } else {
        CameraError::Insecure
    }
}
