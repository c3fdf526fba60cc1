//! The controls of forms.

use leptos::prelude::*;

use super::problem::Problem;
use super::state::{Field, FormState};
use crate::locales::Language;
use crate::ssr::textarea;

/// A control of a form, with its label, hint and problem.
pub(crate) struct Control<'f, F> {
    form: &'f FormState<F>,
    language: Language,
    field: F,
    label: String,
    hint: Option<String>,
    /// The value before, below a setting.
    was: Option<String>,
    autocomplete: Option<&'static str>,
    /// A second control beside the first one: its unit.
    beside: Option<AnyView>,
    /// `true` for the layout of settings: the sentence on the left, the control on the right.
    is_setting: bool,
    is_hidden_label: bool,
}

/// One of the choices of a select or of radio buttons.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) note: Option<String>,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            note: None,
        }
    }

    pub(crate) fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// The differences between the inputs of one line.
struct Line {
    kind: Option<&'static str>,
    class: &'static str,
    mode: Option<&'static str>,
    max: Option<usize>,
    unit: Option<String>,
}

impl<'f, F: Field> Control<'f, F> {
    pub(crate) fn new(
        form: &'f FormState<F>,
        language: Language,
        field: F,
        label: impl Into<String>,
    ) -> Self {
        Self {
            form,
            language,
            field,
            label: label.into(),
            hint: None,
            was: None,
            autocomplete: None,
            beside: None,
            is_setting: false,
            is_hidden_label: false,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn was(mut self, was: Option<String>) -> Self {
        self.was = was;
        self
    }

    pub(crate) fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = Some(autocomplete);
        self
    }

    pub(crate) fn beside(mut self, control: AnyView) -> Self {
        self.beside = Some(control);
        self
    }

    pub(crate) fn setting(mut self) -> Self {
        self.is_setting = true;
        self
    }

    /// Shows the label to screen readers only.
    pub(crate) fn hide_label(mut self) -> Self {
        self.is_hidden_label = true;
        self
    }

    /// A line of text.
    pub(crate) fn text(self) -> AnyView {
        self.line(Line {
            kind: None,
            class: "input",
            mode: None,
            max: None,
            unit: None,
        })
    }

    /// A password.
    pub(crate) fn password(self) -> AnyView {
        self.line(Line {
            kind: Some("password"),
            class: "input",
            mode: None,
            max: None,
            unit: None,
        })
    }

    /// A day. The browser shows it in its own language, so a page offers periods first.
    pub(crate) fn date(self) -> AnyView {
        self.line(Line {
            kind: Some("date"),
            class: "input",
            mode: None,
            max: None,
            unit: None,
        })
    }

    /// A code of digits, in large letters.
    pub(crate) fn digits(self, length: usize) -> AnyView {
        self.line(Line {
            kind: None,
            class: "input input-code",
            mode: Some("numeric"),
            max: Some(length),
            unit: None,
        })
    }

    /// A number or an amount with its unit. It is a text for the browser, because number inputs
    /// refuse the comma in some languages.
    pub(crate) fn number(self, unit: Option<String>) -> AnyView {
        self.line(Line {
            kind: None,
            class: "input",
            mode: Some("decimal"),
            max: None,
            unit,
        })
    }

    fn line(self, line: Line) -> AnyView {
        let id = FormState::id(self.field);
        let described = self.described_by();
        let invalid = self.invalid();
        let value = self.form.shown(self.field);
        let input = view! {
            <input
                class=line.class
                id=id
                name=self.field.name()
                type=line.kind
                value=(!value.is_empty()).then_some(value)
                inputmode=line.mode
                maxlength=line.max.map(|max| max.to_string())
                autocomplete=self.autocomplete
                aria-invalid=invalid
                aria-describedby=described
            />
        };
        let input = match line.unit {
            Some(unit) => view! {
                <span class="with-unit">
                    {input} <span>{unit}</span>
                </span>
            }
            .into_any(),
            None => input.into_any(),
        };
        self.labelled(input)
    }

    /// A file; `accept` names the kinds that the browser offers.
    pub(crate) fn file(self, accept: &'static str) -> AnyView {
        let input = view! {
            <input
                class="input input-file"
                id=FormState::id(self.field)
                name=self.field.name()
                type="file"
                accept=accept
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
            />
        };
        self.labelled(input.into_any())
    }

    /// Several lines of text.
    pub(crate) fn textarea(self, rows: usize) -> AnyView {
        let area = textarea(
            &FormState::id(self.field),
            &self.field.name(),
            rows,
            &self.form.shown(self.field),
            self.invalid(),
            self.described_by(),
        );
        self.labelled(area.into_any())
    }

    /// A list of which one is chosen.
    pub(crate) fn select(self, choices: Vec<Choice>) -> AnyView {
        let chosen = self.form.shown(self.field);
        let option = |choice: Choice| {
            let is_chosen = choice.value == chosen;
            view! {
                <option value=choice.value selected=is_chosen>
                    {choice.label}
                </option>
            }
        };
        let select = view! {
            <select
                class="input"
                id=FormState::id(self.field)
                name=self.field.name()
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
            >
                {choices.into_iter().map(option).collect_view()}
            </select>
        };
        self.labelled(select.into_any())
    }

    /// Radio buttons; `class` is `choices-row` for a row of short ones.
    pub(crate) fn radios(self, class: &'static str, choices: Vec<Choice>) -> AnyView {
        let chosen = self.form.shown(self.field);
        let id = FormState::id(self.field);
        let (name, first) = (self.field.name(), id.clone());
        let radio = |(index, choice): (usize, Choice)| {
            let is_chosen = choice.value == chosen;
            // A link of the summary leads to the first button.
            let id = (index == 0).then(|| first.clone());
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        id=id
                        name=name.clone()
                        value=choice.value
                        checked=is_chosen
                    />
                    <span>
                        {choice.label}
                        {choice.note.map(|note| view! { <span class="note">{note}</span> })}
                    </span>
                </label>
            }
        };
        let radios = choices.into_iter().enumerate().map(radio).collect_view();
        let error = self.error(&id);
        let class = format!("choices {class}");
        let fieldset = if self.is_setting {
            "setting setting-wide"
        } else {
            "field"
        };
        let fieldset = self.wrong_class(fieldset);
        view! {
            <fieldset class=fieldset>
                <legend class="label">{self.label}</legend>
                {self.hint.map(|hint| view! { <p class="note">{hint}</p> })}
                {error}
                <div class=class>{radios}</div>
                {self.was.map(|was| view! { <p class="note">{was}</p> })}
            </fieldset>
        }
        .into_any()
    }

