"""Claims in five languages, and variants of them that say the same in the same words, spelled otherwise."""

import random
import re
from collections.abc import Sequence

from annotations.claims.repeats import folded
from annotations.models import EarlierCheck, Fingerprint, Newsroom, Posting

_SYLLABLES = {
    "ar": "با تو سي رام دين كال حور ماس ني فا زيد شام غر لوب عاد هن صب طير قم وس جاب خل ذر ثم".split(),
    "en": "ba tor sel ram din kal hor mas nil fa zed sham gar lob and hen sob tir kum ves jab kel dor thim".split(),
    "ru": "ба тор сел рам дин кал хор мас нил фа зед шам гар лоб анд хен соб тир кум вес жаб кел дор тим".split(),
    "hi": "बा तो सी राम दीन काल हूर मास नी फा जे शाम गर लो आद हन सब टीर कम वस जाब खल दर तम".split(),
}
_FRAMES = {
    "ar": "قال {n} إن {w} في {w} {v} إلى {f} {u} خلال {y}، مقارنة {w} {w}",
    "en": "{n} said the {w} in {w} {v} to {f} {u} during {y}, compared with {w} {w}",
    "ru": "{n} заявил, что {w} в {w} {v} до {f} {u} за {y}, по сравнению с {w} {w}",
    "hi": "{n} ने कहा कि {w} में {w} {v} {f} {u} {y} में, {w} {w} की तुलना में",
}
_VERBS = {
    "ar": ["ارتفع", "انخفض", "وصل", "تراجع"],
    "en": ["rose", "fell", "came", "sank"],
    "ru": ["вырос", "упал", "дошёл", "снизился"],
    "hi": ["बढ़कर", "घटकर", "पहुँचकर", "गिरकर"],
}
_UNITS = {
    "ar": ["مليون دينار", "في المئة", "ألف طن"],
    "en": ["million dollars", "percent", "thousand tonnes"],
    "ru": ["миллионов рублей", "процентов", "тысяч тонн"],
    "hi": ["लाख रुपये", "प्रतिशत", "हजार टन"],
}
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


# Claims as desks write them by the dozen: every word is common, and two differ in one figure or one place.
_TEMPLATES = {
    "ar": (
        "{} {} في {} {} {} {} عام {}",
        "وزير الصحة|رئيس البلدية|محافظ البنك|نقابة المعلمين|هيئة الإحصاء|زعيم المعارضة",
        "قال إن عدد اللاجئين|أعلن أن معدل البطالة|أكد أن سعر الخبز|زعم أن إنتاج القمح|نفى أن الدين العام",
        "مرجان|أورلن|سالمية|الحداد|كلورد|زيدان|حورلوب|شامغر|رامدين|توسال",
        "ارتفع إلى|انخفض إلى|بلغ|تجاوز|وصل إلى",
        "في المئة|ألف شخص|مليون دولار|ألف طن",
    ),
    "en": (
        "{} {} in {} {} {} {} in {}",
        "The health minister|The mayor|The bank governor|The teachers' union|The statistics office|The opposition leader",
        "said the number of refugees|announced that unemployment|claimed the price of bread|denied that wheat output|said public debt",
        "Marjan|Orlen|Salmia|Haddad|Kelord|Zedan|Horlob|Shamgar|Ramdin|Torsel",
        "rose to|fell to|reached|exceeded|came to",
        "percent|thousand people|million dollars|thousand tonnes",
    ),
}


def _templated(language: str, draw: random.Random) -> str:
    frame, *lists = _TEMPLATES[language]
    who, says, place, verb, unit = (draw.choice(each.split("|")) for each in lists)
    return frame.format(who, says, place, verb, _figure(draw), unit, draw.randint(2010, 2026))


def _figure(draw: random.Random) -> str:
    return draw.choice(
        [
            str(draw.randint(2, 999)),
            f"{draw.randint(2, 99)}.{draw.randint(1, 9)}",
            f"{draw.randint(2, 99)},{draw.randint(100, 999)}",
        ]
    )


def _vocabulary(language: str, draw: random.Random, size: int) -> list[str]:
    parts = _SYLLABLES[language]
    return ["".join(draw.choice(parts) for _each in range(draw.randint(2, 3))) for _word in range(size)]


