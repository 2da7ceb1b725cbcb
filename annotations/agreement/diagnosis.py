"""Files from which anyone can recompute what the agreement page shows; reviewers are pseudonyms, new in each file."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from secrets import SystemRandom
from typing import Any

from django.utils import timezone

from annotations.agreement import marked, proposals, queries, tallies
from annotations.agreement.metrics import CODE_VERSION
from annotations.agreement.queries import Report
from annotations.agreement.tallies import Cut
from annotations.models import Article, Member, Score
from annotations.newsrooms.access import may
from annotations.newsrooms.queries import current_scale

Body = tuple[str, str]  # text, media type
_CSV, _JSON = "text/csv; charset=utf-8", "application/json"
_COLUMNS = (
    "computed_at article metric value undefined low high claims pairable verdicts reviewers coverage notes "
    "scale inputs_sha256 code_version"
).split()


def coincidences(member: Member, article: Article | None, wanted: Cut) -> Body:
    """Every two labels and how many pairs of first verdicts put them together; keys of labels, exact numbers."""
    found = queries.report(member, article, wanted)
    keys = found.axis.keys
    cells = [(one, other, repr(found.pairs[i][j])) for i, one in enumerate(keys) for j, other in enumerate(keys)]
    return _table(("label", "other_label", "pairs"), cells), _CSV


def scores_csv(member: Member, article: Article | None, wanted: Cut) -> Body:
    """The kept scores of the scale in use, oldest first. They are never cut by type or topic."""
    rows = (
        [" ".join(value) if isinstance(value, list) else value for value in _score(score).values()]
        for score in _kept(member, article)
    )
    return _table(_COLUMNS, rows), _CSV


def scores_json(member: Member, article: Article | None, wanted: Cut) -> Body:
    return json.dumps({"scores": [_score(score) for score in _kept(member, article)]}), _JSON


def diagnosis(member: Member, article: Article | None, wanted: Cut) -> Body:
    """Votes in the form that `manage.py agreement FILE --json` reads, with the figures as shown under "expected"."""
    return json.dumps(votes(member, article, wanted), ensure_ascii=False, indent=1), _JSON


def consensus_json(member: Member, article: Article | None, wanted: Cut) -> Body:
    """What is likely for each claim whose reviews the reader may see: votes, posterior, entropy; it proposes, people rule."""
    return json.dumps({"claims": consensus_rows(member, article)}), _JSON


def consensus_csv(member: Member, article: Article | None, wanted: Cut) -> Body:
    names = "claim label method entropy tied credible_90 ruled temperature".split()
    rows = consensus_rows(member, article)
    keys = [label.key for label in tallies.Axis.of(current_scale(member.newsroom)).labels]
    cells = (
        [" ".join(value) if isinstance(value, list) else value for value in (row[name] for name in names)]
        + [row["votes"].get(key, 0) for key in keys]
        + [repr(row["posterior"].get(key, 0.0)) for key in keys]
        for row in rows
    )
    return _table([*names, *(f"votes_{key}" for key in keys), *(f"p_{key}" for key in keys)], cells), _CSV


def consensus_rows(member: Member, article: Article | None) -> list[dict[str, Any]]:
    """For the files and the API."""
    keys = [label.key for label in tallies.Axis.of(current_scale(member.newsroom)).labels]
    return [
        {
            "claim": claim.pk,
            "label": one.label.key,
            "method": one.method,
            "entropy": entropy,
            "tied": one.tied,
            "credible_90": [label.key for label in one.credible],
            "posterior": {label.key: share for label, share in one.shares},
            "votes": {key: int(many) for key, many in zip(keys, given.tolist(), strict=True) if many},
            "ruled": one.ruled,
            "temperature": one.temperature,
            "converged": one.converged,
        }
        for claim, one, entropy, given in proposals.of_claims(member, article)
    ]


FILES: dict[str, Callable[[Member, Article | None, Cut], Body]] = {
    "coincidences.csv": coincidences,
    "scores.csv": scores_csv,
    "scores.json": scores_json,
    "diagnosis.json": diagnosis,
    "consensus.json": consensus_json,
    "consensus.csv": consensus_csv,
}


def votes(member: Member, article: Article | None, wanted: Cut) -> dict[str, Any]:
    """The diagnosis as a document. Only admins get the claims' ids; for others claims come in random order, unnamed."""
    found = queries.report(member, article, wanted)
    keys = found.axis.keys
    rows: dict[int, dict[int, str]] = {}
    article_of: dict[int, int] = {}
    given = tallies.first_verdicts().filter(claim__in=queries.claims(member, article, wanted).order_by().values("pk"))
    for claim_id, article_id, reviewer_id, label_id in given.order_by("claim_id", "reviewer_id").values_list(
        "claim_id", "claim__article_id", "reviewer_id", "label_id"
    ):
        if label_id in found.axis.index:
            rows.setdefault(claim_id, {})[reviewer_id] = keys[found.axis.index[label_id]]
            article_of[claim_id] = article_id
    spans = marked.spans(member, article) if not wanted else marked.NOTHING
    cited = marked.citations(member, article, wanted)
    names = _pseudonyms({by for row in rows.values() for by in row} | marked.people(spans, cited), "r")
    places = list(rows)
    if not may(member, "agreement.people"):
        SystemRandom().shuffle(places)
    document: dict[str, Any] = {
        "id": f"agreement-{member.newsroom.slug}",
        "title": f"First independent verdicts of {member.newsroom.name}",
        "made_at": timezone.now().isoformat(),
        "code_version": CODE_VERSION,
        "inputs_sha256": found.first.inputs_digest,
        "cut": wanted.parameters() | ({"article": article.pk} if article else {}),
        "scale": "ordinal",
        "scale_version": f"{found.scale.key} {found.scale.version}",
        "categories": keys,
        "off_scale": [keys[index] for index in found.axis.declared.off_scale],
        "expected": {name: {"value": value} for name, value in _expected(found).items()},
        "units": [dict(sorted((names[by], key) for by, key in rows[claim].items())) for claim in places],
    }
    document |= marked.document(spans, cited, names)
    if may(member, "agreement.people"):
        document["unit_ids"] = [str(claim) for claim in places]
    if found.table.article is not None:
        groups = _pseudonyms(set(article_of.values()), "a")
        document["articles"] = [groups[article_of[claim]] for claim in places]
    return document


