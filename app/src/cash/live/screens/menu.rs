//! The menu of actions that a cashier needs a few times a day.

use leptos::prelude::*;

use crate::cash::live::flows::draft;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::session;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{page, storage, worker_update};
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::icons::Onward;
use crate::cash::live::ui::sheet::SheetHeader;
use crate::locales::Language;

/// The menu: links to other screens, the language, and leaving the till.
#[component]
pub fn Menu(till: Till) -> impl IntoView {
    let texts = till.texts;
    let unsent = move || till.link.outbox.with(|outbox| !outbox.is_empty());
    let leave = move |_| {
        if page::confirm(texts.menu.leave_confirm) {
            session::leave(till.gate);
        }
    };
    let device = till
        .session
        .with_untracked(|session| session.device_id.clone());
    view! {
        <section class="sheet menu" role="dialog" aria-modal="true" aria-labelledby="menu">
            <SheetHeader till id="menu" title=texts.menu.title />
            <nav class="menu-list">
                <button type="button" on:click=move |_| till.screens.shown.set(Screen::Shift)>
                    {texts.shift.title}
                    <Onward />
                </button>
                <button type="button" on:click=move |_| till.open_history()>
                    {texts.history.title}
                    <Onward />
                </button>
                <Show when=move || till.screens.update_ready.get()>
                    <button
                        type="button"
                        on:click=move |_| {
                            if worker_update::is_ready() {
                                draft::keep(till);
                                till.screens.is_reloading.set_value(true);
                                worker_update::apply_update();
                            }
                        }
                    >
                        {texts.menu.update}
                        <Onward />
                    </button>
                </Show>
            </nav>
            <h3 class="menu-heading" id="language">{texts.menu.language}</h3>
            <div class="chips languages" role="group" aria-labelledby="language">
                {Language::ALL
                    .into_iter()
                    .map(|language| {
                        view! {
                            <button
                                type="button"
                                class="chip"
                                lang=language.tag()
                                aria-pressed=if language == till.language { "true" } else { "false" }
                                // Another language needs the server, because the server writes the
                                // page.
                                disabled=move || !till.link.online.get()
                                on:click=move |_| {
                                    storage::set_language_cookie(language.tag());
                                    draft::keep(till);
                                    till.screens.is_reloading.set_value(true);
                                    page::load_from_network();
                                }
                            >
                                {language.own_name()}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <div class="menu-leave">
                <button type="button" class="button button-quiet" disabled=unsent on:click=leave>
                    {texts.menu.leave}
                </button>
                <Show when=unsent>
                    <p class="note">{texts.menu.leave_unsent}</p>
                </Show>
                <p class="note menu-device">
                    {texts.menu.device} " " <span>{device}</span>
                </p>
            </div>
        </section>
    }
    .erased()
}
