"""Articles in five scripts, and edits of them that know where every claim went: for tests and benchmarks of re-anchoring."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

_WORDS: dict[str, tuple[list[str], list[str], list[str], list[str], str]] = {
    "ar": (
        ["وزارة الصحة", "بلدية مرجان", "شركة الكهرباء", "نقابة المعلمين", "هيئة الموانئ", "رئيس المجلس", "مركز الإحصاء", "اتحاد المزارعين"],
        ["أعلنت أن", "ذكرت في تقريرها أن", "أكدت أمام الصحفيين أن", "نفت أن تكون", "أوضحت أن"],
        ["كلفة الجسر الجديد بلغت", "عدد الطلاب ارتفع إلى", "صادرات الحبوب تراجعت إلى", "فاتورة المياه زادت بمقدار", "إنتاج المصنع وصل إلى"],
        ["مليون دينار في العام الماضي", "ألف شخص منذ بداية السنة", "في المئة مقارنة بالربع الأول", "طن كل شهر"],
        ".",
    ),
    "en": (
        ["The health ministry", "Harbour council", "The power company", "The teachers' union", "The port authority", "Mayor Ida Marsh", "The statistics office", "The farmers' league"],
        ["announced that", "said in its report that", "told reporters that", "denied that", "explained that"],
        ["the cost of the new bridge reached", "the number of pupils rose to", "grain exports fell to", "the water bill grew by", "the factory's output came to"],
        ["million crowns last year", "thousand people since January", "percent against the first quarter", "tonnes every month"],
        ".",
    ),
    "ru": (
        ["Министерство здравоохранения", "Совет гавани", "Энергетическая компания", "Профсоюз учителей", "Управление порта", "Мэр Ида Марш", "Статистическое бюро", "Союз фермеров"],
        ["сообщило, что", "указало в отчёте, что", "заявило журналистам, что", "опровергло, что", "пояснило, что"],
        ["стоимость нового моста достигла", "число учеников выросло до", "экспорт зерна упал до", "плата за воду выросла на", "выпуск завода составил"],
        ["миллионов крон в прошлом году", "тысяч человек с января", "процентов к первому кварталу", "тонн каждый месяц"],
        ".",
    ),
    "hi": (
        ["स्वास्थ्य मंत्रालय", "बंदरगाह परिषद", "बिजली कंपनी", "शिक्षक संघ", "पत्तन प्राधिकरण", "महापौर इडा मार्श", "सांख्यिकी कार्यालय", "किसान संघ"],
        ["ने घोषणा की कि", "ने अपनी रिपोर्ट में कहा कि", "ने पत्रकारों को बताया कि", "ने इनकार किया कि", "ने समझाया कि"],
        ["नए पुल की लागत पहुँची", "छात्रों की संख्या बढ़कर हुई", "अनाज का निर्यात घटकर हुआ", "पानी का बिल बढ़ा", "कारखाने का उत्पादन रहा"],
        ["करोड़ रुपये पिछले वर्ष", "हजार लोग जनवरी से", "प्रतिशत पहली तिमाही की तुलना में", "टन हर महीने"],
        "।",
    ),
    "zh": (
        ["卫生部", "海港委员会", "电力公司", "教师工会", "港务局", "市长马什", "统计局", "农民联盟"],
        ["宣布，", "在报告中说，", "告诉记者，", "否认，", "解释说，"],
        ["新桥的造价达到", "学生人数上升到", "粮食出口下降到", "水费增加了", "工厂产量达到"],
        ["百万克朗，比去年多", "千人，自一月以来", "个百分点，与第一季度相比", "吨，每个月如此"],
        "。",
    ),
}  # fmt: skip
LANGUAGES = tuple(_WORDS)
KINDS = (
    *("insert", "delete", "reorder", "typo", "number", "quotes", "none", "copy", "near"),
    *("typo+reorder", "delete+insert", "copy+delete", "quotes+insert", "number+near", "reorder+delete+typo"),
)


@dataclass
class Edited:
    """Two texts; for each claim (a span of the old one) where it must stand, and how."""

    language: str
    kind: str
    old: str = ""
    new: str = ""
    claims: list[tuple[int, int]] = field(default_factory=list)
    expected: list[tuple[str, str]] = field(default_factory=list)  # (untouched | edited | deleted, its new words)
    places: list[int] = field(default_factory=list)  # where each stands in the new text; -1: deleted
    twins: list[bool] = field(default_factory=list)  # its words stand more than once in one of the texts


def sentence(draw: random.Random, language: str) -> str:
    who, says, what, unit, stop = _WORDS[language]
    space = "" if language == "zh" else " "
    quoted = draw.random() < 0.2
    body = f"{draw.choice(what)}{space}{draw.randint(2, 990)}{space}{draw.choice(unit)}"
    body = f'"{body}"' if quoted else body
    return f"{draw.choice(who)}{space}{draw.choice(says)}{space}{body}{stop}"


def article(draw: random.Random, language: str) -> list[list[str]]:
    """Paragraphs of sentences; one sentence in forty stands twice, as slogans and datelines do."""
    found: list[list[str]] = []
    for _paragraph in range(draw.randint(5, 9)):
        found.append([sentence(draw, language) for _each in range(draw.randint(1, 4))])
    if draw.random() < 0.3:
        found[-1].append(found[0][0])
    return found


def _joined(paragraphs: list[list[str]], language: str) -> str:
    return "\n\n".join(("" if language == "zh" else " ").join(each) for each in paragraphs if each)


def _typo(draw: random.Random, words: str) -> str:
    """Two letters change places, one is doubled, or one is left out, away from the ends."""
    places = [place for place in range(2, len(words) - 3) if words[place].isalpha() and words[place + 1].isalpha()]
    if not places:
        return words
    place = draw.choice(places)
    a, b = words[place], words[place + 1]
    return words[:place] + draw.choice([b + a if a != b else a + a + b, a + a + b, b]) + words[place + 2 :]


def _number(draw: random.Random, words: str) -> str:
    digits = [place for place, char in enumerate(words) if char.isdigit()]
    place = draw.choice(digits)
    return words[:place] + draw.choice([digit for digit in "123456789" if digit != words[place]]) + words[place + 1 :]


def _quotes(words: str) -> str:
    if '"' in words:
        return words.replace('"', "«", 1).replace('"', "»", 1)
    return words[:-1].replace(words[:-1][-14:], "“" + words[:-1][-14:] + "”") + words[-1]


def edit(draw: random.Random, language: str, kind: str) -> Edited:
    """One random edit of this kind (or two: "typo+reorder"), with the truth about every sentence as a claim."""
    paragraphs = article(draw, language)
    made = Edited(language, kind, old=_joined(paragraphs, language))
    # Each sentence with where it came from: (paragraph, place), or None for what is new.
    after: list[list[tuple[tuple[int, int] | None, str]]] = [
        [((i, j), words) for j, words in enumerate(each)] for i, each in enumerate(paragraphs)
    ]
    for one in kind.split("+"):
        after = _EDITS[one](draw, language, after)
    made.new = _joined([[words for _origin, words in each] for each in after], language)
    new_places = _places([[words for _origin, words in each] for each in after], language)
    stands = {
        origin: (words, new_places[i, j])
        for i, each in enumerate(after)
        for j, (origin, words) in enumerate(each)
        if origin is not None
    }
    for where, start in _places(paragraphs, language).items():
        words = paragraphs[where[0]][where[1]]
        made.claims.append((start, start + len(words)))
        now, place = stands.get(where, ("", -1))
        truth = "deleted" if where not in stands else "untouched" if now == words else "edited"
        made.expected.append((truth, now))
        made.places.append(place)
        made.twins.append(made.old.count(words) > 1 or made.new.count(words) > 1)
    return made


def _places(paragraphs: list[list[str]], language: str) -> dict[tuple[int, int], int]:
    """Where each sentence begins in the joined text."""
    found: dict[tuple[int, int], int] = {}
    at = 0
    for i, each in enumerate(paragraphs):
        for j, words in enumerate(each):
            found[i, j] = at
            at += len(words) + (0 if language == "zh" else 1)
        if each:
            at += 2 - (0 if language == "zh" else 1)
    return found


Marked = list[list[tuple[tuple[int, int] | None, str]]]


def _change(draw: random.Random, language: str, after: Marked, how: Callable[[random.Random, str], str]) -> Marked:
    flat = [(i, j) for i, each in enumerate(after) for j in range(len(each))]
    for i, j in draw.sample(flat, min(len(flat), draw.randint(1, 3))):
        origin, words = after[i][j]
        after[i][j] = (origin, how(draw, words))
    return after


def _insert(draw: random.Random, language: str, after: Marked) -> Marked:
    after.insert(draw.randint(0, len(after)), [(None, sentence(draw, language))])
    after[draw.randrange(len(after))].insert(0, (None, sentence(draw, language)))
    return after


def _delete(draw: random.Random, language: str, after: Marked) -> Marked:
    flat = [(i, j) for i, each in enumerate(after) for j in range(len(each))]
    gone = set(draw.sample(flat, min(len(flat) - 1, draw.randint(1, 3))))
    return [[each for j, each in enumerate(row) if (i, j) not in gone] for i, row in enumerate(after)]


def _reorder(draw: random.Random, language: str, after: Marked) -> Marked:
    first, second = draw.sample(range(len(after)), 2)
    after[first], after[second] = after[second], after[first]
    return after


def _copy(draw: random.Random, language: str, after: Marked) -> Marked:
    """A pull quote: a sentence of the article once more, elsewhere."""
    words = draw.choice([words for each in after for _origin, words in each])
    after.insert(draw.randint(0, len(after)), [(None, words)])
    return after


def _near(draw: random.Random, language: str, after: Marked) -> Marked:
    """A sentence like one of the article, with another figure, elsewhere."""
    words = draw.choice([words for each in after for _origin, words in each])
    after.insert(draw.randint(0, len(after)), [(None, _number(draw, words))])
    return after


_EDITS: dict[str, Callable[[random.Random, str, Marked], Marked]] = {
    "none": lambda draw, language, after: after,
    "insert": _insert,
    "delete": _delete,
    "reorder": _reorder,
    "copy": _copy,
    "near": _near,
    "typo": lambda draw, language, after: _change(draw, language, after, _typo),
    "number": lambda draw, language, after: _change(draw, language, after, _number),
    "quotes": lambda draw, language, after: _change(draw, language, after, lambda _draw, words: _quotes(words)),
}
