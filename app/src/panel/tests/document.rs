//! A reader of documents that is just good enough for the pages of the panel.

use std::collections::BTreeSet;

/// Returns the tags of a document, such as `input id="a"`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').filter_map(|part| {
        let (tag, _) = part.split_once('>')?;
        tag.starts_with(|letter: char| letter.is_ascii_lowercase())
            .then_some(tag)
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Returns the ids that occur twice, and the references to ids that do not exist.
pub(super) fn hidden_faults(html: &str) -> Vec<String> {
    let mut ids = BTreeSet::new();
    let mut faults = Vec::new();
    for id in tags(html).filter_map(|tag| attribute(tag, "id")) {
        if !ids.insert(id) {
            faults.push(format!("the id {id} occurs twice"));
        }
    }
    for tag in tags(html) {
        let described = attribute(tag, "aria-describedby").unwrap_or_default();
        let anchor = attribute(tag, "href").and_then(|href| href.strip_prefix('#'));
        let target = attribute(tag, "for");
        let references = described.split_whitespace().chain(anchor).chain(target);
        for id in references.filter(|id| !ids.contains(id)) {
            faults.push(format!("there is no id {id}"));
        }
    }
    faults
}

/// Returns the inputs without a label.
pub(super) fn unlabelled_inputs(html: &str) -> Vec<String> {
    let labels: BTreeSet<&str> = tags(html)
        .filter(|tag| tag.starts_with("label"))
        .filter_map(|tag| attribute(tag, "for"))
        .collect();
    let is_control = |tag: &&str| {
        ["input ", "select ", "textarea "]
            .iter()
            .any(|name| tag.starts_with(name))
    };
    // Radio buttons and checkboxes are inside of their labels.
    let needs_label = |tag: &&str| {
        !["hidden", "radio", "checkbox"].contains(&attribute(tag, "type").unwrap_or_default())
    };
    tags(html)
        .filter(is_control)
        .filter(needs_label)
        .filter(|tag| !attribute(tag, "id").is_some_and(|id| labels.contains(id)))
        .map(str::to_owned)
        .collect()
}

/// Returns whether a tag has the attribute.
pub(super) fn has_attribute(html: &str, name: &str) -> bool {
    tags(html).any(|tag| attribute(tag, name).is_some())
}
