"""Who says it, in the shapes that news take: headlines, denials, inserted verbs, hearsay, words that only look like reports."""

import pytest

from annotations.claims import segmenters
from annotations.claims.segmenters import Unit
from annotations.claims.segmenters.attribution import attribute
from annotations.lib.spans import Span

# language, sentence, kind, claimant
CASES = [
    # Arabic: relayed, accused, denied, addressed, names with لل, initials, dashes, names in marks
    ("ar", "ونقلت وكالة الأنباء عن مسؤول محلي قوله إن الجسر مغلق.", "indirect", "مسؤول محلي"),
    ("ar", "نقلت الوكالة عن رئيس البلدية تأكيده أن الماء نظيف.", "indirect", "رئيس البلدية"),
    ("ar", "نقلت الشاحنات 40 طنا من الدقيق إلى المخازن.", "narrator", ""),
    ("ar", "اتهمت سلمى الحداد المعارضة بعرقلة الموازنة.", "indirect", "سلمى الحداد"),
    ("ar", "نفى المتحدث باسم الحكومة صحة الخبر.", "indirect", "المتحدث باسم الحكومة"),
    ("ar", "حذرت منظمة الصحة من تفشي المرض في 9 ولايات.", "indirect", "منظمة الصحة"),
    ("ar", "أفاد مراسل الإذاعة بسقوط 6 جرحى.", "indirect", "مراسل الإذاعة"),
    ("ar", "قالت الهيئة العامة للرقابة المالية يوم الأحد إنها غرمت 12 شركة.", "indirect", "الهيئة العامة للرقابة المالية"),
    ("ar", "قال لي أحد الأطباء إن المستشفى ممتلئ.", "indirect", "أحد الأطباء"),
    ("ar", "وأكد ت. م.، وهو شاهد عيان، أن الحريق بدأ ليلا.", "indirect", "ت. م"),
    ("ar", "أكد مصدر أمني - طلب عدم ذكر اسمه - أن السائق فر.", "indirect", "مصدر أمني"),
    ("ar", "قالت هالة موسى لصحيفة «المرفأ» إن القرار صائب.", "indirect", "هالة موسى"),
    ("ar", "أعلنت شركة «مرجان» أن أرباحها ارتفعت.", "indirect", "شركة «مرجان»"),
    ("ar", "عقدت الجلسة في قاعة «الأمل» بالعاصمة.", "narrator", ""),
    ("ar", "وزير الخارجية: لن نغلق الجسر.", "indirect", "وزير الخارجية"),
    ("ar", "النتيجة: 3-1 للأهلي.", "narrator", ""),
    ("ar", "وقال سالم الحداد: «مصر بخير».", "direct", "سالم الحداد"),
    ("ar", "«الوضع خطير جدا» هكذا علق رئيس النقابة سامي حداد.", "direct", "رئيس النقابة سامي حداد"),
    ("ar", "وكانت منظمة المرافئ قد قالت، في تقرير لها، إن الرافعة قديمة.", "indirect", "منظمة المرافئ"),
    ("ar", "أظهر استطلاع أجراه المركز أن 62 بالمئة لا يثقون بالمجلس.", "indirect", "استطلاع أجراه المركز"),
    ("ar", "وجد الأهالي صندوقا قرب النهر.", "narrator", ""),
    ("ar", "يُقال إن الزيت يعالج السكري.", "indirect", ""),
    # English
    ("en", "Karl Brenner: “I never saw the contract.”", "direct", "Karl Brenner"),
    ("en", "The score: 3-1.", "narrator", ""),
    ("en", "Critics accuse the mayor of hiding the debt.", "indirect", "Critics"),
    ("en", "He denied them entry.", "narrator", ""),
    ("en", "It was reported that the bridge had collapsed.", "indirect", ""),
    ("en", "As the economist Ida Marsh put it, the toll is a tax.", "indirect", "the economist Ida Marsh"),
    ("en", "The company, which employs 4,000 people, announced it would close.", "indirect", "The company"),
    ("en", "Sales rose 4%, costs fell 2%, and shares closed at 41.20.", "narrator", ""),
    ("en", "The room was quiet, and the clerk reported for duty at 9.", "narrator", ""),
    # Spanish
    ("es", "La ministra, María Soto, ha asegurado este lunes que el paro bajó.", "indirect", "La ministra, María Soto"),
    ("es", "La ministra de Trabajo, Ana Soto, defendió ayer la reforma.", "narrator", ""),
    ("es", "Así lo confirmó la fiscal general.", "indirect", "la fiscal general"),
    ("es", "El portavoz negó haber recibido dinero.", "indirect", "El portavoz"),
    ("es", "Se negó a firmar.", "narrator", ""),
    ("es", "Está de acuerdo con la reforma.", "narrator", ""),
    ("es", "«No hay ningún pacto», sentenció Soto.", "direct", "Soto"),
    ("es", "—No sabíamos nada —dijo el alcalde.", "direct", "el alcalde"),
    ("es", "Según informó la policía, hubo tres heridos.", "indirect", "la policía"),
    # French
    ("fr", "Le maire, Jean Roux, a affirmé que le pont tenait.", "indirect", "Le maire, Jean Roux"),
    ("fr", "« C'est faux », répond-elle, « nous avons payé. »", "direct", ""),
    ("fr", "« Le pont s'use, précise Jean Roux, mais il tient. »", "direct", "Jean Roux"),
    ("fr", "« Les chiffres sont faux », s'est indigné Jean Roux.", "direct", "Jean Roux"),
    ("fr", "La mairie affirme avoir recruté 80 agents.", "indirect", "La mairie"),
    ("fr", "Comme l'a rappelé Jean Roux, le pont est neuf.", "indirect", "Jean Roux"),
    ("fr", "Il juge utile de partir.", "narrator", ""),
    ("fr", "Le film, tourné d'après un roman connu, dure deux heures.", "narrator", ""),
    # German
    ("de", "Die Ministerin sagte am 3. Mai in Ulm, die Preise seien gefallen.", "indirect", "Die Ministerin"),
    ("de", "Am Montag sagte Karl Brenner in Ulm, die Brücke habe 18 Millionen gekostet.", "indirect", "Karl Brenner"),
    ("de", "Nach Angaben der Polizei wurden 14 Personen verletzt.", "indirect", "der Polizei"),
    ("de", "Einer Studie der Universität Ulm zufolge sinkt die Zahl.", "indirect", "Einer Studie der Universität Ulm"),
    ("de", "Wie das Hafenamt mitteilte, sank der Umschlag.", "indirect", "das Hafenamt"),
    ("de", "„Die Lage“, so der Bürgermeister, „ist ernst.“", "direct", "der Bürgermeister"),
    ("de", "Das teilte das Hafenamt am Mittwoch mit.", "indirect", "das Hafenamt"),
    ("de", "Die Opposition wirft der Regierung Untätigkeit vor.", "indirect", "Die Opposition"),
    ("de", "Er warf den Ball vor das Tor.", "narrator", ""),
    ("de", "Der Brief stellte sich als Fälschung heraus.", "narrator", ""),
    # Russian
    ("ru", "Об этом сообщила пресс-служба порта.", "indirect", "пресс-служба порта"),
    ("ru", "Как сообщает агентство, пожар потушен.", "indirect", "агентство"),
    ("ru", "Как рассказали в полиции, водитель уснул.", "indirect", "полиции"),
    ("ru", "Накануне Иван Кольцов заявил о закрытии моста.", "indirect", "Иван Кольцов"),
    ("ru", "Ранее Кольцов обвинил мэра в обмане.", "indirect", "Кольцов"),
    ("ru", "Кольцов: «Мост готов»", "direct", "Кольцов"),
    ("ru", "Завод «Маяк» выпустил 300 машин.", "narrator", ""),
    ("ru", "Она говорит на трёх языках.", "narrator", ""),
    ("ru", "«Где деньги?» — спросил депутат.", "direct", "депутат"),
    ("ru", "«Маяк» увеличил добычу, отметил Кольцов.", "indirect", "Кольцов"),
    ("en", "The minister (who was jailed in 2011) insists he is innocent.", "indirect", "The minister"),
    ("de", "Karl Brenner (CDU) sagte, die Speicher seien voll.", "indirect", "Karl Brenner"),
    ("de", "Forscher der TU Ulm haben herausgefunden, dass Glas fließt.", "indirect", "Forscher der TU Ulm"),
    ("fr", "Il y a « trop de normes », regrette la fédération.", "mixed", "la fédération"),
    ("ar", "ونشر سالم الحداد أن «الجسر كان مكتظا بالزوار».", "direct", "سالم الحداد"),
    # Others
    ("tr", "Bakan Ece Aydın, enflasyonun düştüğünü söyledi.", "indirect", "Bakan Ece Aydın"),
    ("tr", "Enflasyon nisanda yüzde 69 oldu.", "narrator", ""),
    ("he", "דובר צה\"ל מסר כי הגשר נסגר.", "indirect", "דובר צה\"ל"),
    ("he", "לדברי ראש העיר, הגשר בטוח.", "indirect", "ראש העיר"),
    ("hi", "मंत्री इडा मार्श ने कहा कि पुल बंद है।", "indirect", "मंत्री इडा मार्श"),
    ("ur", "پولیس کے مطابق پل بند ہے۔", "indirect", "پولیس"),
    ("fa", "به گزارش خبرگزاری، پل بسته است.", "indirect", "خبرگزاری"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kind", "claimant"), CASES)
def test_shapes(language: str, text: str, kind: str, claimant: str) -> None:
    span = Span(0, len(text))
    voice = attribute(text, [span], language)[span]
    named = text[voice.claimant.start : voice.claimant.end] if voice.claimant else ""
    assert (voice.kind, named) == (kind, claimant)


def units(text: str, language: str) -> list[tuple[str, str, str]]:
    """Words, kind and claimant of every unit."""

    def named(unit: Unit) -> str:
        return text[unit.claimant.start : unit.claimant.end] if unit.claimant else ""

    found = segmenters.get("sentences").split(text, language)
    segmenters.check_units(text, found)
    return [(text[unit.span.start : unit.span.end], unit.kind, named(unit)) for unit in found]


def test_a_quotation_over_several_sentences_is_said_by_whom_its_end_names() -> None:
    text = '"We have lost 300 jobs. Nobody cares," said Ida Marsh. The port is closed.'
    assert [unit[1:] for unit in units(text, "en")] == [
        ("direct", "Ida Marsh"),
        ("direct", "Ida Marsh"),
        ("narrator", ""),
    ]


def test_by_a_pronoun_the_one_before_is_meant_and_by_hearsay_nobody() -> None:
    text = "Иван Кольцов заявил, что мост готов. По его словам, он крепок."
    assert [unit[1:] for unit in units(text, "ru")] == [("indirect", "Иван Кольцов")] * 2
    text = "Ida Marsh said the bridge is safe. It was reported that it had moved."
    assert [unit[1:] for unit in units(text, "en")] == [("indirect", "Ida Marsh"), ("indirect", "")]


def test_arabic_sentences_stay_whole_in_straight_marks_and_end_at_a_unit() -> None:
    text = 'قال سالم الحداد: "أغلقنا الجسر. وسنفتحه غدا." ولد سالم سنة 1946م. وهو مهندس.'
    assert [unit[0] for unit in units(text, "ar")] == [
        'قال سالم الحداد: "أغلقنا الجسر. وسنفتحه غدا."',
        "ولد سالم سنة 1946م.",
        "وهو مهندس.",
    ]


def test_a_date_that_opens_a_russian_sentence_does_not_end_it() -> None:
    text = "В 2023 г. ВВП вырос на 3,6 %. Он родился в 1975 г. Потом уехал."
    assert [unit[0] for unit in units(text, "ru")] == [
        "В 2023 г. ВВП вырос на 3,6 %.",
        "Он родился в 1975 г.",
        "Потом уехал.",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le n° 2 du parti, M. J.-P. Durand, a démissionné le 1er mars."),
        ("ru", "«Где деньги?» — спросил депутат."),
        ("de", "Dr. h. c. Brenner leitet die Abt. Forschung."),
    ],
)
def test_one_sentence(language: str, text: str) -> None:
    assert [unit[0] for unit in units(text, language)] == [text]


def test_where_no_line_has_a_final_mark_only_short_ones_are_headings() -> None:
    lines = [
        "الجسر القديم يغلق أبوابه",
        "أعلنت البلدية أن الجسر سيغلق ابتداء من يوم الأحد المقبل",
        "تفاصيل",
        "يبلغ طول الجسر ألفا ومئتي متر ويعبره أربعون ألف سيارة يوميا",
        "وقالت الشرطة إن السيارات ستسلك الطريق الساحلي حتى نهاية العام",
    ]
    found = segmenters.get("sentences").split("\n".join(lines), "ar")
    assert [unit.heading for unit in found] == [True, False, True, False, False]
