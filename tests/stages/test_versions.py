"""An article gets a new text: claims are anchored, moved or orphaned, and never attached to other words."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles import operations
from annotations.claims import queries as claims
from annotations.claims.anchoring import find
from annotations.errors import Conflict, InvalidInput
from annotations.lib.spans import select
from annotations.models import Claim, Span
from tests import factories

FIRST = "The bridge cost 18 million. It took three years. Cars pay nothing."


@given(st.text(min_size=1, max_size=80), st.text(max_size=120), st.data())
def test_only_the_same_words_are_found(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    found = find(new, select(old, start, end))
    if found.place is None:
        assert found.anchor == "orphaned"
    else:
        assert new[found.place.start : found.place.end] == old[start:end]


def test_words_that_stand_twice_need_the_same_surroundings() -> None:
    selector = select("He came. Nobody else did.", 0, 3)
    assert find("She and He came, and He left.", selector).anchor == "orphaned"
    twice = "one two three four five six seven eight HERE nine ten eleven twelve thirteen fourteen"
    again = select(twice, twice.index("HERE"), twice.index("HERE") + 4)
    assert find("HERE, first. " + twice, again).place == select(
        "HERE, first. " + twice, 13 + twice.index("HERE"), 17 + twice.index("HERE")
    )


@pytest.mark.django_db
def test_a_new_text(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    article = factories.article(desk, FIRST)
    run_jobs()
    opened = factories.open_claim(desk, article, 1)
    article.refresh_from_db()
    version = operations.revise(
        article,
        by=desk.editor,
        text="Yesterday it opened. The bridge cost 18 million. It took four years. Cars pay nothing.",
    )
    article.refresh_from_db()
    with pytest.raises(Conflict):
        operations.revise(article, by=desk.editor, text="Another text.")
    run_jobs()
    article.refresh_from_db()
    assert article.current == version
    states = {claim.number: claim.state for claim in Claim.objects.filter(article=article)}
    assert states == {1: "proposed", 2: "orphaned", 3: "proposed", 4: "proposed", 5: "proposed"}
    assert Claim.objects.get(pk=opened.pk).state == "orphaned"
    words = [claims.quote(claim) for claim in claims.of_article(desk.editor, article) if claim.state != "orphaned"]
    assert words == ["Yesterday it opened.", "The bridge cost 18 million.", "It took four years.", "Cars pay nothing."]
    assert set(Span.objects.filter(version=version, claim__number__lte=3).values_list("anchor", flat=True)) == {"moved"}
    assert operations.revise(article, by=desk.editor, text=version.text) == version
    with pytest.raises(InvalidInput):
        operations.revise(article, by=desk.editor, text=FIRST)


@pytest.mark.django_db
def test_every_number_stays_its_own(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    article = factories.article(desk, FIRST)
    run_jobs()
    article.refresh_from_db()
    operations.revise(article, by=desk.editor, text=FIRST + " A new sentence of 40 words.")
    run_jobs()
    assert sorted(Claim.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert set(Claim.objects.values_list("state", flat=True)) == {"proposed"}
