//! «Сообщения → Каналы»: the services that carry a store's messages. A channel is saved only after
//! its service has said that the settings are right.

use app::forms::{FormState, Problem};
use app::panel::channels::{
    ALL, BY_HASH, BY_TOKEN, CHANNEL, ChannelField, ChannelState, Channels, Checked, FIRST,
    RulesField, Wrong, fault_words, html, wrong_words,
};
use app::panel::notices::Done;
use app::panel::urls::Url;
use app::ui::format::{input_amount, money};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::channels::{
    self as settings, MessageSettings, RemoveChannel, SaveChannel, SaveMessageSettings,
};
use channels::fcm::{Account, BadAccount};
use channels::{Fault, NotAccepted};
use domain::messages::Channel;
use domain::{Money, Role};
use rust_decimal::Decimal;

use super::answer::{Failed, done, page};
use super::form::{MAX_NAME, SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;
use crate::bot::set_webhook;
use crate::dispatch::{SavedGateway, SmsKey};

/// The most characters of a Firebase account's file.
const MAX_FILE: usize = 10_000;
/// The most SMS of a month, and the highest price of a part.
const MOST_SMS: i64 = 1_000_000;
const HIGHEST_PRICE: Money = Money::from_dirams(100_000);

/// What is shown beside the stored settings.
#[derive(Default)]
struct Shown {
    form: FormState<ChannelField>,
    rules: Option<FormState<RulesField>>,
    checked: Option<(Channel, Checked)>,
}

/// Shows the channels and the rules of sending. Two statements.
pub(super) async fn show_channels(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    shown(&app, &headers, &person, Shown::default()).await
}

async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    extra: Shown,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let known = settings::channels(backend, tenant_id).await?;
    let stored = settings::message_settings(backend, tenant_id).await?;
    let channels = Channel::ALL.map(|channel| {
        let own = known.iter().find(|own| own.channel == channel);
        let checked = extra.checked.as_ref();
        let paused = own.and_then(|own| own.paused.as_ref());
        ChannelState {
            channel,
            shown: own.map(|own| own.shown.clone()),
            paused: paused.map(|pause| (pause.fault.clone(), pause.until)),
            checked: checked
                .filter(|(of, _)| *of == channel)
                .map(|(_, checked)| checked.clone()),
        }
    });
    let status = match &extra.rules {
        Some(rules) if rules.is_wrong() => StatusCode::UNPROCESSABLE_ENTITY,
        _ => status_of(&extra.form),
    };
    let details = Channels {
        now: backend.clock.now(),
        channels: channels.into(),
        has_platform_bot: app.services.platform_token().is_some(),
        form: with_way(extra.form),
        rules: extra
            .rules
            .unwrap_or_else(|| rules_form(person, headers, &stored)),
        may_change: person.session.role == Role::Owner && person.session.suspended.is_none(),
    };
    Ok(page(status, html(&person.chrome(headers), &details)))
}

fn with_way(form: FormState<ChannelField>) -> FormState<ChannelField> {
    match form.value(ChannelField::Way) {
        "" => form.with(ChannelField::Way, BY_TOKEN),
        _ => form,
    }
}

fn rules_form(
    person: &SignedIn,
    headers: &HeaderMap,
    stored: &MessageSettings,
) -> FormState<RulesField> {
    let receipts = if stored.receipts_first { FIRST } else { ALL };
    let form = FormState::new()
        .with(RulesField::Receipts, receipts)
        .with(RulesField::SmsAClient, stored.sms_a_client.to_string())
        .with(RulesField::SmsAMonth, stored.sms_a_month.to_string())
        .with(
            RulesField::SmsPart,
            input_amount(person.language(headers), stored.sms_part_price),
        );
    if stored.sms_reminders {
        form.with(RulesField::SmsReminders, "on")
    } else {
        form
    }
}

/// Settings that were read and proved.
struct Proved {
    shown: String,
    settings: String,
}

