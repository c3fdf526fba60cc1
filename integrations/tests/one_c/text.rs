//! The files as a till gets them.

use bsl::check::{Place, faults};
use bsl::pieces::pieces;
use bsl::syntax::parse;
use integrations::{Configuration, Till, one_c};

const ALL: [(Configuration, &str); 3] = [
    (Configuration::Unf, "УНФ"),
    (Configuration::Retail, "Розница"),
    (Configuration::Trade, "УТ"),
];

const HOSTILE: &str =
    "*/ \"; '\\ %>{{API_URL}}{{TENANT_TOKEN}}\r\n//=== КОНЕЦ\u{2028}Процедура Х()";

fn file(configuration: Configuration, name: &str) -> String {
    let bytes = one_c(
        configuration,
        &Till {
            api_url: "https://api.bonex.one/api/v1",
            tenant_token: "tenant",
            cashier_token: "cashier",
            id: 2,
            name,
            branch: name,
            store: name,
            made_on: "27.11.2026",
        },
    );
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_bytes_are_those_that_1c_reads() {
    for (configuration, name) in ALL {
        let file = file(configuration, "Касса 1");
        assert!(file.starts_with('\u{feff}'));
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
        let long = file.lines().find(|line| line.chars().count() > 120);
        assert_eq!(long, None);
        assert!(!file.contains("{{"), "{name}: a place was not filled in");
        assert!(
            !file.contains("cashier\""),
            "{name}: the till's key is typed by a person"
        );
        for words in [
            "Касса 1",
            "ID кассы 2",
            "tenant",
            "https://api.bonex.one/api/v1",
            name,
        ] {
            assert!(file.contains(words), "{name}: {words}");
        }
    }
}

#[test]
fn every_piece_is_right_in_the_language() {
    for (configuration, name) in ALL {
        for piece in pieces(&file(configuration, "Касса 1")).unwrap() {
            let module = parse(&piece.code).unwrap_or_else(|error| {
                panic!(
                    "{name}, {}, line {}: {}",
                    piece.place,
                    piece.first_line + error.line,
                    error.what
                )
            });
            assert!(!module.methods.is_empty());
        }
    }
}

#[test]
fn no_piece_has_a_fault() {
    for (configuration, name) in ALL {
        let pieces = pieces(&file(configuration, "Касса 1")).unwrap();
        let common = pieces
            .iter()
            .find(|it| it.place.starts_with("ОбщийМодуль.BonexИнтеграция"));
        let common = parse(&common.unwrap().code).unwrap();
        for piece in pieces {
            let place = if piece.place.starts_with("ОбщийМодуль.BonexИнтеграция")
            {
                Place::CommonModule
            } else {
                Place::Form
            };
            let found = faults(&parse(&piece.code).unwrap(), place, &common);
            assert_eq!(
                found,
                [],
                "{name}, {}, from line {}",
                piece.place,
                piece.first_line
            );
        }
    }
}

/// The procedures of the public document with their parameters (seed, on the 1C module).
#[test]
fn every_name_of_the_public_document_is_there() {
    let procedures = [
        ("УстановитьТокенКассыBonex", &["Токен", "ID"][..]),
        ("ПроверитьНастройкуКассыBonex", &[]),
        ("ЭтоИдентификаторКлиентаBonex", &["Штрихкод"]),
        (
            "ОбработатьКлиентаРМКBonex",
            &[
                "Идентификатор",
                "Док",
                "Сумма",
                "СуммаСписания",
                "СписатьМаксимум",
            ],
        ),
        ("BonexСброситьКлиентаРМК", &["Док"]),
        ("BonexСкопироватьРеквизитыРМКВЧек", &["Форма"]),
        ("BonexКраткийСтатусРМК", &["Результат"]),
        ("BonexТекстПодсказкиРМК", &[]),
        (
            "СканироватьКлиентаBonex",
            &["Идентификатор", "Док", "Сумма"],
        ),
        ("НайтиКлиентаВBonex", &["Идентификатор", "СуммаЧека"]),
        ("ЗарегистрироватьКлиентаВBonex", &["Телефон", "Имя"]),
        ("ПривязатьКлиентаКДокументу", &["Док", "Телефон"]),
        ("ОтправитьПродажуВBonex", &["Док"]),
        ("ПолучитьСтрокиПродажиДляBonex", &["Док"]),
        ("ПолучитьНомерЧекаИзДокумента", &["Док"]),
        ("ПолучитьСуммуОплатыBonexИзДокумента", &["Док"]),
        (
            "РассчитатьВозвратВBonex",
            &["Телефон", "Бонусов", "ИдЧека", "Сумма"],
        ),
        (
            "ОтправитьВозвратВBonex",
            &["Док", "ИдЧека", "Сумма", "Удержано"],
        ),
        ("ОтправитьОстаткиВBonex", &["Товары", "ОтключитьПропавшие"]),
        ("КлючРабочегоМестаBonex", &[]),
    ];
    for (configuration, name) in ALL {
        let pieces = pieces(&file(configuration, "Касса 1")).unwrap();
        let module = pieces
            .iter()
            .find(|piece| piece.place.starts_with("ОбщийМодуль.BonexИнтеграция"));
        let module = parse(&module.unwrap().code).unwrap();
        for (procedure, params) in procedures {
            let found: Vec<_> = module
                .methods
                .iter()
                .filter(|it| it.name == procedure)
                .collect();
            assert_eq!(found.len(), 1, "{name}: {procedure}");
            assert!(found[0].is_export, "{name}: {procedure}");
            let names: Vec<_> = found[0]
                .params
                .iter()
                .map(|param| param.name.as_str())
                .collect();
            assert_eq!(names, params, "{name}: {procedure}");
        }
    }
}

/// Objects, steps and texts of the public document (seed, "1С — пошаговая инструкция").
#[test]
fn every_step_of_the_public_document_is_there() {
    let everywhere = [
        "A1.",
        "A2.",
        "A3.",
        "A4.",
        "A5.",
        "A6.",
        "A7.",
        "A8.",
        "А8а.",
        "A9.",
        "РАЗДЕЛ А",
        "РАЗДЕЛ Б",
        "РАЗДЕЛ В",
        "BonexLoyalty",
        "BonexAPIURL",
        "BonexTenantToken",
        "BonexРежимСписанияБонусов",
        "BonexВидОплатыБонекс",
        "BonexАвтоРегистрация",
        "payment_type",
        "BonexТелефонКлиента",
        "BonexСуммаСписанияБонусов",
        "BonexНомерЧека",
        "BonexНастройкаКассы",
        "Bonex — клиент",
        "Bonex — списать макс.",
        "Bonex — сброс",
        "BonexСтрокаСтатус",
        "BonexОбработатьСканНаСервере",
        "BonexРазместитьПанельСтатуса",
        "ОбработкаПроведения",
        "ПоказатьВводСтроки",
        "ХранилищеСистемныхНастроек",
        "Токен кассы не задан",
        "Пропуск: не указан телефон",
        "ЧекККМ",
    ];
    for (configuration, name) in ALL {
        let file = file(configuration, "Касса 1");
        for words in everywhere {
            assert!(file.contains(words), "{name}: {words}");
        }
        assert!(!file.contains("ВвестиСтроку("), "{name}");
    }
    for (configuration, words) in [
        (Configuration::Unf, "РасходнаяНакладная"),
        (
            Configuration::Unf,
            "Обработка.РабочееМестоКассира.Форма.ФормаРМК",
        ),
        (Configuration::Unf, "ЗаписатьЧекККМПередПробитием"),
        (Configuration::Trade, "РеализацияТоваровУслуг"),
    ] {
        assert!(file(configuration, "Касса 1").contains(words), "{words}");
    }
}

#[test]
fn a_hostile_name_stays_in_its_place() {
    for (configuration, name) in ALL {
        let (plain, hostile) = (file(configuration, "Касса 1"), file(configuration, HOSTILE));
        assert_eq!(plain.lines().count(), hostile.lines().count(), "{name}");
        assert_eq!(
            plain.matches("//===").count(),
            hostile.matches("//===").count(),
            "{name}"
        );
        assert_eq!(
            plain.matches("tenant").count(),
            hostile.matches("tenant").count(),
            "{name}"
        );
        assert_eq!(
            pieces(&plain).unwrap().len(),
            pieces(&hostile).unwrap().len(),
            "{name}"
        );
    }
}
