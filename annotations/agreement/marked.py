"""Do people find the same claims, and cite the same sources? From doubly marked articles and from closed claims.

Only what nobody can still change or be blind to: marking that is closed and lists that their markers called complete;
first verdicts on claims that count (`tallies`), without those that the reader may still review.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotations.agreement import engine, overlap, tallies
from annotations.agreement.distances import nominal
from annotations.agreement.engine import Figure
from annotations.agreement.overlap import Marked, Tally
from annotations.agreement.patterns import Table
from annotations.agreement.tallies import WHOLE, Cut
from annotations.models import Article, Doubling, Evidence, Marker, Marking, Member
from annotations.models.markings import DoublingState, MarkerState
from annotations.models.reviews import Stance
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import current_scale

MOST_ARTICLES = 2_000  # newest; bounds the time of a page
MOST_CLAIMS = 3_000  # newest
STANCES = list(Stance.values)


@dataclass(frozen=True)
class Spans:
    """Figures pooled over `articles`; `markers`: people in them, `spans`: what all of them marked."""

    figures: dict[str, Figure]
    articles: list[Marked]
    markers: int
    spans: int


NOTHING = Spans({}, [], 0, 0)  # where figures are cut by what claims are like: spans have no such thing


@dataclass(frozen=True)
class Citations:
    """`claims`: {reviewer: {source: stance}} each; `shared`: sources that two or more reviewers of a claim cite."""

    figures: dict[str, Figure]
    claims: list[dict[int, dict[int, str]]]
    reviewers: int
    shared: int


def spans(member: Member, article: Article | None = None) -> Spans:
    """Of the newsroom or one article: span F1s and character alpha, each defined or with a reason."""
    require(member, "agreement.read")
    closed = Doubling.objects.filter(
        newsroom_id=member.newsroom_id, state__in=[DoublingState.MERGING, DoublingState.MERGED]
    )
    if article is not None:
        closed = closed.filter(article=article)
    found = _marked(
        list(closed.exclude(version=None).order_by("-pk").values_list("pk", "version__length")[:MOST_ARTICLES])
    )
    articles = [marked for marked, _people in found]
    pooled = sum(overlap.span_pairs(articles).values(), Tally())
    counted: dict[str, Any] = {"claims": len(articles), "pairable": len(articles), "ratings": pooled.one + pooled.other}
    figures = {
        "span_f1": _of(pooled.iou_f1, bool(articles), counted),
        "exact_f1": _of(pooled.exact_f1, bool(articles), counted),
        "char_alpha": _alpha(articles),
    }
    everybody = {who for _marked_one, people in found for who in people}
    return Spans(figures, articles, len(everybody), sum(len(each) for one in articles for each in one.spans.values()))


def _marked(closed: list[tuple[int, int]]) -> list[tuple[Marked, list[int]]]:
    """Articles with two complete lists or more. One person's overlapping claims are joined: what they marked, as characters."""
    rows: dict[int, dict[int, list[tuple[int, int]]]] = {}
    finished = _finished([pk for pk, _length in closed])
    for doubling_id, member_id, _marker in finished:
        rows.setdefault(doubling_id, {})[member_id] = []
    marks = Marking.objects.filter(marker_id__in=[marker for _doubling, _member, marker in finished])
    for doubling_id, member_id, places in marks.order_by("pk").values_list(
        "marker__doubling_id", "marker__member_id", "spans"
    ):
        rows[doubling_id][member_id] += [(start, end) for start, end in places]
    return [
        (Marked(length, {str(who): overlap.disjoint(each) for who, each in rows[pk].items()}), sorted(rows[pk]))
        for pk, length in closed
        if len(rows.get(pk, {})) >= 2
    ]


def _finished(doublings: list[int]) -> list[tuple[int, int, int]]:
    done = Marker.objects.filter(doubling_id__in=doublings, state=MarkerState.DONE)
    return list(done.order_by("pk").values_list("doubling_id", "member_id", "pk"))


def _of(value: float | None, any_article: bool, counted: dict[str, Any]) -> Figure:
    """An F1: it has no chance term and no interval of its own."""
    if value is None:
        return Figure(None, "nothing_marked" if any_article else "no_double_marking", **counted)
    return Figure(value, no_interval="no_interval_of_f1", **counted)


def _alpha(articles: list[Marked]) -> Figure:
    if not articles:
        return Figure(None, "no_double_marking")
    return overlap.character_alpha(articles)


