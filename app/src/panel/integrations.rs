//! Integrations: what to type into a till's program, how far its connection has got, and the files
//! for it.

use domain::{ModuleAgent, Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::modules::{Modules, modules, outdated, program};
use super::texts::Texts;
use super::till::Key;
pub use super::till_parts::PICKED;
use super::till_parts::TillName;
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, hidden, submit};
use crate::locales::Language;
use crate::ui::codes::{code, masked, qr_of};
use crate::ui::figures::{Figure, words};
use crate::ui::format::{NBSP, ago, fill, moment, money};
use crate::ui::head::{Head, Weight, button_link, empty, noted_section, section};
use crate::ui::states::{Notice, Tone, notice};

fields! {
    /// The field of the form that picks a till.
    PickField = "pick" {
        /// The number of the till.
        Till = "till",
    }
}

/// The page of the integrations.
#[derive(Clone, Debug)]
pub struct Integrations {
    /// The current moment.
    pub now: Timestamp,
    /// Every till of the store.
    pub tills: Vec<TillName>,
    /// The till that was picked; `None` if the store has none.
    pub picked: Option<Picked>,
    /// The address of the API.
    pub api_url: String,
    /// The address of the web cashier, for its QR code.
    pub cash_url: String,
    /// The same as a person types it.
    pub cash_typed: String,
    /// The key of the store.
    pub store_key: Key,
    /// The old key of the store, while it works.
    pub old_store_key: Option<OldStoreKey>,
    /// The moment of the last stock list.
    pub synced_at: Option<Timestamp>,
    /// The files for the picked till.
    pub modules: Modules,
    /// The version of the modules that this server hands out.
    pub newest_module: &'static str,
}

/// The till that was picked.
#[derive(Clone, Debug)]
pub struct Picked {
    /// The till.
    pub till: TillName,
    /// Its key.
    pub key: Key,
    /// The moment when it was created.
    pub created_at: Timestamp,
    /// Its last request.
    pub seen_at: Option<Timestamp>,
    /// The program of its requests.
    pub program: Option<String>,
    /// Its first search that found a client.
    pub looked_up_at: Option<Timestamp>,
    /// Its first sale to a client, with the sum.
    pub sold: Option<(Timestamp, Money)>,
    /// Its first return.
    pub returned_at: Option<Timestamp>,
}

/// The old key of the store, while both keys work.
#[derive(Clone, Debug)]
pub struct OldStoreKey {
    /// The moment when it ends.
    pub until: Timestamp,
    /// The tills that have used it since, the last one first.
    pub users: Vec<(i64, String, Timestamp)>,
}

