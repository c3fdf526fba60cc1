//! A return without its sale, and a receipt.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::sale::{SaleReturn, goods_return, place_and_client};
use super::till_parts::TillName;
use crate::ui::figures::Figure;
use crate::ui::format::{fill, moment, money};
use crate::ui::head::{Head, tag};

/// The page of a return whose sale the till did not name.
#[derive(Clone, Debug)]
pub struct LoneReturn {
    /// The current moment.
    pub now: Timestamp,
    /// The number that the till gave it.
    pub number: Option<String>,
    /// The till.
    pub till: TillName,
    /// The client: number, and name or phone.
    pub client: (i64, String),
    /// The figures.
    pub figures: SaleReturn,
}

/// The page of a receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The current moment.
    pub now: Timestamp,
    /// The moment of the receipt.
    pub at: Timestamp,
    /// The number that the till gave it.
    pub number: Option<String>,
    /// The till.
    pub till: TillName,
    /// The value of the goods.
    pub total: Money,
    /// The moment when it was cancelled.
    pub voided_at: Option<Timestamp>,
}

/// Renders the page of a return.
pub fn return_html(chrome: &Chrome, page: &LoneReturn) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let at = moment(language, page.figures.at, page.now);
    let mut head = Head::new(fill(t.sale.return_of, &[&at]));
    head.crumbs = vec![crumb(Section::Sales, t)];
    head.note = Some(note(
        chrome,
        page.number.as_ref(),
        &page.till,
        Some(&page.client),
    ));
    let body = view! {
        <p class="note">{t.sale.no_sale}</p>
        {goods_return(language, t, None, &page.figures)}
    };
    chrome.page(Page {
        section: Some(Section::Sales),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

/// Renders the page of a receipt.
pub fn receipt_html(chrome: &Chrome, page: &Receipt) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let at = moment(language, page.at, page.now);
    let mut head = Head::new(fill(t.sale.receipt_title, &[&at]));
    head.crumbs = vec![crumb(Section::Sales, t)];
    head.tag = page.voided_at.map(|_| tag(t.sales.void, None));
    head.note = Some(note(chrome, page.number.as_ref(), &page.till, None));
    let figure = Figure {
        label: t.sale.total.to_owned(),
        value: money(language, page.total),
        unit: Some(t.common.somoni.to_owned()),
        href: None,
        words: None,
    };
    let voided = page.voided_at.map(|at| {
        let at = moment(language, at, page.now);
        view! { <p class="note">{fill(t.sale.voided_at, &[&at])}</p> }
    });
    let body = view! {
        <section class="panel pad">
            {figure.view()} {voided} <p class="note">{t.sale.receipt_note}</p>
        </section>
    };
    chrome.page(Page {
        section: Some(Section::Sales),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn note(
    chrome: &Chrome,
    number: Option<&String>,
    till: &TillName,
    client: Option<&(i64, String)>,
) -> AnyView {
    let t = chrome.texts();
    let number = number.map(|number| format!("{} · ", fill(t.sale.number, &[number])));
    view! { {number} {place_and_client(chrome, till, client)} }.into_any()
}
