"""Reading double markings: one's own list, what waits for whom, and all lists for those who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from annotations.claims.markings import aligning, rules
from annotations.claims.markings.aligning import Row, Stretch
from annotations.errors import NotAllowed, NotFound
from annotations.models import Article, Doubling, Marker, Marking, MarkingDisclosure, Member, Version
from annotations.models.claims import ClaimState
from annotations.models.markings import DoublingState, MarkerState
from annotations.newsrooms.access import require


def of_article(article: Article) -> Doubling | None:
    """The article's double marking that was not switched off; the newest, where it was marked again."""
    return (
        Doubling.objects.filter(article=article)
        .exclude(state=DoublingState.OFF)
        .select_related("article__current", "version", "newsroom")
        .order_by("-pk")
        .first()
    )


def get(article: Article) -> Doubling:
    found = of_article(article)
    if found is None:
        raise NotFound("no_doubling", _("This article is not set to double marking."))
    return found


def standing(member: Member, doubling: Doubling) -> rules.Standing:
    own = Marker.objects.filter(doubling=doubling, member=member).values_list("state", flat=True).first()
    taken = Marker.objects.filter(doubling=doubling).count()
    return rules.Standing(
        role=member.role,
        state=doubling.state,
        own=own or "",
        disclosed=MarkingDisclosure.objects.filter(doubling=doubling, member=member).exists(),
        free=max(0, doubling.places - taken),
    )


def text(doubling: Doubling) -> Version | None:
    """What is marked: the version somebody began on, before that the article's current one."""
    return doubling.version or doubling.article.current


def mine(member: Member, doubling: Doubling) -> list[Marking]:
    """One's own marks, in the order of the text."""
    require(member, "marking.own")
    rows = Marking.objects.filter(marker__doubling=doubling, marker__member=member)
    return list(rows.select_related("marker").order_by("position", "pk"))


def my_marking(member: Member, doubling: Doubling, marking_id: int) -> Marking:
    found = next((each for each in mine(member, doubling) if each.pk == marking_id), None)
    if found is None:
        raise NotFound("no_marking", _("There is no such mark in your list."))
    return found


def quotes(marking: Marking, version: Version) -> list[str]:
    """Its words, sliced from the text; one for each span."""
    return [version.text[start:end] for start, end in marking.spans]


def waiting(member: Member) -> list[Doubling]:
    """Articles that this member is marking or was asked to mark, then those with a free place that they may take."""
    require(member, "marking.own")
    mine = Marker.objects.filter(doubling=OuterRef("pk"), member=member)
    seen = MarkingDisclosure.objects.filter(doubling=OuterRef("pk"), member=member)
    rows = (
        Doubling.objects.filter(newsroom_id=member.newsroom_id, state=DoublingState.MARKING)
        .annotate(
            is_mine=Exists(mine),
            to_do=Exists(mine.filter(state=MarkerState.MARKING)),
            taken=Count("markers"),
        )
        .filter(Q(to_do=True) | (Q(is_mine=False, taken__lt=F("places")) & ~Exists(seen)))
        .select_related("article")
    )
    return list(rows.order_by("-to_do", "pk")[:50])


def hidden_claims(member: Member, *, at: str = "") -> Q:
    """Claims (at this path, e.g. "claim__") that this member must not see: all of an article that they mark and are not done with.

    And for reviewers what the splitter proposes in an article with a free place, which they may still take.
    """
    open_ones = Doubling.objects.filter(newsroom_id=member.newsroom_id, state=DoublingState.MARKING)
    theirs = Marker.objects.filter(member=member, state=MarkerState.MARKING, doubling__in=open_ones)
    found = Q(**{f"{at}article_id__in": theirs.values("doubling__article_id")})
    if member.role not in rules.EDITORS:
        free = open_ones.exclude(markers__member=member).alias(taken=Count("markers")).filter(taken__lt=F("places"))
        found |= Q(**{f"{at}state": ClaimState.PROPOSED, f"{at}article_id__in": free.values("article_id")})
    return found


@dataclass(frozen=True)
class Cell:
    """One person's claim in a row, or none; `settled`: what became of it."""

    marker: Marker
    marking: Marking | None


@dataclass(frozen=True)
class Line:
    """A row of the side by side list with everybody's cell; `open`: the editor has not decided on it."""

    row: Row[int]
    cells: list[Cell]
    open: bool

    @property
    def markings(self) -> list[Marking]:
        return [cell.marking for cell in self.cells if cell.marking is not None]

    @property
    def key(self) -> str:
        """The row as a form sends it back: what was decided on is what was shown."""
        return "-".join(str(each.pk) for each in self.markings)


def markers(doubling: Doubling) -> list[Marker]:
    """Everybody who has a place, in the order they got it."""
    return list(Marker.objects.filter(doubling=doubling).select_related("member__user").order_by("pk"))


def side_by_side(member: Member, doubling: Doubling) -> tuple[list[Marker], list[Line]]:
    """All lists, aligned by overlap. NotAllowed to who marks, and before closing to editors who have not given up marking."""
    require(member, "claim.edit")
    if not rules.may_see_all(standing(member, doubling)):
        raise NotAllowed("blind", _("You see the marks of others once everybody is done."))
    people = markers(doubling)
    return people, lines(doubling, people)


def marks(doubling: Doubling) -> list[Marking]:
    """Of everybody; only for whoever has been let through (`side_by_side`, the merge)."""
    rows = Marking.objects.filter(marker__doubling=doubling).select_related("claim", "marker")
    return list(rows.order_by("position", "pk"))


def lines(doubling: Doubling, people: list[Marker]) -> list[Line]:
    """The rows; a person who neither marked anything nor is done does not count as one who left a row out."""
    listed = {each.pk: each for each in marks(doubling)}
    finished = [each for each in people if each.state == MarkerState.DONE or _any_of(listed.values(), each)]
    stretches = [
        Stretch(each.pk, each.marker_id, tuple((start, end) for start, end in each.spans), each.restated)
        for each in listed.values()
    ]
    found = []
    for row in aligning.align(stretches, [each.pk for each in finished]):
        of = {stretch.who: listed[stretch.key] for stretch in row.stretches}
        cells = [Cell(each, of.get(each.pk)) for each in people]
        found.append(Line(row, cells, any(is_open(mark) for mark in of.values())))
    return found


def _any_of(marks: Iterable[Marking], marker: Marker) -> bool:
    return any(each.marker_id == marker.pk for each in marks)


def is_open(marking: Marking) -> bool:
    """Not decided on, or what was decided has been undone."""
    claim = marking.claim
    return marking.outcome == "" or (claim is not None and (claim.undone or claim.state == ClaimState.PROPOSED))
