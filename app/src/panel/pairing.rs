//! Pairing: a code by which a phone becomes a till, so that nobody types its keys.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::Texts;
use super::till_parts::TillName;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::codes::qr_of;
use crate::ui::format::{NBSP, fill, moment, time};
use crate::ui::head::{Head, Weight, button_link};
use crate::ui::states::{Notice, Tone, notice};

/// A pairing code. It works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// The address that the QR code contains. It ends with the code.
    pub link: String,
    /// The twelve signs to type without a camera.
    pub signs: String,
    /// The address of the web cashier, as a person types it: `cash.bonex.one`.
    pub address: String,
    /// The moment when the code ends.
    pub until: Timestamp,
}

/// The page with a pairing code.
#[derive(Clone, Debug)]
pub struct PairingPage {
    /// The till.
    pub till: TillName,
    /// The code.
    pub pairing: Pairing,
    /// The current moment.
    pub now: Timestamp,
    /// The moment when the till was bound to its present device, which the phone replaces.
    pub bound_at: Option<Timestamp>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &PairingPage) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let till = &page.till;
    let mut head = Head::new(t.till.pair_title);
    head.crumbs = vec![
        crumb(Section::Tills, t),
        (till.branch.clone(), Url::Branch(till.branch_id).to_string()),
        (till.name.clone(), Url::Till(till.id).to_string()),
    ];
    head.note = Some(format!("{}, {}", till.branch, till.name).into_any());
    let present = page.bound_at.map(|bound_at| {
        let bound_at = moment(language, bound_at, page.now);
        let mut words = Notice::new(Tone::Attention, t.till.pair_replaces);
        words.text = Some(fill(t.till.pair_replaces_note, &[&bound_at]));
        notice(&words)
    });
    let body = view! {
        <div class="narrow columns">
            {present}
            <section class="panel pad stack pairing">
                {block(language, t, &page.pairing, page.now)}
            </section>
            <div class="form-end">
                {button_link(Weight::Quiet, Url::Till(till.id), t.till.pair_done)}
            </div>
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Tills),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

/// Renders the code with the instructions.
fn block(language: Language, t: &'static Texts, pairing: &Pairing, now: Timestamp) -> AnyView {
    let t = &t.till;
    let seconds = (pairing.until.micros() - now.micros()).max(0) / 1_000_000;
    let minutes = t.minutes.of(language, (seconds + 59) / 60);
    let left = fill(t.pair_until, &[&time(pairing.until), &minutes]);
    let signs = grouped(&pairing.signs);
    let address = pairing.address.clone();
    view! {
        {qr_of(&pairing.link, t.qr)}
        <div class="stack-tight">
            <p class="strong">{t.pair_camera}</p>
            <p class="note">{left}</p>
        </div>
        <p class="note pair-hand">
            {t.pair_no_camera} " " <span class="nowrap">{address}</span> " " {t.pair_type}
            <span class="pair-code num">{signs}</span>
        </p>
    }
    .into_any()
}

/// Returns the signs in groups of four.
fn grouped(signs: &str) -> String {
    let mut text = String::new();
    for (index, sign) in signs.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            text.push(NBSP);
        }
        text.push(sign);
    }
    text
}