    /// A box that is checked or not.
    pub(crate) fn checkbox(self) -> AnyView {
        let id = FormState::id(self.field);
        let error = self.error(&id);
        let class = self.wrong_class("field");
        view! {
            <div class=class>
                {error}
                <label class="choice">
                    <input
                        type="checkbox"
                        id=id
                        name=self.field.name()
                        value="on"
                        checked=self.form.is_checked(self.field)
                    />
                    <span>
                        {self.label}
                        {self.hint.map(|hint| view! { <span class="note">{hint}</span> })}
                    </span>
                </label>
            </div>
        }
        .into_any()
    }

    fn labelled(self, control: AnyView) -> AnyView {
        let id = FormState::id(self.field);
        let error = self.error(&id);
        let label_class = if self.is_hidden_label {
            "hidden"
        } else {
            "label"
        };
        let hint_id = format!("{id}-hint");
        let label = view! {
            <label class=label_class for=id>
                {self.label.clone()}
            </label>
        };
        let hint = self
            .hint
            .clone()
            .map(|hint| view! { <p class="note" id=hint_id>{hint}</p> });
        if !self.is_setting {
            let class = self.wrong_class("field");
            return view! {
                <div class=class>
                    {label} {hint} {error} {control}
                    {self.was.map(|was| view! { <span class="note">{was}</span> })}
                </div>
            }
            .into_any();
        }
        let is_pair = self.beside.is_some();
        let class = self.wrong_class("setting");
        view! {
            <div class=class>
                <div class="stack-tight">{label} {hint} {error}</div>
                <div class="stack-tight" class:setting-pair=is_pair>
                    {control} {self.beside}
                    {self.was.clone().map(|was| view! { <span class="note">{was}</span> })}
                </div>
            </div>
        }
        .into_any()
    }

    fn problem(&self) -> Option<&Problem> {
        self.form.problem(self.field)
    }

    fn invalid(&self) -> Option<&'static str> {
        self.problem().map(|_| "true")
    }

    fn wrong_class(&self, class: &'static str) -> String {
        let wrong = if self.problem().is_some() {
            " wrong"
        } else {
            ""
        };
        format!("{class}{wrong}")
    }

    fn described_by(&self) -> Option<String> {
        let id = FormState::id(self.field);
        let hint = self.hint.as_ref().map(|_| format!("{id}-hint"));
        let error = self.problem().map(|_| format!("{id}-error"));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn error(&self, id: &str) -> Option<AnyView> {
        let text = self.problem()?.text(self.language);
        let id = format!("{id}-error");
        let view = view! {
            <p class="field-error" id=id>
                {text}
            </p>
        };
        Some(view.into_any())
    }
}
