"""The quote check: how many variants are found, how many changes are told, and what it costs. Figures are printed, never asserted."""

import random
import time
from collections.abc import Callable

from annotations.sources.quotes import check_quote
from tests.pure.quotes.pairs import FOUND, page, pages, pairs

LENGTHS = (60, 150, 400, 1200)
SIZE = 100_000  # characters of the page


def spent(act: Callable[[], object], *, runs: int = 7) -> float:
    """Least milliseconds of processor time, after a run that is not counted."""
    act()
    found = []
    for _run in range(runs):
        started = time.process_time()
        act()
        found.append(time.process_time() - started)
    return min(found) * 1000


def test_what_is_found() -> None:
    for name in "abc":
        every = pairs(name)
        for say, good in (("same", FOUND), ("altered", ("altered",)), ("absent", ("not_found",))):
            rows = [pair for pair in every if pair.say == say]
            right = sum(pair.checked().state in good for pair in rows)
            print(f"{f'pairs {name}, {say}':<58} {right} of {len(rows)}")


def test_what_it_costs() -> None:
    chance = random.Random(5)
    for language in ("en", "ar", "zh"):
        own = "\n".join(page(name) for name in pages() if name.split("-")[0] == language)
        joint = "" if language == "zh" else " "
        words = list(own) if language == "zh" else own.split()
        filler = joint.join(chance.choice(words) for _word in range(SIZE))
        text = filler[: SIZE // 2] + "\n" + own + "\n" + filler[SIZE // 2 : SIZE - len(own)]
        for length in LENGTHS:
            start = own.index("\n", 200) + 1
            quote = own[start : start + length]
            half = len(quote) // 2
            kinds = {
                "exact": quote,
                "other spelling": quote.replace("\n", "  ").replace("،", ","),
                "a piece gone": quote[:half] + quote[half + 6 :],
                "absent": joint.join(chance.choice(words) for _word in range(length))[:length],
            }
            figures = []
            for kind, wanted in kinds.items():
                cost = spent(lambda wanted=wanted: check_quote(wanted, full_text=text, language=language))  # type: ignore[misc]
                figures.append(f"{kind} {cost:.1f}")
            print(f"{f'{language}, {length} characters in {len(text):,}, ms':<58} {', '.join(figures)}")
