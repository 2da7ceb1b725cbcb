"""A claim's life, measured: a thousand edits of its article, and recognising it among a hundred thousand. Printed, never asserted."""

import os
import random
import time
from collections import Counter

import pytest
from django.db import connection

from annotations.claims import anchoring
from annotations.claims.aligning import Alignment
from annotations.claims.repeats import index
from tests import edits, factories
from tests.benchmarks.test_speed import say
from tests.repeats_data import bulk_load, claims_text, variant


def test_a_thousand_edits() -> None:
    """Every sentence is a claim. Wrong: attached to other words, or anchored though its own words are gone."""
    draw = random.Random(20)
    outcomes: Counter[tuple[str, str]] = Counter()
    wrong, copies, seconds, floors = 0, 0, 0.0, []
    for number in range(1000):
        kind, language = edits.KINDS[number % len(edits.KINDS)], edits.LANGUAGES[number % len(edits.LANGUAGES)]
        made = edits.edit(draw, language, kind)
        started = time.perf_counter()
        alignment = Alignment(made.old, made.new, language)
        found = [anchoring.find(alignment, start, end) for start, end in made.claims]
        seconds += time.perf_counter() - started
        for (truth, words), place, (start, end), each in zip(
            made.expected, made.places, made.claims, found, strict=True
        ):
            outcomes[truth, each.anchor] += 1
            if each.place is None:
                continue
            if truth == "deleted":  # on the same words elsewhere it is a copy, moved; on others it is wrong
                wrong += each.place.exact != made.old[start:end] and each.likeness < anchoring.FLOOR
                copies += 1
            else:
                wrong += (each.place.start, each.place.exact) != (place, words)
            if each.anchor == "reworded":
                floors.append(each.likeness)
    say("re-anchoring, 1,000 edits in five scripts", f"{sum(outcomes.values()):,} claims, {seconds:.2f} s in all")
    say("wrong attachments (other words, or another place)", str(wrong))
    say("deleted claims on an inserted copy or near-copy", str(copies))
    for truth, good in (("untouched", ("anchored", "moved")), ("edited", ("reworded",)), ("deleted", ("orphaned",))):
        total = sum(count for (which, _anchor), count in outcomes.items() if which == truth)
        right = sum(outcomes[truth, anchor] for anchor in good)
        shown = ", ".join(f"{anchor} {outcomes[truth, anchor]:,}" for anchor in good)
        say(f"{truth} claims found as {' or '.join(good)}", f"{100 * right / total:6.2f} %  ({shown} of {total:,})")
    say("lowest likeness of a reworded one (floor .75; .80 when short)", f"{min(floors):.3f}")


@pytest.mark.django_db
def test_recognising_repeats() -> None:
    """10,000 variants (spelling, digits, clitics, case, quoting) looked up among 100,000 claims."""
    size, asked = (
        int(os.environ.get("FACTCHECK_BENCH_CLAIMS", "100000")),
        int(os.environ.get("FACTCHECK_BENCH_QUERIES", "10000")),
    )
    draw = random.Random(5)
    texts = claims_text(size, draw)
    room = factories.desk().newsroom
    started = time.perf_counter()
    ids = bulk_load(room, texts)
    say(f"{connection.vendor}: {size:,} claims indexed", f"{time.perf_counter() - started:6.1f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    hits, times = 0, []
    for _query in range(asked):
        place = draw.randrange(size)
        words = variant(texts[place], draw)
        started = time.perf_counter()
        found = index.similar(room.pk, words, limit=5)
        times.append(time.perf_counter() - started)
        hits += any(each.earlier_id == ids[place] for each in found)
    times.sort()
    say(f"{connection.vendor}: recall@5 of {asked:,} variants", f"{hits / asked:.4f}")
    for name, share in (("median", 0.5), ("p95", 0.95), ("p99", 0.99)):
        say(f"{connection.vendor}: {name}", f"{1000 * times[int(share * (asked - 1))]:6.1f} ms")
