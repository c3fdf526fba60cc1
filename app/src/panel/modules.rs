//! The files that make another program a till: the list for one till, and the page before a
//! download.

use domain::{TillModule, Timestamp};
use leptos::prelude::*;

use super::cashier_steps::{FRONTOL, PROGRAM};
use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::Texts;
use super::till_parts::{PICKED, TillName};
use super::urls::Url;
pub use crate::console::password::PasswordField;
use crate::forms::{Control, FormState, hidden, submit};
use crate::locales::Language;
use crate::ui::format::{NBSP, fill, moment};
use crate::ui::head::{Head, Weight, button_link, section};
use crate::ui::states::{Notice, Tone, notice};

/// The name of the field, and of the query, with the module: [`TillModule::as_str`].
pub const MODULE: &str = "module";

/// The files for a till.
#[derive(Clone, Debug)]
pub struct Modules {
    /// The length of each file in bytes, in the order of [`TillModule::ALL`].
    pub sizes: [usize; 4],
    /// The file that was downloaded last.
    pub given: Option<Given>,
    /// The reason why there is none to download.
    pub bar: Option<Bar>,
}

/// The file that was downloaded last for a till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The module.
    pub module: TillModule,
    /// The moment.
    pub at: Timestamp,
    /// `true` if the till has got another key since.
    pub till_key_is_old: bool,
    /// `true` if the store has got another key since.
    pub store_key_is_old: bool,
}

/// A reason why a till's files cannot be downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The person may not see keys.
    NotOwner,
    /// The store is suspended.
    Suspended,
    /// The till is switched off.
    TillOff,
    /// The till's key cannot be read.
    TillKey,
    /// The store's key cannot be read.
    StoreKey,
}

impl Bar {
    /// Returns what is said about the till with the number `id`.
    fn told(self, t: &'static Texts, id: i64) -> Notice {
        let words = &t.modules;
        let (title, link) = match self {
            Self::NotOwner => (words.owner_only, None),
            Self::Suspended => (words.suspended, None),
            Self::TillOff => (words.off, Some((words.switch_on, Url::Till(id)))),
            Self::TillKey => (words.till_key, Some((words.new_key, Url::RotateKey(id)))),
            Self::StoreKey => (words.store_key, Some((words.new_key, Url::RotateStoreKey))),
        };
        let tone = match self {
            Self::NotOwner => Tone::Neutral,
            _ => Tone::Attention,
        };
        Notice {
            link: link.map(|(words, url)| (words.to_owned(), url.to_string())),
            ..Notice::new(tone, title)
        }
    }
}

/// Returns the short name of a module's program, the same in every language.
pub const fn program(module: TillModule) -> &'static str {
    match module {
        TillModule::Unf => "1С:УНФ",
        TillModule::Retail => "1С:Розница",
        TillModule::Trade => "1С:УТ",
        TillModule::Frontol => "Frontol",
    }
}

/// Returns the name of a module's program as the panel writes it.
pub(super) const fn name(t: &Texts, module: TillModule) -> &'static str {
    match module {
        TillModule::Unf => t.integrations.unf,
        TillModule::Retail => t.integrations.retail,
        TillModule::Trade => t.integrations.trade,
        TillModule::Frontol => t.integrations.frontol,
    }
}

/// Returns the releases that a module is for.
const fn releases(module: TillModule) -> &'static str {
    match module {
        TillModule::Unf | TillModule::Retail => "3.0",
        TillModule::Trade => "11.5",
        TillModule::Frontol => "6",
    }
}

fn address(id: i64, module: TillModule) -> String {
    Url::TillModule(id).with_query(&[(MODULE, module.as_str())])
}

/// Tells that a key was replaced after the last file was downloaded.
pub(super) fn outdated(
    language: Language,
    t: &'static Texts,
    id: i64,
    modules: &Modules,
    now: Timestamp,
) -> Option<Notice> {
    let words = &t.modules;
    let given = modules.given?;
    let has_till_key = !given.module.is_one_c();
    let title = match (given.store_key_is_old, given.till_key_is_old) {
        (true, _) => words.store_replaced,
        (false, true) => words.till_replaced,
        (false, false) => return None,
    };
    let at = moment(language, given.at, now);
    let mut advice = Vec::new();
    if given.store_key_is_old || has_till_key {
        advice.push(words.again);
    }
    if given.till_key_is_old && !has_till_key {
        advice.push(words.retype);
    }
    let may_take = modules.bar.is_none() && advice.contains(&words.again);
    let link = (words.download.to_owned(), address(id, given.module));
    Some(Notice {
        tone: Tone::Attention,
        title: fill(title, &[program(given.module), &at]),
        text: Some(advice.join(" ")),
        link: may_take.then_some(link),
    })
}

