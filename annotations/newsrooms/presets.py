"""Verdict scales that ship. A newsroom takes one as it is or makes its own; wording and definitions are ours."""

from collections.abc import Mapping

from annotations.newsrooms.scale_rules import LabelPreset, ScalePreset


def _label(
    key: str, en: str, ar: str, en_means: str, ar_means: str, color: str, icon: str, **more: object
) -> LabelPreset:
    return LabelPreset(
        key=key,
        names={"en": en, "ar": ar},
        definitions={"en": en_means, "ar": ar_means},
        color=color,
        icon=icon,
        **more,  # type: ignore[arg-type]
    )


def _on(position: int) -> dict[str, int]:
    return {"position": position, "rating": position + 1}


_UNPROVEN = _label(
    "unproven",
    "Unproven",
    "غير مثبت",
    "The evidence at hand neither bears the claim out nor refutes it.",
    "لا تكفي الأدلة المتاحة لإثبات الادعاء ولا لنفيه.",
    "unproven",
    "question",
    kind="meta",
)

_SATIRE = _label(
    "satire",
    "Satire",
    "ساخر",
    "Meant as a joke, and taken seriously by some.",
    "قيل على سبيل السخرية وتعامل معه بعض الناس بجدية.",
    "satire",
    "mask",
    kind="context",
)

_MISSING_CONTEXT = _label(
    "missing_context",
    "Missing context",
    "ينقصه السياق",
    "Correct as it stands, but it leaves out what would change the impression.",
    "صحيح في ظاهره، لكنه يغفل ما يغيّر الفهم.",
    "context",
    "scissors",
    kind="context",
)

_ALTERED = _label(
    "altered",
    "Altered",
    "معدّل",
    "The picture, sound or video was changed in a way that misleads.",
    "عُدّلت الصورة أو الصوت أو المقطع على نحو مضلل.",
    "media",
    "image",
    kind="media",
)

SIX_STEP = ScalePreset(
    key="six_step",
    names={"en": "Six steps of truth", "ar": "ست درجات"},
    labels=(
        _label(
            "true",
            "True",
            "صحيح",
            "Correct, and nothing of weight is left out.",
            "صحيح ولم يُغفل فيه شيء مهم.",
            "true",
            "check",
            **_on(5),
        ),
        _label(
            "mostly_true",
            "Mostly true",
            "صحيح في معظمه",
            "Correct, but it needs an explanation or a further fact.",
            "صحيح لكنه يحتاج إلى إيضاح أو معلومة إضافية.",
            "mostly-true",
            "check-half",
            **_on(4),
        ),
        _label(
            "half_true",
            "Half true",
            "نصف صحيح",
            "Partly correct; important details are missing or out of place.",
            "صحيح جزئيا، وتنقصه تفاصيل مهمة أو وردت في غير موضعها.",
            "half",
            "half",
            **_on(3),
        ),
        _label(
            "mostly_false",
            "Mostly false",
            "زائف في معظمه",
            "There is a grain of truth, but facts that change the picture are ignored.",
            "فيه شيء من الصحة، لكنه يتجاهل حقائق تغيّر الصورة.",
            "mostly-false",
            "cross-half",
            **_on(2),
        ),
        _label("false", "False", "زائف", "Not correct.", "غير صحيح.", "false", "cross", **_on(1)),
        _label(
            "absurd",
            "Absurdly false",
            "باطل تماما",
            "Not correct, and so far from it that nobody could believe it in earnest.",
            "غير صحيح، وبعيد عن الصحة إلى حد لا يُعقل.",
            "worst",
            "alert",
            **_on(0),
        ),
        _UNPROVEN,
        _MISSING_CONTEXT,
        _SATIRE,
    ),
)

