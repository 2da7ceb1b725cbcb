"""Atomic claims suggested by a language model, off unless an endpoint is set. Sentences, voices and scores stay the rules'.

Every returned claim must quote its sentence word for word, else it is dropped and counted. The model's name and the prompt's
hash are kept with the result. When the model does not answer, the rules' own suggestions stand.
"""

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotations.claims.segmenters import Part, Unit, Units
from annotations.claims.segmenters.sentences import PLUGIN as RULES
from annotations.lib.fetching.completions import Endpoint, NoAnswer, complete
from annotations.lib.spans import Span

PROMPT = """You split sentences of a news article into atomic factual claims for fact-checkers.
You get numbered sentences as JSON. Answer with one JSON object:
{"claims": [{"sentence": <number>, "quote": <words of that sentence, copied exactly>, "claim": <the claim, restated so that
it stands by itself, in the language of the sentence>}]}
One entry for each checkable statement. Leave out opinions, questions and sentences without a checkable statement.
Never add facts. Never translate. The quote must be a continuous stretch of its sentence, character by character."""
PROMPT_HASH = hashlib.sha256(PROMPT.encode()).hexdigest()[:16]
BATCH = 12  # sentences of one question
SECONDS = 40.0  # for the whole article: the job has a limit of its own
MOST_PARTS = 8
MOST_RESTATED = 1000


class LanguageModel:
    name = "llm"
    version = "1"

    def __init__(self) -> None:
        self.endpoint: Endpoint | None = None

    @property
    def available(self) -> bool:
        """Only where the operator has set an endpoint."""
        return self.endpoint is not None

    def split(self, text: str, language: str) -> Sequence[Unit]:
        """The rules' units, with the model's parts where it gave usable ones."""
        units = list(RULES.split(text, language))
        run: dict[str, Any] = {"prompt": PROMPT_HASH, "model": "", "kept": 0, "dropped": 0, "unread": 0}
        until = time.monotonic() + SECONDS
        places = [place for place, unit in enumerate(units) if not unit.heading]
        for first in range(0, len(places), BATCH):
            batch = places[first : first + BATCH]
            try:
                claims = self._ask(text, units, batch, run, until)
            except NoAnswer as error:
                run["failure"] = error.code
                run["unread"] = len(places) - first
                break
            for place in batch:
                found = self._parts(text, units[place].span, claims.get(place, []), run)
                if found:
                    units[place] = replace(units[place], parts=found)
        return Units(units, run)

    def _ask(
        self, text: str, units: Sequence[Unit], batch: Sequence[int], run: dict[str, Any], until: float
    ) -> dict[int, list[dict[str, Any]]]:
        """The model's entries by unit; one further try."""
        assert self.endpoint is not None
        user = json.dumps(
            [{"sentence": place, "text": text[units[place].span.start : units[place].span.end]} for place in batch],
            ensure_ascii=False,
        )
        for last in (False, True):
            left = until - time.monotonic()
            if left < 1:
                raise NoAnswer("timeout")
            try:
                answer, run["model"] = complete(self.endpoint, system=PROMPT, user=user, seconds=left)
                break
            except NoAnswer:
                if last:
                    raise
        found: dict[int, list[dict[str, Any]]] = {}
        entries = answer.get("claims") if isinstance(answer, dict) else None
        for entry in entries if isinstance(entries, list) else []:
            place = entry.get("sentence") if isinstance(entry, dict) else None
            if isinstance(place, int) and place in batch:
                found.setdefault(place, []).append(entry)
            else:
                run["dropped"] += 1
        return found

    def _parts(self, text: str, span: Span, entries: Sequence[dict[str, Any]], run: dict[str, Any]) -> tuple[Part, ...]:
        sentence = text[span.start : span.end]
        found: list[Part] = []
        for entry in entries:
            quote, restated = entry.get("quote"), entry.get("claim")
            if (
                not isinstance(quote, str)
                or not isinstance(restated, str)
                or not quote.strip()
                or quote.strip() not in sentence
                or len(restated) > MOST_RESTATED
                or len(found) >= MOST_PARTS
            ):
                run["dropped"] += 1
                continue
            start = span.start + sentence.index(quote.strip())
            found.append(Part(Span(start, start + len(quote.strip())), restated.strip()))
        run["kept"] += len(found)
        return tuple(found)


PLUGIN = LanguageModel()
