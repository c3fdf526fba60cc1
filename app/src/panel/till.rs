//! A till: its connection, device, key and last requests.

use domain::{ModuleAgent, Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::refusals::refusal;
use super::texts::Texts;
use super::till_parts::{Grace, OldKey, PICKED, TillName, TillState};
use super::till_requests::{Request, requests};
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, post_button, submit};
use crate::locales::Language;
use crate::ui::codes::{code, masked};
use crate::ui::figures::{Figure, Pair, pairs, rows_link};
use crate::ui::format::{NBSP, ago, fill, moment, money, time};
use crate::ui::head::{Head, Weight, button_link, noted_section, section};
use crate::ui::states::{Notice, Tone, notice, state};

fields! {
    /// The fields of the form that replaces the key.
    RotationField = "rotation" {
        /// A value of [`Grace`].
        Grace = "grace",
    }
}

/// The page of a till.
#[derive(Clone, Debug)]
pub struct Till {
    /// The current moment.
    pub now: Timestamp,
    /// The till.
    pub name: TillName,
    /// The address of its branch.
    pub address: Option<String>,
    /// Its state.
    pub state: TillState,
    /// Its last request.
    pub last_seen: Option<Timestamp>,
    /// Its last sale.
    pub last_sale: Option<LastSale>,
    /// Its last refused request.
    pub last_refusal: Option<LastRefusal>,
    /// The seconds by which its clock is fast; negative if it is slow.
    pub clock_fast_seconds: Option<i64>,
    /// The program that uses it, with the version.
    pub program: Option<String>,
    /// The version of the modules that this server hands out.
    pub newest_module: &'static str,
    /// The moment when it was bound to its device; `None` if it is not bound.
    pub bound_at: Option<Timestamp>,
    /// The moment when the old key was bound to its device, while both keys are valid.
    pub old_bound_at: Option<Timestamp>,
    /// The key.
    pub key: Key,
    /// The old key while both are valid.
    pub old_key: Option<OldKey>,
    /// The last requests, the newest first; `None` if they are not recorded.
    pub requests: Option<Vec<Request>>,
    /// `true` if the person may change the till.
    pub may_change: bool,
    /// `true` if the person may see and replace keys.
    pub may_see_keys: bool,
    /// `true` if the person may pair a phone by a code and replace the key.
    pub may_pair: bool,
}

/// The key of a till as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The first and last signs.
    Masked {
        /// The first signs.
        first: String,
        /// The last signs.
        last: String,
    },
    /// The whole key.
    Shown(String),
    /// It cannot be read, because it was sealed with another secret key of the server.
    Unreadable,
    /// The person may not see it.
    Hidden,
}

/// The last sale of a till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastSale {
    /// The number of the sale; `None` for a receipt without a client.
    pub id: Option<i64>,
    /// The sum.
    pub total: Money,
    /// The moment.
    pub at: Timestamp,
}

