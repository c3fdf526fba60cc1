//! The message about what the last form has done.

use app::Language;
use app::admin::notices::StoreDone;
use app::admin::platform_notices::PlatformDone;
use app::console::Console;
use app::console::notices::AccountDone;
use app::ui::states::Notice;
use axum::http::HeaderMap;

use crate::console::cookie;

/// Returns the message about what the last form has done.
pub(super) fn notice(headers: &HeaderMap, language: Language) -> Option<Notice> {
    let code = cookie::notice(Console::Admin).read(headers)?;
    let own = AccountDone::parse(code).map(|done| done.notice(language));
    let store = || StoreDone::parse(code).map(|done| done.notice(language));
    let platform = || PlatformDone::parse(code).map(|done| done.notice(language));
    own.or_else(store).or_else(platform)
}
