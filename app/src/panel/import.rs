//! The upload of a file with clients.

use domain::imports::Column;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::import_words::column;
use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Control, FormState, Problem, fields, submit, summary};
use crate::locales::Language;
use crate::ui::figures::{Pair, pairs};
use crate::ui::format::{count, fill, money};
use crate::ui::head::{Head, Weight, button_link, empty, noted_section};

fields! {
    /// The fields of an upload.
    UploadField = "upload" {
        /// The file.
        File = "file",
    }
}

/// A reason why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It has no lines.
    Empty,
    /// It has too many bytes.
    TooLarge,
    /// It has too many lines.
    TooManyLines,
    /// It is a workbook.
    Workbook,
    /// It is not a text.
    NotText,
    /// A part of it is missing.
    Cut,
}

impl Refused {
    /// Returns the problem of the form.
    pub fn problem(self, language: Language) -> Problem {
        let t = &super::texts::texts(language).import;
        let words = match self {
            Self::Empty => t.empty,
            Self::TooLarge => t.too_large,
            Self::TooManyLines => t.too_many,
            Self::Workbook => t.workbook,
            Self::NotText => t.not_text,
            Self::Cut => t.cut,
        };
        Problem::Other(words.to_owned())
    }
}

/// Renders the page.
pub fn html(chrome: &Chrome, form: &FormState<UploadField>) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.import;
    let mut head = Head::new(t.title);
    head.crumbs = vec![crumb(Section::Clients, all)];
    head.note = Some(t.note.into_any());
    let label = |UploadField::File| t.file.to_owned();
    let file = Control::new(form, language, UploadField::File, t.file).hint(t.file_hint);
    let body = view! {
        {summary(form, language, t.not_uploaded, label)}
        <form
            class="panel"
            method="post"
            action=Url::ImportClients.to_string()
            enctype="multipart/form-data"
            novalidate
        >
            <div class="pad stack">
                {file.file(".csv,.txt,.tsv,text/csv,text/plain")} <p class="note">{t.nothing_yet}</p>
            </div>
            <div class="pad ruled actions">{submit(Weight::Main, t.upload)}</div>
        </form>
        {columns(all)}
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}

fn columns(all: &'static Texts) -> AnyView {
    let t = &all.import;
    let about = |of: Column| match of {
        Column::Phone => t.phone_about,
        Column::Name => t.name_about,
        Column::Balance => t.balance_about,
        Column::Spent => t.spent_about,
        Column::Card => t.card_about,
    };
    let rows = Column::ALL.map(|of| Pair::new(column(all, of), about(of)));
    let note = Some(t.columns_note.to_owned());
    noted_section(t.columns, note, None, pairs("panel sentences", rows.into()))
}

/// What an applied file has done.
#[derive(Clone, Debug)]
pub struct AppliedImport {
    /// The name of the file.
    pub file_name: String,
    /// The number of clients that it has added.
    pub new: i64,
    /// The number of known clients that it has changed.
    pub changed: i64,
    /// The opening bonuses that it has given.
    pub opening: domain::Money,
}

/// Renders the page of a file that was applied.
pub fn applied_html(chrome: &Chrome, page: &AppliedImport) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.import;
    let mut head = Head::new(t.title);
    head.crumbs = vec![crumb(Section::Clients, all)];
    let values = [
        page.file_name.clone(),
        count(language, page.new),
        count(language, page.changed),
        money(language, page.opening),
    ];
    let note = fill(t.done_note, &values.each_ref().map(String::as_str));
    let clients = button_link(Weight::Main, Url::Clients, t.to_clients);
    let body = view! {
        <section class="panel">{empty(t.done_title.to_owned(), note, Some(clients))}</section>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}
