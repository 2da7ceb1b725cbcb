"""An article goes in, a published fact-check comes out: every stage once, through its operations."""

from collections.abc import Callable

import pytest

from annotations.agreement import queries as agreement
from annotations.claims import facts
from annotations.claims import queries as claim_queries
from annotations.exports import queries as exports
from annotations.exports.formats import claimreview
from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Capture, Claim, Evidence, Source
from annotations.reviews import queries as reviews
from annotations.rulings import operations as rulings
from annotations.rulings import queries as ruling_queries
from annotations.rulings.operations import Decision
from tests import factories
from tests.servers import Pages


@pytest.mark.django_db
def test_article_to_claimreview(run_jobs: Callable[[], int], pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.add(
        "/page",
        "<html lang=ar><title>التقرير</title><body><p>كلّف الجسر الجديد ٣١ مليون دينار كما جاء في التقرير السنوي.</p></body></html>",
    )
    monkeypatch.setattr(
        outbound, "fetcher", lambda: GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)
    )
    desk = factories.desk()
    article = factories.article(desk)
    run_jobs()
    article.refresh_from_db()
    assert (article.state, article.language, article.direction, article.title) == (
        "ready",
        "ar",
        "rtl",
        "افتتاح الجسر الجديد",
    )
    proposed = claim_queries.of_article(desk.editor, article)
    assert [claim.state for claim in proposed] == ["proposed"] * 3
    assert article.current is not None
    assert all(
        article.current.text[span.start : span.end] == span.exact for claim in proposed for span in claim.current_spans
    )

    claim = factories.open_claim(desk, article)
    facts.edit(
        claim,
        by=desk.editor,
        row_version=claim.row_version,
        changes={"claimant": "سالم الحداد", "claimant_kind": "person", "unknown": ["claimed_on", "appearance"]},
    )
    for reviewer, label in zip(desk.reviewers, ("false", "mostly_false"), strict=False):
        taken = factories.reviews.take_next(by=reviewer)
        assert taken is not None
        answer = factories.answer(label, url="http://report.example.com/page", quote="كلف الجسر الجديد 31 مليون دينار")
        factories.reviews.submit(claim, answer, by=reviewer, row_version=None)
    run_jobs()

    source = Source.objects.get()
    assert (source.state, source.life, source.title) == ("ready", "alive", "التقرير")
    assert Capture.objects.count() == 1
    assert set(Evidence.objects.values_list("quote_state", flat=True)) == {"normalised"}
    claim = Claim.objects.get(pk=claim.pk)
    assert (claim.state, claim.verdicts, claim.pattern) == ("agreed", 2, "3:1,4:1")
    scores = {score.metric: score for score in agreement.latest(desk.editor)}
    assert scores["percent_agreement"].value == 0.0
    assert scores["alpha_scale"].reviewers == 2

    decision = Decision(
        label="false",
        basis="adopted",
        reason="Rana's source is primary.",
        summary="كلّف الجسر 31 مليونا.",
        explanation="يقول التقرير…",
        language="ar",
    )
    ruling = rulings.rule(claim, decision, by=desk.editor, row_version=None)
    assert ruling.state == "awaiting_sign_off"
    publication = rulings.sign_off(ruling_queries.get(desk.second, ruling.pk), by=desk.second)
    assert publication.number == 1
    assert reviews.mine(desk.reviewers[0], claim) is not None

    record = exports.record(publication)
    markup = claimreview.checked(record)
    assert markup["url"] == "https://checks.example.org/facts/marjan/1/"
    assert markup["reviewRating"]["ratingValue"] == 2
    assert markup["itemReviewed"]["author"] == {"@type": "Person", "name": "سالم الحداد"}
    assert "datePublished" not in markup["itemReviewed"]
    assert Claim.objects.get(pk=claim.pk).state == "published"
