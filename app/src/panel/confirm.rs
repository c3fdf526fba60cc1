//! The page that asks before something dangerous: what stops a person who should stop, what will
//! happen, and what happens without it.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::Texts;
use super::till_parts::{Grace, TillName};
use super::urls::Url;
pub use crate::console::password::PasswordField;
use crate::forms::{Control, FormState, hidden, submit, summary};
use crate::locales::Language;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{ago, fill, moment};
use crate::ui::head::{Head, Weight, button_link};

/// The name of the hidden field with the [`Grace`].
pub const GRACE: &str = "grace";

/// The question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Replace the key of a till?
    RotateKey {
        /// The till.
        till: TillName,
        /// The life of the old key.
        grace: Grace,
        /// The last use of the key.
        last_used: Option<Timestamp>,
    },
    /// Stop the old key of a till?
    StopOldKey {
        /// The till.
        till: TillName,
        /// The last use of the old key.
        last_used: Option<Timestamp>,
        /// The moment when it stops without this.
        until: Timestamp,
    },
    /// Replace the key of the store?
    RotateStoreKey {
        /// The moment until which the old key works.
        until: Timestamp,
        /// The last request of any till.
        last_used: Option<Timestamp>,
    },
    /// Stop the old key of the store?
    StopOldStoreKey {
        /// The last use of the old key.
        last_used: Option<Timestamp>,
        /// The moment when it stops without this.
        until: Timestamp,
    },
    /// Unbind a till from its device?
    Unbind {
        /// The till.
        till: TillName,
        /// The last request of the till.
        last_used: Option<Timestamp>,
    },
    /// Switch a till off?
    SwitchOff {
        /// The till.
        till: TillName,
        /// The last request of the till.
        last_used: Option<Timestamp>,
    },
    /// Take access from a person?
    RemovePerson {
        /// The number of the person.
        id: i64,
        /// The name.
        name: String,
        /// The last request of the person.
        last_seen: Option<Timestamp>,
    },
}

impl Question {
    /// Returns whether the act needs a password that was entered recently.
    pub const fn is_power(&self) -> bool {
        !matches!(self, Self::Unbind { .. } | Self::SwitchOff { .. })
    }
}

/// The page that asks.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// The current moment.
    pub now: Timestamp,
    /// The question.
    pub question: Question,
    /// The form with the password; `None` if it was entered within the last 15 minutes.
    pub password: Option<FormState<PasswordField>>,
}

/// The words of a question.
struct Asked {
    section: Section,
    title: String,
    note: String,
    crumbs: Vec<(String, String)>,
    label: &'static str,
    last: Option<Timestamp>,
    warning: &'static str,
    sentences: Vec<String>,
    otherwise: Option<String>,
    action: Url,
    hidden: Option<(&'static str, &'static str)>,
    button: &'static str,
    back: Url,
    back_words: &'static str,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Confirm) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let asked = asked(language, t, page);
    let mut head = Head::new(asked.title);
    head.crumbs = asked.crumbs;
    head.note = Some(asked.note.into_any());
    let figure = match asked.last {
        Some(last) => {
            let ago = ago(language, last, page.now);
            Figure {
                label: asked.label.to_owned(),
                value: ago.value,
                unit: ago.unit.map(str::to_owned),
                href: None,
                words: Some(words(asked.warning)),
            }
        }
        None => Figure {
            label: asked.label.to_owned(),
            value: t.till.never.to_owned(),
            unit: None,
            href: None,
            words: None,
        },
    };
    let sentences = asked.sentences.into_iter();
    let sentences = sentences.map(|sentence| view! { <li>{sentence}</li> });
    let label = |PasswordField::Password| t.confirm.password.to_owned();
    let form = page.password.as_ref();
    let problems = form.and_then(|form| summary(form, language, t.confirm.not_done, label));
    let password = form.map(|form| {
        let field = PasswordField::Password;
        let control = Control::new(form, language, field, label(field));
        let control = control.hint(t.confirm.password_hint);
        let control = control.autocomplete("current-password").password();
        view! { <div class="password">{control}</div> }
    });
    let body = view! {
        <div class="narrow columns">
            {problems}
            <form class="panel" method="post" action=asked.action.to_string() novalidate>
                <div class="pad stack">
                    {figure.view()}
                    <ul class="list">{sentences.collect_view()}</ul>
                    {asked.otherwise.map(|sentence| view! { <p>{sentence}</p> })}
                </div>
                <div class="pad ruled stack">
                    {password}
                    {asked.hidden.map(|(name, value)| hidden(name, value))}
                    <div class="actions">
                        {submit(Weight::Danger, asked.button)}
                        {button_link(Weight::Quiet, asked.back, asked.back_words)}
                    </div>
                </div>
            </form>
        </div>
    };
    chrome.page(Page {
        section: Some(asked.section),
        head,
        is_wrong: form.is_some_and(FormState::is_wrong),
        body: body.into_any(),
    })
}