def claims_text(count: int, draw: random.Random) -> list[str]:
    """Half of them a news-like spread (few words stand in many claims, many in few), half templates whose words are all common."""
    words = {language: _vocabulary(language, draw, 4000) for language in _FRAMES}
    names = {language: _vocabulary(language, draw, 1500) for language in _FRAMES}
    found = []
    for number in range(count):
        language = list(_FRAMES)[number % len(_FRAMES)]
        if number % 8 >= 4:
            found.append(_templated("ar" if number % 2 else "en", draw))
            continue
        frame = _FRAMES[language]
        while "{w}" in frame:
            frame = frame.replace("{w}", words[language][min(3999, int(draw.paretovariate(0.35)) - 1)], 1)
        name = f"{draw.choice(names[language])} {draw.choice(names[language])}"
        found.append(
            frame.format(
                n=name.title(),
                v=draw.choice(_VERBS[language]),
                f=_figure(draw),
                u=draw.choice(_UNITS[language]),
                y=draw.randint(1990, 2026),
            )
        )
    return found


def variant(text: str, draw: random.Random) -> str:
    """Up to three changes of spelling, digits, clitics, case, punctuation or quoting; the words stay."""
    for change in draw.sample(_CHANGES, draw.randint(1, 3)):
        text = change(text, draw)
    return text


def _marks(text: str, draw: random.Random) -> str:
    return "".join(
        char
        + (
            draw.choice("\u064b\u064e\u064f\u0650\u0651\u0652")
            if "\u0628" <= char <= "\u064a" and draw.random() < 0.3
            else ""
        )
        for char in text
    )


def _forms(text: str, draw: random.Random) -> str:
    swaps = {"ا": "أ", "ي": "ى", "ه": "ة", "ك": "ک", "é": "e", "ё": "е"}
    return "".join(swaps[char] if char in swaps and draw.random() < 0.4 else char for char in text)


def _stretch(text: str, draw: random.Random) -> str:
    return "".join(char + ("ـ" if "\u0628" <= char <= "\u064a" and draw.random() < 0.15 else "") for char in text)


def _digits(text: str, draw: random.Random) -> str:
    return text.translate(_EASTERN) if draw.random() < 0.7 else text.replace(",", "")


def _thousands(text: str, draw: random.Random) -> str:
    """12,500 as other countries write it."""
    mark = draw.choice(["\u00a0", "\u202f", "."])
    return re.sub(r"(?<=\d),(?=\d{3}\b)", mark, text)


def _clitics(text: str, draw: random.Random) -> str:
    parts = text.split(" ")
    for place in draw.sample(range(len(parts)), min(3, len(parts))):
        if "\u0621" <= parts[place][:1] <= "\u064a" and len(parts[place]) > 3:
            parts[place] = draw.choice(["و", "ف", "ال", "وال", "بال"]) + parts[place].removeprefix("ال")
        elif parts[place][:1].isascii() and parts[place].isalpha():
            parts[place] += "'s" if draw.random() < 0.5 else ""
    return " ".join(parts)


def _case(text: str, draw: random.Random) -> str:
    return text.upper() if draw.random() < 0.5 else text.lower()


def _stops(text: str, draw: random.Random) -> str:
    return text.replace("،", "").replace(", ", " — ") + draw.choice(["!", ".", " …", "؟"])


def _quoting(text: str, draw: random.Random) -> str:
    parts = text.split(" ")
    first = draw.randint(0, len(parts) // 2)
    last = draw.randint(first + 1, len(parts))
    return (
        " ".join(
            [
                *parts[:first],
                "«" + parts[first],
                *parts[first + 1 : last - 1],
                *([parts[last - 1] + "»"] if last - 1 > first else []),
                *parts[last:],
            ]
        )
        if last - 1 > first
        else f"“{text}”"
    )


def _typo(text: str, draw: random.Random) -> str:
    places = [place for place in range(1, len(text) - 2) if text[place].isalpha() and text[place + 1].isalpha()]
    place = draw.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


_CHANGES = [_marks, _forms, _stretch, _digits, _thousands, _clitics, _case, _stops, _quoting, _typo]


def bulk_load(newsroom: Newsroom, texts: Sequence[str], *, batch: int = 5000) -> list[int]:
    """The texts as earlier fact-checks in the index; their ids in order. Faster than one by one, the same rows."""
    ids: list[int] = []
    for first in range(0, len(texts), batch):
        some = texts[first : first + batch]
        made = EarlierCheck.objects.bulk_create(
            EarlierCheck(newsroom=newsroom, key=f"k{first + at}", claim=text) for at, text in enumerate(some)
        )
        prints = Fingerprint.objects.bulk_create(
            Fingerprint(newsroom=newsroom, earlier=check, words=folded.words(check.claim)) for check in made
        )
        Posting.objects.bulk_create(
            (
                Posting(newsroom_id=newsroom.pk, gram=gram, fingerprint_id=entry.pk)
                for entry in prints
                for gram in folded.grams(entry.words)
            ),
            batch_size=5000,
        )
        ids += [check.pk for check in made]
    return ids
