//! What a file of clients would change: looked at before it is saved.

use domain::imports::{Fault, Line};
use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::import_words::fault;
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::forms::{Control, FormState, fields, hidden, post_button, summary};
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Figure, split, words};
use crate::ui::format::{ago, count, day, fill, money, phone};
use crate::ui::head::{Head, Weight, button_link, noted_section, section};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, Sheet};
use crate::ui::table::{Cell, Row, Table, column, small, strong, sub, sub_phone};

fields! {
    /// The form that applies the file.
    ApplyField = "apply" {
        /// The sums that the person has seen.
        Seen = "seen",
        /// Whether clients who collect bonuses here get those of the file on top.
        OnTop = "on-top",
    }
}

/// The name in the query of the line after which the faults continue.
pub const AFTER: &str = "after";

/// The page of a file that waits.
#[derive(Clone, Debug)]
pub struct ImportPreview {
    /// The current moment.
    pub now: Timestamp,
    /// The number of the import.
    pub id: i64,
    /// The name of the file.
    pub file_name: String,
    /// The person who uploaded it, and when.
    pub uploaded: (String, Timestamp),
    /// The sums.
    pub sums: Sums,
    /// The sums as a text that the form sends back.
    pub seen: String,
    /// The moment when the opening bonuses expire; `None` if they never do.
    pub expires_at: Option<Timestamp>,
    /// The lines with faults of this page.
    pub faults: Vec<FaultyLine>,
    /// The line after which the faults continue; `None` on the last page.
    pub next: Option<usize>,
    /// `true` if these are not the first faults.
    pub is_continued: bool,
    /// The first lines that were read.
    pub sample: Vec<Line>,
    /// How the columns are separated, and how letters are written.
    pub reading: (Separation, Letters),
    /// The headings of the columns that are not read.
    pub unread: Vec<String>,
    /// The form, with a problem if it was refused.
    pub form: FormState<ApplyField>,
}

/// The sums of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// The number of lines.
    pub lines: i64,
    /// The number of lines without a fault.
    pub ready: i64,
    /// The number of new clients.
    pub new: i64,
    /// The number of known clients who are changed.
    pub changed: i64,
    /// The number of known clients who stay as they are.
    pub unchanged: i64,
    /// The opening bonuses.
    pub opening: Money,
    /// The number of known clients who have got bonuses here already.
    pub collecting: i64,
    /// The bonuses that the file has for them.
    pub on_top: Money,
    /// The money that the new clients have paid so far.
    pub spent: Money,
}

/// A line with a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultyLine {
    /// Its number in the file.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// The fault.
    pub fault: Fault,
}

/// The mark between columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separation {
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// TAB
    Tab,
}

/// The encoding of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// UTF-8.
    Utf8,
    /// Windows-1251.
    Windows1251,
    /// UTF-16.
    Utf16,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ImportPreview) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.import;
    let mut head = Head::new(t.title);
    head.crumbs = vec![
        crumb(Section::Clients, all),
        (t.title.to_owned(), Url::ImportClients.to_string()),
    ];
    let (who, at) = &page.uploaded;
    let at = ago(language, *at, page.now).text();
    head.note = Some(fill(t.uploaded, &[&page.file_name, who, &at]).into_any());
    let label = |_| String::new();
    let body = view! {
        {summary(&page.form, language, t.not_applied, label)}
        {totals(language, all, page)}
        {(!page.faults.is_empty()).then(|| faults(language, all, page))}
        {sample(language, all, page)}
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    })
}

fn totals(language: Language, all: &'static Texts, page: &ImportPreview) -> AnyView {
    let (t, sums) = (&all.import, page.sums);
    let faulty = sums.lines - sums.ready;
    let sentence = if faulty == 0 {
        t.all_good.to_owned()
    } else {
        fill(t.left_aside, &[&t.faulty_noun.of(language, faulty)])
    };
    let lines = t.lines_noun.of(language, sums.lines);
    let figure = Figure {
        label: t.ready.to_owned(),
        value: count(language, sums.ready),
        unit: Some(fill(t.of_lines, &[&lines])),
        href: None,
        words: Some(words(sentence)),
    };
    let number = |number| strong(count(language, number));
    let mut parts = vec![(t.new.to_owned(), number(sums.new))];
    if sums.changed > 0 {
        parts.push((t.changed.to_owned(), number(sums.changed)));
    }
    if sums.unchanged > 0 {
        parts.push((t.unchanged.to_owned(), number(sums.unchanged)));
    }
    if sums.collecting > 0 {
        parts.push((t.collecting.to_owned(), number(sums.collecting)));
    }
    let opening = match page.expires_at {
        Some(at) => fill(t.opening_until, &[&day(language, at, page.now)]),
        None => t.opening.to_owned(),
    };
    parts.push((opening, strong(money(language, sums.opening))));
    if sums.spent.is_positive() {
        parts.push((
            t.spent_total.to_owned(),
            strong(money(language, sums.spent)),
        ));
    }
    let written = sums.new + sums.changed + sums.collecting;
    let apply = if written > 0 {
        let clients = t.clients_noun.of(language, written);
        let words = fill(t.apply, &[&clients]);
        view! {
            <button class=Weight::Main.class() form="apply">
                {words}
            </button>
        }
        .into_any()
    } else {
        view! { <p>{t.nothing_to_do}</p> }.into_any()
    };
    let on_top = (sums.collecting > 0).then(|| {
        let label = fill(t.on_top, &[&money(language, sums.on_top)]);
        let control = Control::new(&page.form, language, ApplyField::OnTop, label);
        view! { <div class="pad ruled stack">{control.hint(t.on_top_hint).checkbox()}</div> }
    });
    let discard = Url::DiscardImport(page.id).to_string();
    view! {
        <section class="panel">
            <div class="pad balance">{figure.view()} {split(parts)}</div>
            <form id="apply" method="post" action=Url::Import(page.id).to_string()>
                {hidden("seen", &page.seen)} {on_top}
            </form>
            <div class="pad ruled actions">
                {apply} {button_link(Weight::Quiet, Url::ImportClients, t.again)}
                {post_button(Weight::Quiet, discard, t.discard, &[])}
            </div>
        </section>
    }
    .into_any()
}