PARTNER_SIX = ScalePreset(
    key="partner_six",
    names={"en": "Platform partners' six", "ar": "تصنيف الشركاء السداسي"},
    labels=(
        _label(
            "true",
            "True",
            "صحيح",
            "Contains no error of fact.",
            "لا يتضمن خطأ في الوقائع.",
            "true",
            "check",
            **_on(2),
        ),
        _label(
            "partly_false",
            "Partly false",
            "زائف جزئيا",
            "Mixes correct statements with false ones.",
            "يخلط الصحيح بالزائف.",
            "half",
            "half",
            **_on(1),
        ),
        _label(
            "false",
            "False",
            "زائف",
            "The core of the claim is not correct.",
            "جوهر الادعاء غير صحيح.",
            "false",
            "cross",
            **_on(0),
        ),
        _ALTERED,
        _MISSING_CONTEXT,
        _SATIRE,
    ),
)

ARABIC_EIGHT = ScalePreset(
    key="arabic_eight",
    names={"en": "Eight labels, Arabic first", "ar": "التصنيف العربي الثماني"},
    labels=(
        _label(
            "true",
            "True",
            "صحيح",
            "Borne out by reliable sources.",
            "تؤكده مصادر موثوقة.",
            "true",
            "check",
            **_on(1),
        ),
        _label(
            "fake",
            "Fake",
            "زائف",
            "Refuted by reliable sources.",
            "تنفيه مصادر موثوقة.",
            "false",
            "cross",
            **_on(0),
        ),
        _label(
            "misleading",
            "Misleading",
            "مضلل",
            "True parts are put together so that they deceive.",
            "عناصر صحيحة رُكّبت على نحو يخدع.",
            "context",
            "alert",
            kind="context",
        ),
        _label(
            "selective",
            "Selective",
            "انتقائي",
            "Picks what suits it and hides the rest.",
            "ينتقي ما يناسبه ويخفي الباقي.",
            "context",
            "scissors",
            kind="context",
        ),
        _label(
            "sensational",
            "Sensational",
            "إثارة",
            "Blown up to stir feelings.",
            "تضخيم لإثارة المشاعر.",
            "neutral",
            "info",
            kind="context",
        ),
        _label(
            "myth",
            "Myth",
            "خرافة",
            "A popular tale without a scientific basis.",
            "حكاية شائعة بلا أساس علمي.",
            "worst",
            "alert",
            kind="context",
        ),
        _SATIRE,
        _label(
            "suspicious",
            "Suspicious",
            "مشكوك فيه",
            "No reliable source for or against it was found.",
            "لا مصدر موثوقا يثبته أو ينفيه.",
            "unproven",
            "question",
            kind="meta",
        ),
    ),
)

EVIDENCE_FOUR = ScalePreset(
    key="evidence_four",
    names={"en": "What the evidence says", "ar": "ما تقوله الأدلة"},
    labels=(
        _label(
            "supported",
            "Supported",
            "تدعمه الأدلة",
            "The evidence bears the claim out.",
            "الأدلة تؤيد الادعاء.",
            "true",
            "check",
            **_on(1),
        ),
        _label(
            "refuted",
            "Refuted",
            "تنفيه الأدلة",
            "The evidence refutes the claim.",
            "الأدلة تنفي الادعاء.",
            "false",
            "cross",
            **_on(0),
        ),
        _label(
            "not_enough",
            "Not enough evidence",
            "أدلة غير كافية",
            "The evidence at hand decides nothing.",
            "الأدلة المتاحة لا تحسم الأمر.",
            "unproven",
            "question",
            kind="meta",
            needs_source=False,
        ),
        _label(
            "conflicting",
            "Conflicting evidence",
            "أدلة متعارضة",
            "Evidence stands on both sides, or was picked.",
            "تتعارض الأدلة أو انتُقيت.",
            "half",
            "half",
            kind="context",
        ),
    ),
)

SENTENCE_ONLY = ScalePreset(
    key="sentence_only",
    names={"en": "A sentence, no label", "ar": "خلاصة بلا تصنيف"},
    labels=(
        _label(
            "assessed",
            "Assessed",
            "تم التحقق",
            "The conclusion stands in the summary.",
            "الخلاصة في الملخص.",
            "neutral",
            "info",
            kind="meta",
        ),
    ),
)

PRESETS: Mapping[str, ScalePreset] = {
    scale.key: scale for scale in (SIX_STEP, PARTNER_SIX, ARABIC_EIGHT, EVIDENCE_FOUR, SENTENCE_ONLY)
}
