//! Everything the rules can say no with.

use std::collections::BTreeMap;

use crate::money::Money;

/// The wrong fields of a request, each with what to do about it, in Russian.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<String, String>);

impl FieldErrors {
    /// One wrong field.
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Notes a wrong field; the first message for it stays.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0
            .entry(field.to_owned())
            .or_insert_with(|| message.into());
    }

    /// True where nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field and message, by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(field, message)| (field.as_str(), message.as_str()))
    }
}

/// Whether a client's bonuses cover what a return takes back (seed, "Возврат товара", step 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnBalance {
    /// The whole balance, held bonuses included.
    pub available: Money,
    /// What is to be taken back.
    pub to_revoke: Money,
    /// The cash due for the goods before anything is withheld; unknown without the sale.
    pub cash_due: Option<Money>,
}

impl ReturnBalance {
    /// What is missing; zero where the bonuses suffice.
    pub fn shortage(self) -> Money {
        (self.to_revoke - self.available).or_zero()
    }

    /// By how much less cash to give out: the shortage, but never more than the cash due. One bonus
    /// is one somoni.
    pub fn cash_equivalent(self) -> Money {
        let shortage = self.shortage();
        self.cash_due.map_or(shortage, |due| shortage.min(due))
    }
}

/// A request that breaks a rule. It changes nothing; the text is one sentence for the cashier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Wrong or missing fields.
    #[error("Проверьте поля запроса: {}.", .0.iter().map(|(field, message)| format!("{field} — {message}")).collect::<Vec<_>>().join("; "))]
    Invalid(FieldErrors),
    /// No such client in this store.
    #[error("Клиент не найден. Проверьте номер или зарегистрируйте клиента.")]
    ClientNotFound,
    /// The store has blocked the client.
    #[error("Клиент заблокирован магазином.")]
    ClientBlocked,
    /// The check is too small for the programme.
    #[error("Сумма чека меньше минимальной для программы лояльности: {} сом.", .minimum.with_comma())]
    BelowMinPurchase {
        /// The programme's minimum.
        minimum: Money,
    },
    /// More than the client has.
    #[error("Недостаточно бонусов. Можно списать не больше {}.", .max_redeem.with_comma())]
    InsufficientBonuses {
        /// What this check could take.
        max_redeem: Money,
    },
    /// The client has them, but some are still held.
    #[error("Часть бонусов ещё на выдержке. Можно списать не больше {}.", .max_redeem.with_comma())]
    BonusesOnHold {
        /// What this check could take.
        max_redeem: Money,
    },
    /// More than the programme lets bonuses pay of a check.
    #[error("Превышен лимит списания по чеку. Можно списать не больше {}.", .max_redeem.with_comma())]
    OverRedeemLimit {
        /// What this check could take.
        max_redeem: Money,
    },
    /// It would take welcome bonuses, and the check is too small for them.
    #[error("Приветственные бонусы можно списать с чека от {} сом. Сейчас можно списать не больше {}.", .minimum.with_comma(), .max_redeem.with_comma())]
    WelcomeBelowMinimum {
        /// What this check could take.
        max_redeem: Money,
        /// The check from which welcome bonuses count.
        minimum: Money,
    },
    /// The request names another till than its token's.
    #[error("cashier_node_id не совпадает с кассой этого токена.")]
    CashierNodeMismatch,
    /// The check to be returned is not this client's, or not in this store.
    #[error("Исходная продажа не найдена у этого клиента.")]
    SaleNotFound,
    /// The receipt to be voided is not this till's.
    #[error("Чек не найден на этой кассе.")]
    ReceiptNotFound,
    /// The receipt to be voided is more than a day old.
    #[error("Чек старше суток: отменить его уже нельзя.")]
    ReceiptTooOld,
    /// More goods than are left of the sale.
    #[error("Сумма возврата больше остатка по чеку: осталось {} сом.", .left.with_comma())]
    OverReturn {
        /// What may still come back.
        left: Money,
    },
    /// More cash than was paid and not yet refunded.
    #[error("Сумма выдачи денег больше допустимой: можно выдать не больше {} сом.", .limit.with_comma())]
    OverRefund {
        /// What may be paid out.
        limit: Money,
    },
    /// More bonuses to take back than the sale gave and has not lost; without a sale, than the client has.
    #[error("Можно аннулировать не больше {} бонусов.", .limit.with_comma())]
    OverRevoke {
        /// What may be taken back.
        limit: Money,
    },
    /// More bonuses back than were redeemed and not yet restored.
    #[error("Можно вернуть клиенту не больше {} бонусов по этому чеку.", .limit.with_comma())]
    OverRestore {
        /// What may be restored.
        limit: Money,
    },
    /// The client has spent what the return takes back, and the till has not settled it.
    #[error("Недостаточно бонусов для аннулирования при возврате.")]
    ReturnShortage(ReturnBalance),
}

impl Refusal {
    /// One wrong field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(field, message))
    }

    /// The machine-readable code of the contract.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid_fields",
            Self::ClientNotFound => "client_not_found",
            Self::ClientBlocked => "client_blocked",
            Self::BelowMinPurchase { .. } => "below_min_purchase",
            Self::InsufficientBonuses { .. } | Self::ReturnShortage(_) => "insufficient_bonuses",
            Self::BonusesOnHold { .. } => "bonuses_on_hold",
            Self::OverRedeemLimit { .. } => "over_redeem_limit",
            Self::WelcomeBelowMinimum { .. } => "welcome_below_minimum",
            Self::CashierNodeMismatch => "cashier_node_mismatch",
            Self::SaleNotFound => "sale_not_found",
            Self::ReceiptNotFound => "receipt_not_found",
            Self::ReceiptTooOld => "receipt_too_old",
            Self::OverReturn { .. } => "over_return",
            Self::OverRefund { .. } => "over_refund",
            Self::OverRestore { .. } => "over_restore",
            Self::OverRevoke { .. } => "over_revoke",
        }
    }
}
