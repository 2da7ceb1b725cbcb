"""Labels that several shipped scales share, and the short way of writing one."""

from annotations.newsrooms.scale_rules import LabelPreset


def make(
    key: str, en: str, ar: str, en_means: str, ar_means: str, color: str, icon: str, **more: object
) -> LabelPreset:
    """Name and definition in English and Arabic, colour, icon."""
    return LabelPreset(
        key=key,
        names={"en": en, "ar": ar},
        definitions={"en": en_means, "ar": ar_means},
        color=color,
        icon=icon,
        **more,  # type: ignore[arg-type]
    )


def on(position: int) -> dict[str, int]:
    """A place on the truth scale, and the ClaimReview value that goes with it."""
    return {"position": position, "rating": position + 1}


UNPROVEN = make(
    "unproven",
    "Unproven",
    "غير مثبت",
    "The evidence at hand neither bears the claim out nor refutes it.",
    "لا تكفي الأدلة المتاحة لإثبات الادعاء ولا لنفيه.",
    "unproven",
    "question",
    kind="meta",
)

SATIRE = make(
    "satire",
    "Satire",
    "ساخر",
    "Meant as a joke, and taken seriously by some.",
    "قيل على سبيل السخرية وتعامل معه بعض الناس بجدية.",
    "satire",
    "mask",
    kind="context",
)

MISSING_CONTEXT = make(
    "missing_context",
    "Missing context",
    "ينقصه السياق",
    "Correct as it stands, but it leaves out what would change the impression.",
    "صحيح في ظاهره، لكنه يغفل ما يغيّر الفهم.",
    "context",
    "scissors",
    kind="context",
)

ALTERED = make(
    "altered",
    "Altered",
    "معدّل",
    "The picture, sound or video was changed in a way that misleads.",
    "عُدّلت الصورة أو الصوت أو المقطع على نحو مضلل.",
    "media",
    "image",
    kind="media",
)
