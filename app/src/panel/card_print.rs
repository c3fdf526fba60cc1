//! Cards to print: sheets of a batch, and the card of one client. All sizes are millimetres, and a
//! bar of 100 mm shows whether the printer keeps them.

use domain::CardNumber;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::Texts;
use super::urls::Url;
use crate::page;
use crate::ui::codes::{printed_ean13, ruler};
use crate::ui::head::{Head, Weight, button_link, empty};
use crate::ui::pager::pager;

/// The height of the bars, in modules: 14.85 mm.
const HEIGHT: usize = 45;

/// The cards of one sheet of A4.
const PER_SHEET: usize = 8;

/// The name in the query of the card after which the sheets continue.
pub const AFTER: &str = "after";

/// The sheets of a batch.
#[derive(Clone, Debug)]
pub struct CardSheets {
    /// The number of the batch.
    pub id: i64,
    /// The cards.
    pub cards: Vec<CardNumber>,
    /// The card after which the sheets continue; `None` on the last page.
    pub next: Option<CardNumber>,
    /// `true` if these are not the first sheets.
    pub is_continued: bool,
}

/// Renders the sheets.
pub fn sheets_html(chrome: &Chrome, sheets: &CardSheets) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.cards;
    let mut head = Head::new(t.sheet);
    head.crumbs = vec![
        crumb(Section::Clients, all),
        (t.title.to_owned(), Url::Cards.to_string()),
    ];
    head.note = Some(t.sheet_note.into_any());
    let address = |after: &str| Url::PrintCards(sheets.id).with_query(&[(AFTER, after)]);
    let pages = pager(
        page::texts(language).pager,
        "pager pager-alone",
        sheets.next.map(|card| address(&card.to_string())),
        sheets.is_continued.then(|| address("")),
    );
    let sheet = |cards: &[CardNumber]| {
        let cards = cards.iter().map(|card| card_view(&chrome.store, *card));
        view! {
            <section class="card-sheet">
                <div class="card-grid">{cards.collect_view()}</div>
                {scale(all)}
            </section>
        }
    };
    let content = if sheets.cards.is_empty() {
        let cards = button_link(Weight::Quiet, Url::Cards, t.title);
        let nothing = empty(t.sheet_empty, t.free_about, Some(cards));
        view! { <section class="panel">{nothing}</section> }.into_any()
    } else {
        let views = sheets.cards.chunks(PER_SHEET).map(sheet);
        views.collect_view().into_any()
    };
    let body = view! {
        {content}
        {pages}
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

/// The card of a client.
#[derive(Clone, Debug)]
pub struct ClientCard {
    /// The number of the client.
    pub id: i64,
    /// The name of the client, or the phone.
    pub name: String,
    /// The card.
    pub card: CardNumber,
}

/// Renders the card of a client.
pub fn client_html(chrome: &Chrome, client: &ClientCard) -> String {
    let all = chrome.texts();
    let t = &all.cards;
    let mut head = Head::new(t.client_card);
    head.crumbs = vec![
        crumb(Section::Clients, all),
        (client.name.clone(), Url::Client(client.id).to_string()),
    ];
    head.note = Some(t.client_card_note.into_any());
    head.actions = vec![button_link(Weight::Quiet, Url::GiveCard(client.id), t.give)];
    let body = view! {
        <section class="card-sheet">
            <div class="card-grid">{card_view(&chrome.store, client.card)}</div>
            {scale(all)}
        </section>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn card_view(store: &str, card: CardNumber) -> AnyView {
    let barcode = card.ean13();
    view! {
        <article class="print-card">
            <b>{store.to_owned()}</b>
            {printed_ean13(barcode.as_str(), HEIGHT)}
            <span class="num">{barcode.to_string()}</span>
            <span class="num print-number">{card.to_string()}</span>
        </article>
    }
    .into_any()
}

fn scale(all: &'static Texts) -> AnyView {
    let t = &all.cards;
    view! {
        <figure class="scale">
            {ruler(t.ruler)} <figcaption class="note">{t.ruler}</figcaption>
        </figure>
    }
    .into_any()
}