/// A step of the connection, with what is known about it.
struct Step {
    title: &'static str,
    /// `None` if it was not seen yet.
    done: Option<String>,
    missing: &'static str,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Integrations) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let words = &t.integrations;
    let mut head = Head::new(t.common.integrations);
    head.note = Some(words.note.into_any());
    let old = page
        .old_store_key
        .as_ref()
        .map(|old| notice(&old_key(language, t, page, old)));
    let connection = match &page.picked {
        Some(picked) => connection(language, t, page, picked),
        None => empty(
            t.tills.no_branches,
            t.tills.no_branches_advice,
            Some(button_link(Weight::Main, Url::NewTill, t.tills.new_till)),
        ),
    };
    let downloads = page.picked.as_ref().map(|picked| {
        let note = Some(words.downloads_note.to_owned());
        let files = modules(language, t, picked.till.id, &page.modules, page.now);
        noted_section(words.downloads, note, None, files)
    });
    let outdated = page.picked.as_ref().and_then(|picked| {
        outdated(language, t, picked.till.id, &page.modules, page.now).map(|told| notice(&told))
    });
    let body = view! {
        {old}
        {outdated}
        <div class="columns columns-aside">
            <div class="columns">{section(words.connect, connection)}</div>
            <div class="columns">
                {section(words.credentials, credentials(t, page))}
                {section(words.phone, phone(t, page))}
            </div>
        </div>
        {downloads}
    };
    chrome.page(Page {
        section: Some(Section::Integrations),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn old_key(
    language: Language,
    t: &'static Texts,
    page: &Integrations,
    old: &OldStoreKey,
) -> Notice {
    let until = moment(language, old.until, page.now);
    let t = &t.integrations;
    let users = old.users.iter().take(10).map(|(_, name, at)| {
        let ago = ago(language, *at, page.now).text();
        format!("{name} ({ago})")
    });
    let users: Vec<_> = users.collect();
    let (title, text) = if users.is_empty() {
        (t.old_unused, fill(t.old_until, &[&until]))
    } else {
        let text = fill(t.old_users, &[&users.join(", "), &until]);
        (t.old_used, text)
    };
    let is_owner = page.store_key != Key::Hidden;
    Notice {
        tone: Tone::Attention,
        title: title.to_owned(),
        text: Some(text),
        link: is_owner.then(|| (t.stop_now.to_owned(), Url::StopOldStoreKey.to_string())),
    }
}

fn connection(
    language: Language,
    t: &'static Texts,
    page: &Integrations,
    picked: &Picked,
) -> AnyView {
    let words_of = &t.integrations;
    let form = FormState::new().with(PickField::Till, picked.till.id.to_string());
    let choices = page.tills.iter().map(|till| {
        let name = format!("{}, {}", till.branch, till.name);
        Choice::new(till.id.to_string(), name)
    });
    let steps = steps(language, t, page, picked);
    let done = steps.iter().filter(|step| step.done.is_some()).count();
    let figure = Figure {
        label: words_of.done.to_owned(),
        value: done.to_string(),
        unit: Some(fill(words_of.of_steps, &[&steps.len().to_string()])),
        href: None,
        words: Some(words(words_of.done_note)),
    };
    let steps = steps.into_iter().map(|step| {
        let is_done = step.done.is_some();
        let class = if is_done { "tick tick-done" } else { "tick" };
        let state = if is_done {
            words_of.step_done
        } else {
            words_of.step_missing
        };
        let note = step.done.unwrap_or_else(|| step.missing.to_owned());
        view! {
            <li>
                <svg class=class viewBox="0 0 24 24" aria-hidden="true">
                    <circle cx="12" cy="12" r="10"></circle>
                    {is_done.then(|| view! { <path d="M7.5 12.5l3 3 6-6.5"></path> })}
                </svg>
                <div>
                    <b>{step.title}</b>
                    <span class="note">{note}</span>
                    <span class="hidden">{state}</span>
                </div>
            </li>
        }
    });
    let steps = steps.collect_view();
    view! {
        <div class="panel">
            <form class="pad till-pick" action=Url::Integrations.to_string()>
                {Control::new(&form, language, PickField::Till, t.tills.till)
                    .select(choices.collect())}
                {submit(Weight::Quiet, words_of.pick)}
            </form>
            <div class="pad ruled">{figure.view()}</div>
            <div class="ruled">
                <ol class="steps">{steps}</ol>
            </div>
        </div>
    }
    .into_any()
}

fn steps(language: Language, t: &'static Texts, page: &Integrations, picked: &Picked) -> Vec<Step> {
    let words = &t.integrations;
    let when = |at: Timestamp| moment(language, at, page.now);
    let till = &picked.till;
    let noted = |at: Timestamp, note: Option<&str>| match note {
        Some(note) => format!("{} · {note}", when(at)),
        None => when(at),
    };
    let place = format!("{}, {}", till.branch, till.name);
    let mut steps = vec![
        Step {
            title: words.created,
            done: Some(noted(picked.created_at, Some(&place))),
            missing: "",
        },
        Step {
            title: words.key_worked,
            done: picked.seen_at.map(|at| {
                let at = fill(words.last_time, &[&when(at)]);
                match &picked.program {
                    Some(program) => format!("{at} · {program}"),
                    None => at,
                }
            }),
            missing: words.key_missing,
        },
    ];
    steps.extend(module_steps(language, t, page, picked));
    steps.extend([
        Step {
            title: words.found_client,
            done: picked.looked_up_at.map(when),
            missing: words.found_missing,
        },
        Step {
            title: words.sold,
            done: picked.sold.map(|(at, total)| {
                let sum = format!("{}{NBSP}{}", money(language, total), t.common.somoni);
                noted(at, Some(&fill(words.check_of, &[&sum])))
            }),
            missing: words.sold_missing,
        },
        Step {
            title: words.returned,
            done: picked.returned_at.map(when),
            missing: words.returned_missing,
        },
        Step {
            title: words.synced,
            done: page.synced_at.map(when),
            missing: words.synced_missing,
        },
    ]);
    steps
}

/// Returns the steps of a till with a module; other tills need none.
fn module_steps(
    language: Language,
    t: &'static Texts,
    page: &Integrations,
    picked: &Picked,
) -> Vec<Step> {
    let running = picked.program.as_deref().and_then(ModuleAgent::read);
    let given = page.modules.given;
    if running.is_none() && given.is_none() {
        return Vec::new();
    }
    let taken = Step {
        title: t.modules.file_taken,
        done: given.map(|given| {
            let at = moment(language, given.at, page.now);
            format!("{at} · {}", program(given.module))
        }),
        missing: t.modules.file_missing,
    };
    let works = Step {
        title: t.modules.module_works,
        done: running.map(|module| {
            let newest = page.newest_module;
            if module.is_older_than(newest) {
                format!("{module} · {}", fill(t.modules.newer, &[newest]))
            } else {
                module.to_string()
            }
        }),
        missing: t.modules.module_missing,
    };
    vec![taken, works]
}

fn credentials(t: &'static Texts, page: &Integrations) -> AnyView {
    let words = &t.integrations;
    let line = |label: &'static str, note: Option<&'static str>, value: String| {
        view! {
            <div class="stack-tight">
                <span class="label">{label}</span>
                {note.map(|note| view! { <p class="note">{note}</p> })}
                {code(value)}
            </div>
        }
    };
    let shown = |key: &Key| match key {
        Key::Masked { first, last } => masked(first, last),
        Key::Shown(key) => key.clone(),
        Key::Unreadable => t.modules.unreadable.to_owned(),
        Key::Hidden => words.owner_only.to_owned(),
    };
    let till = page.picked.as_ref().map(|picked| {
        let number = line(words.till_number, None, picked.till.id.to_string());
        let key = line(t.till.key, Some(words.till_key_note), shown(&picked.key));
        view! { {number} {key} }
    });
    let is_readable = |picked: &Picked| picked.key != Key::Unreadable;
    let is_masked = matches!(page.store_key, Key::Masked { .. })
        && page.picked.as_ref().is_none_or(is_readable);
    let show = is_masked.then(|| {
        let id = page
            .picked
            .as_ref()
            .map(|picked| picked.till.id.to_string());
        view! {
            <form method="post" action=Url::ShowKeys.to_string()>
                {id.map(|id| hidden(PICKED, &id))}
                <button class="button button-quiet button-wide">{words.show_keys}</button>
            </form>
        }
    });
    let rotate = (page.store_key != Key::Hidden && page.old_store_key.is_none())
        .then(|| button_link(Weight::Quiet, Url::RotateStoreKey, words.rotate));
    view! {
        <div class="panel pad stack">
            {line(words.api_address, None, page.api_url.clone())}
            {line(words.store_key, Some(words.store_key_note), shown(&page.store_key))}
            {till}
            {show}
            {rotate}
        </div>
    }
    .into_any()
}

fn phone(t: &'static Texts, page: &Integrations) -> AnyView {
    let words = &t.integrations;
    let link = page.picked.as_ref().map(|picked| {
        let url = Url::Till(picked.till.id).to_string();
        view! {
            <p>
                <a href=url>{words.to_till}</a>
            </p>
        }
    });
    view! {
        <div class="panel pad stack pairing">
            <div class="qr-small">{qr_of(&page.cash_url, words.cash_qr)}</div>
            <div class="stack-tight">
                <p class="strong">{page.cash_typed.clone()}</p>
                <p class="note">{words.phone_note}</p>
                {link}
            </div>
        </div>
    }
    .into_any()
}
