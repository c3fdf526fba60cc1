//! The words of the frame.

use crate::locales::Language;
use crate::ui::pager::PagerWords;
use crate::ui::sheet::FileWords;

/// The words of the frame in one language.
pub(crate) struct Texts {
    pub(crate) skip: &'static str,
    pub(crate) sections: &'static str,
    pub(crate) main_sections: &'static str,
    pub(crate) more: &'static str,
    pub(crate) path: &'static str,
    pub(crate) sign_out: &'static str,
    /// The beginning of the title of a page whose form is wrong.
    pub(crate) error: &'static str,
    pub(crate) request: &'static str,
    pub(crate) pager: PagerWords,
    pub(crate) files: FileWords,
}

/// Returns the words in a language.
pub(crate) const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Ru => &RU,
        Language::Tg => &TG,
        Language::En => &EN,
    }
}

const RU: Texts = Texts {
    skip: "К содержанию",
    sections: "Разделы",
    main_sections: "Главные разделы",
    more: "Ещё",
    path: "Путь",
    sign_out: "Выйти",
    error: "Ошибка:",
    request: "Номер запроса",
    pager: PagerWords {
        name: "Страницы",
        next: "Дальше",
        first: "К началу",
    },
    files: FileWords {
        excel: "Excel",
        csv: "CSV",
        cut: "Здесь первые 100 000 строк. Остальные — в файле за меньший период.",
        too_many: "В файл войдут только первые 100 000 строк. Выберите меньший период, чтобы скачать всё.",
    },
};

const TG: Texts = Texts {
    skip: "Ба мундариҷа",
    sections: "Бахшҳо",
    main_sections: "Бахшҳои асосӣ",
    more: "Боз",
    path: "Роҳ",
    sign_out: "Баромадан",
    error: "Хато:",
    request: "Рақами дархост",
    pager: PagerWords {
        name: "Саҳифаҳо",
        next: "Минбаъд",
        first: "Ба аввал",
    },
    files: FileWords {
        excel: "Excel",
        csv: "CSV",
        cut: "Дар ин ҷо 100 000 сатри аввал. Боқимонда дар файли давраи кӯтоҳтар аст.",
        too_many: "Ба файл танҳо 100 000 сатри аввал медарояд. Барои ҳама сатрҳо давраи кӯтоҳтарро интихоб кунед.",
    },
};

const EN: Texts = Texts {
    skip: "Skip to content",
    sections: "Sections",
    main_sections: "Main sections",
    more: "More",
    path: "Path",
    sign_out: "Sign out",
    error: "Error:",
    request: "Request number",
    pager: PagerWords {
        name: "Pages",
        next: "Next",
        first: "To the start",
    },
    files: FileWords {
        excel: "Excel",
        csv: "CSV",
        cut: "These are the first 100,000 rows. The others are in the file of a shorter period.",
        too_many: "A file has only the first 100,000 rows. Choose a shorter period to download all of them.",
    },
};
