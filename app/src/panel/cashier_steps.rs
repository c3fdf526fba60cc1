//! The cashier's three steps on one sheet of paper, for 1C and for Frontol. The language of the
//! sheet may be another one than that of the panel: the cashier reads it, not the owner.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::texts;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::head::Head;

/// The name in the query of the program: `1c` or `frontol`.
pub const PROGRAM: &str = "program";
/// The name in the query of the language's tag.
pub const LANGUAGE: &str = "language";
/// The value of [`PROGRAM`] for Frontol.
pub const FRONTOL: &str = "frontol";

/// The sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashierSteps {
    /// `true` for Frontol, `false` for 1C.
    pub is_frontol: bool,
    /// The language of the sheet.
    pub language: Language,
}

impl CashierSteps {
    fn address(self) -> String {
        let program = if self.is_frontol { FRONTOL } else { "1c" };
        Url::CashierSteps.with_query(&[(PROGRAM, program), (LANGUAGE, self.language.tag())])
    }
}

/// Renders the sheet.
pub fn html(chrome: &Chrome, sheet: &CashierSteps) -> String {
    let t = chrome.texts();
    let mut head = Head::new(t.cashier_steps.title);
    head.crumbs = vec![crumb(Section::Integrations, t)];
    head.note = Some(t.cashier_steps.note.into_any());
    let choice = |other: CashierSteps, words: &'static str| {
        let current = (other == *sheet).then_some("page");
        view! {
            <a class="link-touch" href=other.address() aria-current=current>
                {words}
            </a>
        }
    };
    let programs = [(false, "1С"), (true, "Frontol")].map(|(is_frontol, words)| {
        let other = CashierSteps {
            is_frontol,
            ..*sheet
        };
        choice(other, words)
    });
    let languages = Language::ALL.map(|language| {
        let other = CashierSteps { language, ..*sheet };
        choice(other, language.own_name())
    });
    let own = &texts(sheet.language).cashier_steps;
    let (steps, notes) = if sheet.is_frontol {
        (own.frontol, own.frontol_notes)
    } else {
        (own.one_c, own.one_c_notes)
    };
    let steps = steps.map(|step| view! { <li>{step}</li> });
    let notes = notes.map(|note| view! { <li>{note}</li> });
    let program = if sheet.is_frontol { "Frontol" } else { "1С" };
    let body = view! {
        <nav class="sheet-choice" aria-label=t.cashier_steps.title>
            <span class="row-links">{programs.collect_view()}</span>
            <span class="row-links">{languages.collect_view()}</span>
        </nav>
        <section class="steps-sheet" lang=sheet.language.tag()>
            <p class="steps-store">{chrome.store.clone()} " · " {program}</p>
            <h2>{own.heading}</h2>
            <ol>{steps.collect_view()}</ol>
            <h3>{own.trouble}</h3>
            <ul>{notes.collect_view()}</ul>
        </section>
    };
    chrome.page(Page {
        section: Some(Section::Integrations),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}