fn faults(language: Language, all: &'static Texts, page: &ImportPreview) -> AnyView {
    let t = &all.import;
    let row = |line: &FaultyLine| {
        let [what, how] = fault(language, all, &line.fault);
        let number = count(language, i64::try_from(line.number).unwrap_or(i64::MAX));
        Row::new(vec![
            Cell::text(view! { <span class="num">{number.clone()}</span> }),
            Cell::left(view! {
                <span class="phone strong num">{fill(t.line_of, &[&number])}</span>
                {sub_phone(what.clone())}
                <span class="desk">{what}</span>
            }),
            Cell::below(view! { <span class="mono">{line.text.clone()}</span> }),
            Cell::below(how),
        ])
    };
    let table = Table {
        name: t.faults.to_owned(),
        class: "faults",
        columns: vec![
            column(t.line),
            column(t.what),
            column(t.in_file),
            column(t.how),
        ],
        groups: vec![page.faults.iter().map(row).collect()],
        total: None,
    };
    let address = |after: &str| Url::Import(page.id).with_query(&[(AFTER, after)]);
    let pages = pager(
        page::texts(language).pager,
        "pager",
        page.next.map(|line| address(&line.to_string())),
        page.is_continued.then(|| address("")),
    );
    let file = Url::ImportFaults(page.id).with_query(&[("as", "xlsx")]);
    let link = view! {
        <a class="link-touch note" href=file>
            {all.cards.as_workbook}
        </a>
    };
    noted_section(
        t.faults,
        Some(t.faults_note.to_owned()),
        Some(link.into_any()),
        view! { <div class="panel">{table.view()} {pages}</div> },
    )
}

/// Returns the lines with faults as a file.
pub fn sheet(language: Language, faults: &[FaultyLine]) -> Sheet {
    type LineColumn = Column<FaultyLine>;
    let all = texts(language);
    let t = &all.import;
    let words = move |line: &FaultyLine| fault(language, all, &line.fault);
    let columns = [
        LineColumn::new(t.line, |line| {
            i64::try_from(line.number).unwrap_or(i64::MAX)
        }),
        LineColumn::new(t.what, move |line| {
            let [what, _] = words(line);
            what
        })
        .with_width(44),
        LineColumn::new(t.in_file, |line| line.text.clone()).with_width(60),
        LineColumn::new(t.how, move |line| {
            let [_, how] = words(line);
            how
        })
        .with_width(44),
    ];
    Sheet::new(language, t.faults, &columns, faults)
}

fn sample(language: Language, all: &'static Texts, page: &ImportPreview) -> AnyView {
    let t = &all.import;
    let row = |line: &Line| {
        let name = line.name.clone();
        let name = name.unwrap_or_else(|| all.clients.no_name.to_owned());
        let card = line.card.map(|card| format!(" · {card}"));
        let spent = line.spent.is_positive().then(|| {
            let spent = money(language, line.spent);
            format!(" · {}: {spent}", t.spent)
        });
        let known = view! {
            {name}
            {sub(view! { <span class="num">{phone(line.phone.as_str())} {card} {spent}</span> })}
        };
        vec![known.into_any(), money(language, line.balance).into_any()]
    };
    let table = (!page.sample.is_empty()).then(|| {
        let headings = [t.name_and_phone, t.balance];
        let headings = headings.map(str::to_owned).into();
        small(headings, page.sample.iter().map(row).collect())
    });
    let (separation, letters) = page.reading;
    let separation = match separation {
        Separation::Semicolon => t.by_semicolon,
        Separation::Comma => t.by_comma,
        Separation::Tab => t.by_tab,
    };
    let letters = match letters {
        Letters::Utf8 => t.utf_8,
        Letters::Windows1251 => t.windows_1251,
        Letters::Utf16 => t.utf_16,
    };
    let unread = (!page.unread.is_empty()).then(|| fill(t.unread, &[&page.unread.join(", ")]));
    let content = view! {
        <div class="panel">
            {table}
            <div class="panel-foot note">
                {fill(t.read_as, &[separation, letters])} " " {unread} " " {t.misread} " "
                <a href=Url::ReadImport(page.id).to_string()>{t.read_anew}</a>
            </div>
        </div>
    };
    section(t.as_read, content)
}
