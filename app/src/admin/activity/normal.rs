//! The question before a reason is said to be normal for a till.

use domain::sharing::{Reason, SILENCED_DAYS};
use leptos::prelude::*;

use super::sign;
use crate::admin::chrome::{Chrome, Section};
use crate::admin::store_forms::stores_crumb;
use crate::admin::urls::Url;
use crate::forms::{Control, Field as _, FormState, fields, hidden, submit, summary};
use crate::ui::format::fill;
use crate::ui::head::{Head, Weight, button_link};

fields! {
    /// The fields of the form.
    NormalField = "normal" {
        /// The code of the reason.
        Reason = "reason",
        /// Why it is normal.
        Note = "note",
    }
}

/// The page of the question.
#[derive(Clone, Debug)]
pub struct Normal {
    /// The number of the store.
    pub store_id: i64,
    /// Its name.
    pub store: String,
    /// The number of the till.
    pub till_id: i64,
    /// Its name, with that of its branch.
    pub till: String,
    /// What is said to be normal.
    pub reason: Reason,
    /// The form.
    pub form: FormState<NormalField>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Normal) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.activity;
    let till = Url::TillActivity(page.store_id, page.till_id);
    let [name, _] = sign::reason(t, page.reason);
    let mut head = Head::new(fill(t.normal_title, &[name]));
    head.crumbs = vec![
        stores_crumb(all),
        (page.store.clone(), Url::Store(page.store_id).to_string()),
        (page.till.clone(), till.to_string()),
    ];
    head.note = Some(format!("{} · {}", page.store, page.till).into_any());
    let label = |field| match field {
        NormalField::Reason => t.sign.to_owned(),
        NormalField::Note => t.why_normal.to_owned(),
    };
    let note = Control::new(
        &page.form,
        language,
        NormalField::Note,
        label(NormalField::Note),
    );
    let days = SILENCED_DAYS.to_string();
    let action = Url::NormalReason(page.store_id, page.till_id).to_string();
    let body = view! {
        <div class="narrow columns">
            {summary(&page.form, language, t.not_silenced, label)}
            <form class="panel" method="post" autocomplete="off" action=action novalidate>
                <div class="pad stack">
                    <p>{fill(t.normal_lead, &[&days])}</p>
                    {hidden(&NormalField::Reason.name(), page.reason.code())}
                    {note.hint(t.normal_hint).textarea(2)}
                    <div class="actions">
                        {submit(Weight::Main, t.normal)}
                        {button_link(Weight::Quiet, till, t.leave)}
                    </div>
                </div>
            </form>
        </div>
    };
    chrome.form_page(Section::Stores, head, page.form.is_wrong(), body.into_any())
}
