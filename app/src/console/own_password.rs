//! The form with which somebody changes their own password.

use leptos::prelude::*;

use super::texts::texts;
use crate::forms::{Control, FormState, fields, submit, summary};
use crate::locales::Language;
use crate::ui::head::Weight;

fields! {
    /// The fields of the form.
    OwnPasswordField = "own-password" {
        /// The password until now.
        Old = "old",
        /// The new password.
        Password = "password",
        /// The new password again.
        Repeat = "repeat",
    }
    secret Old | Password | Repeat
}

/// Renders the form, with a summary of its problems. `action` is its address.
pub(crate) fn form(
    language: Language,
    form: &FormState<OwnPasswordField>,
    action: String,
) -> AnyView {
    let all = texts(language);
    let t = &all.account;
    let label = |field| {
        let label = match field {
            OwnPasswordField::Old => t.old_password,
            OwnPasswordField::Password => all.access.new_password,
            OwnPasswordField::Repeat => all.access.repeat,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    view! {
        <div class="narrow columns">
            {summary(form, language, all.access.not_saved, label)}
            <form class="panel pad stack" method="post" action=action novalidate>
                {control(OwnPasswordField::Old).autocomplete("current-password").password()}
                {control(OwnPasswordField::Password)
                    .hint(all.access.password_hint)
                    .autocomplete("new-password")
                    .password()}
                {control(OwnPasswordField::Repeat).autocomplete("new-password").password()}
                <p>{submit(Weight::Main, t.change)}</p>
            </form>
        </div>
    }
    .into_any()
}
