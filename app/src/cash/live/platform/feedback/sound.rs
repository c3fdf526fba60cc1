//! Two short signals, which are synthesized so that there is nothing to load.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

use crate::cash::live::platform::dynamic::unheeded;
use crate::cash::live::platform::{Listener, window};

thread_local! {
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Enables sound at each tap of the user: browsers keep a page silent before the first tap, and
/// silence it again after a phone call.
pub fn sound_after_tap() -> Listener {
    Listener::new(&window(), "click", |_| {
        CONTEXT.with_borrow_mut(|context| {
            if context.is_none() {
                *context = AudioContext::new().ok();
            }
            if let Some(context) = context
                && context.state() != AudioContextState::Running
            {
                unheeded(context.resume());
            }
        });
    })
}

/// A tone: its pitch in hertz, and its beginning and end in seconds from now.
struct Tone {
    pitch: f32,
    begins: f64,
    ends: f64,
}

/// Plays the signal of success: two rising tones.
pub fn beep_ok() {
    play(
        OscillatorType::Sine,
        &[
            Tone {
                pitch: 880.0,
                begins: 0.0,
                ends: 0.09,
            },
            Tone {
                pitch: 1320.0,
                begins: 0.09,
                ends: 0.22,
            },
        ],
    );
}

/// Plays the signal of a problem: one low buzz.
pub fn beep_error() {
    play(
        OscillatorType::Square,
        &[Tone {
            pitch: 220.0,
            begins: 0.0,
            ends: 0.35,
        }],
    );
}

fn play(timbre: OscillatorType, tones: &[Tone]) {
    CONTEXT.with_borrow(|context| {
        // A context that is not running would play the signal later, when it no longer fits.
        if let Some(context) = context
            && context.state() == AudioContextState::Running
        {
            for tone in tones {
                let _ = sound(context, timbre, tone);
            }
        }
    });
}

const LOUDNESS: f32 = 0.2;

#[expect(clippy::float_arithmetic, reason = "seconds of an audio clock")]
fn sound(context: &AudioContext, timbre: OscillatorType, tone: &Tone) -> Result<(), JsValue> {
    let now = context.current_time();
    let (begins, ends) = (now + tone.begins, now + tone.ends);

    let loudness = context.create_gain()?;
    loudness.gain().set_value_at_time(LOUDNESS, begins)?;
    // Fade out: a tone that is cut off ends with a click.
    loudness.gain().linear_ramp_to_value_at_time(0.0, ends)?;
    loudness.connect_with_audio_node(&context.destination())?;

    let oscillator = context.create_oscillator()?;
    oscillator.set_type(timbre);
    oscillator.frequency().set_value(tone.pitch);
    oscillator.connect_with_audio_node(&loudness)?;
    oscillator.start_with_when(begins)?;
    oscillator.stop_with_when(ends)
}
