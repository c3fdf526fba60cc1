//! The module for 1C. One source serves three configurations.

use crate::template::fill;
use crate::{Till, VERSION};

/// A configuration of 1C that has a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Configuration {
    /// Управление нашей фирмой 3.0.
    Unf,
    /// Розница 3.0.
    Retail,
    /// Управление торговлей 11.5.
    Trade,
}

/// The guide, up to the beginning of the common module.
const GUIDE: [&str; 2] = [
    include_str!("../1c/guide/setup.bsl"),
    include_str!("../1c/guide/till.bsl"),
];

/// The common module. What differs between the configurations is in the last part, by name.
const MODULE: [&str; 7] = [
    include_str!("../1c/module/public.bsl"),
    include_str!("../1c/module/sale.bsl"),
    include_str!("../1c/module/undo.bsl"),
    include_str!("../1c/module/queue.bsl"),
    include_str!("../1c/module/transport.bsl"),
    include_str!("../1c/module/service.bsl"),
    include_str!("../1c/module/configuration.bsl"),
];

/// The line that ends a piece to be pasted.
const END: &str = "//=== КОНЕЦ\n";

impl Configuration {
    /// The name of the configuration, as the owner knows it.
    const fn name(self) -> &'static str {
        match self {
            Self::Unf => "УНФ",
            Self::Retail => "Розница",
            Self::Trade => "УТ",
        }
    }

    /// What the objects of the configuration are called (public 1C sources, see the guide's first
    /// lines for the releases).
    fn object(self, name: &str) -> Option<&'static str> {
        let [
            code,
            goods,
            payments,
            documents,
            form,
            group,
            scan,
            before,
            after,
            wholesale,
        ] = match self {
            Self::Unf => [
                "UNF",
                "Запасы",
                "БезналичнаяОплата",
                "ЧекККМ, РасходнаяНакладная",
                "Обработка.РабочееМестоКассира.Форма.ФормаРМК",
                "ГруппаПрограммаЛояльности (или ГруппаПоискКарты)",
                "ВыполнитьПоискШтрихкода(Штрихкод)",
                "ОбщегоНазначенияРМКПереопределяемый.ЗаписатьЧекККМПередПробитием",
                "ПробитьЧекЗавершение",
                "РасходнаяНакладная",
            ],
            Self::Retail => [
                "Retail",
                "Запасы",
                "БезналичнаяОплата",
                "ЧекККМ",
                "Обработка.РабочееМестоКассира.Форма.ФормаРМК",
                "ГруппаПрограммаЛояльности (или ГруппаПоискКарты)",
                "ВыполнитьПоискШтрихкода(Штрихкод)",
                "ОбщегоНазначенияРМКПереопределяемый.ЗаписатьЧекККМПередПробитием",
                "ПробитьЧекЗавершение",
                "ЧекККМ",
            ],
            Self::Trade => [
                "UT",
                "Товары",
                "ОплатаПлатежнымиКартами",
                "ЧекККМ, РеализацияТоваровУслуг",
                "Документ.ЧекККМ.Форма.ФормаДокументаРМК",
                "ГруппаВерхняяКоманднаяПанель",
                "ОбработатьШтрихкоды(ДанныеШтрихкодов)",
                "ПробитьЧек (ЗаписатьНаСервере)",
                "ПробитьЧекЗавершение",
                "РеализацияТоваровУслуг",
            ],
        };
        Some(match name {
            "CODE" => code,
            "GOODS" => goods,
            "PAYMENTS" => payments,
            "DOCUMENTS" => documents,
            "TILL_FORM" => form,
            "GROUP" => group,
            "SCAN" => scan,
            "BEFORE" => before,
            "AFTER" => after,
            "WHOLESALE" => wholesale,
            _ => return None,
        })
    }
}

/// Returns the file for a till: UTF-8 with a byte order mark, lines that end with CRLF. It does not
/// contain the till's key, which a person types at each workplace.
pub fn one_c(configuration: Configuration, till: &Till<'_>) -> Vec<u8> {
    let source = GUIDE.concat() + &MODULE.join("\n") + END;
    let id = till.id.to_string();
    let filled = fill(&source, |name| {
        Some(match name {
            "API_URL" => one_line(till.api_url),
            "TENANT_TOKEN" => one_line(till.tenant_token),
            "TILL_ID" => id.clone(),
            "TILL_NAME" => one_line(till.name),
            "BRANCH" => one_line(till.branch),
            "STORE" => one_line(till.store),
            "MADE_ON" => one_line(till.made_on),
            "VERSION" => VERSION.to_owned(),
            "CONFIGURATION" => configuration.name().to_owned(),
            other => return configuration.object(other).map(str::to_owned),
        })
    });
    let mut file = "\u{feff}".to_owned();
    for line in filled.lines() {
        file.push_str(&shortened(line));
        file.push_str("\r\n");
    }
    file.into_bytes()
}

/// The longest line, in characters.
const LONGEST: usize = 120;

/// Cuts a line that a long name has made too long.
fn shortened(line: &str) -> String {
    line.chars().take(LONGEST).collect()
}

/// Returns a name as it may stand in a comment: on one line, and unable to begin or end a piece.
fn one_line(text: &str) -> String {
    let signs = text.chars().map(|sign| {
        if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            sign
        }
    });
    signs.collect::<String>().replace("//===", "// ===")
}
