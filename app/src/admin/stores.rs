//! The stores of the platform: search, groups worth a look, and rows.

use domain::sharing::Level;
use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::activity::sign;
use super::chrome::{Chrome, Section};
use super::store_state::StoreState;
use super::texts::{StoresTexts, Texts, texts};
use super::urls::Url;
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{ago, count, fill, money};
use crate::ui::head::{Head, Weight, button_link, empty};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, FORMAT, Format, Sheet};
use crate::ui::states::{Tone, state};
use crate::ui::table::{Cell, Row, Table, column, figures, sub, title};

/// The names in the query: the search, the group, and the key after which the rows continue.
pub const QUERY: [&str; 3] = ["q", "group", "after"];

/// The page of the stores.
#[derive(Clone, Debug)]
pub struct Stores {
    /// The current moment.
    pub now: Timestamp,
    /// The text that was searched for.
    pub search: String,
    /// The group that is shown.
    pub group: Group,
    /// The groups with their numbers of stores.
    pub groups: Vec<(Group, i64)>,
    /// The sums of all stores.
    pub totals: Totals,
    /// The stores of this page.
    pub rows: Vec<StoreRow>,
    /// The key after which the next page continues; `None` on the last page.
    pub next: Option<String>,
    /// `true` if this is not the first page.
    pub is_continued: bool,
}

/// A group of stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// All stores.
    All,
    /// The stores with a till that is worth a look.
    ToLookAt,
    /// The stores whose tills have sent nothing for two days.
    Silent,
    /// The stores whose tills have never sent anything.
    NotConnected,
    /// The suspended stores.
    Suspended,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::ToLookAt,
        Self::Silent,
        Self::NotConnected,
        Self::Suspended,
    ];

    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::ToLookAt => "look",
            Self::Silent => "silent",
            Self::NotConnected => "not-connected",
            Self::Suspended => "suspended",
        }
    }

    /// Returns the group with this value.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// Returns whether a store belongs to the group.
    pub fn has(self, store: &StoreRow) -> bool {
        match self {
            Self::All => true,
            Self::ToLookAt => store.level > Level::Nothing,
            Self::Silent => matches!(store.state, StoreState::Silent(_)),
            Self::NotConnected => matches!(store.state, StoreState::NotConnected),
            Self::Suspended => matches!(store.state, StoreState::Suspended),
        }
    }

    const fn words(self, t: &StoresTexts) -> &'static str {
        match self {
            Self::All => t.all,
            Self::ToLookAt => t.look_group,
            Self::Silent => t.silent_group,
            Self::NotConnected => t.not_connected_group,
            Self::Suspended => t.suspended_group,
        }
    }
}

/// The sums of all stores of the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The stores.
    pub stores: i64,
    /// The tills that work.
    pub working_tills: i64,
    /// The tills that are paid for, of the stores that have a number.
    pub paid_tills: i64,
    /// `true` if every store has a number of paid tills.
    pub is_all_limited: bool,
    /// What was sold since midnight.
    pub sold_today: Money,
}

/// A store in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The places of its branches.
    pub places: Vec<String>,
    /// What its tills do.
    pub state: StoreState,
    /// The worst that one of its tills was judged.
    pub level: Level,
    /// Its tills that work: switched on, in a store that is not suspended.
    pub working_tills: i64,
    /// The most tills that may be switched on; `None` if it is not limited.
    pub paid_tills: Option<i64>,
    /// What it has sold since midnight.
    pub sold_today: Money,
    /// Its last sale.
    pub last_sale: Option<Timestamp>,
}

impl StoreRow {
    /// Returns the place in the list, from 0: the stores to look at are first.
    pub const fn rank(&self) -> i64 {
        match self.level {
            Level::LooksShared => 0,
            Level::WorthALook => 1,
            Level::Nothing => 2 + self.state.rank(),
        }
    }

    /// Returns the most important that is to be said about it.
    fn sign(&self, language: Language, all: &Texts, now: Timestamp) -> Option<(Tone, String)> {
        let level = sign::level(&all.activity, self.level);
        match level {
            Some((tone, words)) => Some((tone, words.to_owned())),
            None => self.state.sign(language, &all.store_pages, now),
        }
    }

    /// Returns the tills that work, and of how many.
    fn tills(&self, language: Language, t: &StoresTexts) -> String {
        let working = count(language, self.working_tills);
        match self.paid_tills {
            Some(paid) => fill(t.of_tills, &[&working, &count(language, paid)]),
            None => working,
        }
    }
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Stores) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.store_pages;
    let mut head = Head::new(all.stores);
    head.actions = vec![button_link(Weight::Main, Url::NewStore, t.open_store)];
    head.is_short = true;
    let content = if page.rows.is_empty() {
        nothing(t, page)
    } else {
        let next = page.next.as_deref();
        let next = next.map(|after| address(page, page.group, (QUERY[2], after)));
        let first = page
            .is_continued
            .then(|| address(page, page.group, ("", "")));
        view! {
            {summary(language, t, page)}
            {table(language, all.stores, t, page)}
            {pager(page::texts(language).pager, "pager", next, first)}
        }
        .into_any()
    };
    let body = view! {
        {filters(language, t, page)}
        <section class="panel">{content}</section>
    };
    chrome.page(Section::Stores, head, body.into_any())
}

