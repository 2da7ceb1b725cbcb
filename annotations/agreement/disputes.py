"""Which claims are disputed, and how far their verdicts stand apart. Pure; the rule is the architecture's, section "Disputed"."""

from collections.abc import Mapping

from annotations.agreement.patterns import Declared

FAR = 2  # steps


def outcome(counts: Mapping[int, int], declared: Declared) -> str:
    """Of a claim's first verdicts (label index → count): "agreed", "near", "disputed", or "undefined".

    Disputed: two of them are two steps apart or more, or one is on and one off the truth scale, or two labels off it
    differ. One step is "near". Fewer than two verdicts, or a scale with one label, define nothing.
    """
    chosen = [label for label, count in counts.items() if count > 0]
    if sum(counts.values()) < 2 or declared.size < 2:
        return "undefined"
    places = [declared.positions[label] for label in chosen]
    on = [place for place in places if place is not None]
    if len(on) < len(places):
        return "agreed" if len(chosen) == 1 else "disputed"
    gap = max(on) - min(on)
    if gap >= FAR:
        return "disputed"
    return "near" if gap else "agreed"


def disagreement(counts: Mapping[int, int], declared: Declared) -> float | None:
    """Mean over ordered pairs of a fixed squared distance: ((rank gap) / (K - 1))² on the scale, 1 against a label off it.

    Fixed, so that a claim's place in the queue never depends on other claims. None below two verdicts.
    """
    total = sum(counts.values())
    if total < 2 or declared.size < 2:
        return None
    rank = {label: place for place, label in enumerate(declared.on_scale)}
    steps = max(1, len(rank) - 1)
    apart = 0.0
    for one, n_one in counts.items():
        for other, n_other in counts.items():
            if one == other:
                continue
            both = one in rank and other in rank
            apart += n_one * n_other * (((rank[one] - rank[other]) / steps) ** 2 if both else 1.0)
    return apart / (total * (total - 1))
