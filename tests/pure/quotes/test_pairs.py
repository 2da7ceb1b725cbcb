"""Quotes and the pages they are from, in five scripts: variants that say the same are found, what says something else never is."""

import pytest

from annotations.sources.quotes import check_quote

PAGES = {
    "en": "The council met in May and heard a long report. The bridge cost 31 million crowns and not 18 million, the auditor wrote in her report on Tuesday. Mayor Ida Marsh did not raise fares in 2023, although the opposition said she would. Traffic rose by 7.4 percent, less than the ministry had expected.",
    "ar": "اجتمع المجلس في أيار واستمع إلى تقرير طويل. كلّف الجسر ٣١ مليون دينار وليس ١٨ مليونا، كما كتبت المدققة في تقريرها يوم الثلاثاء. لم ترفع رئيسة البلدية هالة موسى الأجور في عام ٢٠٢٣، رغم أن المعارضة قالت إنها ستفعل. وزادت الحركة بنسبة ٧٫٤ في المئة، أقل مما توقعته الوزارة.",
    "ru": "Совет собрался в мае и заслушал долгий доклад. Мост стоил 31 миллион крон, а не 18 миллионов, написала аудитор в своём отчёте во вторник. Мэр Ида Марш не повышала тарифы в 2023 году, хотя оппозиция говорила обратное. Движение выросло на 7,4 процента, меньше, чем ожидало министерство.",
    "hi": "परिषद मई में मिली और लंबी रिपोर्ट सुनी। पुल पर 31 करोड़ रुपये लगे, 18 करोड़ नहीं, लेखा परीक्षक ने मंगलवार को अपनी रिपोर्ट में लिखा। महापौर इडा मार्श ने 2023 में किराया नहीं बढ़ाया, हालाँकि विपक्ष ने ऐसा कहा था। यातायात 7.4 प्रतिशत बढ़ा, मंत्रालय की उम्मीद से कम।",
    "zh": "理事会五月开会，听取了长篇报告。审计员周二在报告中写道，大桥花费了3100万克朗，而不是1800万克朗。市长艾达·马什2023年没有提高票价，尽管反对派说她会这样做。交通量增长了7.4%，低于交通部的预期。",
}
TRUE = {
    "en": [
        "“The bridge cost 31 million crowns and not 18 million”",
        "The bridge cost 31 million crowns and not 18\u00a0million",
        "The bridge cost 31 mil-\nlion crowns and not 18 million",
        "Mayor Ida Marsh did not raise fares in 2023 … although the opposition said she would",
        "the bridge cost 31 million crowns and not 18 million, the auditor wrote in her reportt",
        "Traffic rose by 7.4 percent, less than the ministry had ex­pected",
        "Mayor Ida Marsh did not raise fares in 2023",
        "The bridge cost 31 milIion crowns and not 18 million, the auditor wrote in her report",
    ],
    "ar": [
        "كلف الجسر 31 مليون دينار وليس 18 مليونا",
        "«كلّف الجسر ٣١ مليون دينار وليس ١٨ مليونا»",
        "لم ترفع رئيسة البلدية هالة موسي الاجور في عام 2023",
        "وزادت الحركة بنسبة 7.4 في المئة، اقل مما توقعته الوزارة",
        "لم ترفع رئيسة البلدية هالة موسى الأجـــور في عام ٢٠٢٣ … قالت إنها ستفعل",
        "كما كتبت المدققة في تقريرها يوم الثلاثا",
    ],
    "ru": [
        "«Мост стоил 31 миллион крон, а не 18 миллионов»",
        "Мост стоил 31 миллион крон, а не 18 миллионов, написала аудитор в своем отчете",
        "Мэр Ида Марш не повышала тарифы в 2023 году … хотя оппозиция говорила обратное",
        "Движение выросло на 7,4 процента, меньше, чем ожидало министерствo",
    ],
    "hi": [
        "पुल पर ३१ करोड़ रुपये लगे, १८ करोड़ नहीं",
        "महापौर इडा मार्श ने 2023 में किराया नहीं बढ़ाया",
        "यातायात 7.4 प्रतिशत बढ़ा, मंत्रालय की उम्मीद से कम",
    ],
    "zh": [
        "大桥花费了3100万克朗，而不是1800万克朗",
        "市长艾达·马什2023年没有提高票价",
        "交通量增长了７.４％，低于交通部的预期",
    ],
}
ALTERED = {
    "en": [
        "The bridge cost 37 million crowns and not 18 million",
        "The bridge cost 31 million crowns and 18 million",
        "Mayor Ida Marsh did raise fares in 2023, although the opposition said she would",
        "Mayor Ada Marsh did not raise fares in 2023, although the opposition",
        "Mayor Ida Walsh did not raise fares in 2023, although the opposition said",
        "Traffic fell by 7.4 percent, less than the ministry had expected",
        "Traffic rose by 7.4 percent, more than the ministry had expected",
        "Mayor Ida Marsh did not raise fares in 2024, although the opposition",
        "The bridge cost 31 billion crowns and not 18 million",
        "Traffic rose by 74 percent, less than the ministry had expected",
        "Mayor Ida Marsh never raised taxes in 2023, although the opposition said she would",
    ],
    "ar": [
        "كلّف الجسر ٣٧ مليون دينار وليس ١٨ مليونا",
        "رفعت رئيسة البلدية هالة موسى الأجور في عام ٢٠٢٣، رغم أن المعارضة",
        "لم ترفع رئيسة البلدية ليلى موسى الأجور في عام ٢٠٢٣",
        "وانخفضت الحركة بنسبة ٧٫٤ في المئة، أقل مما توقعته الوزارة",
        "وزادت الحركة بنسبة ٧٫٤ في المئة، أكثر مما توقعته الوزارة",
        "كلّف الجسر ٣١ مليار دينار وليس ١٨ مليونا",
        "لم ترفع رئيسة البلدية هالة موسى الأجور في عام ٢٠٢٤",
    ],
    "ru": [
        "Мост стоил 37 миллионов крон, а не 18 миллионов",
        "Мэр Ида Марш повышала тарифы в 2023 году, хотя оппозиция",
        "Мэр Ада Марш не повышала тарифы в 2023 году, хотя оппозиция",
        "Движение упало на 7,4 процента, меньше, чем ожидало министерство",
        "Движение выросло на 7,4 процента, больше, чем ожидало министерство",
    ],
    "hi": [
        "पुल पर 37 करोड़ रुपये लगे, 18 करोड़ नहीं",
        "महापौर इडा मार्श ने 2023 में किराया बढ़ाया, हालाँकि विपक्ष",
        "यातायात 7.4 प्रतिशत घटा, मंत्रालय की उम्मीद से कम",
        "महापौर सीता मार्श ने 2023 में किराया नहीं बढ़ाया",
        "पुल पर 31 लाख रुपये लगे, 18 करोड़ नहीं",
    ],
    "zh": [
        "大桥花费了3700万克朗，而不是1800万克朗",
        "市长艾达·马什2023年提高票价，尽管反对派说她会这样做",
        "市长艾达·沃什2023年没有提高票价，尽管反对派说",
        "交通量下降了7.4%，低于交通部的预期",
        "交通量增长了7.4%，高于交通部的预期",
    ],
}


