//! The reserved cards of a store, and the form that reserves more.

use domain::{CardNumber, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::forms::{Control, FormState, Problem, fields, submit, summary};
use crate::locales::Language;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{count, day, fill};
use crate::ui::head::{Head, Weight, empty, noted_section, section};
use crate::ui::sheet::{Column, Sheet, downloads};
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub};

fields! {
    /// The fields of a reservation.
    ReserveField = "reserve" {
        /// The number of cards.
        Count = "count",
        /// What they are for.
        Note = "note",
    }
}

/// The page of the reserved cards.
#[derive(Clone, Debug)]
pub struct Cards {
    /// The current moment.
    pub now: Timestamp,
    /// The number of cards that nobody has.
    pub free: i64,
    /// The batches, the newest first.
    pub batches: Vec<Batch>,
    /// The form; `None` if the person may not reserve cards.
    pub form: Option<FormState<ReserveField>>,
}

/// Cards that were reserved together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// The number of cards.
    pub cards: i64,
    /// The number of cards that nobody has.
    pub free: i64,
    /// What they are for; may be empty.
    pub note: String,
    /// The name of the person who reserved them.
    pub who: String,
    /// The moment when they were reserved.
    pub at: Timestamp,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Cards) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.cards;
    let mut head = Head::new(t.title);
    head.crumbs = vec![crumb(Section::Clients, all)];
    head.note = Some(t.note.into_any());
    let figure = Figure {
        label: t.free.to_owned(),
        value: count(language, page.free),
        unit: Some(t.free_noun.form(language, page.free).to_owned()),
        href: None,
        words: Some(words(t.free_about)),
    };
    let batches = if page.batches.is_empty() {
        view! { <section class="panel">{empty(t.none, t.none_advice, None)}</section> }.into_any()
    } else {
        section(t.batches, batches(language, all, page))
    };
    let label = |field| label(all, field);
    let form = page.form.as_ref();
    let body = view! {
        {form.and_then(|form| summary(form, language, t.not_reserved, label))}
        <section class="panel pad">{figure.view()}</section>
        {form.map(|form| reserve(language, all, form))}
        {batches}
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: form.is_some_and(FormState::is_wrong),
        body: body.into_any(),
    })
}

fn label(all: &'static Texts, field: ReserveField) -> String {
    let words = match field {
        ReserveField::Count => all.cards.count,
        ReserveField::Note => all.cards.about,
    };
    words.to_owned()
}

fn reserve(language: Language, all: &'static Texts, form: &FormState<ReserveField>) -> AnyView {
    let t = &all.cards;
    let control = |field| Control::new(form, language, field, label(all, field));
    let content = view! {
        <form
            class="panel"
            method="post"
            // As in the form of a client's balance.
            autocomplete="off"
            action=Url::Cards.to_string()
            novalidate
        >
            <div class="pad stack">
                <div class="narrow-field">
                    {control(ReserveField::Count).hint(t.count_hint).number(None)}
                </div>
                {control(ReserveField::Note).hint(t.about_hint).text()}
            </div>
            <div class="pad ruled actions">{submit(Weight::Main, t.reserve_button)}</div>
        </form>
    };
    noted_section(t.reserve, Some(t.reserve_note.to_owned()), None, content)
}

fn batches(language: Language, all: &'static Texts, page: &Cards) -> AnyView {
    let t = &all.cards;
    let row = |batch: &Batch| {
        let at = day(language, batch.at, page.now);
        let about = if batch.note.is_empty() {
            format!("{at} · {}", batch.who)
        } else {
            format!("{at} · {} · {}", batch.note, batch.who)
        };
        let name = fill(t.batch_of, &[&batch.id.to_string()]);
        let address = Url::CardBatch(batch.id);
        let files = downloads(language, |pair| address.with_query(&[pair]));
        let print = (batch.free > 0).then(|| {
            view! {
                <a class="button button-quiet" href=Url::PrintCards(batch.id).to_string()>
                    {t.print}
                </a>
            }
        });
        Row::new(vec![
            Cell::left(view! { {strong(name)} {sub(about)} }),
            Cell::figure(count(language, batch.cards)),
            Cell::right(count(language, batch.free)),
            Cell::below(view! { <span class="actions">{files} {print}</span> }),
        ])
    };
    let table = Table {
        name: t.batches.to_owned(),
        class: "batches",
        columns: vec![
            column(t.batch),
            figures(t.cards),
            figures(t.left),
            column(t.download),
        ],
        groups: vec![page.batches.iter().map(row).collect()],
        total: None,
    };
    view! { <div class="panel">{table.view()}</div> }.into_any()
}

/// Returns the problem of a store that has too many cards which nobody has.
pub fn too_many_free(language: Language) -> Problem {
    Problem::Other(texts(language).cards.too_many_free.to_owned())
}

/// Returns the cards of a batch as a file for a printer.
pub fn sheet(language: Language, batch_id: i64, cards: &[CardNumber]) -> Sheet {
    let t = &texts(language).cards;
    let columns = [
        Column::<CardNumber>::new(t.number, CardNumber::to_string).with_width(16),
        Column::<CardNumber>::new(t.barcode, |card| card.ean13().to_string()).with_width(18),
    ];
    let name = fill(t.batch_of, &[&batch_id.to_string()]);
    Sheet::new(language, name, &columns, cards)
}