/// Proves and saves the settings of a channel. Asks to sign in again if the password was entered
/// long ago.
pub(super) async fn save_channel(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Channels)
        .await?
    {
        return Ok(asked);
    }
    let channel = pairs.value(CHANNEL).and_then(Channel::parse);
    let channel = channel.ok_or(Failed::Unreadable)?;
    let mut form: FormState<ChannelField> = pairs.form();
    let proved = match channel {
        Channel::Telegram => prove_bot(&app, &headers, &person, &mut form).await,
        Channel::Push => prove_project(&app, &headers, &person, &mut form).await,
        Channel::Sms => prove_gateway(&app, &headers, &person, &mut form).await,
    };
    let Some(proved) = proved else {
        let extra = Shown {
            form,
            ..Shown::default()
        };
        return shown(&app, &headers, &person, extra).await;
    };
    let command = SaveChannel {
        actor: &person.actor(),
        channel,
        shown: &proved.shown,
        settings: &proved.settings,
        secrets: &app.backend.secrets,
    };
    app.backend.run(&command).await?;
    Ok(done(&headers, Url::Channels, Done::ChannelSaved))
}

fn refuse(
    form: &mut FormState<ChannelField>,
    field: ChannelField,
    person: &SignedIn,
    headers: &HeaderMap,
    refused: NotAccepted,
) {
    let words = fault_words(person.language(headers), refused.fault().as_str());
    form.wrong(field, Problem::Other(words.to_owned()));
}

async fn prove_bot(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    form: &mut FormState<ChannelField>,
) -> Option<Proved> {
    const FIELD: ChannelField = ChannelField::Token;
    let token = form.read_required(FIELD, MAX_NAME * 2)?.trim().to_owned();
    let Some(bot) = app.services.bot(&token) else {
        let words = wrong_words(person.language(headers), Wrong::Token);
        form.wrong(FIELD, Problem::Other(words.to_owned()));
        return None;
    };
    let named = match bot.name().await {
        // Telegram sends updates only to addresses of its liking.
        Ok(name) if app.services.can_call_back(&app.api_url) => {
            let own = person.session.tenant_id.to_string();
            set_webhook(app, &bot, &own).await.map(|()| name)
        }
        named => named,
    };
    match named {
        Ok(name) => Some(Proved {
            shown: format!("@{}", name.username),
            settings: token,
        }),
        Err(refused) => {
            refuse(form, FIELD, person, headers, refused);
            None
        }
    }
}

async fn prove_project(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    form: &mut FormState<ChannelField>,
) -> Option<Proved> {
    const FIELD: ChannelField = ChannelField::File;
    let file = form.read_required(FIELD, MAX_FILE)?;
    let account = match Account::parse(&file) {
        Ok(account) => account,
        Err(bad) => {
            let wrong = match bad {
                BadAccount::NotAnAccount => Wrong::File,
                BadAccount::BadKey => Wrong::Key,
            };
            let words = wrong_words(person.language(headers), wrong);
            form.wrong(FIELD, Problem::Other(words.to_owned()));
            return None;
        }
    };
    let shown = account.project_id.clone();
    // Only what is needed is stored.
    let settings = serde_json::to_string(&account).ok()?;
    let now = app.backend.clock.now().micros() / 1_000_000;
    match app.services.project(account).check(now).await {
        Ok(()) => Some(Proved { shown, settings }),
        Err(refused) => {
            refuse(form, FIELD, person, headers, refused);
            None
        }
    }
}

async fn prove_gateway(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    form: &mut FormState<ChannelField>,
) -> Option<Proved> {
    let login = form.read_required(ChannelField::Login, MAX_NAME);
    let sender = form.read_required(ChannelField::Sender, MAX_NAME);
    let key = form.read_required(ChannelField::Key, MAX_NAME * 5);
    let (login, sender, key) = (login?, sender?, key?.trim().to_owned());
    let key = match form.value(ChannelField::Way) {
        BY_HASH => SmsKey::Hash(key),
        _ => SmsKey::Token(key),
    };
    let shown = format!("{login} · {sender}");
    let saved = SavedGateway { login, sender, key };
    let settings = serde_json::to_string(&saved).ok()?;
    match balance(app, saved).await {
        Ok(_) => Some(Proved { shown, settings }),
        Err(refused) => {
            refuse(form, ChannelField::Key, person, headers, refused);
            None
        }
    }
}

