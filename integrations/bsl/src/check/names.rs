//! What the platform gives a module: functions with the numbers of their parameters, types, values
//! of enumerations. Only what our modules use is here: a new name is looked up in the
//! documentation of the platform first.

/// The functions: name, least and most parameters, and whether it is a procedure.
pub(super) const FUNCTIONS: [(&str, usize, usize, bool); 53] = [
    ("Строка", 1, 1, false),
    ("Число", 1, 1, false),
    ("Булево", 1, 1, false),
    ("Дата", 1, 6, false),
    ("ТипЗнч", 1, 1, false),
    ("Тип", 1, 1, false),
    ("Формат", 2, 2, false),
    ("СтрДлина", 1, 1, false),
    ("ПустаяСтрока", 1, 1, false),
    ("СокрЛП", 1, 1, false),
    ("СокрЛ", 1, 1, false),
    ("СокрП", 1, 1, false),
    ("ВРег", 1, 1, false),
    ("НРег", 1, 1, false),
    ("Лев", 2, 2, false),
    ("Прав", 2, 2, false),
    ("Сред", 2, 3, false),
    ("СтрНайти", 2, 5, false),
    ("СтрНачинаетсяС", 2, 2, false),
    ("СтрЗаканчиваетсяНа", 2, 2, false),
    ("СтрЗаменить", 3, 3, false),
    ("СтрРазделить", 2, 3, false),
    ("СтрСоединить", 1, 2, false),
    ("СтрШаблон", 1, 11, false),
    ("Символ", 1, 1, false),
    ("КодСимвола", 1, 2, false),
    ("Окр", 1, 3, false),
    ("Цел", 1, 1, false),
    ("Мин", 1, 9, false),
    ("Макс", 1, 9, false),
    ("ЗначениеЗаполнено", 1, 1, false),
    ("ТекущаяДатаСеанса", 0, 0, false),
    ("ТекущаяУниверсальнаяДатаВМиллисекундах", 0, 0, false),
    ("Год", 1, 1, false),
    ("Месяц", 1, 1, false),
    ("День", 1, 1, false),
    ("Час", 1, 1, false),
    ("ЗаписьЖурналаРегистрации", 1, 6, true),
    ("ИнформацияОбОшибке", 0, 0, false),
    ("КраткоеПредставлениеОшибки", 1, 1, false),
    ("ПодробноеПредставлениеОшибки", 1, 1, false),
    ("КодироватьСтроку", 2, 3, false),
    ("ПрочитатьJSON", 1, 9, false),
    ("ЗаписатьJSON", 2, 6, true),
    ("УстановитьПривилегированныйРежим", 1, 1, true),
    ("РольДоступна", 1, 1, false),
    ("ИмяКомпьютера", 0, 0, false),
    ("ПолучитьТекущийСеансИнформационнойБазы", 0, 0, false),
    ("ПоказатьВводСтроки", 2, 5, true),
    ("ПоказатьВводЧисла", 2, 5, true),
    ("ПоказатьПредупреждение", 2, 4, true),
    ("ПоказатьВопрос", 3, 7, true),
    ("ОписаниеОшибки", 0, 0, false),
];

/// The types that `Новый` may make.
pub(super) const TYPES: [&str; 12] = [
    "Структура",
    "Соответствие",
    "Массив",
    "HTTPСоединение",
    "HTTPЗапрос",
    "УникальныйИдентификатор",
    "ЧтениеJSON",
    "ЗаписьJSON",
    "ЗащищенноеСоединениеOpenSSL",
    "СертификатыУдостоверяющихЦентровОС",
    "ОписаниеОповещения",
    "СистемнаяИнформация",
];

/// Enumerations with the values that modules use.
pub(super) const ENUMS: [(&str, &[&str]); 6] = [
    (
        "УровеньЖурналаРегистрации",
        &["Ошибка", "Предупреждение", "Информация", "Примечание"],
    ),
    ("КодировкаТекста", &["UTF8", "ANSI", "OEM"]),
    (
        "ИспользованиеByteOrderMark",
        &["НеИспользовать", "Использовать", "Авто"],
    ),
    (
        "СпособКодированияСтроки",
        &["КодировкаURL", "URLВКодировкеURL"],
    ),
    ("ВидПоляФормы", &["ПолеНадписи", "ПолеВвода"]),
    ("ПоложениеЗаголовкаЭлементаФормы", &["Нет", "Авто"]),
];

/// Global objects that exist on the server alone.
pub(super) const SERVER: [&str; 5] = [
    "Константы",
    "ХранилищеСистемныхНастроек",
    "РегистрыСведений",
    "Справочники",
    "Метаданные",
];

/// What only the server may call or make.
pub(super) const SERVER_CALLS: [&str; 6] = [
    "УстановитьПривилегированныйРежим",
    "ЗаписьЖурналаРегистрации",
    "HTTPСоединение",
    "HTTPЗапрос",
    "РольДоступна",
    "ПолучитьТекущийСеансИнформационнойБазы",
];

/// Objects of a form and of the module itself.
pub(super) const FORM: [&str; 3] = ["ЭтотОбъект", "Объект", "Элементы"];

/// What must not be called: a dialogue that stops the till, text that is run.
pub(super) const BARRED: [&str; 7] = [
    "ВвестиСтроку",
    "ВвестиЧисло",
    "Предупреждение",
    "Вопрос",
    "Сообщить",
    "Вычислить",
    "ПолучитьОбщийМодуль",
];

/// The procedures that the public document names without our prefix at their beginning or end.
pub(super) const PUBLIC: [&str; 2] = ["ПривязатьКлиентаКДокументу", "ПолучитьНомерЧекаИзДокумента"];

/// Names that hold numbers: joined to a text without `Формат` they bring no-break spaces.
pub(super) const NUMBERS: [&str; 12] = [
    "Сумма",
    "Списать",
    "Количество",
    "Цена",
    "Баланс",
    "Доступно",
    "Максимум",
    "Списано",
    "КОплате",
    "Нехватка",
    "Бонусов",
    "СуммаДокумента",
];