def citations(member: Member, article: Article | None = None, wanted: Cut = WHOLE) -> Citations:
    """Over first verdicts on the same claims: which sources were cited, and with what stance where two cite one."""
    require(member, "agreement.read")
    hiding = tallies.hidden(member)
    counted = tallies.cut(tallies.counted(member.newsroom_id, current_scale(member.newsroom), article), wanted)
    ids = list(counted.exclude(pk__in=hiding).order_by("-pk").values_list("pk", flat=True)[:MOST_CLAIMS])
    first = tallies.first_verdicts().filter(claim_id__in=ids)
    claims: dict[int, dict[int, dict[int, str]]] = {}
    for claim_id, reviewer_id in first.order_by("claim_id", "reviewer_id").values_list("claim_id", "reviewer_id"):
        claims.setdefault(claim_id, {})[reviewer_id] = {}
    cited = Evidence.objects.filter(review__in=first.order_by(), source__isnull=False).order_by("-pk")
    for claim_id, reviewer_id, source_id, stance in cited.values_list(
        "review__claim_id", "review__reviewer_id", "source_id", "stance"
    ):
        claims[claim_id][reviewer_id][source_id] = stance  # of two quotes of one source, the first counts
    listed = [each for each in claims.values() if len(each) >= 2]
    pooled = sum(overlap.set_pairs(_named(listed)).values(), Tally())
    table, shared = _stances(listed)
    alpha = engine.alpha(table, nominal) if listed else Figure(None, "no_pairs")
    base: dict[str, Any] = {"claims": len(listed), "pairable": len(listed), "ratings": pooled.one + pooled.other}
    f1 = pooled.iou_f1
    figures = {
        "source_f1": Figure(f1, no_interval="no_interval_of_f1", **base)
        if f1 is not None
        else Figure(None, "nothing_cited" if listed else "no_pairs", **base),
        "stance_alpha": alpha,
    }
    return Citations(figures, listed, len({who for each in listed for who in each}), shared)


def _named(claims: Iterable[dict[int, dict[int, str]]]) -> list[dict[str, list[str]]]:
    return [{str(who): [str(source) for source in cited] for who, cited in each.items()} for each in claims]


def _stances(claims: list[dict[int, dict[int, str]]]) -> tuple[Table, int]:
    """One row for each source of a claim: how many reviewers gave it each stance. Not citing is never filled in."""
    rows: list[list[int]] = []
    for each in claims:
        of: dict[int, list[int]] = {}
        for cited in each.values():
            for source, stance in cited.items():
                if stance in STANCES:
                    of.setdefault(source, [0] * len(STANCES))[STANCES.index(stance)] += 1
        rows += of.values()
    counts = np.array(rows, dtype=float).reshape(-1, len(STANCES))
    return Table(counts, np.ones(len(counts))), sum(sum(row) >= 2 for row in rows)


def document(found: Spans, cited: Citations, pseudonym: dict[int, str]) -> dict[str, Any]:
    """What `manage.py agreement` recomputes the figures from: `spans` and `citations`. Sources are numbered anew in each."""
    sources: dict[int, str] = {}
    claims = [
        {
            pseudonym[who]: {
                sources.setdefault(source, f"s{len(sources) + 1}"): stance for source, stance in each.items()
            }
            for who, each in sorted(claim.items(), key=lambda row: pseudonym[row[0]])
        }
        for claim in cited.claims
    ]
    articles = [
        {
            "length": one.length,
            "annotations": {pseudonym[int(who)]: [list(span) for span in each] for who, each in one.spans.items()},
        }
        for one in found.articles
    ]
    renamed = {"span_f1": "pooled_iou_f1", "exact_f1": "pooled_exact_f1"}
    made: dict[str, Any] = {}
    if articles:
        made["spans"] = {"articles": articles, "expected": _expected(found.figures, renamed)}
    if claims:
        made["citations"] = {"sources": claims, "expected": _expected(cited.figures, {})}
    return made


def people(found: Spans, cited: Citations) -> set[int]:
    """Everybody who stands in `document`."""
    return {int(who) for one in found.articles for who in one.spans} | {who for each in cited.claims for who in each}


def _expected(figures: dict[str, Figure], renamed: dict[str, str]) -> dict[str, Any]:
    return {
        renamed.get(name, name): {"value": one.value if one.value is not None else {"undefined": one.undefined}}
        for name, one in figures.items()
    }
