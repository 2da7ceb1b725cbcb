"""What leaves the house: ClaimReview by its rules, CSV that no spreadsheet runs, records that come back as they went."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from annotations.exports.formats import claimreview, formats
from annotations.newsrooms import presets, scale_rules
from annotations.rulings.records import (
    Appearance,
    CitedSource,
    Claimant,
    CorrectionLine,
    PublishedRecord,
    Publisher,
    Verdict,
)

RECORD = PublishedRecord(
    id=7,
    number=3,
    url="https://checks.example.org/facts/marjan/3/",
    state="published",
    publisher=Publisher(
        name="مكتب مرجان", url="https://marjan.example.org", corrections_contact="x@marjan.example.org", language="ar"
    ),
    claim="كلّف الجسر 18 مليون دينار",
    quote="كلّف الجسر 18 مليون دينار",
    claim_language="ar",
    claim_direction="rtl",
    claimant=Claimant(name="سالم الحداد", kind="person"),
    claimed_on=date(2024, 3, 2),
    appearances=(Appearance(url="https://news.example.com/a"),),
    verdict=Verdict(key="false", names={"ar": "زائف", "en": "False"}, rating=2, worst=1, best=6, scale="six_step"),
    summary="كلّف 31 مليونا.",
    explanation="يقول التقرير…",
    language="ar",
    direction="rtl",
    published_at=datetime(2024, 3, 9, 10, tzinfo=UTC),
    modified_at=datetime(2024, 3, 9, 10, tzinfo=UTC),
    reviewers=2,
    sources=(
        CitedSource(
            kind="url",
            title="التقرير",
            url="https://r.example.com",
            quote="…",
            captured_at=datetime(2024, 3, 8, tzinfo=UTC),
        ),
    ),
    corrections=(CorrectionLine(at=datetime(2024, 3, 10, tzinfo=UTC), kind="corrected", text="رقم"),),
)


def test_claimreview() -> None:
    assert claimreview.checked(RECORD) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "inLanguage": "ar",
        "url": "https://checks.example.org/facts/marjan/3/",
        "claimReviewed": "كلّف الجسر 18 مليون دينار",
        "datePublished": "2024-03-09",
        "dateModified": "2024-03-09",
        "author": {"@type": "Organization", "name": "مكتب مرجان", "url": "https://marjan.example.org"},
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": "2024-03-02",
            "author": {"@type": "Person", "name": "سالم الحداد"},
            "appearance": [{"@type": "CreativeWork", "url": "https://news.example.com/a"}],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "زائف",
            "ratingValue": 2,
            "worstRating": 1,
            "bestRating": 6,
            "ratingExplanation": "كلّف 31 مليونا.",
        },
    }


def test_unknown_facts_are_left_out() -> None:
    markup = claimreview.checked(replace(RECORD, claimant=None, claimed_on=None, appearances=()))
    assert markup["itemReviewed"] == {"@type": "Claim"}


def test_a_verdict_off_the_scale_carries_no_numbers() -> None:
    off = replace(
        RECORD,
        verdict=replace(RECORD.verdict, key="satire", names={"en": "Satire"}, rating=None, worst=None, best=None),
    )
    assert claimreview.checked(off)["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Satire",
        "ratingExplanation": "كلّف 31 مليونا.",
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "retracted"}, "not_published"),
        ({"claim": "  "}, "no_claim"),
        ({"url": "/facts/3"}, "bad_url"),
        ({"language": ""}, "no_language"),
        ({"verdict": replace(RECORD.verdict, names={"ar": ""})}, "no_verdict"),
        ({"verdict": replace(RECORD.verdict, best=None)}, "part_rating"),
        ({"verdict": replace(RECORD.verdict, worst=6, best=1)}, "bad_rating"),
        ({"verdict": replace(RECORD.verdict, rating=9)}, "bad_rating"),
        ({"verdict": replace(RECORD.verdict, worst=0)}, "bad_rating"),
        ({"claimant": Claimant(name=" ")}, "no_name"),
        ({"claimed_on": date(2024, 4, 1)}, "claim_later"),
        ({"appearances": (Appearance(url="news"),)}, "bad_appearance"),
        ({"publisher": replace(RECORD.publisher, name="")}, "no_publisher"),
    ],
)
def test_a_broken_rule_refuses_by_name(change: dict[str, Any], code: str) -> None:
    broken = replace(RECORD, **change)
    assert code in {problem.code for problem in claimreview.check(broken)}
    with pytest.raises(claimreview.Refused):
        claimreview.checked(broken)


def test_a_long_claim_warns_only() -> None:
    long = replace(RECORD, claim="x" * 80)
    assert [problem.code for problem in claimreview.check(long)] == ["long_claim"]
    assert claimreview.checked(long)


def test_markup_cannot_end_its_script_element() -> None:
    text = claimreview.embed({"claimReviewed": "</script><script>alert(1)</script>&\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["claimReviewed"].startswith("</script>")


def test_a_record_comes_back_as_it_went() -> None:
    assert PublishedRecord.from_dict(json.loads(json.dumps(RECORD.to_dict()))) == RECORD


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_writes_every_record(name: str) -> None:
    out = io.BytesIO()
    assert formats()[name].write([RECORD, replace(RECORD, number=4)], out) == 2
    text = out.getvalue().decode("utf-8")
    assert "كلّف الجسر" in text
    assert "\\u06" not in text


@pytest.mark.parametrize("evil", ["=1+1", "+x", "-x", "@SUM(A1)", "\tx", "\rx", "  =x"])
def test_csv_runs_nothing(evil: str) -> None:
    out = io.BytesIO()
    formats()["csv"].write([replace(RECORD, claim=evil)], out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert rows[0]["claim"] == f"'{evil}"


@pytest.mark.parametrize("scale", list(presets.PRESETS.values()), ids=list(presets.PRESETS))
def test_shipped_scales_are_sound(scale: scale_rules.ScalePreset) -> None:
    assert scale_rules.problems(scale) == []


def test_unsound_scales_are_named() -> None:
    label = presets.SIX_STEP.labels[0]
    for labels, code in (
        ((), "no_labels"),
        ((label, label), "label_twice"),
        ((replace(label, position=3),), "positions_not_consecutive"),
        ((replace(label, position=None),), "off_scale_rating:true"),
        ((replace(label, position=0, color="pink"),), "unknown_token:true"),
    ):
        assert code in scale_rules.problems(scale_rules.ScalePreset(key="x", names={}, labels=labels))
