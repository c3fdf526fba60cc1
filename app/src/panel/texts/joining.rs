//! Keys of joining.

/// How clients join by themselves.
pub(in crate::panel) struct JoiningTexts {
    pub(in crate::panel) title: &'static str,
    pub(in crate::panel) note: &'static str,
    pub(in crate::panel) terms: &'static str,
    pub(in crate::panel) terms_hint: &'static str,
    pub(in crate::panel) version: &'static str,
    pub(in crate::panel) none: &'static str,
    pub(in crate::panel) link: &'static str,
    pub(in crate::panel) link_note: &'static str,
    pub(in crate::panel) no_bot: &'static str,
    pub(in crate::panel) sample: &'static str,
    pub(in crate::panel) sample_text: &'static str,
}