fn asked(language: Language, all: &'static Texts, page: &Confirm) -> Asked {
    let t = &all.confirm;
    let of_till = |till: &TillName| Asked {
        section: Section::Tills,
        title: String::new(),
        note: format!("{}, {}", till.branch, till.name),
        crumbs: vec![
            crumb(Section::Tills, all),
            (till.branch.clone(), Url::Branch(till.branch_id).to_string()),
            (till.name.clone(), Url::Till(till.id).to_string()),
        ],
        label: all.till.last_request,
        last: None,
        warning: t.works_now,
        sentences: Vec::new(),
        otherwise: None,
        action: Url::Till(till.id),
        hidden: None,
        button: "",
        back: Url::Till(till.id),
        back_words: "",
    };
    let of_store = || Asked {
        section: Section::Integrations,
        title: String::new(),
        note: all.integrations.store_key.to_owned(),
        crumbs: vec![crumb(Section::Integrations, all)],
        label: all.till.last_request,
        last: None,
        warning: t.works_now,
        sentences: Vec::new(),
        otherwise: None,
        action: Url::Integrations,
        hidden: None,
        button: "",
        back: Url::Integrations,
        back_words: "",
    };
    let sentences = |sentences: &[&str]| sentences.iter().map(|text| (*text).to_owned()).collect();
    match &page.question {
        Question::RotateKey {
            till,
            grace,
            last_used,
        } => {
            let life = if *grace == Grace::None {
                t.rotate_now.to_owned()
            } else {
                let until = page.now.plus_seconds(grace.seconds());
                fill(t.rotate_until, &[&moment(language, until, page.now)])
            };
            Asked {
                title: t.rotate.to_owned(),
                last: *last_used,
                label: t.key_used,
                sentences: vec![life, t.rotate_new.to_owned()],
                otherwise: Some(t.rotate_otherwise.to_owned()),
                action: Url::RotateKey(till.id),
                hidden: Some((GRACE, grace.as_str())),
                button: all.till.rotate,
                back_words: t.not_rotate,
                ..of_till(till)
            }
        }
        Question::StopOldKey {
            till,
            last_used,
            until,
        } => Asked {
            title: t.stop.to_owned(),
            last: *last_used,
            label: t.old_used,
            warning: t.old_works,
            sentences: sentences(&[t.stop_1, t.stop_2, t.stop_3]),
            otherwise: Some(fill(
                t.stop_otherwise,
                &[&moment(language, *until, page.now)],
            )),
            action: Url::StopOldKey(till.id),
            button: t.stop_button,
            back_words: t.not_stop,
            ..of_till(till)
        },
        Question::RotateStoreKey { until, last_used } => Asked {
            title: t.rotate_store.to_owned(),
            last: *last_used,
            label: t.store_key_used,
            warning: t.store_works,
            sentences: vec![
                fill(t.rotate_store_1, &[&moment(language, *until, page.now)]),
                t.rotate_store_2.to_owned(),
                t.rotate_store_3.to_owned(),
            ],
            otherwise: Some(t.rotate_otherwise.to_owned()),
            action: Url::RotateStoreKey,
            button: all.integrations.rotate,
            back_words: t.not_rotate,
            ..of_store()
        },
        Question::StopOldStoreKey { last_used, until } => Asked {
            title: t.stop_store.to_owned(),
            last: *last_used,
            label: t.old_used,
            warning: t.old_works,
            sentences: sentences(&[t.stop_store_1, t.stop_store_2, t.stop_3]),
            otherwise: Some(fill(
                t.stop_otherwise,
                &[&moment(language, *until, page.now)],
            )),
            action: Url::StopOldStoreKey,
            button: t.stop_button,
            back_words: t.not_stop,
            ..of_store()
        },
        Question::Unbind { till, last_used } => Asked {
            title: t.unbind.to_owned(),
            last: *last_used,
            sentences: sentences(&[t.unbind_1, t.unbind_2, t.unbind_3]),
            action: Url::UnbindTill(till.id),
            button: t.unbind_button,
            back_words: t.not_unbind,
            ..of_till(till)
        },
        Question::SwitchOff { till, last_used } => Asked {
            title: t.switch_off.to_owned(),
            last: *last_used,
            sentences: sentences(&[t.off_1, t.off_2, t.off_3]),
            action: Url::SwitchTillOff(till.id),
            button: t.off_button,
            back_words: t.not_off,
            ..of_till(till)
        },
        Question::RemovePerson {
            id,
            name,
            last_seen,
        } => Asked {
            section: Section::People,
            title: fill(t.remove, &[name]),
            note: name.clone(),
            crumbs: vec![crumb(Section::People, all)],
            label: t.person_seen,
            last: *last_seen,
            warning: t.person_works,
            sentences: sentences(&[t.remove_1, t.remove_2]),
            otherwise: None,
            action: Url::RemovePerson(*id),
            hidden: None,
            button: t.remove_button,
            back: Url::People,
            back_words: t.not_remove,
        },
    }
}
