"""A set of votes as one document: figures with n and intervals, categories, pairs, reviewers, notices. Pure."""

from typing import Any

import numpy as np

from annotations.agreement import bootstrap, calibration, coefficients, consensus, disputes, figures, pairs
from annotations.agreement.engine import STABLE_FROM, Figure, Sums, base
from annotations.agreement.figures import number_or_reason
from annotations.agreement.metrics import CODE_VERSION
from annotations.agreement.patterns import Array
from annotations.agreement.reading import Options, Votes

_NOT_REPEATED = ("alpha_nominal_all", "alpha_scale", "alpha_composite_lambda2_1.0")  # second names of a figure


def of_votes(votes: Votes, options: Options) -> dict[str, Any]:
    """Everything that the votes allow."""
    found = figures.of_votes(votes, lambdas=options.lambdas, anonymous=options.anonymous)
    answer: dict[str, Any] = {
        "code_version": CODE_VERSION,
        "labels": votes.labels,
        "on_scale": [votes.labels[index] for index in votes.declared.on_scale],
        "off_scale": [votes.labels[index] for index in votes.declared.off_scale],
        "scale": votes.scale,
        "n": counts(votes),
        "figures": {name: number_or_reason(figure) for name, figure in found.items()},
        "intervals": _intervals(found),
        "categories": _categories(votes),
        "coincidences": Sums.of(votes.table.pairable()).coincidences.tolist(),
        "notices": sorted({note for figure in found.values() for note in figure.notes}),
    }
    if options.bootstrap:
        answer["bootstrap"] = _bootstraps(votes, options)
    if votes.ratings is not None and not options.anonymous:
        answer |= _people(votes, options)
    if options.each_unit and votes.ratings is not None and votes.labels:
        answer["claims"] = _each(votes)
    return answer


def counts(votes: Votes) -> dict[str, Any]:
    """How much the figures rest on."""
    table = votes.table
    counted = base(table)
    use = table.pairable()
    return {
        "units": votes.total_units,
        "rated_units": counted["claims"],
        "pairable_units": counted["pairable"],
        "ratings": counted["ratings"],
        "pairable_ratings": int((use.ratings * use.weight).sum()),
        "patterns": len({tuple(row) for row in table.counts[table.ratings > 0].astype(int).tolist()}),
        "reviewers": len(votes.reviewers) or None,
        "articles": None if table.article is None else len(np.unique(table.article)),
    }


