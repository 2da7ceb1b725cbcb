"""The newsroom's own ranker: labels from its editors' choices, training by a job, off until an admin turns it on."""

import dataclasses
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from annotations import events, jobs
from annotations.claims import ranker
from annotations.claims.queries import wording
from annotations.claims.ranker import Example, Model
from annotations.claims.segmenters.scoring import score
from annotations.errors import InvalidInput, NotFound
from annotations.models import Claim, Member, Newsroom, Ranker
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import require

_BATCH = 500
_AGAIN = 100  # further labels before it is trained anew by itself
_MOST = 20_000  # labels, the newest


def examples(newsroom_id: int) -> list[Example]:
    """What editors chose: a confirmed claim was worth checking, one dropped as it was proposed was not."""
    rows = (
        Claim.objects.filter(newsroom_id=newsroom_id, merged_into=None, score__isnull=False)
        .filter(Q(confirmed_at__isnull=False) | Q(state=ClaimState.DROPPED))
        .select_related("article")
        .prefetch_related("spans")
        .order_by("-pk")[:_MOST]
    )
    return [
        Example(wording(claim), claim.confirmed_at is not None, float(claim.score or 0.0), claim.article_id)
        for claim in rows
    ]


def enough(found: list[Example]) -> bool:
    """500 labels, and some of each kind."""
    positives = sum(example.worth for example in found)
    return len(found) >= ranker.LEAST and min(positives, len(found) - positives) >= ranker.LEAST_OF_EACH


def owe_due() -> int:
    """Beat's part, once a day: promise training where enough labels came since the last time."""
    owed = 0
    for room in Newsroom.objects.order_by("pk"):
        last = Ranker.objects.filter(newsroom=room, origin="choices").order_by("-number").first()
        labels = Claim.objects.filter(
            Q(confirmed_at__isnull=False) | Q(state=ClaimState.DROPPED), newsroom=room, merged_into=None
        ).count()
        if labels >= ranker.LEAST and labels >= (last.labels if last else 0) + _AGAIN * bool(last):
            jobs.owe("claims.train", room.pk, newsroom_id=room.pk)
            owed += 1
    return owed


def owe(newsroom_id: int, *, by: Member) -> None:
    """An admin asks for it now."""
    require(by, "newsroom.manage")
    with transaction.atomic():
        jobs.owe("claims.train", newsroom_id, newsroom_id=newsroom_id)


def train(newsroom_id: int, lease: jobs.Lease) -> None:
    """The job: train on the newsroom's own choices, where there are enough."""
    room = Newsroom.objects.filter(pk=newsroom_id).first()
    found = examples(newsroom_id) if room else []
    if room is None or not enough(found):
        return
    model, gain = ranker.train(found), ranker.measure(found)
    with transaction.atomic():
        jobs.hold(lease)
        keep(room, model, gain, origin="choices", by=None)


def keep(room: Newsroom, model: Model, gain: ranker.Gain, *, origin: str, by: Member | None) -> Ranker:
    """Store a trained ranker, off. In a transaction."""
    Newsroom.objects.select_for_update().get(pk=room.pk)
    last = Ranker.objects.filter(newsroom=room).aggregate(last=Max("number"))["last"] or 0
    made = Ranker.objects.create(
        newsroom=room,
        number=last + 1,
        labels=gain.labels,
        positives=gain.positives,
        origin=origin,
        gain={**dataclasses.asdict(gain), "version": ranker.VERSION},
        weights=model.pack(),
        created_by_id=by.user_id if by else None,
    )
    _record(made, "ranker.trained", by, {"labels": gain.labels})
    old = Ranker.objects.filter(newsroom=room, is_on=False, number__lte=last - 5)
    old.delete()
    return made


