//! The page that asks before an admin acts in a store. The reason that it asks for is read by the
//! store's owner.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::store_forms::stores_crumb;
use super::texts::StoresTexts;
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, submit, summary};
use crate::locales::Language;
use crate::panel::till_parts::Grace;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{ago, fill};
use crate::ui::head::{Head, Weight, button_link};

fields! {
    /// The fields of an act.
    ActField = "act" {
        /// The reason.
        Reason = "reason",
        /// The life of the old key: a value of [`Grace`].
        Grace = "grace",
        /// The password of the admin.
        Password = "password",
    }
    secret Password
}

/// A till, as a question names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillRef {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its branch.
    pub branch: String,
}

/// The act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Suspend the store?
    Suspend,
    /// Let the store work again?
    Resume,
    /// Unbind a till from its device?
    Unbind(TillRef),
    /// Make a new key for a till?
    Rotate(TillRef),
    /// Switch a till off?
    SwitchOff(TillRef),
    /// Switch a till on?
    SwitchOn(TillRef),
}

/// The page that asks.
#[derive(Clone, Debug)]
pub struct Question {
    /// The current moment.
    pub now: Timestamp,
    /// The number of the store.
    pub store_id: i64,
    /// The name of the store.
    pub store: String,
    /// The act.
    pub act: Act,
    /// The last sale of the store, the last request of the till, or the moment of the suspension.
    pub last: Option<Timestamp>,
    /// The form.
    pub form: FormState<ActField>,
    /// `true` if the password was entered too long ago.
    pub asks_password: bool,
}

/// The words of a question.
struct Asked {
    title: &'static str,
    label: &'static str,
    warning: Option<&'static str>,
    sentences: Vec<&'static str>,
    hint: &'static str,
    action: Url,
    weight: Weight,
    button: &'static str,
    back: &'static str,
    till: Option<TillRef>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Question) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.store_pages;
    let asked = asked(t, page);
    let store = Url::Store(page.store_id).to_string();
    let mut head = Head::new(asked.title);
    head.crumbs = vec![stores_crumb(all), (page.store.clone(), store)];
    let note = match &asked.till {
        Some(till) => format!("{} · {}, {}", page.store, till.branch, till.name),
        None => page.store.clone(),
    };
    head.note = Some(note.into_any());
    let form = &page.form;
    let label = |field| {
        let label = match field {
            ActField::Reason => t.why,
            ActField::Grace => t.grace,
            ActField::Password => t.password,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    let sentences = asked.sentences.iter();
    let sentences = sentences.map(|sentence| view! { <li>{*sentence}</li> });
    let grace = matches!(page.act, Act::Rotate(_)).then(|| {
        let choice = |grace: Grace| Choice::new(grace.as_str(), grace_words(t, grace));
        let choices = Grace::ALL.into_iter().map(choice).collect();
        control(ActField::Grace).radios("", choices)
    });
    let password = page.asks_password.then(|| {
        let control = control(ActField::Password).hint(t.password_hint);
        control.autocomplete("current-password").password()
    });
    let body = view! {
        <div class="narrow columns">
            {summary(form, language, t.not_done, label)}
            <form
                class="panel"
                method="post"
                autocomplete="off"
                action=asked.action.to_string()
                novalidate
            >
                <div class="pad stack">
                    {figure(language, t, page, &asked).view()}
                    <ul class="list">{sentences.collect_view()}</ul>
                </div>
                <div class="pad ruled stack">
                    {grace} {control(ActField::Reason).hint(asked.hint).textarea(2)} {password}
                    <div class="actions">
                        {submit(asked.weight, asked.button)}
                        {button_link(Weight::Quiet, Url::Store(page.store_id), asked.back)}
                    </div>
                </div>
            </form>
        </div>
    };
    chrome.form_page(Section::Stores, head, form.is_wrong(), body.into_any())
}

fn figure(language: Language, t: &StoresTexts, page: &Question, asked: &Asked) -> Figure {
    const HOUR: i64 = 3_600;
    let Some(last) = page.last else {
        return Figure {
            label: asked.label.to_owned(),
            value: t.never.to_owned(),
            unit: None,
            href: None,
            words: None,
        };
    };
    let is_recent = last.plus_seconds(HOUR) > page.now;
    let ago = ago(language, last, page.now);
    Figure {
        label: asked.label.to_owned(),
        value: ago.value,
        unit: ago.unit.map(str::to_owned),
        href: None,
        words: asked.warning.filter(|_| is_recent).map(words),
    }
}

const fn grace_words(t: &StoresTexts, grace: Grace) -> &'static str {
    match grace {
        Grace::None => t.grace_none,
        Grace::Hour => t.grace_hour,
        Grace::Day => t.grace_day,
        Grace::Week => t.grace_week,
    }
}

fn asked(t: &'static StoresTexts, page: &Question) -> Asked {
    let id = page.store_id;
    let of_till = |till: &TillRef| Asked {
        title: "",
        label: t.last_request,
        warning: Some(t.works_now),
        sentences: Vec::new(),
        hint: t.why_hint,
        action: Url::Store(id),
        weight: Weight::Danger,
        button: "",
        back: "",
        till: Some(till.clone()),
    };
    match &page.act {
        Act::Suspend => Asked {
            title: t.suspend_title,
            label: t.file_last_sale,
            warning: Some(t.suspend_warning),
            sentences: vec![t.suspend_1, t.suspend_2, t.suspend_3],
            hint: t.why_suspend_hint,
            action: Url::SuspendStore(id),
            weight: Weight::Danger,
            button: t.suspend,
            back: t.not_suspend,
            till: None,
        },
        Act::Resume => Asked {
            title: t.resume_title,
            label: t.stands,
            warning: None,
            sentences: vec![t.resume_1, t.resume_2],
            hint: t.why_hint,
            action: Url::ResumeStore(id),
            weight: Weight::Main,
            button: t.resume,
            back: t.not_resume,
            till: None,
        },
        Act::Unbind(till) => Asked {
            title: t.unbind_title,
            sentences: vec![t.unbind_1, t.unbind_2],
            action: Url::UnbindTill(id, till.id),
            button: t.do_unbind,
            back: t.not_unbind,
            ..of_till(till)
        },
        Act::Rotate(till) => Asked {
            title: t.rotate_title,
            sentences: vec![t.rotate_1, t.rotate_2],
            action: Url::RotateKey(id, till.id),
            button: t.do_rotate,
            back: t.not_rotate,
            ..of_till(till)
        },
        Act::SwitchOff(till) => Asked {
            title: t.off_title,
            sentences: vec![t.off_1, t.off_2],
            action: Url::SwitchTillOff(id, till.id),
            button: t.do_off,
            back: t.not_off,
            ..of_till(till)
        },
        Act::SwitchOn(till) => Asked {
            title: t.on_title,
            warning: None,
            sentences: vec![t.on_1],
            action: Url::SwitchTillOn(id, till.id),
            weight: Weight::Main,
            button: t.do_on,
            back: t.not_on,
            ..of_till(till)
        },
    }
}

/// Returns the sentence that an earlier key of the till still works.
pub fn old_key_works(chrome: &Chrome) -> String {
    fill(chrome.texts().store_pages.old_key_works, &[])
}
