//! The open till: one screen, and what lies over it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::back_button::lead_back;
use crate::cash::live::flows::connection::reach;
use crate::cash::live::flows::draft;
use crate::cash::live::flows::outbox;
use crate::cash::live::flows::send::Checking;
use crate::cash::live::model::link::Sending;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::session::{Gate, Open};
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{channel, feedback, page, worker_update};
use crate::cash::live::screens::camera::{CameraSheet, release};
use crate::cash::live::screens::done::Done;
use crate::cash::live::screens::history::History;
use crate::cash::live::screens::menu::Menu;
use crate::cash::live::screens::returns::GiveBack;
use crate::cash::live::screens::sale::Sale;
use crate::cash::live::screens::shift::Shift;
use crate::cash::live::ui::drawn::Draw;
use crate::cash::live::ui::icons::MenuMark;
use crate::cash::live::watch::keyboard;
use crate::cash::texts::Texts;
use crate::locales::Language;

/// By then what has changed stands on the page.
const DRAWN_MILLISECONDS: u32 = 60;

/// How often what waits is sent again while the till stands open.
const RETRY_MILLISECONDS: u32 = 20_000;

/// The till, open for this session.
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
                view! { <Sheets till /> }.drawn()
            }}
        </div>
    }
}

/// The sale and what lies over it.
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
                Screen::Sale => ().drawn(),
                Screen::Camera => view! { <CameraSheet till /> }.drawn(),
                Screen::Done(record) => view! { <Done till record /> }.drawn(),
                Screen::Return { sale, before, .. } => view! { <GiveBack till sale before /> }.drawn(),
                Screen::Menu => view! { <Menu till /> }.drawn(),
                Screen::Shift => view! { <Shift till /> }.drawn(),
                Screen::History => view! { <History till /> }.drawn(),
                }}
            </div>
            <Show when=move || till.link.sending.with(|sending| matches!(sending, Sending::Unknown(_)))>
                <Checking till />
            </Show>
    }
    .drawn()
}

#[component]
fn Header(till: Till) -> impl IntoView {
    let store = move || till.session.with(|session| session.store_name.clone());
    let place = move || {
        till.session
            .with(|session| format!("{} · {}", session.branch, session.cashier_name))
    };
    // What is being sent at this moment does not wait yet.
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
                    // Where a screen has no room for more words about it.
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
    .drawn()
}

/// Listens to the world around the till for as long as it is open.
fn watch(till: Till) {
    let keys = keyboard::listen(till);
    // A browser that translates in spite of us puts texts of its own in the place of ours.
    Effect::new(move || {
        till.quote();
        till.sale.amount.track();
        till.give_back.amount.track();
        till.screens.shown.track();
        till.link.sending.track();
        spawn_local(async move {
            page::sleep(DRAWN_MILLISECONDS).await;
            if !page::are_figures_shown() {
                let _ = till.screens.redraws.try_update(|redraws| *redraws += 1);
            }
        });
    });
    let online = page::on_online_change(move |online| {
        till.heard(online);
        if online {
            reach(till);
        }
    });
    // A phone wakes up from a pocket: what waits is sent, and the till is asked whether it may still work.
    let visible = page::on_visible(move || {
        draft::forget();
        spawn_local(outbox::look(till));
        reach(till);
    });
    let hiding = page::on_hiding(move || draft::keep(till));
    let retry = page::every(RETRY_MILLISECONDS, move || {
        let waits = till.link.outbox.with_untracked(|outbox| !outbox.is_empty());
        if waits || !till.link.online.get_untracked() {
            reach(till);
        }
    });
    let others = channel::on_announcement(move || spawn_local(outbox::look(till)));
    let unsent = page::guard_unload(move || {
        // What waits is kept; only leaving the till to itself would be a loss.
        till.screens.is_reloading.try_get_value() == Some(false)
            && till.link.outbox.with_untracked(|outbox| !outbox.is_empty())
    });
    let back = lead_back(till);
    let awake = feedback::WakeLock::hold();
    let sound = feedback::sound_after_tap();
    let guards = StoredValue::new_local((
        (keys, online, visible, hiding, retry),
        (others, unsent, back, awake, sound),
    ));
    on_cleanup(move || {
        guards.dispose();
        release();
    });
    let knows_time = Memo::new(move |_| till.knows_time.get());
    Effect::new(move || {
        if knows_time.get() {
            spawn_local(outbox::prune(till));
        }
    });
    // Only between sales.
    Effect::new(move || {
        if till.screens.update_ready.get()
            && (till.screens.is_reloading.get_value() || till.is_blank())
        {
            worker_update::apply_update();
        }
    });
    // A return that was recorded while nobody looked: its client waits for the money.
    Effect::new(move || {
        let owed = till
            .link
            .journal
            .with(|journal| journal.iter().find(|record| record.is_owed()).cloned());
        let is_free = !till.is_busy() && till.screens.shown.with(|screen| *screen == Screen::Sale);
        // A tab that nobody looks at learns from the other that it has been seen.
        if let Some(owed) = owed.filter(|_| is_free && page::is_visible()) {
            till.screens.shown.set(Screen::Done(owed));
        }
    });
}
