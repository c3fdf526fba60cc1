//! The goods: what the stock of the back office brought, how long it lasts, and what was last sold.

use domain::{Quantity, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::forms::{FormState, fields, hidden, post_button};
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{ago, count, day, fill, moment, quantity};
use crate::ui::head::{Head, Weight, empty};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, Sheet, downloads};
use crate::ui::states::{Tone, mark};
use crate::ui::table::{Cell, Row, Table, column, figures, sub, sub_phone, title, wide};

fields! {
    /// The filter of the goods, in the query.
    GoodsField = "goods" {
        /// A part of the name or of the article number.
        Search = "q",
        /// A code of [`Show`].
        Show = "show",
        /// A category of the shop; empty for all.
        Category = "category",
    }
}

/// The names in the query of the key after which the rows continue: the name and the sku of the
/// last article.
pub const AFTER: [&str; 2] = ["after", "after_sku"];

/// The name in a form of the moment of a list, in microseconds.
pub const AT: &str = "at";

/// The goods that a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Those that are sold now.
    #[default]
    Active,
    /// Those in stock that hardly sell.
    Slow,
    /// Those that are not in stock.
    SoldOut,
    /// Those that the last lists no longer had.
    Off,
}

impl Show {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Active, Self::Slow, Self::SoldOut, Self::Off];

    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "",
            Self::Slow => "slow",
            Self::SoldOut => "none",
            Self::Off => "off",
        }
    }

    /// Returns the choice with this value.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.code() == code)
    }

    const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::Active => texts.goods.active,
            Self::Slow => texts.goods.slow,
            Self::SoldOut => texts.goods.sold_out,
            Self::Off => texts.goods.off,
        }
    }
}

/// The page of the goods.
#[derive(Clone, Debug)]
pub struct Goods {
    /// The current moment.
    pub now: Timestamp,
    /// The filter.
    pub filter: FormState<GoodsField>,
    /// The number of goods of each [`Show`], in its order.
    pub counts: [i64; 4],
    /// The moment of the last list of stock; `None` if there was none.
    pub synced_at: Option<Timestamp>,
    /// The tills that send the lines of their sales, and all tills that are switched on.
    pub coverage: (i64, i64),
    /// A list that switched off too many goods.
    pub switch_off: Option<SwitchOff>,
    /// `true` if the person may switch the goods on again.
    pub may_change: bool,
    /// The rows, by name.
    pub rows: Vec<Article>,
    /// `true` if more rows follow.
    pub has_more: bool,
    /// `true` if these are not the first rows.
    pub is_continued: bool,
}

/// A list that switched off more than half of the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwitchOff {
    /// The moment of the list.
    pub at: Timestamp,
    /// The goods that were sold before.
    pub before: i64,
    /// The goods that are still off.
    pub off: i64,
}

