"""Verdict scales that ship. A newsroom takes one as it is or makes its own; wording and definitions are ours."""

from collections.abc import Mapping

from annotations.newsrooms.scale_rules import ScalePreset
from annotations.newsrooms.shared_labels import ALTERED, MISSING_CONTEXT, SATIRE, UNPROVEN, make, on

SIX_STEP = ScalePreset(
    key="six_step",
    names={"en": "Six steps of truth", "ar": "ست درجات"},
    labels=(
        make(
            "true",
            "True",
            "صحيح",
            "Correct, and nothing of weight is left out.",
            "صحيح ولم يُغفل فيه شيء مهم.",
            "true",
            "check",
            **on(5),
        ),
        make(
            "mostly_true",
            "Mostly true",
            "صحيح في معظمه",
            "Correct, but it needs an explanation or a further fact.",
            "صحيح لكنه يحتاج إلى إيضاح أو معلومة إضافية.",
            "mostly-true",
            "check-half",
            **on(4),
        ),
        make(
            "half_true",
            "Half true",
            "نصف صحيح",
            "Partly correct; important details are missing or out of place.",
            "صحيح جزئيا، وتنقصه تفاصيل مهمة أو وردت في غير موضعها.",
            "half",
            "half",
            **on(3),
        ),
        make(
            "mostly_false",
            "Mostly false",
            "زائف في معظمه",
            "There is a grain of truth, but facts that change the picture are ignored.",
            "فيه شيء من الصحة، لكنه يتجاهل حقائق تغيّر الصورة.",
            "mostly-false",
            "cross-half",
            **on(2),
        ),
        make("false", "False", "زائف", "Not correct.", "غير صحيح.", "false", "cross", **on(1)),
        make(
            "absurd",
            "Absurdly false",
            "باطل تماما",
            "Not correct, and so far from it that nobody could believe it in earnest.",
            "غير صحيح، وبعيد عن الصحة إلى حد لا يُعقل.",
            "worst",
            "alert",
            **on(0),
        ),
        UNPROVEN,
        MISSING_CONTEXT,
        SATIRE,
    ),
)

PARTNER_SIX = ScalePreset(
    key="partner_six",
    names={"en": "Platform partners' six", "ar": "تصنيف الشركاء السداسي"},
    labels=(
        make(
            "true",
            "True",
            "صحيح",
            "Contains no error of fact.",
            "لا يتضمن خطأ في الوقائع.",
            "true",
            "check",
            **on(2),
        ),
        make(
            "partly_false",
            "Partly false",
            "زائف جزئيا",
            "Mixes correct statements with false ones.",
            "يخلط الصحيح بالزائف.",
            "half",
            "half",
            **on(1),
        ),
        make(
            "false",
            "False",
            "زائف",
            "The core of the claim is not correct.",
            "جوهر الادعاء غير صحيح.",
            "false",
            "cross",
            **on(0),
        ),
        ALTERED,
        MISSING_CONTEXT,
        SATIRE,
    ),
)

ARABIC_EIGHT = ScalePreset(
    key="arabic_eight",
    names={"en": "Eight labels, Arabic first", "ar": "التصنيف العربي الثماني"},
    labels=(
        make(
            "true",
            "True",
            "صحيح",
            "Borne out by reliable sources.",
            "تؤكده مصادر موثوقة.",
            "true",
            "check",
            **on(1),
        ),
        make(
            "fake",
            "Fake",
            "زائف",
            "Refuted by reliable sources.",
            "تنفيه مصادر موثوقة.",
            "false",
            "cross",
            **on(0),
        ),
        make(
            "misleading",
            "Misleading",
            "مضلل",
            "True parts are put together so that they deceive.",
            "عناصر صحيحة رُكّبت على نحو يخدع.",
            "context",
            "alert",
            kind="context",
        ),
        make(
            "selective",
            "Selective",
            "انتقائي",
            "Picks what suits it and hides the rest.",
            "ينتقي ما يناسبه ويخفي الباقي.",
            "context",
            "scissors",
            kind="context",
        ),
        make(
            "sensational",
            "Sensational",
            "إثارة",
            "Blown up to stir feelings.",
            "تضخيم لإثارة المشاعر.",
            "neutral",
            "info",
            kind="context",
        ),
        make(
            "myth",
            "Myth",
            "خرافة",
            "A popular tale without a scientific basis.",
            "حكاية شائعة بلا أساس علمي.",
            "worst",
            "alert",
            kind="context",
        ),
        SATIRE,
        make(
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
        make(
            "supported",
            "Supported",
            "تدعمه الأدلة",
            "The evidence bears the claim out.",
            "الأدلة تؤيد الادعاء.",
            "true",
            "check",
            **on(1),
        ),
        make(
            "refuted",
            "Refuted",
            "تنفيه الأدلة",
            "The evidence refutes the claim.",
            "الأدلة تنفي الادعاء.",
            "false",
            "cross",
            **on(0),
        ),
        make(
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
        make(
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
        make(
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
