//! The card that shows whether this server can work, as seen from the visitor's browser.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::locales::HealthTexts;

/// The result of the last check.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only a browser checks")
)]
enum Health {
    /// The state in the server's HTML: only a check from the browser counts.
    Unchecked,
    Checking,
    Ready,
    NotReady,
    NoAnswer,
}

impl Health {
    fn text(self, texts: &'static HealthTexts) -> &'static str {
        match self {
            Self::Unchecked => texts.unchecked,
            Self::Checking => texts.checking,
            Self::Ready => texts.ready,
            Self::NotReady => texts.not_ready,
            Self::NoAnswer => texts.no_answer,
        }
    }

    /// Returns the value of `data-state`, by which the style sheet chooses the colour.
    fn state(self) -> &'static str {
        match self {
            Self::Unchecked | Self::Checking => "pending",
            Self::Ready => "good",
            Self::NotReady | Self::NoAnswer => "bad",
        }
    }
}

/// The server's readiness, checked when the page is hydrated and at each press of the button.
/// Without JavaScript the button is an ordinary form that opens `/readyz`.
#[component]
pub(crate) fn HealthCard(texts: &'static HealthTexts) -> impl IntoView {
    let health = RwSignal::new(Health::Unchecked);
    let checked_at = RwSignal::new(None::<String>);
    Effect::new(move || check(health, checked_at));

    let check_again = move |event: SubmitEvent| {
        event.prevent_default();
        check(health, checked_at);
    };
    view! {
        <section class="card health" aria-labelledby="health">
            <h2 id="health">{texts.heading}</h2>
            <div role="status" class="status" data-state=move || health.get().state()>
                <p class="status-text">{move || health.get().text(texts)}</p>
                <p class="note">
                    {move || checked_at.get().map(|time| format!("{} {time}", texts.checked_at))}
                </p>
            </div>
            <form action="/readyz" method="get" on:submit=check_again>
                <button class="button" disabled=move || health.get() == Health::Checking>
                    {texts.check_again}
                </button>
            </form>
        </section>
    }
}

/// Asks the server and stores the result. On the server itself effects do not run.
#[cfg(feature = "hydrate")]
fn check(health: RwSignal<Health>, checked_at: RwSignal<Option<String>>) {
    health.set(Health::Checking);
    leptos::task::spawn_local(async move {
        let result = ask().await;
        // The signals are disposed of if the visitor has left the page.
        let _ = health.try_set(result);
        let _ = checked_at.try_set(Some(local_time()));
    });
}

#[cfg(not(feature = "hydrate"))]
fn check(_: RwSignal<Health>, _: RwSignal<Option<String>>) {}

/// Sends one request to `/readyz`, with a timeout of five seconds.
#[cfg(feature = "hydrate")]
async fn ask() -> Health {
    const TIMEOUT_MILLISECONDS: u32 = 5_000;

    let timeout = web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MILLISECONDS);
    let answer = gloo_net::http::Request::get("/readyz")
        .abort_signal(Some(&timeout))
        .send()
        .await;
    match answer {
        Ok(answer) if answer.ok() => Health::Ready,
        Ok(_) => Health::NotReady,
        Err(_) => Health::NoAnswer,
    }
}

/// Returns the visitor's local time, `14:05:07`.
#[cfg(feature = "hydrate")]
fn local_time() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:02}:{:02}:{:02}",
        now.get_hours(),
        now.get_minutes(),
        now.get_seconds()
    )
}
