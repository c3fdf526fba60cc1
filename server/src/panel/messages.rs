//! «Сообщения»: how messages ended, another try, and how they look.

use app::Language;
use app::panel::message_looks::{self, LANGUAGE};
use app::panel::messages::{AFTER, MessageRow, Messages, OUTCOME, Outcome, SUBJECT, html};
use app::panel::notices::Done;
use app::panel::urls::Url;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::channels::message_settings;
use backend::notifications::{self, AskAgain, Filter, Listed, MAX_LISTED};
use domain::messages::Channel;
use domain::{Role, Timestamp};

use super::answer::{Failed, done, page};
use super::form::SentBy;
use super::session::SignedIn;
use crate::app_state::App;

/// The days of the sums.
const DAYS: i64 = 30;

const fn outcome_of(outcome: notifications::Outcome) -> Outcome {
    match outcome {
        notifications::Outcome::Waiting => Outcome::Waiting,
        notifications::Outcome::Sent => Outcome::Sent,
        notifications::Outcome::Skipped => Outcome::Skipped,
        notifications::Outcome::Expired => Outcome::Expired,
        notifications::Outcome::Failed => Outcome::Failed,
        notifications::Outcome::Unknown => Outcome::Unknown,
    }
}

/// Shows the messages, the newest first. Three statements.
pub(super) async fn show_messages(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let value = |name: &str| {
        let mut pairs = query.iter();
        pairs
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    let outcome = value(OUTCOME).and_then(notifications::Outcome::parse);
    let [at, subject] = AFTER.map(value);
    let at: Option<i64> = at.and_then(|at| at.parse().ok());
    let filter = Filter {
        outcome,
        before: at.map(Timestamp::from_micros).zip(subject),
    };
    let mut rows = notifications::list(backend, tenant_id, &filter, MAX_LISTED + 1).await?;
    let most = usize::try_from(MAX_LISTED).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    let now = backend.clock.now();
    let settings = message_settings(backend, tenant_id).await?;
    let since = now.local_midnight().plus_days(-DAYS);
    let price = settings.sms_part_price;
    let sums = notifications::sums(backend, tenant_id, since, price).await?;
    let number = |outcome| {
        let mut counts = sums.counts.iter();
        counts
            .find(|(known, _)| *known == outcome)
            .map_or(0, |(_, number)| *number)
    };
    let messages = Messages {
        now,
        shown: outcome.map(outcome_of),
        counts: notifications::Outcome::ALL
            .into_iter()
            .map(|outcome| (outcome_of(outcome), outcome.as_str(), number(outcome)))
            .collect(),
        by_channel: sums
            .by_channel
            .iter()
            .filter_map(|(name, number)| Some((Channel::parse(name)?, *number)))
            .collect(),
        sms: (sums.sms_parts, sums.sms_cost),
        rows: rows.into_iter().map(row).collect(),
        has_more,
        is_continued: filter.before.is_some(),
    };
    Ok(page(
        StatusCode::OK,
        html(&person.chrome(&headers), &messages),
    ))
}

fn row(listed: Listed) -> MessageRow {
    let channels = listed.channels.iter();
    MessageRow {
        channels: channels.filter_map(|name| Channel::parse(name)).collect(),
        subject: listed.subject,
        at: listed.at,
        client_id: listed.client_id,
        name: listed.name,
        phone: listed.phone,
        outcome: outcome_of(listed.outcome),
        why: listed.why,
        due_at: listed.due_at,
        may_ask_again: listed.outcome.may_ask_again(),
    }
}

/// Sends a message again.
pub(super) async fn send_again(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let command = AskAgain {
        actor: &person.actor(),
        subject: pairs.value(SUBJECT).unwrap_or_default(),
    };
    let words = if app.backend.run(&command).await? {
        Done::MessageAskedAgain
    } else {
        Done::MessageIsOver
    };
    Ok(done(&headers, Url::Messages, words))
}

/// Shows how messages look. No statement.
pub(super) async fn show_looks(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let asked = query.iter().find(|(name, _)| name == LANGUAGE);
    let asked = asked.and_then(|(_, tag)| Language::from_tag(tag));
    let language = asked.unwrap_or_else(|| person.language(&headers));
    let now = app.backend.clock.now();
    let html = message_looks::html(&person.chrome(&headers), language, now);
    Ok(page(StatusCode::OK, html))
}
