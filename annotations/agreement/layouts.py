"""The other forms that a file may have: cases, event streams, label lists, spans, cited sources, unitized stretches. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from annotations.agreement import consensus, figures, overlap, patterns, report, sheets, streams, unitizing
from annotations.agreement.engine import Figure
from annotations.agreement.figures import number_or_reason
from annotations.agreement.overlap import Marked, Tally
from annotations.agreement.pairs import Ratings
from annotations.agreement.reading import (
    BadFile,
    Cell,
    Labels,
    Options,
    Votes,
    document,
    histogram,
    matrix,
    text,
    votes,
)

Answer = dict[str, Any]
Neighbour = Callable[[str], bytes]  # the bytes of another file beside this one; raises OSError


def answer(raw: bytes, options: Options, neighbour: Neighbour | None = None) -> Answer:
    """Everything that a file allows, as one document. Raises BadFile, which says where and what to do."""
    if options.form.startswith("csv") or (
        options.form == "auto" and raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in b"{["
    ):
        return {"layout": "csv"} | report.of_votes(sheets.sheet(raw, options), options)
    source = document(raw)
    if isinstance(source, list):
        source = {"units": source}
    if not isinstance(source, dict):
        raise BadFile("A JSON object, or a list of units, was expected.")
    options = _asked(source, options)
    head = {key: source[key] for key in ("id", "title") if key in source}
    if "intervals" in source and "units" not in source:
        return head | _intervals(source, options, neighbour)
    for key, read in LAYOUTS.items():
        if key in source:
            try:
                return head | {"layout": key} | read(source, options)
            except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
                if isinstance(error, BadFile):
                    raise
                raise BadFile(f'The "{key}" layout is not as described in docs/method.md: {error}.') from error
    raise BadFile(f"None of {', '.join(LAYOUTS)} is in the file; docs/method.md describes each layout.")


def _asked(source: Mapping[str, Any], options: Options) -> Options:
    """The file may ask for off-scale distances by naming their figures."""
    prefix = "alpha_composite_lambda2_"
    asked = source.get("expected")
    names = asked if isinstance(asked, dict) else {}
    try:
        more = tuple(float(name.removeprefix(prefix)) for name in names if name.startswith(prefix))
    except ValueError as error:
        raise BadFile(f"A figure called {prefix}… must end in a number.") from error
    return Options(**{**_fields(options), "lambdas": (*options.lambdas, *more)})


def _fields(options: Options) -> dict[str, Any]:
    return {name: getattr(options, name) for name in options.__slots__}


def _cases(source: Mapping[str, Any], options: Options) -> Answer:
    found = []
    for case in source["cases"]:
        one = report.of_votes(matrix(case, options), options)
        nominal = one["figures"]["alpha_nominal"]
        one["figures"]["alpha"] = nominal
        reason = {"reason": nominal["undefined"]} if isinstance(nominal, dict) else {}
        found.append({"name": case.get("name", ""), **reason, **one})
    return {"cases": found}


def _units(source: Mapping[str, Any], options: Options) -> Answer:
    found = report.of_votes(matrix(source, options), options)
    # A diagnosis file holds the doubly marked articles and the cited sources beside the verdicts.
    for key, read in (("spans", _spans), ("citations", _sources)):
        if isinstance(source.get(key), dict):
            found[key] = read(source[key], options)
    return found


def _histogram(source: Mapping[str, Any], options: Options) -> Answer:
    return report.of_votes(histogram(source, options), options)


def _stream(source: Mapping[str, Any], options: Options) -> Answer:
    events = source["events"]
    labels = Labels(source, options, [event["value"] for event in events if event.get("value") is not None])
    state, points, at = streams.Votes(), [], 0
    wanted = sorted({*(point["after"] for point in source.get("checkpoints", [])), len(events)})
    for number, event in enumerate(events, start=1):
        label = labels.index(event["value"], f"Event {number}")
        claim, reviewer = text(event["claim"]), text(event["reviewer"])
        state.apply(claim=claim, reviewer=reviewer, revision=event["revision"], label=label)
        while at < len(wanted) and wanted[at] <= number:
            points.append(_point(state, labels, number))
            at += 1
    cells = [Cell(claim, who, labels.names[label], claim) for claim, who, label in state.ratings()]
    declared = {"on_scale": [labels.names[one] for one in labels.declared.on_scale], "categories": labels.names}
    declared |= {"off_scale": [labels.names[one] for one in labels.declared.off_scale]}
    final = votes(
        declared, cells, options, total=source.get("claims") if isinstance(source.get("claims"), int) else None
    )
    return {"checkpoints": points, **report.of_votes(final, options)}


def _point(state: streams.Votes, labels: Labels, number: int) -> Answer:
    table = patterns.table(state.histogram, labels.declared)
    one = Votes(labels.names, labels.originals, labels.declared, labels.ordered, "", table)
    found = figures.of_votes(one, anonymous=True)
    counted = report.counts(one)
    names = (
        "alpha_nominal",
        "alpha_on_scale_ordinal",
        "alpha_composite",
        "alpha_gate",
        "gwet_ac1",
        "percent_agreement",
    )
    return {
        "after": number,
        "ratings": counted["ratings"],
        "pairable_claims": counted["pairable_units"],
        "patterns": counted["patterns"],
        **{name: number_or_reason(found[name]) for name in names},
    }


def _items(source: Mapping[str, Any], options: Options) -> Answer:
    """Dawid and Skene: maximum likelihood under the published names, and ours with the ordinal prior under "map"."""
    items = source["items"]
    if not any(items):
        raise BadFile("There is no label in the items.")
    labels = Labels(source, options, [value for item in items for _rater, value in item])
    raters = sorted({text(rater) for item in items for rater, _value in item}, key=lambda name: (len(name), name))
    person = {name: at for at, name in enumerate(raters)}
    rows = []
    for at, item in enumerate(items):
        for rater, value in item:
            label = labels.index(value, f"Item {at + 1}")
            if label is not None:
                rows.append((at, person[text(rater)], label))
    flat = np.array(rows, dtype=np.intp).reshape(-1, 3)
    ratings, size = Ratings(flat[:, 0], flat[:, 1], flat[:, 2]), len(labels.names)
    given = np.bincount(flat[:, 0] * size + flat[:, 2], minlength=len(items) * size).reshape(len(items), size)
    shape = {"claims": len(items), "reviewers": len(raters), "size": size}
    plain = consensus.fit(ratings, **shape, prior=None, tolerance=1e-10, rounds=20000)
    ours = consensus.fit(ratings, **shape, prior=consensus.ordinal_prior(labels.declared))
    repeats = Counter((claim, who) for claim, who, _label in rows)
    return {
        "labels": labels.names,
        "n": {"items": len(items), "ratings": len(rows), "raters": len(raters), "repeats": len(rows) - len(repeats)},
        "figures": _fit(plain, given, labels, raters, "log_likelihood"),
        "map": {
            "method": consensus.METHOD,
            "version": consensus.VERSION,
            "pseudo_reviews": consensus.PSEUDO_REVIEWS,
            "pseudo_claims": consensus.PSEUDO_CLAIMS,
            **_fit(ours, given, labels, raters, "log_posterior"),
        },
    }


def _fit(fit: consensus.Fit, given: Any, labels: Labels, raters: list[str], objective: str) -> Answer:
    proposal = consensus.propose(fit.posterior, given.astype(float), labels.declared)
    return {
        "class_marginals": fit.shares.tolist(),
        "error_rates": {name: fit.errors[at].tolist() for at, name in enumerate(raters)},
        "posterior": fit.posterior.tolist(),
        "map_label": [labels.originals[int(label)] for label in proposal.label],
        "tied": proposal.tied.tolist(),
        "entropy": proposal.entropy.tolist(),
        "credible_90": [[labels.names[index] for index in np.flatnonzero(row)] for row in proposal.credible],
        "median_rank": [None if np.isnan(rank) else float(rank) for rank in proposal.median],
        objective: fit.objective,
        "iterations": fit.iterations,
        "converged": fit.converged,
    }


def _spans(source: Mapping[str, Any], options: Options) -> Answer:
    """One article, or several under "articles": pooled, never averaged over articles."""
    listed = source.get("articles", [source])
    articles = [
        Marked(one["length"], {text(who): [(a, b) for a, b in spans] for who, spans in one["annotations"].items()})
        for one in listed
    ]
    alpha = overlap.character_alpha(articles)
    tallies = overlap.span_pairs(articles)
    pooled = sum(tallies.values(), Tally())
    rows = [
        {
            "pair": list(who),
            "char_dice": one.dice,
            "exact_f1": one.exact_f1,
            "iou_gt_half_f1": one.iou_f1,
            "matched": one.matched,
            "mean_boundary_offset": one.mean_offset,
        }
        for who, one in tallies.items()
    ]
    found: Answer = {"char_alpha": number_or_reason(alpha), "pairs": rows}
    means = {"mean_iou_f1": "iou_f1", "mean_exact_f1": "exact_f1", "mean_char_dice": "dice"}
    for name, key in means.items():
        value = overlap.mean(getattr(one, key) for one in tallies.values())
        found[name] = value if value is not None else {"undefined": "no_pairs" if not rows else "nothing_marked"}
    for name, value in (("pooled_iou_f1", pooled.iou_f1), ("pooled_exact_f1", pooled.exact_f1)):
        found[name] = value if value is not None else {"undefined": "nothing_marked"}
    reach = {"metric": "char_alpha", "units": alpha.units, "unit": "article", "value": alpha.value}
    reach |= {"low": alpha.low, "high": alpha.high} if alpha.low is not None else {"undefined": alpha.no_interval}
    return {"n": {"articles": len(articles), "pairs": len(rows)}, "figures": found, "intervals": [reach]}


def _unitizing(source: Mapping[str, Any], options: Options) -> Answer:
    begin, length = source["continuum"]
    units = [unitizing.Unit(first, size, text(who), text(category)) for first, size, who, category in source["units"]]
    observers = [text(who) for who in source.get("observers", [])]
    found = unitizing.alpha_u(units, begin=begin, length=length, observers=observers)
    named = {f"alpha_u_category_{category}" if category else "alpha_u": figure for category, figure in found.items()}
    shown = {name: number_or_reason(figure) for name, figure in named.items()}
    return {
        "n": {"units": len(units), "observers": len({*observers, *(one.observer for one in units)})},
        "figures": shown,
    }


def _sources(source: Mapping[str, Any], options: Options) -> Answer:
    """[{reviewer: {address: stance or null} or [addresses]}, …], one entry a claim."""
    claims = source["sources"]
    tallies = overlap.set_pairs([{text(who): list(cited) for who, cited in claim.items()} for claim in claims])
    cells = [
        Cell(f"{at}\t{address}", text(who), stance, f"Claim {at + 1}, {address}")
        for at, claim in enumerate(claims)
        for who, cited in claim.items()
        if isinstance(cited, dict)
        for address, stance in cited.items()
    ]
    stances = votes(source, cells, options)
    pooled = overlap.pooled_f1(tallies.values())
    stance = figures.of_votes(stances, anonymous=True)["alpha_nominal"] if cells else Figure(None, "no_pairs")
    rows = [{"pair": list(who), "f1": one.iou_f1, "shared": one.matched} for who, one in tallies.items()]
    found = {
        "source_f1": pooled if pooled is not None else {"undefined": "nothing_cited"},
        "stance_alpha": number_or_reason(stance),
        "pairs": rows,
    }
    return {"n": {"claims": len(claims), "stances_pairable": stance.pairable}, "figures": found}


def _intervals(source: Mapping[str, Any], options: Options, neighbour: Neighbour | None) -> Answer:
    """A list of intervals over other files beside this one."""
    rows = []
    for asked in source["intervals"] if isinstance(source["intervals"], list) else []:
        if not isinstance(asked, dict):
            raise BadFile('Each interval must name a "dataset" and a "metric".')
        name = text(asked.get("dataset", ""))
        if neighbour is None or not name.replace("_", "").isalnum():
            raise BadFile("Intervals name other files beside this one; give the file by its path.")
        try:
            found = answer(neighbour(f"{name}.json"), options)
        except OSError as error:
            raise BadFile(f"{name}.json is not beside the file.") from error
        rows += [{"dataset": name, **row} for row in found["intervals"] if row["metric"] == asked.get("metric")]
    return {"layout": "intervals", "intervals": rows}


LAYOUTS: dict[str, Callable[[Mapping[str, Any], Options], Answer]] = {
    "cases": _cases,
    "events": _stream,
    "items": _items,
    "annotations": _spans,
    "continuum": _unitizing,
    "histogram": _histogram,
    "units": _units,
    "articles": _spans,
    "sources": _sources,
}
