//! A sale: how it was counted, its lines, and what came back.

use domain::{BasisPoints, Money, Quantity, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::Texts;
use super::till_parts::TillName;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::figures::{Figure, Pair, pairs};
use crate::ui::format::{NBSP, day, fill, moment, money, percent, quantity, signed};
use crate::ui::head::{Head, section, tag};
use crate::ui::sums::{Line, sum};
use crate::ui::table::{Cell, Row, Table, column, figures, sub_phone};

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
    /// The client with its number.
    pub client: (i64, String),
    /// The sum of the goods.
    pub total: Money,
    /// The part paid with bonuses.
    pub redeemed: Money,
    /// The bonuses that could have been spent, by the limit of the programme and by the balance.
    pub limit: Option<RedeemLimit>,
    /// The bonuses given.
    pub accrued: Money,
    /// The cashback and the amount that it is of.
    pub accrual: Option<(BasisPoints, Money)>,
    /// Further bonuses that the sale earned, such as for a second purchase.
    pub rewards: Vec<Reward>,
    /// The goods; empty if the till sends none.
    pub lines: Vec<SaleLine>,
    /// The returns, the oldest first.
    pub returns: Vec<SaleReturn>,
    /// The remainder; `None` if nothing came back.
    pub left: Option<Left>,
}

/// The limits of a redemption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedeemLimit {
    /// The largest part of the purchase.
    pub percent: BasisPoints,
    /// The same as an amount.
    pub amount: Money,
    /// The balance that could be spent.
    pub available: Money,
}

/// A bonus that a sale earned besides its cashback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reward {
    /// The reason.
    pub kind: domain::LotKind,
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
    /// `true` if it came back.
    pub is_returned: bool,
}

/// A return of a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleReturn {
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
    let mut head = Head::new(fill(t.sale.title, &[&at]));
    head.crumbs = vec![crumb(Section::Sales, t)];
    let state = page.left.map(|left| {
        if left.total.is_zero() {
            t.sale.all_returned
        } else {
            t.sale.part_returned
        }
    });
    head.tag = state.map(|words| tag(words, None));
    head.note = Some(about(t, page));
    let goods = (!page.lines.is_empty()).then(|| section(t.sale.goods, goods(language, t, page)));
    let returns = page.returns.iter().map(|back| {
        let title = fill(t.sale.return_of, &[&day(language, back.at, page.now)]);
        section(title, goods_return(language, t, page, back))
    });
    let returns = returns.collect_view();
    let left = page.left.map(|left| {
        view! { <div class="sale-left">{section(t.sale.left, remainder(language, t, left))}</div> }
    });
    let body = view! {
        <div class="sale-grid">
            <div class="sale-sum">{section(t.sale.count, calculation(language, t, page))}</div>
            <div class="sale-goods columns">{goods} {returns}</div>
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

fn about(t: &'static Texts, page: &Sale) -> AnyView {
    let number = page
        .external_id
        .as_ref()
        .map(|id| fill(t.sale.number, &[id]));
    let place = format!("{}, {}", page.till.branch, page.till.name);
    let cashier = page
        .cashier
        .as_ref()
        .map(|name| fill(t.sale.cashier, &[name]));
    let parts: Vec<String> = [number, Some(place), cashier]
        .into_iter()
        .flatten()
        .collect();
    let (id, client) = page.client.clone();
    view! {
        {parts.join(" · ")} " · " {t.sale.client} " "
        <a href=Url::Client(id).to_string()>{client}</a>
    }
    .into_any()
}

fn calculation(language: Language, t: &'static Texts, page: &Sale) -> AnyView {
    let paid = page.total - page.redeemed;
    let limit = page.limit.map(|limit| {
        let most = limit.amount.min(limit.available);
        let by = if limit.available < limit.amount {
            t.sale.limit_by_balance
        } else {
            t.sale.limit_by_percent
        };
        fill(
            by,
            &[
                &money(language, most),
                &percent(language, limit.percent),
                &money(language, limit.amount),
            ],
        )
    });
    let before = vec![
        Line::new(t.sale.total, money(language, page.total)),
        Line::new(t.sale.by_bonuses, signed(language, -page.redeemed)).because(limit),
    ];
    let figure = Figure {
        label: t.sale.by_money.to_owned(),
        value: money(language, paid),
        unit: Some(t.common.somoni.to_owned()),
        href: None,
        words: None,
    };
    let accrual = page.accrual.map(|(rate, base)| {
        let (rate, base) = (percent(language, rate), money(language, base));
        fill(t.sale.percent_of, &[&rate, &base])
    });
    let mut after =
        vec![Line::new(t.sale.accrued, signed(language, page.accrued)).because(accrual)];
    after.extend(page.rewards.iter().map(|reward| {
        Line::new(
            super::ledger_words::lot(t, reward.kind),
            signed(language, reward.amount),
        )
    }));
    view! {
        <div class="panel pad">
            {sum(before)} <div class="sum-figure">{figure.view()}</div> {sum(after)}
        </div>
    }
    .into_any()
}

fn goods(language: Language, t: &'static Texts, page: &Sale) -> AnyView {
    let row = |line: &SaleLine| {
        let number = quantity(language, line.quantity);
        let price = money(language, line.price);
        let phone = format!("{number}{NBSP}×{NBSP}{price}");
        let returned = line
            .is_returned
            .then(|| view! { " " {tag(t.sale.returned, None)} });
        let name = view! { {line.name.clone()} {returned} {sub_phone(phone)} };
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

fn goods_return(language: Language, t: &'static Texts, page: &Sale, back: &SaleReturn) -> AnyView {
    let share = crate::ui::format::share(language, back.amount.dirams(), page.total.dirams());
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
