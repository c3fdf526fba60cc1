//! The elements whose content HTML does not parse as markup (HTML Standard, "Raw text elements" and
//! "Escapable raw text elements"). Leptos would escape it or add markers to it, so these functions
//! set it as it is. Only this file may do so: text from a user must be escaped here.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// Renders the title of a document.
pub(crate) fn title(text: &str) -> impl IntoView + use<> {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    view! { <title inner_html=escaped></title> }
}

/// Renders a text area with its text. Leptos would write the text unescaped. The browser ignores
/// the first line break of a text area, so the text follows one.
pub(crate) fn textarea(
    id: &str,
    name: &str,
    rows: usize,
    text: &str,
    invalid: Option<&'static str>,
    described_by: Option<String>,
) -> impl IntoView + use<> {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <textarea
            class="input"
            id=id.to_owned()
            name=name.to_owned()
            rows=rows.to_string()
            aria-invalid=invalid
            aria-describedby=described_by
            inner_html=format!("\n{escaped}")
        ></textarea>
    }
}

/// Renders a script of our own, with the nonce that the Content-Security-Policy requires.
pub(super) fn script(javascript: String) -> impl IntoView + use<> {
    view! { <script nonce=use_nonce() inner_html=javascript></script> }
}

/// Renders a style sheet of our own, with the nonce that the Content-Security-Policy requires.
pub(super) fn style(css: &'static str) -> impl IntoView + use<> {
    view! { <style nonce=use_nonce() inner_html=css></style> }
}
