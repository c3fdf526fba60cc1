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

/// The common module, without the part of a configuration.
const MODULE: [&str; 5] = [
    include_str!("../1c/module/public.bsl"),
    include_str!("../1c/module/sale.bsl"),
    include_str!("../1c/module/queue.bsl"),
    include_str!("../1c/module/transport.bsl"),
    include_str!("../1c/module/service.bsl"),
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

    const fn part(self) -> &'static str {
        match self {
            Self::Unf => include_str!("../1c/module/unf.bsl"),
            Self::Retail => include_str!("../1c/module/retail.bsl"),
            Self::Trade => include_str!("../1c/module/trade.bsl"),
        }
    }

    /// What the guide calls the objects of the configuration (public 1C sources, see the guide's
    /// first lines for the releases).
    const fn object(self, name: &str) -> Option<&'static str> {
        let [documents, form, group, scan, before, after, wholesale] = match self {
            Self::Unf => [
                "ЧекККМ, РасходнаяНакладная",
                "Обработка.РабочееМестоКассира.Форма.ФормаРМК",
                "ГруппаПрограммаЛояльности (или ГруппаПоискКарты)",
                "ВыполнитьПоискШтрихкода(Штрихкод)",
                "ОбщегоНазначенияРМКПереопределяемый.ЗаписатьЧекККМПередПробитием",
                "ПробитьЧекЗавершение",
                "РасходнаяНакладная",
            ],
            Self::Retail => [
                "ЧекККМ",
                "Обработка.РабочееМестоКассира.Форма.ФормаРМК",
                "ГруппаПрограммаЛояльности (или ГруппаПоискКарты)",
                "ВыполнитьПоискШтрихкода(Штрихкод)",
                "ОбщегоНазначенияРМКПереопределяемый.ЗаписатьЧекККМПередПробитием",
                "ПробитьЧекЗавершение",
                "ЧекККМ",
            ],
            Self::Trade => [
                "ЧекККМ, РеализацияТоваровУслуг",
                "Документ.ЧекККМ.Форма.ФормаДокументаРМК",
                "ГруппаВерхняяКоманднаяПанель",
                "ОбработатьШтрихкоды(ДанныеШтрихкодов)",
                "ПробитьЧек (ЗаписатьНаСервере)",
                "ПробитьЧекЗавершение",
                "РеализацияТоваровУслуг",
            ],
        };
        // A match on a text is not possible in a constant function, but its bytes can be compared.
        Some(match name.as_bytes() {
            b"DOCUMENTS" => documents,
            b"TILL_FORM" => form,
            b"GROUP" => group,
            b"SCAN" => scan,
            b"BEFORE" => before,
            b"AFTER" => after,
            b"WHOLESALE" => wholesale,
            _ => return None,
        })
    }
}

/// Returns the file for a till: UTF-8 with a byte order mark, lines that end with CRLF. It does not
/// contain the till's key, which a person types at each workplace.
pub fn one_c(configuration: Configuration, till: &Till<'_>) -> Vec<u8> {
    let module = MODULE.join("\n") + "\n" + configuration.part();
    let source = GUIDE.concat() + &module + END;
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
