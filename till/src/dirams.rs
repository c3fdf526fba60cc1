//! Serializes money on the device as a whole number of dirams. For `#[serde(with = …)]`.

use domain::Money;
use serde::{Deserialize, Deserializer, Serializer};

// `allow`, not `expect`, because the lint depends on the target's pointer size.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that the derived code calls"
)]
pub(crate) fn serialize<S: Serializer>(amount: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(amount.dirams())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    i64::deserialize(deserializer).map(Money::from_dirams)
}
