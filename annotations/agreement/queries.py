"""Reading agreement: the newest figures, each with its n, and in words why one is not defined."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.agreement.metrics import metrics
from annotations.agreement.operations import declare
from annotations.agreement.patterns import parse
from annotations.models import Article, Claim, Label, Member, Score
from annotations.newsrooms.access import require

REASONS = {
    "no_pairs": gettext_lazy("No claim has two independent verdicts yet."),
    "no_variation": gettext_lazy(
        "All verdicts are the same: without variation, chance-corrected agreement is not defined."
    ),
    "one_label": gettext_lazy("A scale with one label defines no agreement."),
    "one_side": gettext_lazy("All labels of this scale stand on the same side."),
    "no_scale": gettext_lazy("Fewer than two labels stand on the truth scale."),
}
NOTES = {
    "unstable": gettext_lazy("Fewer than 20 claims: unstable."),
    "conditional": gettext_lazy("Less than 60 % of the verdicts are on the scale: read it as conditional."),
}
NAMES = {
    "percent_agreement": gettext_lazy("Percent agreement"),
    "alpha_gate": gettext_lazy("Alpha: on or off the truth scale"),
    "alpha_scale": gettext_lazy("Alpha: on the truth scale"),
    "alpha_composite": gettext_lazy("Alpha: all labels"),
    "gwet_ac1": gettext_lazy("Gwet's AC1"),
}
_LEAST_FOR_AN_ARTICLE = 20


def latest(member: Member, article: Article | None = None) -> list[Score]:
    """The newest row of each metric for the newsroom's current scale; headline figures first."""
    require(member, "agreement.read")
    rows = Score.objects.filter(newsroom_id=member.newsroom_id, article=article, scale__is_current=True)
    newest: dict[str, Score] = {}
    for score in rows.order_by("-pk")[: 4 * len(metrics())]:
        newest.setdefault(score.metric, score)
    order = sorted(newest, key=lambda name: (not metrics()[name].headline, name) if name in metrics() else (True, name))
    return [newest[name] for name in order]


def too_few(score: Score) -> bool:
    """An article's chance-corrected figure below 20 pairable claims is not shown as if it meant something."""
    return (
        score.article_id is not None and score.metric != "percent_agreement" and score.pairable < _LEAST_FOR_AN_ARTICLE
    )


def words(score: Score) -> str:
    """The figure in a sentence: value with interval and n, or why there is none."""
    if score.undefined:
        return str(REASONS.get(score.undefined, score.undefined))
    if too_few(score):
        return _("%(reviewers)d reviewers, %(claims)d claims: not enough to say.") % {
            "reviewers": score.reviewers,
            "claims": score.pairable,
        }
    text = f"{score.value:.2f}"
    if score.low is not None and score.high is not None:
        text += " " + _("(95 %% interval %(low).2f to %(high).2f)") % {"low": score.low, "high": score.high}
    return text


def counts(claim: Claim) -> list[tuple[Label, int]]:
    """A claim's first verdicts by label, in the scale's order. For those who may see its reviews."""
    if claim.scale is None:
        return []
    _declared, index = declare(claim.scale)
    found = parse(claim.pattern)
    labels: Iterable[Label] = sorted(claim.scale.labels.all(), key=lambda label: label.order)
    return [(label, found[index[label.pk]]) for label in labels if found.get(index[label.pk])]
