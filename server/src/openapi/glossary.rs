//! The descriptions of the API's types and fields, in Russian, for developers of tills.

use serde_json::{Map, Value};

/// Replaces the descriptions of a document's schemas, which come from the code, by those of the
/// glossary.
pub(super) fn describe(document: &mut Value) {
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for (name, schema) in schemas.into_iter().flatten() {
        let Some(schema) = schema.as_object_mut() else {
            continue;
        };
        set_description(schema, type_text(name));
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (field, property) in properties.into_iter().flatten() {
            if let Some(property) = property.as_object_mut() {
                set_description(property, field_text(name, field));
                forget_alternatives(property);
            }
        }
    }
}

fn set_description(schema: &mut Map<String, Value>, text: Option<&str>) {
    match text {
        Some(text) => schema.insert("description".to_owned(), text.into()),
        None => schema.remove("description"),
    };
}

/// Removes the descriptions from the types of an optional field: its description is on the field.
fn forget_alternatives(property: &mut Map<String, Value>) {
    let alternatives = property.get_mut("oneOf").and_then(Value::as_array_mut);
    for alternative in alternatives.into_iter().flatten() {
        if let Some(alternative) = alternative.as_object_mut() {
            alternative.remove("description");
        }
    }
}

/// Returns the description of a type. The `Success_…` types have no description.
fn type_text(name: &str) -> Option<&'static str> {
    Some(match name {
        "Accrual" => "Начисление",
        "Amount" => {
            "Сумма в сомони (или бонусов): число, не больше двух знаков после запятой; принимается и строка цифр"
        }
        "CalculateReturnRequest" => "Вопрос перед возвратом",
        "ClientData" => "Клиент: имя, балансы и условия программы для него",
        "ClientIdentifier" => "Телефон, номер карты 001-0000123 или её EAN-13",
        "Failure" => "Отказ",
        "Item" => "Товар в наличии",
        "Line" => {
            "Строка чека. Продажу не отклоняет: лишние знаки округляются, скидки и возвраты хранятся как есть, название обрезается до 200 символов, коды — до 64, нечитаемая строка пропускается"
        }
        "Loyalty" => "Условия программы для клиента сегодня",
        "Mode" => {
            "payment_type — бонусы отдельным видом оплаты, сумма чека полная; discount — скидкой, сумма чека после неё"
        }
        "Moment" => "Момент в ISO 8601, всегда UTC",
        "SentDate" => {
            "Дата документа в ISO 8601 (подойдут и 2026-06-05T14:30Z, …+05, 20260605T143000, пробел вместо T); без смещения — UTC"
        }
        "VoidReceiptRequest" => "Отмена чека без клиента",
        "VoidSaleRequest" => "Отмена продажи",
        "VoidSaleData" => "Отменённая продажа",
        "PairData" => "Токены и названия кассы, которой стало устройство",
        "PairRequest" => "Код подключения и устройство",
        "Percent" => "Проценты",
        "PastSale" => "Чек одной из касс магазина",
        "PastSalesData" => "Последние чеки клиента на всех кассах магазина",
        "PhoneNumber" => "Телефон: 9 цифр или международный номер",
        "ProgrammeData" => "Настройки программы лояльности",
        "ProgrammeTier" => "Уровень программы и что он меняет",
        "Quantity" => "Количество: округляется до трёх знаков, может быть отрицательным",
        "ReceiptData" => "Записанный чек без клиента",
        "ReceiptRequest" => "Чек без клиента",
        "RedeemData" => "Записанное списание",
        "RedeemRequest" => "Списание без начисления",
        "Card" => "Номер карты 001-0000123 или её штрихкод EAN-13",
        "RegisterRequest" => "Новый клиент",
        "ReturnCalculation" => "Хватает ли клиенту бонусов на возврат",
        "ReturnData" => "Записанный возврат",
        "ReturnRequest" => "Возврат товара",
        "ReturnStatus" => "ok — бонусов хватает, insufficient_bonuses — нет",
        "SaleData" => "Записанная продажа",
        "SaleRequest" => "Чек клиента",
        "SessionData" => "Касса, её магазин и программа",
        "SyncData" => "Что изменили остатки",
        "SyncRequest" => "Остатки магазина",
        "SkippedItem" => "Товар, который не удалось принять; известный товар остаётся как был",
        "Tier" => "Уровень клиента",
        _ => return None,
    })
}

