//! The view of an open till: the sale, and the screen over it.

use leptos::prelude::*;

use crate::cash::live::flows::{draft, outbox};
use crate::cash::live::model::link::Sending;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::session::{Gate, Open};
use crate::cash::live::model::till::Till;
use crate::cash::live::screens::camera::CameraSheet;
use crate::cash::live::screens::checking::Checking;
use crate::cash::live::screens::done::Done;
use crate::cash::live::screens::history::History;
use crate::cash::live::screens::menu::Menu;
use crate::cash::live::screens::returns::GiveBack;
use crate::cash::live::screens::sale::Sale;
use crate::cash::live::screens::shift::Shift;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::icons::MenuMark;
use crate::cash::live::watch::watch;
use crate::cash::texts::Texts;
use crate::locales::Language;

/// The open till.
#[component]
pub fn TillView(
    texts: &'static Texts,
    language: Language,
    gate: RwSignal<Gate>,
    open: Open,
    update_ready: RwSignal<bool>,
) -> impl IntoView {
    let till = Till::open(texts, language, gate, open, update_ready);
    till.database.remember(move || outbox::remembered(till));
    draft::resume(till);
    outbox::resume(till);
    watch(till);
    view! {
        <div class="till" class:till-over=move || till.screens.shown.with(|screen| *screen != Screen::Sale)>
            {move || {
                till.screens.redraws.track();
                view! { <Sheets till /> }.erased()
            }}
        </div>
    }
}

/// The sale and the screen over it.
#[component]
fn Sheets(till: Till) -> impl IntoView {
    view! {
            <Header till />
            <div
                class="till-body"
                inert=move || till.is_busy() || till.screens.shown.with(|screen| *screen != Screen::Sale)
            >
                <Sale till />
            </div>
            <div class="till-sheet" inert=move || till.is_busy()>
                {move || match till.screens.shown.get() {
                Screen::Sale => ().erased(),
                Screen::Camera => view! { <CameraSheet till /> }.erased(),
                Screen::Done(record) => view! { <Done till record /> }.erased(),
                Screen::Return { sale, before, .. } => view! { <GiveBack till sale before /> }.erased(),
                Screen::Menu => view! { <Menu till /> }.erased(),
                Screen::Shift => view! { <Shift till /> }.erased(),
                Screen::History => view! { <History till /> }.erased(),
                }}
            </div>
            <Show when=move || till.link.sending.with(|sending| matches!(sending, Sending::Unknown(_)))>
                <Checking till />
            </Show>
    }
    .erased()
}

#[component]
fn Header(till: Till) -> impl IntoView {
    let store = move || till.session.with(|session| session.store_name.clone());
    let place = move || {
        till.session
            .with(|session| format!("{} · {}", session.branch, session.cashier_name))
    };
    // A document that is being sent at this moment does not count as waiting.
    let waiting = Memo::new(move |_| {
        let sent = till.link.sending.with(|sending| *sending != Sending::Idle);
        let kept = till.link.outbox.with(Vec::len);
        kept.saturating_sub(usize::from(sent))
    });
    let unseen = move || {
        till.link
            .journal
            .with(|journal| journal.iter().filter(|record| record.is_unseen()).count())
    };
    view! {
        <header
            class="till-header"
            inert=move || till.is_busy() || till.screens.shown.with(|screen| *screen != Screen::Sale)
        >
            <div class="till-place">
                <h1 class="till-store">{store}</h1>
                <p class="note">
                    // Shown only if the screen has no room for the longer message.
                    <Show when=move || !till.link.online.get()>
                        <b class="till-offline">{till.texts.sale.no_connection}</b>
                        " · "
                    </Show>
                    {place}
                </p>
            </div>
            <Show when=move || { unseen() > 0 }>
                <button
                    type="button"
                    class="badge badge-refused"
                    aria-label=move || format!("{} {}", till.texts.history.refused_checks, unseen())
                    on:click=move |_| till.open_history()
                >
                    "! "
                    {unseen}
                </button>
            </Show>
            <Show when=move || { waiting.get() > 0 }>
                <button
                    type="button"
                    class="badge badge-waiting"
                    aria-label=move || format!("{} {}", till.texts.sale.waiting, waiting.get())
                    on:click=move |_| till.open_history()
                >
                    "↑ "
                    {waiting}
                </button>
            </Show>
            <button
                type="button"
                class="icon-button"
                aria-label=till.texts.menu.open
                on:click=move |_| till.screens.shown.set(Screen::Menu)
            >
                <MenuMark />
            </button>
        </header>
    }
    .erased()
}
