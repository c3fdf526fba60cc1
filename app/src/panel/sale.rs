//! A sale: how it was counted, its lines, and what came back.

use domain::{BasisPoints, Money, Quantity, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::Texts;
use super::till_parts::TillName;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::figures::{Figure, Pair, pairs, rows_link};
use crate::ui::format::{NBSP, day, fill, moment, money, percent, quantity, share, signed};
use crate::ui::head::{Head, section, tag};
use crate::ui::sums::{Line, sum};
use crate::ui::table::{Cell, Row, Table, column, figures, small, sub, sub_phone};

/// The page of a sale.
#[derive(Clone, Debug)]
pub struct Sale {
    /// The current moment.
    pub now: Timestamp,
    /// The moment of the sale.
    pub at: Timestamp,
    /// The number that the till gave it.
    pub external_id: Option<String>,
    /// The till.
    pub till: TillName,
    /// The cashier, as the till names the person.
    pub cashier: Option<String>,
    /// The client: number, and name or phone.
    pub client: (i64, String),
    /// `true` for bonuses spent without a sale.
    pub is_redemption: bool,
    /// The sum of the goods before bonuses.
    pub total: Money,
    /// The part paid with money.
    pub paid: Money,
    /// The part paid with bonuses.
    pub redeemed: Money,
    /// `true` if its till has cancelled it: it counts nowhere.
    pub is_voided: bool,
    /// The redemption that took the bonuses before the sale.
    pub redemption: Option<i64>,
    /// The bonuses given.
    pub accrued: Money,
    /// The cashback and the amount that it is of.
    pub accrual: Option<(BasisPoints, Money)>,
    /// Further bonuses that the sale earned, such as for a second purchase.
    pub rewards: Vec<Reward>,
    /// The balance of the client before and after it.
    pub balance: (Money, Money),
    /// The bonuses that it gave.
    pub given: Vec<Given>,
    /// The bonuses that paid it.
    pub taken: Vec<Taken>,
    /// `true` if more bonuses paid it than are listed.
    pub has_more_taken: bool,
    /// The goods; empty if the till sends none.
    pub lines: Vec<SaleLine>,
    /// The returns, the oldest first.
    pub returns: Vec<SaleReturn>,
    /// The remainder; `None` if nothing came back.
    pub left: Option<Left>,
}

/// A bonus that a sale earned besides its cashback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reward {
    /// The reason.
    pub kind: domain::LotKind,
    /// The amount.
    pub amount: Money,
}

/// Bonuses that a sale gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The reason.
    pub kind: domain::LotKind,
    /// The amount.
    pub amount: Money,
    /// The part that is left.
    pub remaining: Money,
    /// The moment from which they can be spent.
    pub available_at: Timestamp,
    /// The moment from which they can no longer be spent.
    pub expires_at: Option<Timestamp>,
}

/// Bonuses that paid a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The reason why they were given.
    pub kind: domain::LotKind,
    /// The moment when they were given.
    pub given_at: Timestamp,
    /// The sale that had given them.
    pub sale: Option<i64>,
    /// The amount.
    pub amount: Money,
}

/// A line of a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleLine {
    /// The name of the goods.
    pub name: String,
    /// The quantity.
    pub quantity: Quantity,
    /// The price of one.
    pub price: Money,
    /// The sum.
    pub total: Money,
}

/// A return of a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleReturn {
    /// The number.
    pub id: i64,
    /// The moment.
    pub at: Timestamp,
    /// The sum of the goods.
    pub amount: Money,
    /// The spent bonuses that went back to the client.
    pub restored: Money,
    /// The given bonuses that were taken back.
    pub revoked: Money,
    /// The money withheld, because the given bonuses were already spent.
    pub withheld: Money,
    /// The money paid out.
    pub paid_out: Money,
}