/// Renders the files for the till with the number `id`.
pub(super) fn modules(
    language: Language,
    t: &'static Texts,
    id: i64,
    modules: &Modules,
    now: Timestamp,
) -> AnyView {
    let words = &t.modules;
    let bar = modules.bar.map(|bar| {
        let told = bar.told(t, id);
        view! { <div class="pad">{notice(&told)}</div> }
    });
    let rows = TillModule::ALL.into_iter().zip(modules.sizes);
    let rows = rows.map(|(module, size)| {
        let about = if module.is_one_c() {
            words.about_one_c
        } else {
            words.about_frontol
        };
        let size = format!("{}{NBSP}{}", size.div_ceil(1024), words.kilobytes);
        let about = format!("{} · {about} · {size}", releases(module));
        let given = modules.given.filter(|given| given.module == module);
        let given = given.map(|given| {
            let taken = fill(words.taken, &[&moment(language, given.at, now)]);
            view! { <span class="sub">{taken}</span> }
        });
        let link = modules.bar.is_none().then(|| {
            let label = format!("{}: {}", words.download, name(t, module));
            view! {
                <a class="link-touch" href=address(id, module) aria-label=label>
                    {words.download}
                </a>
            }
        });
        view! {
            <tr>
                <td class="a">
                    <span class="strong">{name(t, module)}</span>
                    <span class="sub">{about}</span>
                    {given}
                </td>
                <td class="b r">{link}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let sheet = |program: &'static str, words: &'static str| {
        let url = Url::CashierSteps.with_query(&[(PROGRAM, program)]);
        view! { <a class="link-touch" href=url>{words}</a> }
    };
    view! {
        <div class="panel">
            {bar}
            <table class="rows plain-rows">
                <tbody>{rows}</tbody>
            </table>
            <p class="panel-foot note row-links">
                {t.cashier_steps.title} ": " {sheet("1c", "1С")} {sheet(FRONTOL, "Frontol")}
            </p>
        </div>
    }
    .into_any()
}

/// The page before a download.
#[derive(Clone, Debug)]
pub struct ModulePage {
    /// The till.
    pub till: TillName,
    /// The module.
    pub module: TillModule,
    /// The reason why the file cannot be downloaded.
    pub bar: Option<Bar>,
    /// The form with the password; `None` if it was entered within the last 15 minutes.
    pub password: Option<FormState<PasswordField>>,
}

/// Renders the page before a download. It stays open beside the file, so it also says what comes
/// next.
pub fn html(chrome: &Chrome, page: &ModulePage) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let words = &t.modules;
    let till = &page.till;
    let back = Url::Integrations.with_query(&[(PICKED, &till.id.to_string())]);
    let mut head = Head::new(fill(words.title, &[program(page.module)]));
    head.crumbs = vec![crumb(Section::Integrations, t)];
    let number = format!("№{NBSP}{}", till.id);
    head.note = Some(format!("{}, {} · {number}", till.branch, till.name).into_any());
    let (contents, then) = if page.module.is_one_c() {
        ([words.has_store_key, words.for_base], words.then_one_c)
    } else {
        ([words.has_both_keys, words.for_till], words.then_frontol)
    };
    let contents = contents.into_iter().chain([words.written]);
    let contents = contents.map(|sentence| view! { <li>{sentence}</li> });
    let then = then.map(|sentence| view! { <li>{sentence}</li> });
    let bar = page.bar.map(|bar| notice(&bar.told(t, till.id)));
    let form = page.bar.is_none().then(|| {
        let password = page.password.as_ref().map(|form| {
            let label = t.confirm.password;
            let control = Control::new(form, language, PasswordField::Password, label);
            let control = control.hint(t.confirm.password_hint);
            let control = control.autocomplete("current-password").password();
            view! { <div class="password">{control}</div> }
        });
        view! {
            <form
                class="pad ruled stack"
                method="post"
                action=Url::TillModule(till.id).to_string()
                novalidate
            >
                {password}
                {hidden(MODULE, page.module.as_str())}
                <div class="actions">
                    {submit(Weight::Main, words.take)}
                    {button_link(Weight::Quiet, back, words.back)}
                </div>
            </form>
        }
    });
    let body = view! {
        <div class="narrow columns">
            {bar}
            <div class="panel">
                <div class="pad">
                    <ul class="list">{contents.collect_view()}</ul>
                </div>
                {form}
            </div>
            {section(
                words.then,
                view! {
                    <div class="panel pad">
                        <ol class="list">{then.collect_view()}</ol>
                    </div>
                },
            )}
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Integrations),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}