def _expected(found: Report) -> dict[str, Any]:
    """What the page shows, under the names of the command's figures."""
    shown: dict[str, Any] = {}
    for name, score in found.scores.items():
        shown[name] = score.value if score.value is not None else {"undefined": score.undefined}
        details: dict[str, Any] = getattr(score, "details", {})
        for off, value in details.get("band", {}).items():
            if value is not None:
                shown[f"alpha_composite_lambda2_{off}"] = value
        if name == "gwet_ac1" and "if_independent" in details:
            shown["gwet_ac1_if_independent"] = details["if_independent"]
    return shown


def _pseudonyms(ids: set[int], letter: str) -> dict[int, str]:
    """Drawn anew for each file, so that neither order nor number leads back."""
    shuffled = sorted(ids)
    SystemRandom().shuffle(shuffled)
    return {each: f"{letter}{place}" for place, each in enumerate(shuffled, start=1)}


def _kept(member: Member, article: Article | None) -> Iterable[Score]:
    return queries.stored(member, article).select_related("scale").order_by("pk").iterator(chunk_size=2000)


def _score(score: Score) -> dict[str, Any]:
    """In the order of `_COLUMNS`."""
    values = {name: getattr(score, name, None) for name in _COLUMNS}
    return values | {
        "computed_at": score.computed_at.isoformat(),
        "article": score.article_id,
        "scale": f"{score.scale.key} {score.scale.version}",
        "inputs_sha256": score.inputs_digest,
    }


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """RFC 4180; every cell is a key, a code or a number of ours, so none can be a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
