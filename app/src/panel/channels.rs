//! The channels for messages: what is set up, whether it works, and the rules of sending.

use domain::Timestamp;
use domain::messages::Channel;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::messages::channel_words;
use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, hidden, post_button, submit, summary};
use crate::locales::Language;
use crate::ui::format::{fill, moment};
use crate::ui::head::{Head, Weight, button_link, section};
use crate::ui::states::{Tone, state};

/// The name of the channel in a form.
pub const CHANNEL: &str = "channel";
/// The way of OsonSMS that signs by a token.
pub const BY_TOKEN: &str = "token";
/// The way of OsonSMS that signs by a hash.
pub const BY_HASH: &str = "hash";
/// The value of the rule that sends receipts everywhere.
pub const ALL: &str = "all";
/// The value of the rule that sends receipts to the first channel.
pub const FIRST: &str = "first";

fields! {
    /// The settings of a channel.
    ChannelField = "channel" {
        /// The token of a bot.
        Token = "token",
        /// The file of a Firebase account.
        File = "file",
        /// The login of the gateway.
        Login = "login",
        /// The sender's name.
        Sender = "sender",
        /// [`BY_TOKEN`] or [`BY_HASH`].
        Way = "way",
        /// The token or the hash of the gateway.
        Key = "key",
    }
    secret Token | File | Key
}

fields! {
    /// The rules of sending.
    RulesField = "rules" {
        /// [`ALL`] or [`FIRST`].
        Receipts = "receipts",
        /// Whether reminders may go by SMS.
        SmsReminders = "sms_reminders",
        /// The most SMS to a client in a month.
        SmsAClient = "sms_a_client",
        /// The most SMS in a month.
        SmsAMonth = "sms_a_month",
        /// The price of a part of an SMS.
        SmsPart = "sms_part",
    }
}

/// A channel as the page shows it.
#[derive(Clone, Debug)]
pub struct ChannelState {
    /// The channel.
    pub channel: Channel,
    /// What can be read of its settings; `None` if it is not set up.
    pub shown: Option<String>,
    /// The word of the fault that stops it, and the end of the pause if there is one.
    pub paused: Option<(String, Option<Timestamp>)>,
    /// What the last check said.
    pub checked: Option<Checked>,
}

/// What a check said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It works; an SMS gateway also tells its money, in somoni.
    Works(Option<String>),
    /// The word of what is wrong.
    Fault(String),
}

/// The page of the channels.
#[derive(Clone, Debug)]
pub struct Channels {
    /// The current moment.
    pub now: Timestamp,
    /// Every channel.
    pub channels: Vec<ChannelState>,
    /// `true` if the platform's bot serves stores without their own.
    pub has_platform_bot: bool,
    /// The form of the channel that was sent, if it was refused.
    pub form: FormState<ChannelField>,
    /// The rules.
    pub rules: FormState<RulesField>,
    /// `true` if the person may change something.
    pub may_change: bool,
}

/// Returns the sentence of a field that is wrong.
pub fn wrong_words(language: Language, what: Wrong) -> &'static str {
    let t = &super::texts::texts(language).messages;
    match what {
        Wrong::Token => t.wrong_token,
        Wrong::File => t.wrong_file,
        Wrong::Key => t.wrong_key,
    }
}

/// Returns the sentence of a fault.
pub fn fault_words(language: Language, word: &str) -> &'static str {
    super::texts::texts(language).messages.fault(word)
}

/// What can be wrong in the form of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is no token of a bot.
    Token,
    /// It is no file of an account.
    File,
    /// The key in the file cannot be read.
    Key,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Channels) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.messages.set_up);
    head.crumbs = vec![crumb(Section::Messages, t)];
    head.note = Some(t.messages.set_up_note.into_any());
    head.actions = vec![button_link(
        Weight::Quiet,
        Url::MessagePreviews.to_string(),
        t.messages.previews,
    )];
    let label = |field| channel_label(t, field).to_owned();
    let rule_label = |field| rule_label(t, field).to_owned();
    let each = page.channels.iter().map(|channel| {
        section(
            channel_words(t, channel.channel),
            one(language, t, page, channel),
        )
    });
    let each = each.collect_view();
    let rules = page
        .may_change
        .then(|| section(t.messages.rules, rules(language, t, page)));
    let refused = (!page.may_change).then(|| view! { <p class="note">{t.messages.only_owner}</p> });
    let body = view! {
        {summary(&page.form, language, t.common.not_saved, label)}
        {summary(&page.rules, language, t.common.not_saved, rule_label)}
        {refused}
        <div class="narrow columns">{each} {rules}</div>
    };
    chrome.page(Page {
        section: Some(Section::Messages),
        head,
        is_wrong: page.form.is_wrong() || page.rules.is_wrong(),
        body: body.into_any(),
    })
}

const fn channel_label(t: &Texts, field: ChannelField) -> &'static str {
    match field {
        ChannelField::Token => t.messages.token,
        ChannelField::File => t.messages.file,
        ChannelField::Login => t.messages.login,
        ChannelField::Sender => t.messages.sender,
        ChannelField::Way => t.messages.way,
        ChannelField::Key => t.messages.key,
    }
}

const fn rule_label(t: &Texts, field: RulesField) -> &'static str {
    match field {
        RulesField::Receipts => t.messages.receipts,
        RulesField::SmsReminders => t.messages.sms_reminders,
        RulesField::SmsAClient => t.messages.sms_a_client,
        RulesField::SmsAMonth => t.messages.sms_a_month,
        RulesField::SmsPart => t.messages.sms_part_price,
    }
}

