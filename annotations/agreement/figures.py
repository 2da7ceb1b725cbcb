"""All figures that a set of votes allows, under the names that published checks use. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from annotations.agreement import coefficients, distances, engine, pairs
from annotations.agreement.distances import BAND, WEIGHTS, Distance
from annotations.agreement.engine import Figure
from annotations.agreement.metrics import metrics
from annotations.agreement.patterns import Array, Declared, Table
from annotations.agreement.reading import Votes, number

Coefficient = Callable[[Table, Array], Figure]
_GWET: dict[str, Coefficient] = {
    "fleiss": coefficients.fleiss,
    "gwet": coefficients.gwet,
    "brennan_prediger": coefficients.brennan_prediger,
}


def of_votes(votes: Votes, *, lambdas: tuple[float, ...] = (), anonymous: bool = False) -> dict[str, Figure]:
    """Every figure by name; those that need an order of labels, numbers or named reviewers say so where there is none.

    `anonymous`: columns are not people, so nothing is computed that needs to know who said what.
    """
    found = dict(_alphas(votes, lambdas))
    found |= _headlines(votes)
    found |= dict(_corrected(votes))
    if votes.ratings is not None and not anonymous:
        found |= dict(_with_people(votes))
    return found


def distance_of(votes: Votes, name: str) -> tuple[Table, Distance] | None:
    """The table and distance behind an alpha's name, for a bootstrap; None for a name that is no alpha."""
    declared, on = votes.declared, votes.declared.on_scale
    folded = votes.table.columns(on)
    named: dict[str, tuple[Table, Distance]] = {
        "alpha_nominal": (votes.table, distances.nominal),
        "alpha_on_scale_ordinal": (folded, distances.ordinal),
        "alpha_composite": (votes.table, distances.composite(declared)),
    }
    if on and declared.off_scale:
        sides = np.stack(
            [folded.counts.sum(axis=1), votes.table.columns(declared.off_scale).counts.sum(axis=1)], axis=1
        )
        named["alpha_gate"] = Table(sides, votes.table.weight, votes.table.article), distances.nominal
    elif votes.ordered:
        named["alpha_ordinal"] = votes.table, distances.ordinal
    return named.get(name)


def _alphas(votes: Votes, lambdas: tuple[float, ...]) -> Iterator[tuple[str, Figure]]:
    table, declared = votes.table, votes.declared
    whole = engine.alpha(table, distances.nominal)
    yield "alpha_nominal", whole
    yield "alpha_nominal_all", whole
    barred = "off_scale_labels" if declared.off_scale else "" if votes.ordered else "no_order"
    yield "alpha_ordinal", _barred(barred) or engine.alpha(table, distances.ordinal)
    yield "alpha_rank", _barred(barred) or engine.alpha(table, distances.interval)
    yield "alpha_interval", _barred(barred) or _numeric(votes, distances.of_values)
    yield "alpha_ratio", _barred(barred) or _numeric(votes, distances.ratio)
    if len(declared.on_scale) > 1:
        on = table.columns(declared.on_scale)
        yield "alpha_on_scale_nominal", engine.alpha(on, distances.nominal)
        yield (
            "alpha_on_scale_rank",
            _barred("" if votes.ordered else "no_order") or engine.alpha(on, distances.interval),
        )
    for off in sorted({*BAND, *lambdas}):
        lacking = _barred("" if votes.ordered else "no_order")
        yield f"alpha_composite_lambda2_{off}", lacking or engine.alpha(table, distances.composite(declared, off))


def _barred(reason: str) -> Figure | None:
    return Figure(None, reason) if reason else None


def _numeric(votes: Votes, distance: Callable[[list[float]], Distance]) -> Figure:
    values = [number(name) for name in votes.labels]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Figure(None, "not_numbers")
    try:
        return engine.alpha(votes.table, distance(known))
    except ValueError:
        return Figure(None, "below_zero")


