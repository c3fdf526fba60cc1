//! The camera's picture with a scanner, and the way to type instead. The camera stays open between
//! sales.

use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

use crate::cash::live::model::notice::Notice;
use crate::cash::live::platform::camera::{Camera, CameraError};
use crate::cash::live::platform::scanner::{Scanner, ScannerFiles};
use crate::cash::live::platform::{Listener, page};
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::icons::NoCamera;
use crate::cash::live::ui::notice::paragraph;
use crate::cash::live::ui::sheet::ClosableHeader;
use crate::cash::texts::CameraTexts;

thread_local! {
    /// The open camera. It is kept between sales because a phone takes a second or two to open it.
    static CAMERA: std::cell::RefCell<Option<Camera>> = const { std::cell::RefCell::new(None) };
}

#[derive(Clone, PartialEq)]
enum View {
    Opening,
    Live,
    /// There is a picture, but no decoder to read codes in it.
    Blind,
    Failed(CameraError),
}

/// The camera's picture with its controls.
#[component]
pub fn Scan(
    texts: &'static CameraTexts,
    /// The word for the button that closes the picture.
    close_word: &'static str,
    /// What was wrong with the last code.
    notice: RwSignal<Option<Notice>>,
    found: Callback<String>,
    by_hand: Callback<()>,
    close: Callback<()>,
) -> impl IntoView {
    let shown = RwSignal::new(View::Opening);
    let video = NodeRef::<Video>::new();
    let scanner = StoredValue::new_local(None::<Scanner>);
    let ended = StoredValue::new_local(None::<Listener>);
    let start = move || {
        shown.set(View::Opening);
        spawn_local(async move {
            match open().await {
                Ok(camera) => {
                    let Some(video) = video.try_get_untracked().flatten() else {
                        return;
                    };
                    camera.attach(&video);
                    let found = move |code| found.run(code);
                    let files = ScannerFiles {
                        worker_url: page::meta("bonex-scanner").unwrap_or_default(),
                    };
                    let blind = move |is_blind| {
                        let _ = shown.try_set(if is_blind { View::Blind } else { View::Live });
                    };
                    scanner.try_set_value(Some(Scanner::start(video, files, found, blind)));
                    // Another app or a call may take the camera away.
                    let taken = move || {
                        let _ = shown.try_set(View::Failed(CameraError::Ended));
                    };
                    ended.try_set_value(Some(camera.on_ended(taken)));
                    let _ = shown.try_set(View::Live);
                }
                Err(error) => {
                    let _ = shown.try_set(View::Failed(error));
                }
            }
        });
    };
    Effect::new(start);
    // A phone takes the camera away while it sleeps.
    let visible = StoredValue::new_local(page::on_visible(move || {
        if !CAMERA.with_borrow(|camera| camera.as_ref().is_some_and(Camera::is_live)) {
            start();
        }
    }));
    on_cleanup(move || {
        scanner.dispose();
        ended.dispose();
        visible.dispose();
    });
    let failed = move || matches!(shown.get(), View::Failed(_));
    view! {
        <section
            class="camera"
            class:camera-failed=failed
            role="dialog"
            aria-modal="true"
            aria-labelledby="camera"
        >
            <ClosableHeader close_word close id="camera" title=texts.title />
            <div class="camera-picture">
                <video node_ref=video muted playsinline autoplay aria-hidden="true"></video>
                <div class="camera-frame" aria-hidden="true"></div>
                {move || match shown.get() {
                    View::Live | View::Blind => view! { <Lens texts /> }.erased(),
                    _ => ().erased(),
                }}
            </div>
            <div class="camera-word" role="status">
                {move || match shown.get() {
                    View::Opening => view! { <p>{texts.opening}</p> }.erased(),
                    View::Live => view! { <p>{texts.aim}</p> }.erased(),
                    View::Blind => view! { <p class="problem">{texts.blind}</p> }.erased(),
                    View::Failed(error) => {
                        view! {
                            <NoCamera />
                            <p>{reason(texts, &error)}</p>
                        }
                            .erased()
                    }
                }}
                {move || notice.get().map(paragraph)}
            </div>
            <div class="actions">
                <Show when=failed>
                    <button type="button" class="button button-quiet" on:click=move |_| start()>
                        {texts.try_again}
                    </button>
                </Show>
                // If the camera fails, typing becomes the main button.
                <button
                    type="button"
                    class="button button-main"
                    class:button-quiet=move || !failed() && shown.get() != View::Blind
                    on:click=move |_| by_hand.run(())
                >
                    {texts.by_hand}
                </button>
            </div>
        </section>
    }
    .erased()
}

/// The controls of light and zoom, if the camera has them.
#[component]
fn Lens(texts: &'static CameraTexts) -> impl IntoView {
    let camera = StoredValue::new_local(CAMERA.with_borrow(Clone::clone));
    let lit = RwSignal::new(false);
    let has =
        |what: fn(&Camera) -> bool| camera.with_value(|camera| camera.as_ref().is_some_and(what));
    // The camera stays open between sales, but its light must not stay on.
    on_cleanup(move || {
        if lit.try_get_untracked() == Some(true)
            && let Some(camera) = camera.try_get_value().flatten()
        {
            spawn_local(async move { camera.set_torch(false).await });
        }
    });
    let torch = has(Camera::has_torch).then(|| {
        let toggle = move |_| {
            let on = !lit.get_untracked();
            lit.set(on);
            if let Some(camera) = camera.get_value() {
                spawn_local(async move { camera.set_torch(on).await });
            }
        };
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if lit.get() { "true" } else { "false" }
                on:click=toggle
            >
                {texts.torch}
            </button>
        }
    });
    let zoom = camera
        .with_value(|camera| camera.as_ref().and_then(Camera::zoom))
        .map(|range| {
            let set = move |event| {
                let slider: HtmlInputElement = event_target(&event);
                if let Some(camera) = camera.get_value() {
                    let value = slider.value_as_number();
                    spawn_local(async move { camera.set_zoom(value).await });
                }
            };
            // The numbers are set as properties, because converting them to text and back would add
            // 20 KB of tables to the program. The value comes last, because browsers keep it within
            // the bounds.
            view! {
                <input
                    type="range"
                    class="zoom"
                    aria-label=texts.zoom
                    prop:min=range.min
                    prop:max=range.max
                    prop:step=range.step
                    prop:value=range.now
                    on:input=set
                />
            }
        });
    view! { <div class="lens">{torch} {zoom}</div> }.erased()
}

/// Returns the camera that is still open, or opens a new one.
async fn open() -> Result<Camera, CameraError> {
    let kept = CAMERA.with_borrow(Clone::clone).filter(Camera::is_live);
    if let Some(camera) = kept {
        return Ok(camera);
    }
    let camera = Camera::open().await?;
    if let Some(before) = CAMERA.replace(Some(camera.clone())) {
        before.close();
    }
    Ok(camera)
}

/// Closes the camera.
pub fn release() {
    if let Some(camera) = CAMERA.take() {
        camera.close();
    }
}

fn reason(texts: &'static CameraTexts, error: &CameraError) -> &'static str {
    match error {
        CameraError::Denied => texts.denied,
        CameraError::NotFound => texts.not_found,
        CameraError::Busy => texts.busy,
        CameraError::Insecure => texts.insecure,
        CameraError::Unsupported => texts.unsupported,
        _ => texts.failed,
    }
}
