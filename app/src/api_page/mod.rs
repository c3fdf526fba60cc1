//! The API document as a page for people: no script, one style sheet.
//!
//! The server reads the document into [`ApiReference`]; this module renders it, in Russian like the
//! document itself.

mod reference;
mod view;

use leptos::prelude::*;

pub use reference::*;
pub use view::STYLE_URL;

/// The style sheet of the page. It is separate from the web bundle, because the page is also served
/// if no bundle has been built.
pub const STYLE: &str = include_str!("page.css");

/// Renders the page as a whole document.
pub fn html(reference: ApiReference) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| view::page(reference).to_html());
    owner.unset_with_forced_cleanup();
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let page = html(ApiReference {
            title: "<b>".to_owned(),
            description: "<script>&".to_owned(),
            version: String::new(),
            base_url: "\"><i>".to_owned(),
            credentials: Vec::new(),
            operations: Vec::new(),
        });
        for markup in ["<b>", "<script>", "<i>"] {
            assert!(!page.contains(markup), "{markup}: {page}");
        }
        assert!(page.contains("&lt;script&gt;&amp;"), "{page}");
    }
}