def _page(language: str) -> str:
    """The page among others, so that a passage must be chosen."""
    return " ".join([PAGES[language], *(text for other, text in PAGES.items() if other != language)])


@pytest.mark.parametrize(
    ("language", "quote"), [(language, quote) for language, rows in TRUE.items() for quote in rows]
)
def test_the_same_in_another_spelling_is_found(language: str, quote: str) -> None:
    assert check_quote(quote, full_text=_page(language), language=language).state in ("exact", "normalised", "near")


@pytest.mark.parametrize(
    ("language", "quote"), [(language, quote) for language, rows in ALTERED.items() for quote in rows]
)
def test_a_changed_figure_name_or_negation_is_altered(language: str, quote: str) -> None:
    assert check_quote(quote, full_text=_page(language), language=language).state == "altered"


@pytest.mark.parametrize("language", sorted(PAGES))
def test_every_figure_counts(language: str) -> None:
    """Each digit of each sentence, changed alone."""
    for sentence in filter(
        None, (part.strip() for part in PAGES[language].replace("。", ".").replace("।", ".").split(". "))
    ):
        for place, char in enumerate(sentence):
            if char.isdecimal():
                other = (
                    sentence[:place]
                    + ("٩" if char in "٠١٢٣٤٥٦٧٨" else "9" if char != "9" else "8")
                    + sentence[place + 1 :]
                )
                found = check_quote(other, full_text=_page(language), language=language)
                assert found.state in ("altered", "not_found"), other
