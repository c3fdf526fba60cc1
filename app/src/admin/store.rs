//! A store: its state, tills, owners and programme, and what admins did in it.

use domain::{BasisPoints, Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::store_forms::{ONCE, stores_crumb};
use super::store_journal::{Done, section_of};
use super::texts::StoresTexts;
use super::urls::Url;
use crate::forms::{Control, FormState, fields, hidden, post_button, submit, summary};
use crate::locales::Language;
use crate::ui::codes::code;
use crate::ui::figures::{Figure, Pair, pairs, words};
use crate::ui::format::{ago, count, day, fill, moment, money, percent};
use crate::ui::head::{Head, Weight, button_link, noted_section, section};
use crate::ui::states::{Notice, Tone, state};
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub, sub_phone};

fields! {
    /// The form of an owner's invitation.
    OwnerField = "owner" {
        /// The name of the person.
        Name = "name",
    }
}

/// The page of a store.
#[derive(Clone, Debug)]
pub struct Store {
    /// The current moment.
    pub now: Timestamp,
    /// The number.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The moment when it was opened.
    pub opened: Timestamp,
    /// The suspension; `None` if it works.
    pub suspended: Option<Suspension>,
    /// The most tills that may be switched on; `None` if it is not limited.
    pub paid_tills: Option<i64>,
    /// The cashback, and the part of a sale that bonuses may pay.
    pub programme: (BasisPoints, BasisPoints),
    /// The owners.
    pub owners: Vec<Owner>,
    /// The owners who are invited.
    pub invited: Vec<Invited>,
    /// The link that was just made; it is shown once.
    pub link: Option<NewLink>,
    /// The form of an invitation.
    pub form: FormState<OwnerField>,
    /// A random text, sent back in [`ONCE`]: a form that is sent twice makes one link.
    pub once: String,
    /// The branches with their tills.
    pub branches: Vec<Branch>,
    /// What admins did in the store, the newest first.
    pub acts: Vec<Done>,
}

/// The suspension of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Its moment.
    pub since: Timestamp,
    /// The name of the admin; `None` if it was suspended in the database.
    pub by: Option<String>,
    /// The reason.
    pub reason: Option<String>,
}

/// An owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The number of the person.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The login.
    pub login: String,
    /// The last request.
    pub last_seen: Option<Timestamp>,
}

/// An owner who is invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The number of the invitation.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The moment when the link ends.
    pub until: Timestamp,
}

/// A link that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLink {
    /// The name of the person.
    pub name: String,
    /// The whole URL.
    pub url: String,
    /// The moment when it ends.
    pub until: Timestamp,
}

/// A branch with its tills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// Its address; may be empty.
    pub address: String,
    /// Its tills.
    pub tills: Vec<Till>,
}

/// A till of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Till {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `true` if it is switched on.
    pub is_on: bool,
    /// `true` if it is bound to a device.
    pub is_bound: bool,
    /// `true` if another device has tried its key since it was bound.
    pub has_foreign: bool,
    /// Its last request.
    pub last_seen: Option<Timestamp>,
    /// What it has sold since midnight.
    pub sold_today: Money,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Store) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.store_pages;
    let mut head = Head::new(page.name.clone());
    head.crumbs = vec![stores_crumb(all)];
    let number = page.id.to_string();
    let opened = day(language, page.opened, page.now);
    head.note = Some(fill(t.opened, &[&number, &opened]).into_any());
    let act = match page.suspended {
        Some(_) => button_link(Weight::Main, Url::ResumeStore(page.id), t.resume),
        None => button_link(Weight::Warn, Url::SuspendStore(page.id), t.suspend),
    };
    head.actions = vec![
        button_link(Weight::Quiet, Url::Activity(page.id), t.activity),
        button_link(Weight::Quiet, Url::EditStore(page.id), t.edit),
        act,
    ];
    let label = |OwnerField::Name| t.invite_name.to_owned();
    let body = view! {
        {summary(&page.form, language, t.not_invited, label)}
        {page.link.as_ref().map(|link| new_link(language, t, page.now, link))}
        <section class="panel">
            <div class="pad">{figure(language, t, page).view()}</div>
            {programme(language, t, page)}
        </section>
        {branches(language, t, page)}
        {owners(language, t, page)}
        {section_of(language, t, page.now, &page.acts)}
    };
    let mut chrome = chrome.clone();
    chrome.notices.extend(suspension(language, t, page));
    chrome.form_page(Section::Stores, head, page.form.is_wrong(), body.into_any())
}

