//! The page that shows what a merge of two clients would do, and asks before it.

use domain::Money;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Control, FormState, fields, hidden, submit, summary};
use crate::locales::Language;
use crate::ui::format::{count, fill, money, phone};
use crate::ui::head::{Head, Weight, button_link};
use crate::ui::table::{Cell, Row, Table, column, figures, sub};

fields! {
    /// The fields of the search for the other client.
    MergeField = "merge" {
        /// A phone or card in any spelling.
        With = "with",
    }
}

/// The name of the hidden field with the number of the client who is merged.
pub const FROM: &str = "from";

/// A client before the merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merging {
    /// The number.
    pub id: i64,
    /// The name; `None` if it is not known.
    pub name: Option<String>,
    /// The phone in E.164.
    pub phone: String,
    /// The balance.
    pub balance: Money,
    /// The money paid for kept goods.
    pub spent: Money,
    /// The number of kept purchases.
    pub purchases: i64,
}

/// The result of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The balance.
    pub balance: Money,
    /// The money paid for kept goods.
    pub spent: Money,
    /// The number of kept purchases.
    pub purchases: i64,
    /// The welcome bonuses that are cancelled.
    pub welcome_cancelled: Money,
    /// The bonuses for inviting each other that are cancelled.
    pub referral_cancelled: Money,
    /// `true` if the merged client is blocked.
    pub is_blocked: bool,
}

/// The page of a merge.
#[derive(Clone, Debug)]
pub struct ClientMerge {
    /// The client who stays.
    pub into: Merging,
    /// The other client and the result, if one was found.
    pub found: Option<(Merging, Merged)>,
    /// The form of the search.
    pub form: FormState<MergeField>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ClientMerge) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.client.merge_title);
    head.crumbs = vec![
        crumb(Section::Clients, t),
        (name(t, &page.into), Url::Client(page.into.id).to_string()),
    ];
    head.note = Some(t.client.merge_note.into_any());
    let label = |MergeField::With| t.client.merge_other.to_owned();
    let problems = summary(&page.form, language, t.sales.not_shown, label);
    let control = Control::new(
        &page.form,
        language,
        MergeField::With,
        label(MergeField::With),
    );
    let found = page
        .found
        .as_ref()
        .map(|(from, merged)| preview(language, t, &page.into, from, merged));
    let body = view! {
        <div class="columns">
            {problems}
            <form class="panel pad stack" action=Url::MergeClient(page.into.id).to_string()>
                {control.text()}
                <div class="actions">{submit(Weight::Quiet, t.client.merge_find)}</div>
            </form>
            {found}
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    })
}

fn name(t: &'static Texts, client: &Merging) -> String {
    let name = client.name.clone();
    name.unwrap_or_else(|| t.clients.no_name.to_owned())
}

fn preview(
    language: Language,
    t: &'static Texts,
    into: &Merging,
    from: &Merging,
    merged: &Merged,
) -> AnyView {
    let row = |words: &'static str, client: &Merging| {
        let phone = phone(&client.phone);
        Row::new(vec![
            Cell::left(view! { {name(t, client)} {sub(phone)} }),
            Cell::below(words),
            Cell::right(money(language, client.balance)),
            Cell::figure(count(language, client.purchases)),
            Cell::figure(money(language, client.spent)),
        ])
    };
    let total = Row::new(vec![
        Cell::left(t.client.merge_after),
        Cell::below(()),
        Cell::right(money(language, merged.balance)),
        Cell::figure(count(language, merged.purchases)),
        Cell::figure(money(language, merged.spent)),
    ]);
    let table = Table {
        name: t.client.merge_title.to_owned(),
        class: "",
        columns: vec![
            column(t.clients.client),
            column(t.client.about),
            figures(t.client.balance),
            figures(t.clients.purchases),
            figures(t.client.paid),
        ],
        groups: vec![vec![
            row(t.client.merge_stays, into),
            row(t.client.merge_goes, from),
        ]],
        total: Some(total),
    };
    let cancelled = |sentence, amount: Money| {
        amount
            .is_positive()
            .then(|| fill(sentence, &[&money(language, amount)]))
    };
    let sentences = [
        Some(t.client.merge_1.to_owned()),
        Some(t.client.merge_2.to_owned()),
        cancelled(t.client.merge_welcome, merged.welcome_cancelled),
        cancelled(t.client.merge_referral, merged.referral_cancelled),
        merged.is_blocked.then(|| t.client.merge_blocked.to_owned()),
    ];
    let sentences = sentences.into_iter().flatten();
    let sentences = sentences.map(|sentence| view! { <li>{sentence}</li> });
    let swap = Url::MergeClient(from.id).with_query(&[("with", &into.phone)]);
    view! {
        <form
            class="panel"
            method="post"
            action=Url::MergeClient(into.id).to_string()
            novalidate
        >
            {table.view()} <div class="pad ruled stack">
                <ul class="list">{sentences.collect_view()}</ul>
                <p class="strong">{t.client.merge_cannot}</p>
                {hidden(FROM, &from.id.to_string())}
                <div class="actions">
                    {submit(Weight::Danger, t.client.merge_button)}
                    {button_link(Weight::Quiet, swap, t.client.merge_swap)}
                    {button_link(Weight::Quiet, Url::Client(into.id), t.client.keep_client)}
                </div>
            </div>
        </form>
    }
    .into_any()
}
