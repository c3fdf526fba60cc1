//! The wrong fields of an answer, for clients that have words of their own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::{FieldError, FieldErrors};
use serde::{Deserialize, Serialize};

use crate::scalars::Amount;

/// `data` of an answer that names wrong fields.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct WrongFields {
    fields: BTreeMap<String, WrongField>,
}

/// What is wrong about one field, with its figures.
#[derive(Serialize, Deserialize)]
struct WrongField {
    code: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decimals: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redeemed_amount: Option<Amount>,
}

impl From<&FieldErrors> for WrongFields {
    fn from(errors: &FieldErrors) -> Self {
        let named = |(field, error): (&str, FieldError)| (field.to_owned(), error.into());
        Self {
            fields: errors.iter().map(named).collect(),
        }
    }
}

impl WrongFields {
    /// The errors of which the code is known and no figure is missing.
    pub(crate) fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (field, wrong) in &self.fields {
            if let Some(error) = wrong.error() {
                errors.add(field, error);
            }
        }
        errors
    }
}

impl From<FieldError> for WrongField {
    fn from(error: FieldError) -> Self {
        let mut wrong = Self {
            code: Cow::Borrowed(error.code()),
            decimals: None,
            max: None,
            redeemed_amount: None,
        };
        match error {
            FieldError::NotPrintable { max }
            | FieldError::TooLong { max }
            | FieldError::TooManyRows { max } => wrong.max = i64::try_from(max).ok(),
            FieldError::TooManyProducts { max } => wrong.max = Some(max),
            FieldError::TooPrecise { decimals } => wrong.decimals = Some(decimals),
            FieldError::RedeemedBefore { redeemed } => {
                wrong.redeemed_amount = Some(Amount(redeemed));
            }
            _ => {}
        }
        wrong
    }
}

impl WrongField {
    fn error(&self) -> Option<FieldError> {
        let length = self.max.and_then(|max| usize::try_from(max).ok());
        let redeemed = self.redeemed_amount.map(|amount| amount.0);
        // Those with figures, if the figures are there: the code says which of all it is.
        let with_figures = [
            length.map(|max| FieldError::NotPrintable { max }),
            length.map(|max| FieldError::TooLong { max }),
            length.map(|max| FieldError::TooManyRows { max }),
            self.max.map(|max| FieldError::TooManyProducts { max }),
            self.decimals
                .map(|decimals| FieldError::TooPrecise { decimals }),
            redeemed.map(|redeemed| FieldError::RedeemedBefore { redeemed }),
        ];
        WITHOUT_FIGURES
            .into_iter()
            .chain(with_figures.into_iter().flatten())
            .find(|error| error.code() == self.code)
    }
}

const WITHOUT_FIGURES: [FieldError; 24] = [
    FieldError::Required,
    FieldError::RequiredWithoutSale,
    FieldError::Unreadable,
    FieldError::NotAnObject,
    FieldError::NotAList,
    FieldError::NotAString,
    FieldError::NotABoolean,
    FieldError::NotANumber,
    FieldError::NotWhole,
    FieldError::NotARedeemMode,
    FieldError::NotAPhone,
    FieldError::NotAnIdentifier,
    FieldError::WrongCheckDigit,
    FieldError::ForbiddenCharacter,
    FieldError::Repeated,
    FieldError::KeepsNothing,
    FieldError::Negative,
    FieldError::NotPositive,
    FieldError::TooLarge,
    FieldError::BelowTotal,
    FieldError::AboveTotal,
    FieldError::AboveCheck,
    FieldError::NotTheSum,
    FieldError::HoldOutlivesBonuses,
];
