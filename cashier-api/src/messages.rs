//! All sentences of the Cashier API, in Russian, for the cashiers of tills that have no texts of
//! their own. A client that has its own texts uses [`Failure::reason`](crate::Failure::reason).

use domain::{DurationUnit, FieldError, FieldErrors, Money, Refusal, whole_units};

use crate::error_code::ErrorCode;

/// Returns the sentence for a failure that is not a refusal by the rules.
pub const fn failure(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::BadTenantToken => "Неверный токен магазина (X-Tenant-Token).",
        ErrorCode::BadCashierToken => "Неверный токен кассы (X-Cashier-Token).",
        ErrorCode::CashierDisabled => "Касса отключена. Обратитесь к владельцу магазина.",
        ErrorCode::StoreSuspended => {
            "Обслуживание магазина приостановлено. Обратитесь в поддержку Bonex."
        }
        ErrorCode::DeviceIdRequired => {
            "Не указан идентификатор устройства (X-Device-Id): от 1 до 128 печатных символов."
        }
        ErrorCode::DeviceMismatch => {
            "Касса привязана к другому устройству. Сбросьте привязку в панели: «Кассы» → «Сбросить привязку»."
        }
        ErrorCode::BadPairingCode => {
            "Код подключения не подходит, или его десять минут прошли. Покажите в панели новый код."
        }
        ErrorCode::PairingCodeUsed => {
            "По этому коду уже подключено другое устройство. Покажите в панели новый код."
        }
        ErrorCode::MalformedJson => "Тело запроса не является корректным JSON в кодировке UTF-8.",
        ErrorCode::BodyTooLarge => "Запрос слишком большой.",
        ErrorCode::NotFound => "Такого адреса нет в API.",
        ErrorCode::MethodNotAllowed => "Этот адрес не принимает такой метод HTTP.",
        ErrorCode::TooManyRequests => "Слишком много запросов. Подождите и повторите.",
        ErrorCode::DuplicateSale => "Продажа с таким external_sale_id уже зарегистрирована",
        ErrorCode::DuplicateReturn => "Возврат с таким external_return_id уже зарегистрирован",
        ErrorCode::DuplicateReceipt => "Чек с таким external_receipt_id уже зарегистрирован",
        ErrorCode::ExternalIdConflict => {
            "Под этим номером записан другой документ. Отправьте этот под новым номером."
        }
        ErrorCode::ReceiptVoided => "Этот чек уже отменён.",
        ErrorCode::SaleVoided => {
            "Эта продажа отменена кассой. Если товар всё же продан, отправьте его под новым номером."
        }
        ErrorCode::IdempotencyKeyReused => {
            "Этот Idempotency-Key уже использован для другого запроса."
        }
        ErrorCode::Timeout => "Сервер не успел ответить. Повторите запрос.",
        ErrorCode::StorageFull => {
            "На сервере закончилось место, ничего не записано. Сообщите в поддержку Bonex и повторите позже."
        }
        ErrorCode::Unavailable => "База данных сейчас недоступна. Подождите минуту и повторите.",
        ErrorCode::Internal => "Внутренняя ошибка сервера. Повторите запрос позже.",
    }
}