def train_from_file(raw: bytes) -> tuple[Model, ranker.Gain]:
    """From "text<TAB>label" lines (label 1 or 0, yes or no); raises InvalidInput naming the line at fault."""
    found = []
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InvalidInput("not_utf8", _("The file is not UTF-8 text. Save it as UTF-8.")) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        text, _tab, label = line.rpartition("\t")
        meant = _LABELS.get(label.strip().lower())
        if meant is None or not text.strip():
            if number == 1:
                continue  # a heading line
            raise InvalidInput("bad_line", _("Line %d is not “text, tab, 1 or 0”.") % number)
        found.append(Example(text, meant, score(text, reported=False)[0], number))
    positives = sum(example.worth for example in found)
    if len(found) < ranker.LEAST or min(positives, len(found) - positives) < ranker.LEAST_OF_EACH:
        raise InvalidInput(
            "too_few_labels",
            _(
                "%(have)d labels, %(positive)d of them positive: at least %(least)d are needed, and %(each)d of each kind."
            )
            % {"have": len(found), "positive": positives, "least": ranker.LEAST, "each": ranker.LEAST_OF_EACH},
        )
    return ranker.train(found), ranker.measure(found)


_LABELS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def switch(ranker_id: int, *, by: Member, on: bool) -> Ranker:
    """Turn a ranker on (the one before goes off) or off; a job orders the open claims anew."""
    require(by, "newsroom.manage")
    with transaction.atomic():
        row = Ranker.objects.filter(newsroom_id=by.newsroom_id, pk=ranker_id).first()
        if row is None:
            raise NotFound("no_ranker", _("There is no such ranker in this newsroom."))
        if row.is_on != on:
            Ranker.objects.filter(newsroom_id=by.newsroom_id, is_on=True).update(is_on=False)
            Ranker.objects.filter(pk=row.pk).update(is_on=on)
            _record(row, "ranker.switched", by, {"on": on})
            jobs.owe("claims.rescore", by.newsroom_id, newsroom_id=by.newsroom_id)
        row.refresh_from_db()
    return row


def of(member: Member) -> QuerySet[Ranker]:
    """The newsroom's rankers, newest first."""
    require(member, "newsroom.manage")
    return Ranker.objects.filter(newsroom_id=member.newsroom_id).defer("weights").order_by("-number")


def current(newsroom_id: int) -> Ranker | None:
    """The one that is on."""
    return Ranker.objects.filter(newsroom_id=newsroom_id, is_on=True).first()


def model_of(row: Ranker | None) -> Model | None:
    return Model.unpack(bytes(row.weights)) if row else None


def rank(newsroom_id: int, words: str, rule: float | None) -> float | None:
    """The rank of these words where a ranker is on, else None."""
    model = model_of(current(newsroom_id))
    return model.rank(words, rule or 0.0) if model else None


def rescore(newsroom_id: int, lease: jobs.Lease) -> None:
    """The job after a switch: every claim that still waits for a decision or a review gets its new rank."""
    model = model_of(current(newsroom_id))
    waiting = Claim.objects.filter(
        newsroom_id=newsroom_id, state__in=[ClaimState.PROPOSED, ClaimState.OPEN, ClaimState.IN_REVIEW]
    )
    if model is None:
        waiting.exclude(rank=None).update(rank=None)
        return
    last = 0
    while batch := list(
        waiting.filter(pk__gt=last).select_related("article").prefetch_related("spans").order_by("pk")[:_BATCH]
    ):
        for claim in batch:
            claim.rank = model.rank(wording(claim), claim.score or 0.0)
        with transaction.atomic():
            jobs.hold(lease)
            Claim.objects.bulk_update(batch, ["rank"])
        last = batch[-1].pk


def give_up(newsroom_id: int, code: str) -> None:
    """The work table says so; the order stays as it was."""


def _record(row: Ranker, kind: str, by: Member | None, new: dict[str, Any]) -> None:
    events.record(kind, newsroom_id=row.newsroom_id, by=by, subject="ranker", subject_id=row.pk, new=new)
