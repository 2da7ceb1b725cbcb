"""A doubly marked article, through the same doors as in life."""

from collections.abc import Sequence

from annotations.claims.cutting import Piece
from annotations.claims.markings import operations, queries
from annotations.models import Article, Doubling, Marking, Member
from tests import factories


def doubled(desk: factories.Desk, article: Article, *members: Member, places: int = 2) -> Doubling:
    operations.switch_on(article, by=desk.editor, places=places, member_ids=[each.pk for each in members])
    return queries.get(article)


def mark(doubling: Doubling, member: Member, *words: str, restated: str = "") -> Marking:
    version = queries.text(Doubling.objects.select_related("article__current", "version").get(pk=doubling.pk))
    assert version is not None
    pieces = []
    for each in words:
        start = version.text.index(each)
        pieces.append(Piece(start=start, end=start + len(each), exact=each))
    return operations.add(doubling, by=member, pieces=pieces, restated=restated)


def lists(doubling: Doubling, marks: dict[Member, Sequence[str]], *, finish: bool = True) -> Doubling:
    """Each person's list; they say that they are done."""
    for member, words in marks.items():
        for each in words:
            mark(doubling, member, each)
        if finish:
            operations.done(doubling, by=member)
    return Doubling.objects.select_related("article__current", "article__newsroom", "version").get(pk=doubling.pk)