/// What is left of a sale after its returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The sum of the goods.
    pub total: Money,
    /// The part paid with money.
    pub paid: Money,
    /// The part paid with bonuses.
    pub redeemed: Money,
    /// The bonuses given.
    pub accrued: Money,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Sale) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let at = moment(language, page.at, page.now);
    let title = if page.is_redemption {
        t.sale.redemption_title
    } else {
        t.sale.title
    };
    let mut head = Head::new(fill(title, &[&at]));
    head.crumbs = vec![crumb(Section::Sales, t)];
    let state = page.left.map(|left| {
        if left.total.is_zero() {
            t.sale.all_returned
        } else {
            t.sale.part_returned
        }
    });
    let state = if page.is_voided {
        Some(t.sale.voided)
    } else {
        state
    };
    head.tag = state.map(|words| tag(words, None));
    head.note = Some(about(chrome, page));
    let goods = (!page.lines.is_empty()).then(|| section(t.sale.goods, goods(language, t, page)));
    let returns = page.returns.iter().map(|back| {
        let title = fill(t.sale.return_of, &[&day(language, back.at, page.now)]);
        let content = section(title, goods_return(language, t, Some(page.total), back));
        view! { <div id=format!("return-{}", back.id)>{content}</div> }
    });
    let returns = returns.collect_view();
    let left = page.left.map(|left| {
        view! { <div class="sale-left">{section(t.sale.left, remainder(language, t, left))}</div> }
    });
    let body = view! {
        <div class="sale-grid">
            <div class="sale-sum">{section(t.sale.count, calculation(chrome, page))}</div>
            <div class="sale-goods columns">
                {goods} {given(language, t, page)} {taken(language, t, page)} {returns}
            </div>
            {left}
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Sales),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn about(chrome: &Chrome, page: &Sale) -> AnyView {
    let t = chrome.texts();
    let number = page
        .external_id
        .as_ref()
        .map(|id| fill(t.sale.number, &[id]));
    let cashier = page
        .cashier
        .as_ref()
        .map(|name| fill(t.sale.cashier, &[name]));
    let parts: Vec<String> = number.into_iter().chain(cashier).collect();
    view! {
        {(!parts.is_empty()).then(|| format!("{} · ", parts.join(" · ")))}
        {place_and_client(chrome, &page.till, Some(&page.client))}
    }
    .into_any()
}

/// Renders the till and the client of a document, as links where the person may open them.
pub(super) fn place_and_client(
    chrome: &Chrome,
    till: &TillName,
    client: Option<&(i64, String)>,
) -> AnyView {
    let t = chrome.texts();
    let place = format!("{}, {}", till.branch, till.name);
    let place = rows_link(
        place,
        chrome.link(Section::Tills, Url::Till(till.id).to_string()),
    );
    let client = client.map(|(id, name)| {
        let href = chrome.link(Section::Clients, Url::Client(*id).to_string());
        view! { " · " {t.sale.client} " " {rows_link(name.clone(), href)} }
    });
    view! { {place} {client} }.into_any()
}

fn calculation(chrome: &Chrome, page: &Sale) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let earlier = page.redemption.map(|_| t.sale.redeemed_before.to_owned());
    let bonuses = Line::new(t.sale.by_bonuses, signed(language, -page.redeemed)).because(earlier);
    let total = Line::new(t.sale.total, money(language, page.total));
    let total = (!page.is_redemption).then_some(total);
    let before = total.into_iter().chain([bonuses]).collect();
    let figure = (!page.is_redemption).then(|| {
        let figure = Figure {
            label: t.sale.by_money.to_owned(),
            value: money(language, page.paid),
            unit: Some(t.common.somoni.to_owned()),
            href: None,
            words: None,
        };
        view! { <div class="sum-figure">{figure.view()}</div> }
    });
    let accrual = page.accrual.map(|(rate, base)| {
        let (rate, base) = (percent(language, rate), money(language, base));
        fill(t.sale.percent_of, &[&rate, &base])
    });
    let (was, is) = page.balance;
    let mut after = Vec::new();
    if !page.is_redemption {
        let accrued = Line::new(t.sale.accrued, signed(language, page.accrued));
        after.push(accrued.because(accrual));
    }
    after.extend(page.rewards.iter().map(|reward| {
        Line::new(
            super::ledger_words::lot(t, reward.kind),
            signed(language, reward.amount),
        )
    }));
    after.push(Line::new(t.sale.balance_before, money(language, was)));
    after.push(Line::new(t.sale.balance_after, money(language, is)));
    view! {
        <div class="panel pad">
            {sum(before)} {figure} {sum(after)}
        </div>
    }
    .into_any()
}

