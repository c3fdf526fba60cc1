//! The root of the till: it opens the stored till, or asks for a code or the two tokens.

use leptos::prelude::*;
use leptos::task::spawn_local;
use till::pairing;

use crate::cash::live::flows::session::ask;
use crate::cash::live::model::session::{Gate, remembered};
use crate::cash::live::platform::{page, worker_update};
use crate::cash::live::screens::sign_in::SignIn;
use crate::cash::live::till_view::TillView;
use crate::cash::live::ui::erased::Erase;
use crate::cash::texts::Texts;
use crate::locales::Language;

/// Opens the till that the phone has stored, unless a pairing link was opened.
#[component]
pub fn Root(language: Language) -> impl IntoView {
    let texts = Texts::of(language);
    // The code of a pairing link. It is taken once: a till that is shut later asks for tokens.
    let linked = page::tidy_address().and_then(|fragment| pairing::read(&fragment));
    let gate = RwSignal::new(match &linked {
        Some(_) => Gate::Shut(None),
        None => remembered(),
    });
    let linked = StoredValue::new(linked);
    let restart = StoredValue::new_local(page::restart_on_link());
    on_cleanup(move || restart.dispose());
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
        Gate::Shut(code) => view! { <SignIn texts gate code linked update_ready /> }.erased(),
        Gate::Open(open) => view! { <TillView texts language gate open update_ready /> }.erased(),
    }
}
