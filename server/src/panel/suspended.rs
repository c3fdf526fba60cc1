//! What the people of a suspended store may still do: read everything, take their clients with them
//! in a file, and look after accounts. Nothing that tills or clients would see is changed.

use app::Language;
use app::panel::suspended::notice;
use app::panel::urls::Url;
use app::ui::states::Notice;
use axum::extract::MatchedPath;
use axum::http::request::Parts;
use backend::accounts::Suspension;
use domain::Timestamp;

/// The number that stands for any number in the pattern of a URL.
const ANY: i64 = 0;

/// The forms that stay open.
const OPEN: [Url; 15] = [
    Url::Password,
    Url::Settings,
    Url::OwnPassword,
    Url::EndSession(ANY),
    Url::EndOtherSessions,
    Url::SecondStep,
    Url::NewSecondStep,
    Url::RecoveryCodes,
    Url::SecondStepOff,
    Url::NewPasswordLink(ANY),
    Url::RemovePerson(ANY),
    Url::CancelInvitation(ANY),
    Url::ExportClients,
    Url::ProgrammePreview,
    Url::StopProgrammeLook(ANY),
];

/// Returns whether the form of this request stays open.
pub(super) fn is_open(parts: &Parts) -> bool {
    let matched = parts.extensions.get::<MatchedPath>();
    let is = |url: &Url| matched.is_some_and(|path| path.as_str() == url.pattern());
    OPEN.iter().any(is)
}

/// Returns the message on every page of a suspended store.
pub(super) fn of(suspended: &Suspension, language: Language, now: Timestamp) -> Notice {
    notice(language, suspended.at, suspended.reason.as_deref(), now)
}
