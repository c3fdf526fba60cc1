//! Names as a search compares them. A person types a name in small or capital letters, with or
//! without the Tajik letters that many keyboards lack, and finds it all the same.

/// Returns a text in small letters, with the Cyrillic letters of Tajik and Russian replaced by
/// those that people type in their place, and with one space between words.
pub(crate) fn folded(text: &str) -> String {
    let small = text.to_lowercase();
    let plain: String = small
        .chars()
        .filter(|sign| !domain::marks::is_invisible(*sign))
        .map(|sign| match sign {
            'ғ' => 'г',
            'ӣ' | 'й' => 'и',
            'қ' => 'к',
            'ӯ' | 'ў' => 'у',
            'ҳ' => 'х',
            'ҷ' => 'ч',
            'ё' => 'е',
            other => other,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
