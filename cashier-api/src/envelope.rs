//! The envelopes of all answers.

use std::collections::BTreeMap;

use domain::{FieldError, FieldErrors, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use crate::answers::ReturnCalculation;
use crate::error_code::ErrorCode;
use crate::figures::Figures;
use crate::messages;

/// The envelope of a successful answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Success<T> {
    /// Always `true`.
    #[cfg_attr(feature = "openapi", schema(example = true))]
    pub success: bool,
    /// The answer itself.
    pub data: T,
}

impl<T> Success<T> {
    /// Wraps an answer.
    pub const fn new(data: T) -> Self {
        Self {
            success: true,
            data,
        }
    }
}

/// The envelope of a failure.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Failure {
    /// Always `false`.
    #[cfg_attr(feature = "openapi", schema(example = false))]
    pub success: bool,
    /// One sentence for the cashier, in Russian.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Клиент не найден. Проверьте номер или зарегистрируйте клиента.")
    )]
    pub error: String,
    /// The code of the failure, for programs.
    #[cfg_attr(feature = "openapi", schema(example = "client_not_found"))]
    pub code: String,
    /// Data that the till can use to continue: the figures of the rule, the first sale, the
    /// shortage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub data: Option<Box<RawValue>>,
    /// The wrong fields, each with its message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<BTreeMap<String, String>>,
}

impl Failure {
    /// Makes a failure that is not a refusal by the rules.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            success: false,
            error: messages::failure(code).to_owned(),
            code: code.as_str().to_owned(),
            data: None,
            fields: None,
        }
    }

    /// Adds data that the till can use to continue.
    #[must_use]
    pub fn with_data(mut self, data: &impl Serialize) -> Self {
        // Data that cannot be serialized is left out, since the failure itself matters more.
        self.data = to_raw_value(data).ok();
        self
    }

    fn with_fields(mut self, fields: &FieldErrors) -> Self {
        let worded =
            |(field, error): (&str, FieldError)| (field.to_owned(), messages::wrong_field(error));
        self.fields = Some(fields.iter().map(worded).collect());
        self
    }
}

impl From<&Refusal> for Failure {
    fn from(refusal: &Refusal) -> Self {
        let failure = Self {
            success: false,
            error: messages::refusal(refusal),
            code: refusal.code().to_owned(),
            data: None,
            fields: None,
        };
        match refusal {
            Refusal::Invalid(fields) => failure.with_fields(fields),
            Refusal::ReturnShortage(balance) => {
                failure.with_data(&ReturnCalculation::from(*balance))
            }
            refusal => match Figures::of(refusal) {
                Some(figures) => failure.with_data(&figures),
                None => failure,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Money, ReturnBalance};

    use super::*;

    fn json(refusal: &Refusal) -> String {
        serde_json::to_string(&Failure::from(refusal)).unwrap()
    }

    #[test]
    fn a_shortage_is_answered_as_in_seed() {
        let refusal = Refusal::ReturnShortage(ReturnBalance {
            available: Money::ZERO,
            to_revoke: Money::from_somoni(50),
            cash_due: None,
        });
        assert_eq!(
            json(&refusal),
            r#"{"success":false,"error":"Недостаточно бонусов для аннулирования при возврате.","code":"insufficient_bonuses","data":{"status":"insufficient_bonuses","available_bonuses":0,"bonus_to_revoke":50,"shortage_bonuses":50,"shortage_cash_equivalent":50}}"#
        );
    }

    #[test]
    fn a_limit_names_what_is_allowed_and_a_field_what_is_wrong() {
        let refusal = Refusal::OverRedeemLimit {
            max_redeem: Money::from_dirams(15_050),
        };
        assert!(json(&refusal).ends_with(r#""data":{"max_redeem_amount":150.5}}"#));
        let refusal = Refusal::field("total_amount", FieldError::Required);
        assert!(json(&refusal).ends_with(r#""fields":{"total_amount":"обязательное поле"}}"#));
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ErrorCode::ALL.len());
    }
}