/// Returns the sentence for a refusal by the rules.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Invalid(fields) => format!("Проверьте поля запроса: {}.", wrong_fields(fields)),
        Refusal::ClientNotFound => {
            "Клиент не найден. Проверьте номер или зарегистрируйте клиента.".to_owned()
        }
        Refusal::ClientBlocked => "Клиент заблокирован магазином.".to_owned(),
        Refusal::BelowMinPurchase { minimum } => format!(
            "Сумма чека меньше минимальной для программы лояльности: {} сом.",
            with_comma(*minimum)
        ),
        Refusal::InsufficientBonuses { max_redeem } => format!(
            "Недостаточно бонусов. Можно списать не больше {}.",
            with_comma(*max_redeem)
        ),
        Refusal::BonusesOnHold { max_redeem } => format!(
            "Часть бонусов ещё на выдержке. Можно списать не больше {}.",
            with_comma(*max_redeem)
        ),
        Refusal::OverRedeemLimit { max_redeem } => format!(
            "Превышен лимит списания по чеку. Можно списать не больше {}.",
            with_comma(*max_redeem)
        ),
        Refusal::WelcomeBelowMinimum {
            max_redeem,
            minimum,
        } => format!(
            "Приветственные бонусы можно списать с чека от {} сом. Сейчас можно списать не больше {}.",
            with_comma(*minimum),
            with_comma(*max_redeem)
        ),
        Refusal::PhoneChanged { .. } => {
            "Телефон клиента недавно сменили: сутки после этого бонусы не списываются.".to_owned()
        }
        Refusal::CashierNodeMismatch => {
            "cashier_node_id не совпадает с кассой этого токена.".to_owned()
        }
        Refusal::SaleNotFound => "Исходная продажа не найдена у этого клиента.".to_owned(),
        Refusal::SaleHasReturns => {
            "По этой продаже уже есть возврат: отменить её нельзя. Оформите возврат остатка."
                .to_owned()
        }
        Refusal::SaleTooOld => {
            "Продажа старше 72 часов: отменить её уже нельзя. Оформите возврат.".to_owned()
        }
        Refusal::ReceiptNotFound => "Чек не найден на этой кассе.".to_owned(),
        Refusal::ReceiptTooOld => "Чек старше суток: отменить его уже нельзя.".to_owned(),
        Refusal::OverReturn { left } => format!(
            "Сумма возврата больше остатка по чеку: осталось {} сом.",
            with_comma(*left)
        ),
        Refusal::OverRefund { limit } => format!(
            "Сумма выдачи денег больше допустимой: можно выдать не больше {} сом.",
            with_comma(*limit)
        ),
        Refusal::OverRevoke { limit } => format!(
            "Можно аннулировать не больше {} бонусов.",
            with_comma(*limit)
        ),
        Refusal::OverRestore { limit } => format!(
            "Можно вернуть клиенту не больше {} бонусов по этому чеку.",
            with_comma(*limit)
        ),
        Refusal::ReturnShortage(_) => {
            "Недостаточно бонусов для аннулирования при возврате.".to_owned()
        }
    }
}

/// Lists the wrong fields of an item of a list. An item that is not an object has no fields, so its
/// text says only that.
pub(crate) fn wrong_item(fields: &FieldErrors) -> String {
    let mut errors = fields.iter();
    match errors.next() {
        Some(("body", error)) => wrong_field(error),
        _ => wrong_fields(fields),
    }
}

fn wrong_fields(fields: &FieldErrors) -> String {
    let parts: Vec<String> = fields
        .iter()
        .map(|(field, error)| format!("{field} — {}", wrong_field(error)))
        .collect();
    parts.join("; ")
}

