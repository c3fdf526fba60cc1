//! Filling in a template.

/// Replaces each `{{NAME}}` by what `value` returns. A name without a value stays as it is, and
/// what was filled in is not looked at again, so that a till may be called `{{TENANT_TOKEN}}`.
pub(crate) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let found = after
            .split_once("}}")
            .and_then(|(name, end)| value(name).map(|value| (value, end)));
        if let Some((value, end)) = found {
            filled.push_str(&value);
            rest = end;
        } else {
            filled.push_str("{{");
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}
