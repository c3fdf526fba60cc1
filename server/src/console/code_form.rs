//! The form that asks for a code of the authenticator app, or for a recovery code.

use app::console::Console;
use app::console::sign_in_code::{CodeField, SignInCode, html};
use app::forms::FormState;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::answer::page;
use super::language;
use super::onward::Onward;

/// Shows the form, which carries what follows.
pub(super) fn shown(
    console: Console,
    headers: &HeaderMap,
    status: StatusCode,
    form: FormState<CodeField>,
    field: CodeField,
    Onward { next, kept }: Onward<'_>,
) -> Response {
    let asked = SignInCode {
        console,
        language: language::of_headers(headers),
        form,
        field,
        next: next.map(str::to_owned),
        kept: kept.map(str::to_owned),
    };
    page(status, html(&asked))
}
