"""Suggested split points: pieces that stand as clauses; a clause inside the sentence beside the whole of it."""

import pytest

from annotations.claims.segmenters.splitting import parts
from annotations.lib.spans import Span

CASES = [
    (
        "en",
        "The council paid three million for the bridge, and the mayor opened it in May.",
        ["The council paid three million for the bridge", "the mayor opened it in May."],
    ),
    ("en", "The bridge, which cost three million, carries cars.", ["*", "which cost three million"]),
    ("en", "The bridge carries cars.", []),
    (
        "ar",
        "تنص ميزانية المجلس، التي أقرت في مارس، على زيادة سبعة في المئة، ويدفع المجلس نصفها من الاحتياطي.",
        [
            "تنص ميزانية المجلس، التي أقرت في مارس، على زيادة سبعة في المئة",
            "ويدفع المجلس نصفها من الاحتياطي.",
            "التي أقرت في مارس",
        ],
    ),
    ("ar", "واستهلكت هيئة الميناء، وهي أكبر الزبائن، ثلاثة ملايين متر.", ["*", "وهي أكبر الزبائن"]),
    ("ar", "زارت الوزيرة مصر، وتونس، وليبيا.", []),
    (
        "ru",
        "Мост открыли в прошлом году, но машин на нём почти нет.",
        ["Мост открыли в прошлом году", "машин на нём почти нет."],
    ),
    ("xx", "Anything, and whatever else may stand in it.", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_parts(language: str, text: str, expected: list[str]) -> None:
    found = [text[part.span.start : part.span.end] for part in parts(text, Span(0, len(text)), language)]
    assert found == [text if words == "*" else words for words in expected]