fn suspension(language: Language, t: &StoresTexts, page: &Store) -> Option<Notice> {
    let known = page.suspended.as_ref()?;
    let since = day(language, known.since, page.now);
    let by = known.by.as_ref().map(|by| fill(t.suspended_by, &[by]));
    let reason = known.reason.as_ref();
    let reason = reason.map(|reason| fill(t.reason, &[reason]));
    let text: Vec<String> = reason.into_iter().chain(by).collect();
    Some(Notice {
        text: (!text.is_empty()).then(|| text.join(" · ")),
        ..Notice::new(Tone::Danger, fill(t.suspended_since, &[&since]))
    })
}

fn new_link(language: Language, t: &StoresTexts, now: Timestamp, link: &NewLink) -> AnyView {
    let until = moment(language, link.until, now);
    let content = view! {
        <div class="panel pad stack">
            {code(link.url.clone())} <p class="note">{fill(t.link_note, &[&until])}</p>
        </div>
    };
    section(fill(t.link_for, &[&link.name]), content)
}

fn figure(language: Language, t: &StoresTexts, page: &Store) -> Figure {
    let tills = || page.branches.iter().flat_map(|branch| &branch.tills);
    let on = tills().filter(|till| till.is_on).count();
    let on = i64::try_from(on).unwrap_or(i64::MAX);
    let sold = tills().map(|till| till.sold_today).sum::<Money>();
    let sales = fill(t.sales_today, &[&money(language, sold)]);
    let is_over = page.paid_tills.is_some_and(|paid| on > paid);
    let sentence = if is_over {
        format!("{} {sales}", t.over_paid)
    } else {
        sales
    };
    Figure {
        label: t.tills_on.to_owned(),
        value: count(language, on),
        unit: Some(match page.paid_tills {
            Some(paid) => fill(t.of_paid, &[&count(language, paid)]),
            None => t.not_limited.to_owned(),
        }),
        href: None,
        words: Some(words(sentence)),
    }
}

fn programme(language: Language, t: &StoresTexts, page: &Store) -> AnyView {
    let (cashback, redeem) = page.programme;
    let redeem = fill(t.of_check, &[&percent(language, redeem)]);
    let rows = vec![
        Pair::new(t.cashback, percent(language, cashback)),
        Pair::new(t.redeem, redeem),
    ];
    pairs("ruled", rows)
}

fn branches(language: Language, t: &'static StoresTexts, page: &Store) -> AnyView {
    if page.branches.is_empty() {
        let content = view! { <p class="panel pad note">{t.no_branches}</p> };
        return section(t.branches, content);
    }
    let group = |branch: &Branch| {
        let sold = branch.tills.iter().map(|till| till.sold_today);
        let name = view! {
            {strong(branch.name.clone())}
            {(!branch.address.is_empty()).then(|| sub(branch.address.clone()))}
        };
        let sold = Cell::right(money(language, sold.sum::<Money>()));
        let head = Row::group(3, name.into_any(), vec![sold]);
        let tills = branch
            .tills
            .iter()
            .map(|till| till_row(language, t, page, till));
        let none = branch.tills.is_empty().then(|| {
            let blank = || Cell::text("");
            let name = view! { <span class="muted">{t.no_tills}</span> };
            Row::new(vec![Cell::left(name), blank(), blank(), blank()])
        });
        let rows = std::iter::once(head).chain(tills).chain(none);
        rows.collect()
    };
    let table = Table {
        name: t.branches.to_owned(),
        class: "",
        columns: vec![
            column(t.till),
            column(t.sign),
            column(t.acts),
            figures(t.sales),
        ],
        groups: page.branches.iter().map(group).collect(),
        total: None,
    };
    section(
        t.branches,
        view! { <div class="panel">{table.view()}</div> },
    )
}

