//! The forms on a client's page: a change of the balance by hand, and a block.

use leptos::prelude::*;

use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, post_button, submit, summary};
use crate::locales::Language;
use crate::ui::head::{Weight, noted_section, section};

fields! {
    /// The fields of a change of the balance by hand.
    AdjustField = "adjust" {
        /// `credit` or `debit`.
        Direction = "direction",
        /// The amount.
        Amount = "amount",
        /// The reason, for the journal and the client's feed.
        Reason = "reason",
        /// A random text that makes a repeated request harmless.
        Once = "once",
    }
}

fields! {
    /// The fields of a block.
    BlockField = "block" {
        /// The reason, for the journal.
        Reason = "reason",
    }
}

fn adjust_label(t: &'static Texts, field: AdjustField) -> String {
    let label = match field {
        AdjustField::Direction => t.client.direction,
        AdjustField::Amount => t.client.amount,
        AdjustField::Reason | AdjustField::Once => t.client.reason,
    };
    label.to_owned()
}

/// Renders the summaries of what is wrong.
pub(super) fn problems(
    language: Language,
    t: &'static Texts,
    adjust: Option<&FormState<AdjustField>>,
    block: Option<&FormState<BlockField>>,
) -> AnyView {
    let title = t.common.not_saved;
    let adjust =
        adjust.and_then(|form| summary(form, language, title, |field| adjust_label(t, field)));
    let block = block.and_then(|form| {
        summary(form, language, title, |BlockField::Reason| {
            t.client.reason.to_owned()
        })
    });
    view! {
        {adjust}
        {block}
    }
    .into_any()
}

/// Renders the form of a change by hand.
pub(super) fn adjust(
    language: Language,
    t: &'static Texts,
    id: i64,
    form: &FormState<AdjustField>,
) -> AnyView {
    let control = |field| Control::new(form, language, field, adjust_label(t, field));
    let directions = vec![
        Choice::new("credit", t.client.credit),
        Choice::new("debit", t.client.debit),
    ];
    let once = AdjustField::Once;
    let content = view! {
        <form
            class="panel pad stack"
            id="change"
            method="post"
            // A browser that goes back fills a form in again: one press would repeat the change.
            autocomplete="off"
            action=Url::AdjustClient(id).to_string()
            novalidate
        >
            {control(AdjustField::Direction).radios("choices-row", directions)}
            <div class="narrow-field">
                {control(AdjustField::Amount).number(Some(t.today.bonuses.to_owned()))}
            </div>
            {control(AdjustField::Reason).hint(t.client.reason_hint).textarea(2)}
            {crate::forms::hidden("once", form.value(once))}
            <p>{submit(Weight::Quiet, t.client.change)}</p>
        </form>
    };
    let note = Some(t.client.change_note.to_owned());
    noted_section(t.client.change, note, None, content)
}

/// Renders the form of a block, or the button that ends it.
pub(super) fn block(
    language: Language,
    t: &'static Texts,
    id: i64,
    is_blocked: bool,
    form: &FormState<BlockField>,
) -> AnyView {
    if is_blocked {
        let button = post_button(Weight::Quiet, Url::UnblockClient(id), t.client.unblock, &[]);
        let content = view! { <div class="panel pad">{button}</div> };
        return section(t.client.unblock_title, content);
    }
    let label = t.client.reason;
    let content = view! {
        <form
            class="panel pad stack"
            method="post"
            action=Url::BlockClient(id).to_string()
            novalidate
        >
            {Control::new(form, language, BlockField::Reason, label)
                .hint(t.client.block_hint)
                .text()}
            <p>{submit(Weight::Warn, t.client.block)}</p>
        </form>
    };
    let note = Some(t.client.blocked_note.to_owned());
    noted_section(t.client.block_title, note, None, content)
}