/// Returns the description of a field. A name means the same in every type, except in the types
/// listed here together with the field.
fn field_text(schema: &str, field: &str) -> Option<&'static str> {
    Some(match (schema, field) {
        ("PairRequest", "code") => {
            "12 знаков из панели, в любом регистре, с пробелами и дефисами или без них"
        }
        ("PairRequest", "device_id") => "Устройство, которое станет кассой: его X-Device-Id",
        ("RegisterRequest", "card") => {
            "Карта, которую кассир отдаёт клиенту: одна из заготовленных магазином. Без неё клиент получает следующий номер"
        }
        ("RedeemRequest", "amount") => "Сколько бонусов списать",
        ("SessionData", "loyalty") => "Настройки программы",
        ("ClientData" | "PastSalesData", "full_name") => "Имя, если известно",
        ("Failure", "success") => "Всегда false",
        ("Failure", "data") => {
            "С чем касса может продолжить: допустимый максимум, первая продажа, нехватка"
        }
        ("PastSale", "external_sale_id") => {
            "Имя чека в его кассе; без него возврат к чеку не привязать"
        }
        ("PastSale", "gross_amount") => "Полная сумма чека до списания бонусов",
        ("PastSale", "branch") => "Филиал этой кассы",
        ("PastSale", "cashier_name") => "Касса, которая пробила чек",
        ("SaleData" | "PastSale" | "ReceiptData", "total_amount") => "Итог чека, как передан",
        ("ReturnCalculation", "bonus_to_revoke") => "Сколько бонусов возврат аннулирует",
        ("ReturnCalculation", "cash_refund_amount") => {
            "Сколько денег выдать, с учётом удержания; только если передан return_amount"
        }
        ("ReturnCalculation", "bonus_restored") => {
            "Сколько списанных бонусов вернётся; только если передан return_amount"
        }
        ("ReturnCalculation", "bonus_shortage_settled") => {
            "Сколько из нехватки удержать деньгами; только если передан return_amount"
        }
        ("VoidSaleData", "id") => {
            "Номер отменённой продажи; null, если под номером кассы ничего не было записано"
        }
        ("VoidSaleData", "bonus_revoked") => "Сколько начисленных бонусов аннулировано",
        ("VoidSaleData", "bonus_restored") => "Сколько списанных бонусов вернулось",
        ("ReturnData", "return_amount") => "На какую сумму вернули товар",
        ("ReturnData", "cash_refund_amount") => "Сколько денег выдано",
        ("PairData" | "SessionData", "cashier_node_id") => "ID кассы",
        ("SaleData" | "PastSale" | "ReceiptData", "sale_date" | "receipt_date") => {
            "Как передана; иначе — когда записан"
        }
        (_, field) => common_field_text(field)?,
    })
}

