"""What a verdict scale is made of, and when it is sound. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

COLORS = frozenset("""true mostly-true half mostly-false false worst neutral context media satire unproven""".split())
ICONS = frozenset("""check check-half half cross-half cross alert question scissors mask image info""".split())
KINDS = frozenset(["veracity", "context", "media", "attribution", "meta"])


@dataclass(frozen=True, kw_only=True)
class LabelPreset:
    """`position` counts from 0 = falsest; None is off the truth scale. `rating` is the ClaimReview value, larger is truer."""

    key: str
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    color: str
    icon: str
    kind: str = "veracity"
    position: int | None = None
    rating: int | None = None
    needs_source: bool = True


@dataclass(frozen=True, kw_only=True)
class ScalePreset:
    key: str
    names: Mapping[str, str]
    labels: Sequence[LabelPreset] = field(default_factory=tuple)


def problems(scale: ScalePreset) -> list[str]:
    """Named breaches of the rules for a scale; empty when it is sound."""
    found = []
    if not scale.labels:
        found.append("no_labels")
    if len({label.key for label in scale.labels}) != len(scale.labels):
        found.append("label_twice")
    placed = sorted(
        (label for label in scale.labels if label.position is not None), key=lambda label: label.position or 0
    )
    if [label.position for label in placed] != list(range(len(placed))):
        found.append("positions_not_consecutive")
    ratings = [label.rating for label in placed if label.rating is not None]
    if ratings != sorted(set(ratings)) or any(rating < 1 for rating in ratings):
        found.append("ratings_do_not_rise")
    for label in scale.labels:
        if label.position is None and label.rating is not None:
            found.append(f"off_scale_rating:{label.key}")
        if label.color not in COLORS or label.icon not in ICONS or label.kind not in KINDS:
            found.append(f"unknown_token:{label.key}")
        if not {"en", "ar"} <= set(label.names) or not {"en", "ar"} <= set(label.definitions):
            found.append(f"language_missing:{label.key}")
    return found