/// Says what is wrong with a field, as the end of a sentence.
pub fn wrong_field(error: FieldError) -> String {
    let text = match error {
        FieldError::Required => "обязательное поле",
        FieldError::RequiredWithoutSale => "обязательное поле, если нет original_external_sale_id",
        FieldError::Unreadable => "не читается",
        FieldError::NotAnObject => "должно быть объектом JSON",
        FieldError::NotAList => "должно быть списком",
        FieldError::NotAString => "должно быть строкой",
        FieldError::NotABoolean => "должно быть true или false",
        FieldError::NotANumber => "должно быть числом",
        FieldError::NotWhole => "должно быть целым числом",
        FieldError::NotARedeemMode => "должно быть payment_type или discount",
        FieldError::NotAPhone => "введите телефон: 9 цифр или международный номер с +",
        FieldError::NotAnIdentifier => {
            "введите телефон (9 цифр или с +), номер карты 001-0000123 или её штрихкод"
        }
        FieldError::WrongCheckDigit => {
            "контрольная цифра штрихкода неверна: отсканируйте карту ещё раз"
        }
        FieldError::NotACard => "введите номер карты 001-0000123 или отсканируйте её штрихкод",
        FieldError::UnknownCard => {
            "такой карты нет среди заготовленных магазином: возьмите другую карту"
        }
        FieldError::CardTaken => "эта карта уже выдана: возьмите другую карту",
        FieldError::HasOtherCard => "у клиента уже есть другая карта: заменить её можно в панели",
        FieldError::ForbiddenCharacter => "содержит недопустимый символ",
        FieldError::NotPrintable { max } => {
            return format!("от 1 до {max} печатных символов ASCII");
        }
        FieldError::TooLong { max } => return format!("не длиннее {max} символов"),
        FieldError::TooManyRows { max } => return format!("не больше {max} строк"),
        FieldError::TooManyProducts { max } => {
            return format!("в магазине не может быть больше {max} товаров");
        }
        FieldError::Repeated => "повторяется в этом запросе",
        FieldError::RepeatedField => "указано больше одного раза",
        FieldError::KeepsNothing => "нет ни одного товара: так отключились бы все",
        FieldError::Negative => "не может быть отрицательным",
        FieldError::NotPositive => "должно быть больше нуля",
        FieldError::TooPrecise { decimals } => {
            return format!("не больше {decimals} знаков после запятой");
        }
        FieldError::TooLarge => "слишком большое число",
        FieldError::BelowTotal => "не может быть меньше total_amount",
        FieldError::AboveTotal => "не может быть больше total_amount",
        FieldError::AboveCheck => "не может быть больше суммы чека",
        FieldError::NotTheSum => "должно быть равно total_amount + bonus_redeem_amount",
        FieldError::RedeemedBefore { redeemed } => {
            let redeemed = with_comma(redeemed);
            return format!("по этому чеку уже списано {redeemed}: передайте столько же или 0");
        }
        FieldError::HoldOutlivesBonuses => "должно быть меньше срока жизни бонусов",
    };
    text.to_owned()
}

/// Words a duration for the cashier: `1 сек`, `24 ч`, `180 дн`; see [`whole_units`].
pub fn duration(seconds: i64) -> String {
    let (count, unit) = whole_units(seconds);
    let unit = match unit {
        DurationUnit::Seconds => "сек",
        DurationUnit::Minutes => "мин",
        DurationUnit::Hours => "ч",
        DurationUnit::Days => "дн",
    };
    format!("{count} {unit}")
}

/// Writes an amount as a Russian sentence does: `150`, `7,50`, `107,55`.
fn with_comma(amount: Money) -> String {
    let text = amount.to_string();
    match text.split_once('.') {
        Some((somoni, dirams)) => format!("{somoni},{dirams:0<2}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_a_comma_and_two_decimals_or_is_whole() {
        for (dirams, text) in [
            (15_000, "150"),
            (750, "7,50"),
            (10_755, "107,55"),
            (-5, "-0,05"),
        ] {
            assert_eq!(with_comma(Money::from_dirams(dirams)), text);
        }
    }

    #[test]
    fn a_hold_is_worded_as_in_seed() {
        for (seconds, text) in [
            (0, "0 сек"),
            (1, "1 сек"),
            (300, "5 мин"),
            (86_400, "24 ч"),
            (90_000, "25 ч"),
            (15_552_000, "180 дн"),
        ] {
            assert_eq!(duration(seconds), text);
        }
    }

    #[test]
    fn a_sentence_names_every_wrong_field_with_its_figures() {
        let mut fields = FieldErrors::one("total_amount", FieldError::TooPrecise { decimals: 2 });
        fields.add(
            "bonus_redeem_amount",
            FieldError::RedeemedBefore {
                redeemed: Money::from_dirams(750),
            },
        );
        assert_eq!(
            refusal(&Refusal::Invalid(fields)),
            "Проверьте поля запроса: bonus_redeem_amount — по этому чеку уже списано 7,50: \
             передайте столько же или 0; total_amount — не больше 2 знаков после запятой."
        );
    }

    #[test]
    fn a_limit_is_named_with_its_figure() {
        let refused = Refusal::WelcomeBelowMinimum {
            max_redeem: Money::from_dirams(1_050),
            minimum: Money::from_somoni(100),
        };
        assert_eq!(
            refusal(&refused),
            "Приветственные бонусы можно списать с чека от 100 сом. Сейчас можно списать не больше 10,50."
        );
    }
}