fn common_field_text(field: &str) -> Option<&'static str> {
    Some(match field {
        "accrual_base" => "База начисления: net_cash — деньги, gross — весь чек",
        "accruals" => "Все начисления по чеку",
        "amount" => "Сколько бонусов",
        "available_at" => "Когда их можно списать",
        "available_bonuses" => "Весь баланс клиента, вместе с выдержкой",
        "bonus_accrued" => "Начислено кэшбэка",
        "bonus_balance" => "Весь баланс",
        "bonus_expiry_days" => "Через сколько дней бонусы сгорают; 0 — никогда",
        "bonus_percent" => "Кэшбэк, %",
        "bonus_redeem_amount" => "Сколько бонусов списать; по умолчанию 0",
        "bonus_redeemed" => "Списано бонусов",
        "bonus_restored" => "Возвращено списанных бонусов",
        "bonus_revoked" => "Аннулировано бонусов",
        "bonus_shortage" => "Скольких бонусов не хватило",
        "bonus_shortage_settled" => "Сколько из них удержано деньгами",
        "bonus_to_restore" => "Сколько списанных бонусов вернуть; по умолчанию пропорционально",
        "bonus_to_revoke" => {
            "Сколько начисленных бонусов аннулировать; по умолчанию пропорционально; обязательно без исходной продажи"
        }
        "branch" => "Филиал",
        "card_number" => "Номер клубной карты",
        "cash_refund_amount" => "Сколько денег выдать; по умолчанию — сколько можно",
        "cashier_id" => "Кассир, как его знает касса",
        "cashier_name" => "Название кассы",
        "cashier_token" => "Токен кассы, для X-Cashier-Token",
        "cashier_node_id" => "ID кассы; по умолчанию касса токена, другая не принимается",
        "category_code" => "Код категории",
        "client_phone" => "Клиент: телефон, карта или штрихкод карты",
        "code" => "Причина для программы",
        "color" => "Цвет #RRGGBB",
        "created" => "Новых",
        "currency" => "Валюта, ISO 4217",
        "data" => "Ответ",
        "deactivate_missing" => "Отключить товары, которых нет в списке; по умолчанию false",
        "deactivated" => "Отключено",
        "device_bound_at" => "Когда касса привязана к устройству",
        "device_id" => "Устройство, к которому она привязана",
        "ean13" => "Штрихкод карты",
        "error" => "Одно предложение для кассира",
        "external_receipt_id" | "external_sale_id" => {
            "Имя чека в кассе: тот же чек с тем же именем не запишется второй раз. UUID — одно на магазин, другое имя — своё у кассы"
        }
        "external_return_id" => {
            "Имя возврата в кассе: тот же возврат с тем же именем не запишется второй раз"
        }
        "fields" => "Неверные поля, каждое с пояснением",
        "full_name" => "Имя",
        "gross_amount" => {
            "Полная сумма до скидки бонусами; по умолчанию в discount — итог и бонусы"
        }
        "has_more" => "Есть и более старые",
        "held_balance" => "На выдержке: списать ещё нельзя",
        "id" => "Номер записи в магазине",
        "is_blocked" => "Всегда false: заблокированный клиент получает отказ",
        "index" => "Место в списке, с нуля",
        "items" => "Товары, до 20 000, без повторов sku",
        "kind" => "За что: purchase, reactivation, second_purchase",
        "line_amount" => "Сумма строки",
        "lines" => "Строки чека, до 1000; их сумма не обязана равняться итогу",
        "lines_skipped" => "Сколько строк чека не записано; только если такие есть",
        "loyalty" => "Условия программы для клиента",
        "max_redeem_amount" => {
            "Сколько можно списать с открытого чека; только если передан check_amount"
        }
        "max_redeem_percent" => "Какую часть чека можно оплатить бонусами, %",
        "min_purchase_amount" => "С какого чека действует программа",
        "min_total_spent" => "С какой суммы покупок начинается уровень",
        "name" => "Название",
        "new_balance" => "Баланс клиента после операции",
        "original_external_sale_id" => "external_sale_id исходной продажи",
        "payment_method" => "Чем оплачена денежная часть",
        "phone" => "Телефон",
        "quantity" => "Количество",
        "reason" => "Почему",
        "receipt_date" | "sale_date" => {
            "Когда закрыт чек, ISO 8601; без смещения читается как UTC. По умолчанию, и если дата пустая, до 2000 года или больше чем на сутки впереди, — сейчас"
        }
        "receipt_number" => "Номер фискального чека, для истории клиента",
        "received" => "Товаров в запросе",
        "redeem_from" => {
            "С какого момента можно списывать бонусы; только в первые сутки после смены телефона"
        }
        "redeem_hold_human" => "Выдержка словами",
        "redeem_hold_seconds" => "Выдержка начисленных бонусов, секунд",
        "redeem_mode" => "Как касса показывает списание; по умолчанию payment_type",
        "redeemable_balance" => "Можно списать сейчас",
        "returned_amount" => "На какую сумму уже вернули",
        "sales" => "Чеки, не больше 50, новые сначала",
        "return_amount" => "На какую сумму возвращают товар; по умолчанию всё, что осталось",
        "server_time" => "Часы сервера",
        "shortage_bonuses" => "Скольких бонусов не хватает",
        "shortage_cash_equivalent" => "На сколько меньше денег выдать",
        "shortage_settled" => {
            "Касса удержала деньгами бонусы, которых не хватает; по умолчанию false"
        }
        "skipped" => "Товары, которые не удалось принять; только если такие есть",
        "sku" => "Артикул",
        "status" => "Вывод",
        "store_name" => "Магазин",
        "success" => "Всегда true",
        "tenant_token" => "Токен магазина, для X-Tenant-Token",
        "tier" => "Уровень, если достигнут",
        "tiers" => "Уровни программы",
        "total_amount" => "Итог чека: полный в payment_type, после скидки в discount",
        "total_spent" => "Сколько денег клиент оставил в магазине, без возвратов",
        "unit_price" => "Цена за единицу",
        "updated" => "Обновлено",
        "welcome_bonus_amount" => "Приветственные бонусы",
        "welcome_bonus_balance" => "Остаток приветственных бонусов",
        "welcome_min_redeem_amount" => "С какого чека списываются приветственные бонусы",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_type_and_field_has_a_description() {
        let document = crate::router::api_document("http://localhost/api/v1");
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let mut unexplained = BTreeSet::new();
        for (name, schema) in schemas {
            if schema.get("description").is_none() && !name.starts_with("Success_") {
                unexplained.insert(name.clone());
            }
            for (field, property) in schema["properties"].as_object().into_iter().flatten() {
                if property.get("description").is_none() {
                    unexplained.insert(format!("{name}.{field}"));
                }
            }
        }
        assert_eq!(unexplained, BTreeSet::new());
    }
}