fn till_row(language: Language, t: &'static StoresTexts, page: &Store, till: &Till) -> Row {
    let seen = till.last_seen.map(|at| ago(language, at, page.now).text());
    let (tone, sign) = if !till.is_on {
        (Tone::Neutral, t.till_off)
    } else if till.has_foreign {
        (Tone::Danger, t.till_foreign)
    } else if till.last_seen.is_none() {
        (Tone::Neutral, t.till_never)
    } else {
        (Tone::Good, t.till_on)
    };
    let link = |url: Url, words: &'static str| {
        view! {
            <a class="link-touch" href=url.to_string()>
                {words}
            </a>
            " "
        }
    };
    let unbind =
        (till.is_on && till.is_bound).then(|| link(Url::UnbindTill(page.id, till.id), t.do_unbind));
    let rotate = till
        .is_on
        .then(|| link(Url::RotateKey(page.id, till.id), t.do_rotate));
    let switch = if till.is_on {
        link(Url::SwitchTillOff(page.id, till.id), t.do_off)
    } else {
        link(Url::SwitchTillOn(page.id, till.id), t.do_on)
    };
    let number = format!("№\u{a0}{}", till.id);
    let activity = Url::TillActivity(page.id, till.id).to_string();
    // Not a title, which would take the whole row from the links to the acts.
    let name = view! {
        <a class="link-touch" href=activity>
            {strong(till.name.clone())}
        </a>
    };
    let about = match seen {
        Some(seen) => format!("{number} · {seen}"),
        None => number,
    };
    Row::new(vec![
        Cell::left(view! { {name} {sub(about)} }),
        Cell::below(state(tone, sign)),
        Cell::below(view! { <span class="row-links">{unbind} {rotate} {switch}</span> }),
        Cell::right(money(language, till.sold_today)),
    ])
}

fn owners(language: Language, t: &'static StoresTexts, page: &Store) -> AnyView {
    let owner = |owner: &Owner| {
        let seen = owner.last_seen.map(|at| ago(language, at, page.now).text());
        let seen = seen.unwrap_or_else(|| t.never_seen.to_owned());
        let name = view! {
            {strong(owner.name.clone())} {sub(owner.login.clone())} {sub_phone(seen.clone())}
        };
        let link = post_button(
            Weight::Quiet,
            Url::OwnerLink(page.id, owner.id),
            t.new_password,
            &[(ONCE, &page.once)],
        );
        Row::new(vec![Cell::left(name), Cell::text(seen), Cell::below(link)])
    };
    let invited = |invited: &Invited| {
        let until = moment(language, invited.until, page.now);
        let until = fill(t.invited_until, &[&until]);
        let name = view! { {strong(invited.name.clone())} {sub_phone(until.clone())} };
        let url = Url::CancelOwner(page.id, invited.id);
        let cancel = post_button(Weight::Warn, url, t.cancel_link, &[]);
        Row::new(vec![
            Cell::left(name),
            Cell::text(until),
            Cell::below(cancel),
        ])
    };
    let rows: Vec<Row> = page
        .owners
        .iter()
        .map(owner)
        .chain(page.invited.iter().map(invited))
        .collect();
    let note = (page.owners.is_empty() && page.invited.is_empty()).then(|| t.no_owner.to_owned());
    let list = (!rows.is_empty()).then(|| {
        Table {
            name: t.owners.to_owned(),
            class: "people-rows",
            columns: vec![column(t.owner), column(t.last_seen), column(t.access)],
            groups: vec![rows],
            total: None,
        }
        .view()
    });
    let form = &page.form;
    let name = Control::new(form, language, OwnerField::Name, t.invite_name);
    let content = view! {
        <div class="panel">
            {list}
            <form
                class="pad ruled stack"
                method="post"
                autocomplete="off"
                action=Url::InviteOwner(page.id).to_string()
                novalidate
            >
                {name.hint(t.invite_hint).text()}
                {hidden(ONCE, &page.once)}
                <p>{submit(Weight::Quiet, t.invite)}</p>
            </form>
        </div>
    };
    noted_section(t.owners, note, None, content)
}