/// Renders the bonuses that the sale gave: how much is left, from when and until when.
fn given(language: Language, t: &'static Texts, page: &Sale) -> Option<AnyView> {
    if page.given.is_empty() {
        return None;
    }
    let row = |lot: &Given| {
        // Three columns fit a phone.
        let until = lot.expires_at.map(|at| {
            let until = fill(t.client.burns, &[&day(language, at, page.now)]);
            view! { {sub(until)} }
        });
        let from = moment(language, lot.available_at, page.now);
        vec![
            view! { {super::ledger_words::lot(t, lot.kind)} {sub(from)} {until} }.into_any(),
            money(language, lot.amount).into_any(),
            money(language, lot.remaining).into_any(),
        ]
    };
    let headings = [t.client.from_column, t.common.accrued, t.client.left_column];
    let rows = page.given.iter().map(row).collect();
    let table = small(headings.map(str::to_owned).to_vec(), rows);
    let panel = view! { <div class="panel">{table}</div> };
    Some(section(t.sale.given, panel))
}

/// Renders the bonuses that paid the sale, and where they came from.
fn taken(language: Language, t: &'static Texts, page: &Sale) -> Option<AnyView> {
    if page.taken.is_empty() {
        return None;
    }
    let row = |lot: &Taken| {
        let words = super::ledger_words::lot(t, lot.kind);
        let href = lot.sale.map(|id| Url::Sale(id).to_string());
        let given_at = day(language, lot.given_at, page.now);
        vec![
            view! { {rows_link(words, href)} {sub(given_at)} }.into_any(),
            money(language, lot.amount).into_any(),
        ]
    };
    let headings = [t.client.origin, t.common.redeemed];
    let rows = page.taken.iter().map(row).collect();
    let table = small(headings.map(str::to_owned).to_vec(), rows);
    let more = page
        .has_more_taken
        .then(|| view! { <p class="panel-foot note">{t.sale.more_taken}</p> });
    let panel = view! { <div class="panel">{table} {more}</div> };
    Some(section(t.sale.taken, panel))
}

fn goods(language: Language, t: &'static Texts, page: &Sale) -> AnyView {
    let row = |line: &SaleLine| {
        let number = quantity(language, line.quantity);
        let price = money(language, line.price);
        let phone = format!("{number}{NBSP}×{NBSP}{price}");
        let name = view! { {line.name.clone()} {sub_phone(phone)} };
        Row::new(vec![
            Cell::left(name),
            Cell::figure(number),
            Cell::figure(price),
            Cell::right(money(language, line.total)),
        ])
    };
    let total = Row::new(vec![
        Cell::left(t.sale.total),
        Cell::text(()),
        Cell::text(()),
        Cell::right(money(language, page.total)),
    ]);
    let table = Table {
        name: t.sale.goods.to_owned(),
        class: "goods",
        columns: vec![
            column(t.sale.article),
            figures(t.sale.quantity),
            figures(t.sale.price),
            figures(t.sale.amount),
        ],
        groups: vec![page.lines.iter().map(row).collect()],
        total: Some(total),
    };
    view! { <div class="panel">{table.view()}</div> }.into_any()
}

/// Renders the arithmetic of a return; `total` is the value of the whole sale.
pub(super) fn goods_return(
    language: Language,
    t: &'static Texts,
    total: Option<Money>,
    back: &SaleReturn,
) -> AnyView {
    let share = total.and_then(|total| share(language, back.amount.dirams(), total.dirams()));
    let share = share.map(|share| fill(t.sale.share, &[&share]));
    let mut lines = vec![Line::new(t.sale.came_back, money(language, back.amount)).because(share)];
    if !back.restored.is_zero() {
        let line = Line::new(t.sale.restored, signed(language, -back.restored));
        lines.push(line.because(Some(t.sale.restored_note.to_owned())));
    }
    if !back.withheld.is_zero() {
        let line = Line::new(t.sale.withheld, signed(language, -back.withheld));
        lines.push(line.because(Some(t.sale.withheld_note.to_owned())));
    }
    lines.push(Line::new(t.sale.paid_out, money(language, back.paid_out)).total());
    if !back.revoked.is_zero() {
        lines.push(Line::new(t.sale.revoked, signed(language, -back.revoked)));
    }
    view! { <div class="panel pad">{sum(lines)}</div> }.into_any()
}

fn remainder(language: Language, t: &'static Texts, left: Left) -> AnyView {
    pairs(
        "panel",
        vec![
            Pair::new(t.sale.goods_for, money(language, left.total)),
            Pair::new(t.sale.by_money, money(language, left.paid)),
            Pair::new(t.sale.by_bonuses, money(language, left.redeemed)),
            Pair::new(t.sale.accrued, money(language, left.accrued)),
        ],
    )
}