def _intervals(found: dict[str, Figure]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name, figure in found.items():
        if figure.value is None or name in _NOT_REPEATED or name.endswith(".se"):
            continue
        if figure.low is None and not figure.no_interval:
            continue
        row: dict[str, Any] = {"metric": name, "units": figure.units or figure.pairable, "value": figure.value}
        if figure.low is None:
            row["undefined"] = figure.no_interval
        else:
            row |= {"low": figure.low, "high": figure.high, "unit": figure.unit}
        row |= {key: getattr(figure, key) for key in ("se", "se_log") if getattr(figure, key) is not None}
        rows.append(row)
    return rows


def _categories(votes: Votes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for label, one in zip(votes.labels, coefficients.categories(votes.table), strict=False):
        agreement = one.agreement if one.agreement is not None else {"undefined": one.undefined}
        rows.append({"label": label, "share": one.share, "ratings": one.ratings, "agreement": agreement})
    return rows


def _bootstraps(votes: Votes, options: Options) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for name in ("alpha_nominal", "alpha_ordinal", "alpha_gate", "alpha_on_scale_ordinal", "alpha_composite"):
        asked = figures.distance_of(votes, name)
        if asked is None or (not votes.ordered and name != "alpha_nominal"):
            continue
        found = bootstrap.bootstrap(*asked, replicates=options.bootstrap, seed=options.seed)
        row: dict[str, Any] = {"metric": name, "unit": found.unit, "units": found.units}
        row |= {"undefined": found.undefined} if found.undefined else {"low": found.low, "high": found.high}
        rows.append(row | {"undefined_replicates": found.undefined_replicates})
    return {"replicates": options.bootstrap, "seed": options.seed, "method": "percentile", "intervals": rows}


def _people(votes: Votes, options: Options) -> dict[str, Any]:
    assert votes.ratings is not None
    size = votes.declared.size
    tables = pairs.confusions(votes.ratings, size)
    both: list[dict[str, Any]] = []
    for who, confusion in sorted(tables.items()):
        one = pairs.pair(who, confusion, votes.declared, least=options.least_shared)
        shown = {name: number_or_reason(figure) for name, figure in one.figures.items() if _orderly(name, votes)}
        few = {"few": True} if one.shared < pairs.LEAST_SHARED else {}
        names = [_index_or_name(votes, index) for index in who]
        both.append({"pair": names, "n": one.shared, "confusion": confusion.astype(int).tolist(), **shown, **few})
    alone: list[dict[str, Any]] = []
    for index in range(len(votes.reviewers)):
        found = pairs.reviewer(index, tables, votes.declared, votes.table, least=options.least_shared)
        row: dict[str, Any] = {"reviewer": _index_or_name(votes, index), "co_reviewed_pairs": found.pairs}
        if votes.ordered:
            row |= {"vs_rest": number_or_reason(found.vs_rest), "rank_shift": number_or_reason(found.rank_shift)}
        alone.append(row)
    return {"pairs": both, "reviewers": alone}


def _orderly(name: str, votes: Votes) -> bool:
    return votes.ordered or name in ("percent_agreement", "cohen")


def _index_or_name(votes: Votes, index: int) -> int | str:
    """Columns without a name are told by their number, from 0."""
    name = votes.reviewers[index]
    return int(name) if name == str(index) else name


def _each(votes: Votes) -> list[dict[str, Any]]:
    """Per unit: votes, fixed distance, outcome, and what the consensus and the plain fallback propose."""
    assert votes.ratings is not None
    size, units = votes.declared.size, len(votes.units)
    cells = votes.ratings.claim * size + votes.ratings.label
    given: Array = np.bincount(cells, minlength=units * size).reshape(units, size).astype(float)
    fit = consensus.fit(
        votes.ratings,
        claims=units,
        reviewers=len(votes.reviewers),
        size=size,
        prior=consensus.ordinal_prior(votes.declared),
    )
    proposal = consensus.propose(fit.posterior, given, votes.declared)
    plain = calibration.with_prevalence(given)
    rows = []
    for at, name in enumerate(votes.units):
        tally = {index: int(count) for index, count in enumerate(given[at])}
        rows.append(
            {
                "unit": name,
                "votes": given[at].astype(int).tolist(),
                "disagreement": disputes.disagreement(tally, votes.declared),
                "outcome": disputes.outcome(tally, votes.declared),
                "posterior": fit.posterior[at].tolist(),
                "map_label": votes.originals[int(proposal.label[at])],
                "tied": bool(proposal.tied[at]),
                "entropy": float(proposal.entropy[at]),
                "credible_90": [votes.labels[index] for index in np.flatnonzero(proposal.credible[at])],
                "median_rank": None if np.isnan(proposal.median[at]) else float(proposal.median[at]),
                "votes_with_prevalence": plain[at].tolist(),
            }
        )
    return rows


def lines(answer: dict[str, Any]) -> list[str]:
    """The document as a plain-text table."""
    out = ["  ".join(f"{name} {value}" for name, value in answer.get("n", {}).items() if value is not None)]
    reach = {row["metric"]: row for row in answer.get("intervals", [])}
    for name, value in answer.get("figures", {}).items():
        if name.endswith(".se"):
            continue
        if isinstance(value, dict):
            shown = f"not defined: {value.get('undefined', '')}" if "undefined" in value else "…"
        elif isinstance(value, float):
            shown = f"{value:9.6f}"
        else:
            shown = str(value) if not isinstance(value, list) else f"{len(value)} rows (--json shows them)"
        row = reach.get(name, {})
        if "low" in row:
            shown += f"  {row['low']:9.6f} … {row['high']:9.6f}"
        if row:
            shown += f"  n {row['units']}" + ("" if row["units"] >= STABLE_FROM else ", unstable")
        out.append(f"{name:<32} {shown}")
    out += [f"notice: {note}" for note in answer.get("notices", [])]
    return out
