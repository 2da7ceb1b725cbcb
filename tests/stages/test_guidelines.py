"""The newsroom's guideline and checklist: versioned, and asked for where a line is needed."""

from collections.abc import Callable

import pytest
from django.utils import translation

from annotations.errors import Conflict, InvalidFields, NotAllowed
from annotations.models import Checklist, Claim, Event, Guideline, Review
from annotations.newsrooms import guidelines
from annotations.newsrooms.guidelines import Item
from annotations.reviews import operations as reviews
from annotations.reviews.operations import Answer
from tests import factories

pytestmark = pytest.mark.django_db

LINES = (
    Item({"en": "I read the source", "ar": "قرأت المصدر"}, True, "read"),
    Item({"ar": "بحثت عن رأي مخالف"}, False, "other-side"),
)


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    article = factories.article(desk)
    run_jobs()
    return factories.open_claim(desk, article)


def answer(*checks: str, **more: object) -> Answer:
    block = {"key": "a", "url": "https://source.example.com/x", "quote": "exact words", "stance": "refutes"}
    return Answer(label="false", reason="because", evidence=(block,), checks=checks)


def test_a_guideline_has_versions_by_language(desk: factories.Desk) -> None:
    with pytest.raises(NotAllowed):
        guidelines.write_guideline({"en": "# How"}, by=desk.editor)
    guidelines.write_guideline({"en": "# How\r\n\r\nwords", "ar": ""}, by=desk.admin)
    assert guidelines.write_guideline({"en": "# How\n\nwords  "}, by=desk.admin) == []
    guidelines.write_guideline({"ar": "# كيف"}, by=desk.admin)
    guidelines.write_guideline({"ar": "# كيف نعمل"}, by=desk.admin)
    with translation.override("ar"):
        found = guidelines.guideline(desk.newsroom)
        assert found is not None
        assert (found.text, found.version) == ("# كيف نعمل", 2)
    guidelines.write_guideline({"ar": ""}, by=desk.admin)
    with translation.override("ar"):  # better another language than none
        other = guidelines.guideline(desk.newsroom)
        assert other is not None
        assert other.language == "en"
    assert list(Guideline.objects.filter(language="ar").order_by("version").values_list("text", flat=True)) == [
        "# كيف",
        "# كيف نعمل",
        "",
    ]
    assert Event.objects.filter(kind="guideline.changed").count() == 4
    assert "How" not in str(list(Event.objects.values("old", "new")))
    with pytest.raises(InvalidFields):
        guidelines.write_guideline({"tlh": "nuq"}, by=desk.admin)
    with pytest.raises(InvalidFields):
        guidelines.write_guideline({"en": "x" * 50_001}, by=desk.admin)
    assert guidelines.guideline(factories.desk("orlen").newsroom) is None


def test_a_checklist_keeps_its_keys_from_version_to_version(desk: factories.Desk) -> None:
    with pytest.raises(NotAllowed):
        guidelines.write_checklist(LINES, by=desk.editor)
    first = guidelines.write_checklist(
        [Item({"en": "Read it", "ar": ""}), Item({"ar": "قارن"}), Item({})], by=desk.admin
    )
    assert [(item.key, item.texts) for item in guidelines.items(first)] == [
        ("read-it", {"en": "Read it"}),
        ("item", {"ar": "قارن"}),
    ]
    again = guidelines.write_checklist(
        [Item({"ar": "قارن"}, False, "item"), Item({"en": "Read it"}, True, "read-it"), Item({"ar": "جديد"})],
        by=desk.admin,
        version=1,
    )
    assert again is not None
    assert again.version == 2
    assert [(item.key, item.is_required) for item in guidelines.items(again)] == [
        ("item", False),
        ("read-it", True),
        ("item-2", False),
    ]
    same = [Item(item.texts, item.is_required, item.key) for item in guidelines.items(again)]
    assert guidelines.write_checklist(same, by=desk.admin) == again
    with pytest.raises(Conflict):
        guidelines.write_checklist(same, by=desk.admin, version=1)
    none = guidelines.write_checklist([], by=desk.admin, version=2)
    assert guidelines.items(none) == []
    assert Checklist.objects.count() == 3


@pytest.mark.parametrize(
    "rows",
    [
        [Item({"en": "x" * 301})],
        [Item({"en": f"line {number}"}) for number in range(31)],
        [Item({"en": "a"}, False, "k"), Item({"en": "b"}, False, "k")],
        [Item({"en": "a"}, False, "Not a key")],
        [Item({"tlh": "nuq"})],
    ],
)
def test_what_is_no_checklist(desk: factories.Desk, rows: list[Item]) -> None:
    with pytest.raises(InvalidFields):
        guidelines.write_checklist(rows, by=desk.admin)
    assert guidelines.checklist(desk.newsroom) is None


def test_a_needed_line_is_asked_for(desk: factories.Desk, claim: Claim) -> None:
    rana = desk.reviewers[0]
    guidelines.write_checklist(LINES, by=desk.admin)
    reviews.open_claim(claim, by=rana)
    with translation.override("ar"), pytest.raises(InvalidFields) as error:
        reviews.submit(claim, answer("other-side", "gone-by-now"), by=rana, row_version=None)
    assert [(problem.pointer, problem.code) for problem in error.value.problems] == [("/checks/read", "not_ticked")]
    assert "قرأت المصدر" in error.value.problems[0].message
    draft = Review.objects.get()
    assert draft.state == "draft"
    assert draft.draft["checks"] == ["other-side", "gone-by-now"]
    submitted = reviews.submit(claim, answer("read", "gone-by-now"), by=rana, row_version=draft.row_version)
    assert submitted.checks == ["read"]  # of the version that it was held against
    assert submitted.checklist is not None
    assert submitted.checklist.version == 1
    guidelines.write_checklist([], by=desk.admin)
    submitted.refresh_from_db()
    assert (submitted.checks, submitted.checklist.version) == (["read"], 1)


def test_a_client_that_knows_no_checklist_leaves_the_ticks(desk: factories.Desk, claim: Claim) -> None:
    rana = desk.reviewers[0]
    guidelines.write_checklist(LINES, by=desk.admin)
    review = reviews.save_draft(claim, answer("read"), by=rana, row_version=None)
    review = reviews.save_draft(claim, Answer(reason="more"), by=rana, row_version=review.row_version)
    assert review.draft["checks"] == ["read"]
    review = reviews.save_draft(claim, Answer(reason="more", checks=()), by=rana, row_version=review.row_version)
    assert review.draft["checks"] == []


def test_without_a_checklist_nothing_is_asked(desk: factories.Desk, claim: Claim) -> None:
    factories.submit(claim, desk.reviewers[0])
    review = Review.objects.get()
    assert (review.state, review.checks, review.checklist) == ("submitted", [], None)
