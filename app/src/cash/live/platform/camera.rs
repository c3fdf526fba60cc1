//! The camera at the back of the phone, with its light and its zoom.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    HtmlVideoElement, MediaDevices, MediaStream, MediaStreamTrack, MediaStreamTrackState,
};

use super::dynamic::{call, error_name, object, property, settled, unheeded};
use super::{Listener, window};

/// Why there is no picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CameraError {
    /// The user, or a rule set for this device, said no.
    Denied,
    /// There is no camera.
    NotFound,
    /// Another program has it, or it failed to start.
    Busy,
    /// The page did not come over HTTPS.
    Insecure,
    /// This browser knows no cameras.
    Unsupported,
    /// It went away while it was being opened.
    Ended,
    /// Anything else, by the name that the browser gives it.
    Other(String),
}

/// The zoom that a camera offers, in its own units, `min` below `max`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ZoomRange {
    /// The whole view.
    pub min: f64,
    /// The closest.
    pub max: f64,
    /// The smallest step that makes a difference.
    pub step: f64,
    /// Where it is.
    pub now: f64,
}

/// An open camera. Clones are the same camera, which stays open until one of them is closed.
#[derive(Clone)]
pub struct Camera {
    stream: MediaStream,
    track: MediaStreamTrack,
    /// The light and the zoom as they were set: a browser may reset what a request leaves out.
    settings: Object,
}

/// Enough for a code at arm's length; more is only slower to read. A browser comes near to it.
const WIDTH: i32 = 1280;
const HEIGHT: i32 = 720;

impl Camera {
    /// Opens the camera that looks away from the user, or the one there is. The browser may ask the
    /// user first: call it after a tap.
    ///
    /// # Errors
    /// Why there is no picture.
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
        // An iPhone fills the screen with a video otherwise.
        let _ = video.set_attribute("playsinline", "");
        video.set_src_object(Some(&self.stream));
        unheeded(video.play());
    }

    /// Whether pictures come: a call, another program or the phone's lock can take the camera away.
    pub fn is_live(&self) -> bool {
        !self.has_ended() && !self.track.muted()
    }

    fn has_ended(&self) -> bool {
        self.track.ready_state() == MediaStreamTrackState::Ended
    }

    /// Calls back when the camera is taken away for good. Not when it is closed by us.
    pub fn on_ended(&self, callback: impl Fn() + 'static) -> Listener {
        Listener::new(&self.track, "ended", move |_| callback())
    }

    /// Lets go of the camera: its light goes out.
    pub fn close(&self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }

    /// Whether there is a light to switch on.
    pub fn has_torch(&self) -> bool {
        self.capability("torch").is_some_and(|torch| {
            // Some drafts of the standard listed the values that can be set.
            match torch.dyn_ref::<Array>() {
                Some(values) => values.includes(&JsValue::TRUE, 0),
                None => torch.is_truthy(),
            }
        })
    }

    /// Switches the light. A camera without one stays as it is.
    pub async fn set_torch(&self, on: bool) {
        self.set("torch", JsValue::from_bool(on)).await;
    }

    /// The zoom, if there is any.
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

    /// Zooms, within what [`Camera::zoom`] offers.
    pub async fn set_zoom(&self, value: f64) {
        self.set("zoom", JsValue::from_f64(value)).await;
    }

    /// What the camera can do under a name; older browsers do not tell.
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
        // Neither the light nor the zoom is worth an error in the middle of a sale.
        let _ = settled(asked).await;
    }
}

/// What the browser's refusal means.
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

/// Without HTTPS a browser behaves as if it knew no cameras.
fn where_secure(error: CameraError) -> CameraError {
    if window().is_secure_context() {
        error
    } else {
        CameraError::Insecure
    }
}