async fn balance(app: &App, saved: SavedGateway) -> Result<Decimal, NotAccepted> {
    let txn_id = uuid::Uuid::new_v4().simple().to_string();
    app.services.gateway(saved).balance(&txn_id).await
}

/// Asks a channel whether it works.
pub(super) async fn check_channel(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let channel = pairs.value(CHANNEL).and_then(Channel::parse);
    let channel = channel.ok_or(Failed::Unreadable)?;
    let known = settings::channels(backend, tenant_id).await?;
    let own = known.iter().find(|own| own.channel == channel);
    let stored = &own.ok_or(Failed::NotFound)?.settings;
    let answer = match channel {
        Channel::Telegram => match app.services.bot(stored) {
            Some(bot) => bot.name().await.map(|_| None),
            None => Err(NotAccepted::Settings(Fault::BotToken)),
        },
        Channel::Push => match Account::parse(stored) {
            Ok(account) => {
                let now = backend.clock.now().micros() / 1_000_000;
                app.services
                    .project(account)
                    .check(now)
                    .await
                    .map(|()| None)
            }
            Err(_) => Err(NotAccepted::Settings(Fault::AccountKey)),
        },
        Channel::Sms => match serde_json::from_str(stored) {
            Ok(saved) => balance(&app, saved).await.map(Some),
            Err(_) => Err(NotAccepted::Settings(Fault::SmsKey)),
        },
    };
    let checked = match answer {
        Ok(balance) => {
            settings::note_success(backend, tenant_id, channel).await?;
            let language = person.language(&headers);
            Checked::Works(balance.and_then(somoni).map(|sum| money(language, sum)))
        }
        Err(refused) => Checked::Fault(refused.fault().as_str().to_owned()),
    };
    let extra = Shown {
        checked: Some((channel, checked)),
        ..Shown::default()
    };
    shown(&app, &headers, &person, extra).await
}

/// Returns an amount of somoni; `None` for one that no account has.
fn somoni(amount: Decimal) -> Option<Money> {
    let dirams = amount.checked_mul(Decimal::ONE_HUNDRED)?.trunc();
    i64::try_from(dirams).ok().map(Money::from_dirams)
}

/// Removes a channel with its keys.
pub(super) async fn remove_channel(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Channels)
        .await?
    {
        return Ok(asked);
    }
    let channel = pairs.value(CHANNEL).and_then(Channel::parse);
    let command = RemoveChannel {
        actor: &person.actor(),
        channel: channel.ok_or(Failed::Unreadable)?,
    };
    app.backend.run(&command).await?;
    Ok(done(&headers, Url::Channels, Done::ChannelRemoved))
}

/// Changes how messages go out.
pub(super) async fn save_rules(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let mut form: FormState<RulesField> = pairs.form();
    let to_client = form.read_number(RulesField::SmsAClient, MOST_SMS);
    let of_store = form.read_number(RulesField::SmsAMonth, MOST_SMS);
    let price = form.read_money(RulesField::SmsPart, HIGHEST_PRICE);
    let receipts = form.value(RulesField::Receipts).to_owned();
    if ![ALL, FIRST].contains(&receipts.as_str()) {
        form.wrong(RulesField::Receipts, Problem::Unknown);
    }
    let (false, Some(to_client), Some(of_store), Some(price)) =
        (form.is_wrong(), to_client, of_store, price)
    else {
        let extra = Shown {
            rules: Some(form),
            ..Shown::default()
        };
        return shown(&app, &headers, &person, extra).await;
    };
    let command = SaveMessageSettings {
        actor: &person.actor(),
        settings: MessageSettings {
            receipts_first: receipts == FIRST,
            sms_reminders: form.is_checked(RulesField::SmsReminders),
            sms_a_client: to_client,
            sms_a_month: of_store,
            sms_part_price: price,
        },
    };
    app.backend.run(&command).await?;
    Ok(done(&headers, Url::Channels, Done::MessagesSaved))
}
