"""Agreement in words: names, why a figure is not defined, what to keep in mind when reading one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.agreement.engine import Figure
from annotations.lib import digits
from annotations.models import Score

LEAST = 5  # pairable claims; below, a newsroom's figure is not shown
LEAST_FOR_AN_ARTICLE = 20  # for chance-corrected figures

REASONS = {
    "no_pairs": gettext_lazy("No claim has two independent verdicts yet."),
    "no_variation": gettext_lazy(
        "All verdicts are the same: without variation, chance-corrected agreement is not defined."
    ),
    "one_label": gettext_lazy("A scale with one label defines no agreement."),
    "one_side": gettext_lazy("All labels of this scale stand on the same side."),
    "no_scale": gettext_lazy("Fewer than two labels stand on the truth scale."),
    "no_off_scale": gettext_lazy("Fewer than two labels stand off the truth scale."),
    "few_pairs": gettext_lazy("Too few shared claims to say."),
}
NOTES = {
    "unstable": gettext_lazy("Fewer than 20 claims: unstable."),
    "conditional": gettext_lazy("Less than 60 % of the verdicts are on the scale: read it as conditional."),
    "dominant_verdict": gettext_lazy(
        "One verdict dominates: high agreement comes partly from that. Read AC1 beside its value for independent reviewers and the shares of the labels."
    ),
    "by_article": gettext_lazy(
        "The interval leaves out whole articles: claims of one article are not independent of each other."
    ),
}
NAMES = {
    "percent_agreement": gettext_lazy("Percent agreement"),
    "alpha_gate": gettext_lazy("Alpha: on or off the truth scale"),
    "alpha_scale": gettext_lazy("Alpha: on the truth scale"),
    "alpha_composite": gettext_lazy("Alpha: all labels"),
    "alpha_off_scale": gettext_lazy("Alpha: among labels off the truth scale"),
    "gwet_ac1": gettext_lazy("Gwet's AC1"),
    "gwet_ac2_linear": gettext_lazy("Gwet's AC2, linear weights"),
    "fleiss": gettext_lazy("Fleiss' kappa"),
    "brennan_prediger": gettext_lazy("Brennan and Prediger"),
}


# Of spans and sources: what a code means depends on the figure.
BESIDE_NAMES = {
    "span_f1": gettext_lazy("Span F1: claims that overlap by more than half"),
    "exact_f1": gettext_lazy("Exact F1: claims with the very same borders"),
    "char_alpha": gettext_lazy("Character alpha: marked or not"),
    "source_f1": gettext_lazy("Source F1: the same sources cited"),
    "stance_alpha": gettext_lazy("Stance alpha: on sources that two cite"),
}
BESIDE_REASONS = {
    ("span_f1", "nothing_marked"): gettext_lazy("Nobody marked anything."),
    ("exact_f1", "nothing_marked"): gettext_lazy("Nobody marked anything."),
    ("char_alpha", "no_variation"): gettext_lazy("Everything or nothing was marked, so there is no variation."),
    ("source_f1", "no_pairs"): gettext_lazy("No claim has two independent verdicts yet."),
    ("source_f1", "nothing_cited"): gettext_lazy("No reviewer of these claims cited a source."),
    ("stance_alpha", "no_pairs"): gettext_lazy("No source is cited by two reviewers of a claim."),
    ("stance_alpha", "no_variation"): gettext_lazy("All gave the same stance, so there is no variation."),
}
NO_INTERVALS = {
    "no_interval_of_f1": gettext_lazy("No interval is defined for an F1."),
    "few_articles": gettext_lazy("An interval needs 20 articles."),
    "few_claims": gettext_lazy("An interval needs 10 sources that two cite."),
}


def beside(metric: str, figure: Figure) -> tuple[str, str]:
    """A figure of spans or sources in words, and why it has no interval, or ""."""
    if figure.value is None:
        code = figure.undefined
        if code == "no_double_marking":
            return _("No article has been marked by two people to the end yet."), ""
        return str(BESIDE_REASONS.get((metric, code), REASONS.get(code, code))), ""
    if figure.low is not None and figure.high is not None:
        reach = {"low": number(figure.low), "high": number(figure.high)}
        return f"{number(figure.value)} " + _("(95 %% interval %(low)s to %(high)s)") % reach, ""
    return number(figure.value), str(NO_INTERVALS.get(figure.no_interval, ""))


def few(metric: str, pairable: int, *, of_article: bool) -> bool:
    """Whether so many claims are too few to show the figure."""
    return pairable < (LEAST_FOR_AN_ARTICLE if of_article and metric != "percent_agreement" else LEAST)


def not_enough(reviewers: int, claims: int) -> str:
    """ "2 reviewers, 3 claims: not enough to say." """
    people = ngettext("%(n)d reviewer", "%(n)d reviewers", reviewers) % {"n": reviewers}
    count = ngettext("%(n)d claim", "%(n)d claims", claims) % {"n": claims}
    return _("%(people)s, %(count)s: not enough to say.") % {"people": people, "count": count}


def number(value: float) -> str:
    """Two decimals; a mark keeps the minus on its left, also in text that runs from right to left."""
    text = f"{value:.2f}"
    return str(digits.written(f"\u200e\u2212{text[1:]}" if text.startswith("-") else text))


def words(score: Score) -> str:
    """The figure in a sentence: value with interval, or why there is none."""
    if score.undefined:
        return str(REASONS.get(score.undefined, score.undefined))
    if few(score.metric, score.pairable, of_article=score.article_id is not None):
        return not_enough(score.reviewers, score.pairable)
    text = number(score.value or 0.0)
    if score.low is not None and score.high is not None:
        text += " " + _("(95 %% interval %(low)s to %(high)s)") % {
            "low": number(score.low),
            "high": number(score.high),
        }
    return text


def notes(score: Score) -> list[str]:
    """What to keep in mind; empty where the figure is not shown."""
    if score.undefined or few(score.metric, score.pairable, of_article=score.article_id is not None):
        return []
    return [str(NOTES.get(note, note)) for note in score.notes]