fn one(language: Language, t: &'static Texts, page: &Channels, channel: &ChannelState) -> AnyView {
    let m = &t.messages;
    let note = match channel.channel {
        Channel::Push => m.push_note,
        Channel::Telegram => m.telegram_note,
        Channel::Sms => m.sms_note,
    };
    let has_other = channel.channel == Channel::Telegram && page.has_platform_bot;
    let (tone, word, why) = match (&channel.shown, &channel.paused) {
        (None, _) if has_other => (Tone::Good, m.platform_bot.to_owned(), None),
        (None, _) => (Tone::Neutral, m.not_set_up.to_owned(), None),
        (Some(_), None) => (Tone::Good, m.works.to_owned(), None),
        (Some(_), Some((fault, None))) => {
            (Tone::Danger, m.stopped.to_owned(), Some(m.fault(fault)))
        }
        (Some(_), Some((fault, Some(until)))) => {
            let until = moment(language, *until, page.now);
            let word = format!("{} {until}", m.paused_until);
            (Tone::Attention, word, Some(m.fault(fault)))
        }
    };
    let checked = channel.checked.as_ref().map(|checked| {
        let (tone, words) = match checked {
            Checked::Works(None) => (Tone::Good, m.checked.to_owned()),
            Checked::Works(Some(money)) => (Tone::Good, fill(m.checked_money, &[money])),
            Checked::Fault(word) => (Tone::Danger, m.fault(word).to_owned()),
        };
        view! { <p role="status">{state(tone, words)}</p> }
    });
    let values: &[(&str, &str)] = &[(CHANNEL, channel.channel.as_str())];
    let is_set_up = channel.shown.is_some();
    let buttons = (page.may_change && is_set_up).then(|| {
        view! {
            <div class="actions apart">
                {post_button(Weight::Quiet, Url::CheckChannel.to_string(), m.check, values)}
            </div>
        }
    });
    let form = page.may_change.then(|| {
        let is_open = page.form.is_wrong() && is_of(&page.form, channel.channel);
        let words = if is_set_up { m.change } else { m.connect };
        // Not beside the check, where a finger that misses would take the keys away.
        let remove = is_set_up.then(|| {
            let url = Url::RemoveChannel.to_string();
            view! { <div class="apart">{post_button(Weight::Danger, url, m.remove, values)}</div> }
        });
        view! {
            <details class="pad ruled" open=is_open>
                <summary>{words}</summary>
                <form
                    class="stack apart"
                    method="post"
                    action=Url::Channels.to_string()
                    novalidate
                >
                    {hidden(CHANNEL, channel.channel.as_str())}
                    {controls(language, t, &page.form, channel.channel)}
                    <p>{submit(Weight::Quiet, t.common.save)}</p>
                </form>
                {remove}
            </details>
        }
    });
    view! {
        <div class="panel">
            <div class="pad stack-tight">
                <p>{state(tone, word)} {channel.shown.clone().map(|shown| format!(" {shown}"))}</p>
                {why.map(|why| view! { <p class="field-error">{why}</p> })}
                {checked}
                <p class="note">{note}</p>
                {buttons}
            </div>
            {form}
        </div>
    }
    .into_any()
}

/// Returns whether a refused form is that of a channel.
fn is_of(form: &FormState<ChannelField>, channel: Channel) -> bool {
    fields_of(channel)
        .iter()
        .any(|field| form.problem(*field).is_some())
}

const fn fields_of(channel: Channel) -> &'static [ChannelField] {
    match channel {
        Channel::Push => &[ChannelField::File],
        Channel::Telegram => &[ChannelField::Token],
        Channel::Sms => &[
            ChannelField::Login,
            ChannelField::Sender,
            ChannelField::Way,
            ChannelField::Key,
        ],
    }
}

fn controls(
    language: Language,
    t: &'static Texts,
    form: &FormState<ChannelField>,
    channel: Channel,
) -> Vec<AnyView> {
    let m = &t.messages;
    let control = |field| Control::new(form, language, field, channel_label(t, field));
    let ways = || {
        vec![
            Choice::new(BY_TOKEN, m.way_token),
            Choice::new(BY_HASH, m.way_hash),
        ]
    };
    fields_of(channel)
        .iter()
        .map(|field| match field {
            ChannelField::Token => control(*field).hint(m.token_hint).text(),
            ChannelField::File => control(*field).hint(m.file_hint).textarea(6),
            ChannelField::Sender => control(*field).hint(m.sender_hint).text(),
            ChannelField::Way => control(*field).radios("choices-row", ways()),
            ChannelField::Login | ChannelField::Key => control(*field).text(),
        })
        .collect()
}

fn rules(language: Language, t: &'static Texts, page: &Channels) -> AnyView {
    let m = &t.messages;
    let control = |field| Control::new(&page.rules, language, field, rule_label(t, field));
    let receipts = vec![
        Choice::new(ALL, m.receipts_all),
        Choice::new(FIRST, m.receipts_first),
    ];
    let reminders = control(RulesField::SmsReminders).hint(m.sms_reminders_hint);
    view! {
        <form class="panel" method="post" action=Url::MessageRules.to_string() novalidate>
            <div class="pad stack">
                {control(RulesField::Receipts).radios("", receipts)}
                {reminders.checkbox()}
                {control(RulesField::SmsAClient).number(None)}
                {control(RulesField::SmsAMonth).number(None)}
                {control(RulesField::SmsPart).number(None)}
                <p>{submit(Weight::Main, t.common.save)}</p>
            </div>
        </form>
    }
    .into_any()
}
