//! The checks refuse broken modules, each for its own fault.

#![allow(clippy::unwrap_used, reason = "a failed step should fail the test")]

use bsl::check::{Fault, Place, faults};
use bsl::syntax::{Module, parse};

const GOOD: &str = r#"
#Область ПрограммныйИнтерфейс
Функция BonexСумма(Сумма) Экспорт
	Если Сумма > 0 Тогда
		Возврат Формат(Сумма, "ЧРД=.; ЧГ=0; ЧН=0");
	КонецЕсли;
	Возврат "0";
КонецФункции
#КонецОбласти
#Область СлужебныеПроцедурыИФункции
Процедура BonexЗапомнить(Ключ)
	УстановитьПривилегированныйРежим(Истина);
	ХранилищеСистемныхНастроек.Сохранить("Bonex", Ключ, 1);
	УстановитьПривилегированныйРежим(Ложь);
КонецПроцедуры
#КонецОбласти
"#;

fn of(text: &str, place: Place) -> Vec<Fault> {
    let common = parse(GOOD).unwrap();
    let module: Module = parse(text).unwrap();
    faults(&module, place, &common)
}

#[test]
fn a_good_module_has_no_fault() {
    assert_eq!(of(GOOD, Place::CommonModule), []);
}

/// A method of a form, and the fault that must be found in it.
const BROKEN: [(&str, &str); 26] = [
    ("Функция BonexА() Возврат Б; КонецФункции", "Б is not known"),
    (
        "Процедура BonexА() BonexБ(); КонецПроцедуры",
        "BonexБ is not known",
    ),
    (
        "Процедура BonexА() Лев(\"а\"); КонецПроцедуры",
        "Лев takes 2 to 2 parameters, not 1",
    ),
    (
        "Процедура BonexА(Б) BonexА(); КонецПроцедуры",
        "BonexА takes 1 to 1 parameters, not 0",
    ),
    (
        "Процедура BonexА() BonexА(1); КонецПроцедуры",
        "BonexА takes 0 to 0 parameters, not 1",
    ),
    (
        "Процедура BonexА() Б = BonexА(); КонецПроцедуры",
        "BonexА is a procedure",
    ),
    (
        "Процедура BonexА() Б = ЗаписатьJSON(1, 2); КонецПроцедуры",
        "ЗаписатьJSON is a procedure",
    ),
    (
        "Функция BonexА(Б) Если Б Тогда Возврат 1; КонецЕсли; КонецФункции",
        "BonexА does not return on every path",
    ),
    (
        "Функция BonexА() Возврат КодировкаТекста.UTF9; КонецФункции",
        "КодировкаТекста has no value UTF9",
    ),
    (
        "Функция BonexА() Возврат Новый Список; КонецФункции",
        "the type Список is not known",
    ),
    (
        "&НаКлиенте\nФункция BonexА() Возврат Константы; КонецФункции",
        "Константы is on the server alone",
    ),
    (
        "&НаКлиенте\nФункция BonexА() Возврат Новый HTTPЗапрос(\"/\"); КонецФункции",
        "HTTPЗапрос is on the server alone",
    ),
    (
        "&НаКлиенте\nПроцедура BonexА() УстановитьПривилегированныйРежим(Ложь); КонецПроцедуры",
        "УстановитьПривилегированныйРежим is on the server alone",
    ),
    (
        "Функция BonexА() Возврат Новый HTTPСоединение(\"a\", 1); КонецФункции",
        "a connection without a timeout",
    ),
    (
        "Функция BonexА() Возврат Новый ЗащищенноеСоединениеOpenSSL(); КонецФункции",
        "a secure connection that verifies nothing",
    ),
    (
        "Процедура BonexА() Б = ВвестиСтроку(Б); КонецПроцедуры",
        "ВвестиСтроку is barred",
    ),
    (
        "Процедура BonexА() Сообщить(\"а\"); КонецПроцедуры",
        "Сообщить is barred",
    ),
    (
        "&Вместо(\"А\")\nПроцедура BonexА() КонецПроцедуры",
        "&Вместо is barred",
    ),
    (
        "Процедура Отправить() КонецПроцедуры",
        "Отправить has no prefix",
    ),
    (
        "Процедура BonexА() УстановитьПривилегированныйРежим(Истина); КонецПроцедуры",
        "the privileged mode is not switched off",
    ),
    (
        "Процедура BonexА() УстановитьПривилегированныйРежим(Истина); Возврат; УстановитьПривилегированныйРежим(Ложь); КонецПроцедуры",
        "the privileged mode is not switched off",
    ),
    (
        "&НаКлиенте\nПроцедура BonexА() Токен = \"\"; КонецПроцедуры",
        "a key in client code",
    ),
    (
        "Процедура BonexОбработкаПроведения(Источник) КонецПроцедуры",
        "the handler does not leave while data are loaded",
    ),
    (
        "Функция BonexА(Сумма) Возврат \"Итог \" + Сумма; КонецФункции",
        "Сумма joins a text without a format",
    ),
    (
        "Процедура BonexА() BonexИнтеграция.BonexЗапомнить(1); КонецПроцедуры",
        "BonexИнтеграция has no exported BonexЗапомнить",
    ),
    (
        "Процедура BonexА() КонецПроцедуры Процедура bonexа() КонецПроцедуры",
        "bonexа is declared twice",
    ),
];

#[test]
fn broken_modules_are_refused_each_for_its_own_fault() {
    for (text, fault) in BROKEN {
        let found = of(text, Place::Form);
        assert!(found.iter().any(|it| it.what == fault), "{text}\n{found:?}");
    }
}

#[test]
fn a_common_module_sends_nothing_for_others_and_nothing_in_a_transaction() {
    let text = r#"
#Область ПрограммныйИнтерфейс
Процедура BonexПослать(Адрес, Тело) Экспорт
КонецПроцедуры
Функция ОтправитьПродажуВBonex(Док) Экспорт
	Возврат BonexЗапрос(Док);
КонецФункции
#КонецОбласти
Функция BonexЗапрос(Док)
	Возврат Новый HTTPСоединение("a", 1, , , , 5);
КонецФункции
"#;
    let found: Vec<_> = of(text, Place::CommonModule)
        .into_iter()
        .map(|fault| fault.what)
        .collect();
    for fault in [
        "BonexПослать lets anybody send: Адрес",
        "posting a document reaches the network",
        "there is no region СлужебныеПроцедурыИФункции",
    ] {
        assert!(found.iter().any(|it| it == fault), "{fault}: {found:?}");
    }
}

#[test]
fn what_is_not_the_language_is_named_with_its_line() {
    for (text, line) in [
        ("Процедура А(\nКонецПроцедуры", 1),
        ("Процедура А()\nЕсли Истина\nКонецПроцедуры", 2),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.line >= line, "{error:?}");
    }
}