/// An article in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The shop's article number.
    pub sku: String,
    /// The name.
    pub name: String,
    /// The shop's category.
    pub category: Option<String>,
    /// The quantity in stock.
    pub quantity: Quantity,
    /// The days that the stock lasts; `None` if it was not sold for long.
    pub stock_days: Option<i64>,
    /// The last sale.
    pub last_sold_at: Option<Timestamp>,
    /// `true` if the last lists no longer had it.
    pub is_off: bool,
    /// The moment of the last list that had it.
    pub synced_at: Timestamp,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Goods) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.common.goods);
    head.is_short = true;
    let synced = page.synced_at.map(|at| ago(language, at, page.now).text());
    head.note = synced.map(|ago| fill(t.goods.synced, &[&ago]).into_any());
    if !page.rows.is_empty() {
        head.actions = downloads(language, |format| address(page, &[format]));
    }
    let content = match (page.rows.is_empty(), page.synced_at) {
        (false, _) => list(language, t, page),
        (true, Some(_)) => empty(t.goods.none, t.goods.none_advice, None),
        (true, None) => empty(t.goods.never, t.goods.never_advice, None),
    };
    let body = view! {
        {switch_off(language, t, page)}
        {page.synced_at.map(|_| filters(language, t, page))}
        <section class="panel">{content}</section>
    };
    chrome.page(Page {
        section: Some(Section::Goods),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

/// Returns the address of the list with this filter and further pairs.
fn address(page: &Goods, more: &[(&str, &str)]) -> String {
    let value = |field| page.filter.value(field);
    let mut pairs = vec![
        ("q", value(GoodsField::Search)),
        ("show", value(GoodsField::Show)),
        ("category", value(GoodsField::Category)),
    ];
    pairs.extend_from_slice(more);
    Url::Goods.with_query(&pairs)
}

/// Renders the question about a list that switched off too many goods.
fn switch_off(language: Language, t: &'static Texts, page: &Goods) -> Option<AnyView> {
    let SwitchOff { at, before, off } = page.switch_off?;
    let (off, before) = (count(language, off), count(language, before));
    let title = fill(t.goods.switched_off, &[&off, &before]);
    let at_text = moment(language, at, page.now);
    let value = at.micros().to_string();
    let values: &[(&str, &str)] = &[(AT, &value)];
    let buttons = page.may_change.then(|| {
        view! {
            <div class="actions">
                {post_button(
                    Weight::Quiet,
                    Url::RestoreGoods.to_string(),
                    t.goods.switch_on,
                    values,
                )}
                {post_button(
                    Weight::Link,
                    Url::ConfirmGoodsOff.to_string(),
                    t.goods.leave_off,
                    values,
                )}
            </div>
        }
    });
    let view = view! {
        <div class="notice notice-attention" role="status">
            {mark(Tone::Attention)}
            <div class="stack-tight">
                <p>
                    <b>{title}</b>
                    " "
                    {fill(t.goods.switched_off_note, &[&at_text])}
                </p>
                {buttons}
            </div>
        </div>
    };
    Some(view.into_any())
}

fn filters(language: Language, t: &'static Texts, page: &Goods) -> AnyView {
    let value = |field| page.filter.value(field).to_owned();
    let (search, category) = (value(GoodsField::Search), value(GoodsField::Category));
    let current = value(GoodsField::Show);
    let chip = |(show, number): (Show, i64)| {
        let href = Url::Goods.with_query(&[
            ("q", &search),
            ("show", show.code()),
            ("category", &category),
        ]);
        let is_current = show.code() == current;
        view! {
            <a class="chip" href=href aria-current=is_current.then_some("true")>
                {show.words(t)}
                <span class="num">{count(language, number)}</span>
            </a>
        }
    };
    let kept = [("show", &current), ("category", &category)]
        .map(|(name, value)| (!value.is_empty()).then(|| hidden(name, value)));
    let all = Url::Goods.with_query(&[("q", &search), ("show", &current)]);
    let of_category = (!category.is_empty()).then(|| {
        view! {
            <p class="note">
                {fill(t.goods.of_category, &[&category])} " "
                <a href=all>{t.goods.all_categories}</a>
            </p>
        }
    });
    view! {
        <div class="filters">
            <form class="search" action=Url::Goods.to_string()>
                <label class="hidden" for="goods-q">
                    {t.goods.search}
                </label>
                <input
                    class="input"
                    id="goods-q"
                    type="search"
                    name="q"
                    value=(!search.is_empty()).then(|| search.clone())
                    placeholder=t.goods.search
                />
                {kept.collect_view()}
                <button class="button button-quiet">{t.clients.find}</button>
            </form>
            <nav class="chips" aria-label=t.goods.groups>
                {Show::ALL.into_iter().zip(page.counts).map(chip).collect_view()}
            </nav>
            {of_category}
        </div>
    }
    .into_any()
}

fn list(language: Language, t: &'static Texts, page: &Goods) -> AnyView {
    let (with_lines, tills) = page.coverage;
    let (with_lines, all) = (count(language, with_lines), count(language, tills));
    let figure = Figure {
        label: t.goods.active_goods.to_owned(),
        value: count(language, page.counts[0]),
        unit: None,
        href: None,
        words: Some(words(fill(t.goods.coverage, &[&with_lines, &all]))),
    };
    let table = Table {
        name: t.common.goods.to_owned(),
        class: "ruled",
        columns: vec![
            column(t.goods.article),
            column(t.goods.category),
            figures(t.goods.quantity),
            figures(t.goods.lasts),
            wide(t.goods.last_sold),
        ],
        groups: vec![
            page.rows
                .iter()
                .map(|row| article(language, t, page, row))
                .collect(),
        ],
        total: None,
    };
    let next = page.rows.last().filter(|_| page.has_more).map(|last| {
        let [name, sku] = AFTER;
        address(page, &[(name, &last.name), (sku, &last.sku)])
    });
    let pages = pager(
        page::texts(language).pager,
        "pager",
        next,
        page.is_continued.then(|| address(page, &[])),
    );
    view! {
        <div class="pad">{figure.view()}</div>
        {table.view()}
        {pages}
    }
    .into_any()
}

fn article(language: Language, t: &'static Texts, page: &Goods, row: &Article) -> Row {
    let dash = || "—".to_owned();
    let lasts = match row.stock_days {
        Some(0) => dash(),
        Some(days) => t.clients.days_noun.of(language, days),
        None => t.goods.not_sold.to_owned(),
    };
    let sold = row
        .last_sold_at
        .map_or_else(dash, |at| day(language, at, page.now));
    let category = match &row.category {
        Some(category) => {
            let href = Url::Goods.with_query(&[("category", category)]);
            view! {
                <a class="rows-link" href=href>
                    {category.clone()}
                </a>
            }
            .into_any()
        }
        None => view! { <span class="muted">"—"</span> }.into_any(),
    };
    let cells = vec![
        Cell::left(view! { {title(None, row.name.clone())} {sub(row.sku.clone())} }),
        Cell::text(category),
        Cell::right(view! { {quantity(language, row.quantity)} {sub_phone(lasts.clone())} }),
        Cell::figure(lasts),
        Cell::wide(sold),
    ];
    let view = Row::new(cells);
    if row.is_off {
        view.with_class("zero")
    } else {
        view
    }
}

type ArticleColumn = Column<Article>;

/// Returns the goods as a file.
pub fn sheet(language: Language, articles: &[Article]) -> Sheet {
    let t = texts(language);
    let columns = [
        ArticleColumn::new(t.goods.sku, |row| row.sku.clone()).with_width(18),
        ArticleColumn::new(t.goods.article, |row| row.name.clone()).with_width(44),
        ArticleColumn::new(t.goods.category, |row| row.category.clone()).with_width(18),
        ArticleColumn::new(t.goods.quantity, |row| row.quantity),
        ArticleColumn::new(t.goods.lasts_days, |row| row.stock_days),
        ArticleColumn::new(t.goods.last_sold, |row| row.last_sold_at),
        ArticleColumn::new(
            t.sales.state,
            |row| if row.is_off { t.goods.is_off } else { "" },
        ),
        ArticleColumn::new(t.goods.synced_at, |row| row.synced_at),
    ];
    Sheet::new(language, t.common.goods, &columns, articles)
}