def _headlines(votes: Votes) -> dict[str, Figure]:
    """The product's own metrics, under their own names and those of the measuring files."""
    found = {name: metric.score(votes.table, votes.declared) for name, metric in metrics().items()}
    if not votes.ordered:
        found |= {
            name: Figure(None, "no_order")
            for name in ("alpha_scale", "alpha_composite", "gwet_ac2_linear")
            if name in found
        }
    scale = found["alpha_scale"]
    found["alpha_on_scale_ordinal"] = scale
    found["on_scale_coverage"] = Figure(
        scale.coverage, "" if scale.coverage is not None else scale.undefined or "no_pairs"
    )
    for name, key in (("on_scale_pairable_ratings", "on_scale_pairable"), ("pairable_ratings", "pairable_ratings")):
        if key in scale.details:
            found[name] = Figure(scale.details[key])
    if (independent := found["gwet_ac1"].details.get("if_independent")) is not None:
        found["gwet_ac1_if_independent"] = Figure(independent)
    found["mean_disagreement"] = (
        _mean_disagreement(votes.table, votes.declared) if votes.ordered else Figure(None, "no_order")
    )
    return found


def _mean_disagreement(table: Table, declared: Declared) -> Figure:
    """The mean over pairable claims of their fixed distance (disputes.disagreement), all at once."""
    if declared.size < 2:
        return Figure(None, "one_label")
    use = table.pairable()
    if not len(use.weight):
        return Figure(None, "no_pairs")
    apart = np.einsum("pc,ck,pk->p", use.counts, distances.fixed(declared), use.counts)
    each = apart / (use.ratings * (use.ratings - 1))
    return Figure(float(each @ use.weight / use.weight.sum()), pairable=int(use.weight.sum()))


def _corrected(votes: Votes) -> Iterator[tuple[str, Figure]]:
    for family, coefficient in _GWET.items():
        plain = "gwet_ac1" if family == "gwet" else family
        yield f"{plain}.se", _error(coefficient(votes.table, distances.weights("identity", votes.declared)))
        for kind in WEIGHTS:
            name = f"gwet_ac2_{kind}" if family == "gwet" else f"{family}_{kind}"
            if not votes.ordered:
                yield name, Figure(None, "no_order")
                continue
            figure = coefficient(votes.table, distances.weights(kind, votes.declared))
            yield name, figure
            yield f"{name}.se", _error(figure)
    yield (
        "percent_agreement.se",
        _error(coefficients.percent(votes.table, distances.weights("identity", votes.declared))),
    )


def _error(figure: Figure) -> Figure:
    """The standard error as a figure of its own."""
    return replace(
        figure, value=figure.se, undefined=figure.undefined or ("" if figure.se is not None else "few_claims")
    )


def _with_people(votes: Votes) -> Iterator[tuple[str, Figure]]:
    assert votes.ratings is not None
    size, people = votes.declared.size, len(votes.reviewers)
    cells = votes.ratings.reviewer * size + votes.ratings.label
    margins = np.bincount(cells, minlength=people * size).reshape(people, size).astype(float)
    tables = pairs.confusions(votes.ratings, size) if people == 2 else {}
    for kind in ("", *WEIGHTS):
        tail = f"_{kind}" if kind else ""
        if kind and not votes.ordered:
            yield f"conger{tail}", Figure(None, "no_order")
            continue
        weights = distances.weights(kind or "identity", votes.declared)
        yield f"conger{tail}", pairs.conger(votes.table, margins, weights)
        if people == 2:
            confusion = tables.get((0, 1), np.zeros((size, size)))
            cohen = pairs.cohen(confusion, weights)
            yield f"cohen{tail}", cohen
            yield f"cohen{tail}.se", _error(cohen)
            if not kind:
                yield "scott_pi", pairs.scott(confusion, weights)


def number_or_reason(figure: Figure) -> Any:
    """A number, or {"undefined": code}: never NaN, never null."""
    return figure.value if figure.value is not None else {"undefined": figure.undefined}