fn nothing(t: &'static StoresTexts, page: &Stores) -> AnyView {
    let all = button_link(Weight::Quiet, Url::Stores, t.show_all);
    if !page.search.is_empty() {
        let title = fill(t.not_found, &[&page.search]);
        empty(title, t.not_found_advice, Some(all))
    } else if page.totals.stores > 0 {
        empty(t.none_in_group, t.none_in_group_advice, Some(all))
    } else {
        empty(t.no_stores, t.no_stores_advice, None)
    }
}

/// Returns the address of the list with this search and group, and one more pair.
fn address(page: &Stores, group: Group, more: (&str, &str)) -> String {
    let [by_search, by_group, _] = QUERY;
    Url::Stores.with_query(&[(by_search, &page.search), (by_group, group.code()), more])
}

fn filters(language: Language, t: &'static StoresTexts, page: &Stores) -> AnyView {
    let [by_search, by_group, _] = QUERY;
    let chip = |(group, number): &(Group, i64)| {
        let href = Url::Stores.with_query(&[(by_group, group.code())]);
        let is_current = page.search.is_empty() && *group == page.group;
        view! {
            <a class="chip" href=href aria-current=is_current.then_some("true")>
                {group.words(t)}
                " "
                <span class="num">{count(language, *number)}</span>
            </a>
        }
    };
    view! {
        <div class="filters">
            <form class="search" role="search" action=Url::Stores.to_string()>
                <label class="hidden" for="search">
                    {t.search}
                </label>
                <input
                    class="input"
                    id="search"
                    type="search"
                    name=by_search
                    value=page.search.clone()
                    placeholder=t.search
                />
                <button class="button button-quiet">{t.find}</button>
            </form>
            <nav class="chips" aria-label=t.groups>
                {page.groups.iter().map(chip).collect_view()}
            </nav>
        </div>
    }
    .into_any()
}

fn summary(language: Language, t: &'static StoresTexts, page: &Stores) -> AnyView {
    let totals = page.totals;
    let working = count(language, totals.working_tills);
    let tills = if totals.is_all_limited {
        fill(
            t.tills_paid,
            &[&working, &count(language, totals.paid_tills)],
        )
    } else {
        fill(t.tills_partly_paid, &[&working])
    };
    let sales = fill(t.sales_today, &[&money(language, totals.sold_today)]);
    let figure = Figure {
        label: t.on_the_platform.to_owned(),
        value: count(language, totals.stores),
        unit: Some(t.store_noun.form(language, totals.stores).to_owned()),
        href: None,
        words: Some(words(format!("{tills} {sales}"))),
    };
    let files = page::texts(language).files;
    let file = |format: Format, words: &'static str| {
        let href = address(page, page.group, (FORMAT, format.code()));
        view! {
            <a class="link-touch" href=href>
                {words}
            </a>
        }
    };
    view! {
        <div class="pad list-head">
            {figure.view()}
            <p class="export">
                {file(Format::Xlsx, files.excel)} " " {file(Format::Csv, files.csv)}
            </p>
        </div>
    }
    .into_any()
}

fn table(
    language: Language,
    name: &'static str,
    t: &'static StoresTexts,
    page: &Stores,
) -> AnyView {
    let row = |store: &StoreRow| row(language, t, page.now, store);
    Table {
        name: name.to_owned(),
        class: "ruled store-rows",
        columns: vec![
            column(t.store),
            column(t.sign),
            figures(t.tills_work),
            figures(t.sales_column),
        ],
        groups: vec![page.rows.iter().map(row).collect()],
        total: None,
    }
    .view()
}

fn row(language: Language, t: &'static StoresTexts, now: Timestamp, store: &StoreRow) -> Row {
    let tills = store.tills(language, t);
    let on_phone = fill(t.tills_on_phone, &[&tills]);
    let (places, dot) = match store.places.as_slice() {
        [] => (String::new(), ""),
        places => (places.join(", "), " · "),
    };
    let name = view! {
        {title(Some(Url::Store(store.id).to_string()), store.name.clone())}
        {sub(view! { {places} <span class="phone num">{dot} {on_phone}</span> })}
    };
    let sign = store.sign(language, texts(language), now);
    let sign = sign.map(|(tone, words)| state(tone, words));
    let sale = match store.last_sale {
        Some(at) => ago(language, at, now).text(),
        None => t.never_sold.to_owned(),
    };
    Row::new(vec![
        Cell::left(name),
        Cell::below(sign),
        Cell::figure(tills),
        Cell::right(view! { {money(language, store.sold_today)} {sub(sale)} }),
    ])
}

type StoreColumn = Column<StoreRow>;

/// Returns the stores as a file.
pub fn sheet(language: Language, now: Timestamp, rows: &[StoreRow]) -> Sheet {
    let all = texts(language);
    let t = &all.store_pages;
    let columns = [
        StoreColumn::new(t.file_number, |store| store.id),
        StoreColumn::new(t.store, |store| store.name.clone()),
        StoreColumn::new(t.file_places, |store| store.places.join(", ")),
        StoreColumn::new(t.sign, move |store| {
            let sign = store.sign(language, texts(language), now);
            sign.map_or_else(|| t.works.to_owned(), |(_, words)| words)
        }),
        StoreColumn::new(t.tills_work, |store| store.working_tills),
        StoreColumn::new(t.file_paid, |store| store.paid_tills),
        StoreColumn::new(t.sales_column, |store| store.sold_today),
        StoreColumn::new(t.file_last_sale, |store| store.last_sale),
    ];
    Sheet::new(language, all.stores, &columns, rows)
}
