//! The export of clients, as a file that can be imported again.

use domain::{CardNumber, Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::texts;
use super::urls::Url;
use crate::forms::{hidden, submit};
use crate::locales::Language;
use crate::ui::head::{Head, Weight};
use crate::ui::sheet::{Column, FORMAT, Format, PhoneText, Sheet};

/// The page before the export.
#[derive(Clone, Debug)]
pub struct ExportClients {
    /// The filter of the list of clients: names and values of its query.
    pub filter: Vec<(String, String)>,
}

/// A client in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedClient {
    /// The phone in E.164.
    pub phone: String,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The bonuses, less the debt.
    pub balance: Money,
    /// The money paid for goods that were kept.
    pub spent: Money,
    /// The card.
    pub card: CardNumber,
    /// The registration.
    pub registered: Timestamp,
    /// The last purchase.
    pub last_purchase: Option<Timestamp>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ExportClients) -> String {
    let all = chrome.texts();
    let t = &all.cards;
    let mut head = Head::new(t.export);
    head.crumbs = vec![crumb(Section::Clients, all)];
    head.note = Some(t.export_note.into_any());
    let form = |format: Format, weight: Weight, words: &'static str| {
        let filter = page.filter.iter();
        let filter = filter.map(|(name, value)| hidden(name, value));
        view! {
            <form method="post" action=Url::ExportClients.to_string()>
                {filter.collect_view()} {hidden(FORMAT, format.code())} {submit(weight, words)}
            </form>
        }
    };
    let body = view! {
        <section class="panel narrow">
            <div class="pad">
                <p>{t.export_about}</p>
            </div>
            <div class="pad ruled actions">
                {form(Format::Xlsx, Weight::Main, t.as_workbook)}
                {form(Format::Csv, Weight::Quiet, t.as_csv)}
            </div>
        </section>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

/// Returns the clients as a file, with the headings that an import knows.
pub fn sheet(language: Language, clients: &[ExportedClient]) -> Sheet {
    type ClientColumn = Column<ExportedClient>;
    let all = texts(language);
    let (t, c) = (&all.import, &all.client);
    let columns = [
        ClientColumn::new(t.phone, |client| PhoneText(client.phone.clone())),
        ClientColumn::new(t.name, |client| client.name.clone()),
        // A debt is not brought along: an import knows no bonuses below zero.
        ClientColumn::new(t.balance, |client| client.balance.or_zero()),
        ClientColumn::new(t.spent, |client| client.spent),
        ClientColumn::new(t.card, |client| client.card.to_string()).with_width(16),
        ClientColumn::new(all.cards.registered, |client| client.registered),
        ClientColumn::new(c.last, |client| client.last_purchase),
    ];
    Sheet::new(language, all.common.clients, &columns, clients)
}
