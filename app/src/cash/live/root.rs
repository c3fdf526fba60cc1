//! The root of the till: it opens the stored till, or asks for the two tokens.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::flows::session::ask;
use crate::cash::live::model::session::{Gate, remembered};
use crate::cash::live::platform::{page, worker_update};
use crate::cash::live::screens::sign_in::SignIn;
use crate::cash::live::till_view::TillView;
use crate::cash::live::ui::erased::Erase;
use crate::cash::texts::Texts;
use crate::locales::Language;

/// Opens the till that the phone has stored.
#[component]
pub fn Root(language: Language) -> impl IntoView {
    let texts = Texts::of(language);
    let gate = RwSignal::new(remembered());
    page::tidy_address();
    spawn_local(async {
        page::painted().await;
        page::mark_ready();
    });
    let update_ready = RwSignal::new(false);
    worker_update::on_update_ready(move || update_ready.set(true));
    spawn_local(async move {
        ask(gate).await;
    });
    move || match gate.get() {
        Gate::Shut(code) => view! { <SignIn texts gate code update_ready /> }.erased(),
        Gate::Open(open) => view! { <TillView texts language gate open update_ready /> }.erased(),
    }
}