/// The last refused request of a till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRefusal {
    /// The error code of the answer.
    pub code: String,
    /// The moment.
    pub at: Timestamp,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Till) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let till = &page.name;
    let mut head = Head::new(&till.name);
    head.crumbs = vec![crumb(Section::Tills, t)];
    if page.may_change {
        let branch = Url::Branch(till.branch_id).to_string();
        head.crumbs.push((till.branch.clone(), branch));
    }
    let number = format!("№{NBSP}{}", till.id);
    let branch = (!page.may_change).then(|| till.branch.clone());
    let about = [
        Some(number),
        branch,
        page.program.clone(),
        page.address.clone(),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    head.note = Some(about.join(" · ").into_any());
    let is_off = page.state == TillState::Off;
    if page.may_change {
        head.actions = vec![button_link(
            Weight::Quiet,
            Url::EditTill(till.id),
            t.till.edit,
        )];
        head.actions.push(if is_off {
            post_button(
                Weight::Quiet,
                Url::SwitchTillOn(till.id),
                t.till.switch_on,
                &[],
            )
        } else {
            button_link(Weight::Warn, Url::SwitchTillOff(till.id), t.till.switch_off)
        });
    }
    let is_pairable = page.may_pair && !is_off;
    let old_key = page
        .old_key
        .as_ref()
        .map(|old| notice(&old_key(language, t, page, old)));
    let body = view! {
        {old_key}
        <div class=if is_pairable { "columns columns-aside" } else { "columns" }>
            {section(t.tills.connection, connection(chrome, page))}
            {is_pairable.then(|| section(t.till.pair_phone, pairing_panel(t, page)))}
        </div>
        {key(language, t, page)}
        {page
            .requests
            .as_ref()
            .map(|sent| requests(language, t, page.name.id, page.now, sent))}
    };
    chrome.page(Page {
        section: Some(Section::Tills),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn old_key(language: Language, t: &'static Texts, page: &Till, old: &OldKey) -> Notice {
    let until = moment(language, old.until, page.now);
    let (title, text) = match old.last_used {
        Some(used) => {
            let used = ago(language, used, page.now).text();
            (
                t.till.old_key_used,
                fill(t.till.old_key_last, &[&used, &until]),
            )
        }
        None => (t.till.old_key_unused, fill(t.till.old_key_until, &[&until])),
    };
    let link = page.may_see_keys.then(|| {
        let url = Url::StopOldKey(page.name.id).to_string();
        (t.till.stop_now.to_owned(), url)
    });
    Notice {
        tone: Tone::Attention,
        title: title.to_owned(),
        text: Some(text),
        link,
    }
}

fn connection(chrome: &Chrome, page: &Till) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let seen = page.last_seen.map(|at| ago(language, at, page.now));
    let (value, unit) = match seen {
        Some(ago) => (ago.value, ago.unit.map(str::to_owned)),
        None => (t.till.never.to_owned(), None),
    };
    let figure = Figure {
        label: t.till.last_request.to_owned(),
        value,
        unit,
        href: None,
        words: Some(state(page.state.tone(), page.state.words(t))),
    };
    let mut list = Vec::new();
    if let Some(sale) = &page.last_sale {
        let total = format!("{}{NBSP}{}", money(language, sale.total), t.common.somoni);
        let has_page = chrome.sections.contains(&Section::Sales);
        let sale_id = sale.id.filter(|_| has_page);
        let total = rows_link(total, sale_id.map(|id| Url::Sale(id).to_string()));
        let at = format!(", {}", when(language, sale.at, page.now));
        list.push(Pair::new(t.till.last_sale, view! { {total} {at} }));
    }
    if let Some(last) = &page.last_refusal {
        let meaning = refusal(t, &last.code);
        let words = meaning.map_or(last.code.as_str(), |meaning| meaning.words);
        let value = format!("{words}, {}", when(language, last.at, page.now));
        let pair = Pair::new(t.till.last_refusal, value);
        let advice = meaning.and_then(|meaning| meaning.advice);
        list.push(match advice {
            Some(advice) => pair.advised(advice),
            None => pair,
        });
    }
    if let Some(seconds) = page.clock_fast_seconds {
        let length = format!("{}{NBSP}{}", seconds.abs(), t.till.seconds);
        let value = match seconds {
            -1..=1 => t.till.clock_right.to_owned(),
            ..=-2 => fill(t.till.clock_slow, &[&length]),
            _ => fill(t.till.clock_fast, &[&length]),
        };
        let pair = Pair::new(t.till.clock, value);
        list.push(if seconds.abs() > 120 {
            pair.advised(t.till.clock_advice)
        } else {
            pair
        });
    }
    if let Some(shown) = &page.program {
        list.push(program(t, page, shown));
    }
    list.push(device(language, t, page));
    view! {
        <div class="panel">
            <div class="pad">{figure.view()}</div>
            {pairs("ruled", list)}
        </div>
    }
    .into_any()
}

/// Renders the program. A module that is older than the one of this server is to be replaced.
fn program(t: &'static Texts, page: &Till, shown: &str) -> Pair {
    let Some(module) = ModuleAgent::read(shown) else {
        return Pair::new(t.till.program, shown.to_owned());
    };
    let pair = Pair::new(t.till.program, fill(t.modules.on_till, &[shown]));
    if !module.is_older_than(page.newest_module) {
        return pair;
    }
    let newer = fill(t.modules.newer, &[page.newest_module]);
    if !page.may_see_keys {
        return pair.advised(newer);
    }
    let url = Url::Integrations.with_query(&[(PICKED, &page.name.id.to_string())]);
    pair.advised(view! {
        {newer} " " <a href=url>{t.modules.newer_link}</a>
    })
}

fn device(language: Language, t: &'static Texts, page: &Till) -> Pair {
    let Some(bound_at) = page.bound_at else {
        if page.old_bound_at.is_some() {
            return Pair::new(t.till.device, t.till.bound_old).advised(t.till.bound_old_advice);
        }
        return Pair::new(t.till.device, t.till.not_bound).advised(t.till.not_bound_advice);
    };
    let value = fill(t.till.bound, &[&moment(language, bound_at, page.now)]);
    let pair = Pair::new(t.till.device, value);
    if !page.may_change {
        return pair.advised(t.till.bound_advice);
    }
    let url = Url::UnbindTill(page.name.id).to_string();
    pair.advised(view! {
        {t.till.bound_advice} " " {t.till.broken} " " <a href=url>{t.till.unbind}</a>
    })
}

/// Returns the time of a moment, and its day if that is not today.
fn when(language: Language, at: Timestamp, now: Timestamp) -> String {
    if at.local_date() == now.local_date() {
        time(at)
    } else {
        moment(language, at, now)
    }
}

fn pairing_panel(t: &'static Texts, page: &Till) -> AnyView {
    let lead = if page.bound_at.or(page.old_bound_at).is_some() {
        t.till.pair_replaces_lead
    } else {
        t.till.pair_lead
    };
    view! {
        <div class="panel pad stack">
            <p>{lead}</p>
            {post_button(Weight::Main, Url::PairTill(page.name.id), t.till.show_pairing, &[])}
        </div>
    }
    .into_any()
}

fn key(language: Language, t: &'static Texts, page: &Till) -> Option<AnyView> {
    let id = page.name.id;
    let shown = match &page.key {
        Key::Hidden => return None,
        Key::Shown(key) => code(key),
        Key::Unreadable => code(t.modules.unreadable),
        Key::Masked { first, last } => code(masked(first, last)),
    };
    let is_masked = matches!(page.key, Key::Masked { .. });
    let show = (is_masked && page.may_see_keys)
        .then(|| post_button(Weight::Quiet, Url::ShowKey(id), t.till.show_key, &[]));
    let line = if is_masked { "pad key-line" } else { "pad" };
    let grace = FormState::new().with(RotationField::Grace, Grace::Day.as_str());
    let choices = Grace::ALL
        .into_iter()
        .map(|grace| Choice::new(grace.as_str(), grace.words(t)))
        .collect();
    // A form with GET: it opens the page that asks, with the choice in the query.
    let rotation = (page.may_pair && page.old_key.is_none()).then(|| {
        view! {
            <form class="pad ruled stack" action=Url::RotateKey(id).to_string()>
                {Control::new(&grace, language, RotationField::Grace, t.till.grace)
                    .radios("choices-row", choices)}
                <p>{submit(Weight::Quiet, t.till.rotate)}</p>
            </form>
        }
    });
    let note = fill(t.till.key_note, &[&id.to_string()]);
    let content = view! {
        <div class="panel">
            <div class=line>{shown} {show}</div>
            {rotation}
        </div>
    };
    Some(noted_section(t.till.key, Some(note), None, content))
}
