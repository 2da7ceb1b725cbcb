"""One process of the benchmark test_agreement_rows: people who submit reviews, or a worker that keeps the agreement.

`python -m tests.benchmarks.agreement_writers writers FIRST PEOPLE` submits when told on standard input;
`… worker` does the work that is due until standard input ends. Own process, own connections.
"""

import json
import os
import random
import sys
import threading
import time
from typing import Any

import django

PAUSE = 0.02  # of a worker that has nothing to do
KINDS = ("agreement.recount", "agreement.rebuild", "agreement.rebuild_article")


def say(**words: Any) -> None:
    print(json.dumps(words), flush=True)


def writers(first: int, people: int) -> None:
    """Each line read: {claims: [[id of a claim, ids of its reviewers]], seconds, agreement}; answers how many were submitted."""
    from celery import current_app
    from django.db import connection

    from annotations import jobs
    from annotations.models import Member

    current_app.conf.broker_url = "memory://"  # a message costs what it costs here; nobody reads it
    members = list(
        Member.objects.filter(role="reviewer").select_related("user", "newsroom").order_by("pk")[first : first + people]
    )
    connection.close()
    owe = jobs.owe
    say(ready=len(members))
    for line in sys.stdin:
        asked = json.loads(line)
        jobs.owe = owe if asked["agreement"] else _without_agreement(owe)
        found = [0] * people
        until = time.monotonic() + asked["seconds"]
        threads = [
            threading.Thread(target=_submit, args=(member, asked["claims"], until, found, place))
            for place, member in enumerate(members)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        say(submitted=sum(found))


def _without_agreement(owe: Any) -> Any:
    def found(kind: str, subject_id: int, **facts: Any) -> None:
        if not kind.startswith("agreement."):
            owe(kind, subject_id, **facts)

    return found


def _submit(member: Any, claims: list[Any], until: float, found: list[int], place: int) -> None:
    """One person's reviews in an order of their own, through the door that the page uses, each with its own source."""
    from django.db import connection

    from annotations.models import Claim
    from annotations.reviews import operations
    from tests import factories

    mine = [pk for pk, reviewers in claims if member.pk in reviewers]
    random.Random(member.pk).shuffle(mine)
    for number, pk in enumerate(mine):
        if time.monotonic() > until:
            break
        claim = Claim.objects.select_related("newsroom", "scale").get(pk=pk)
        answer = factories.answer(
            ("false", "half_true", "true")[number % 3], url=f"https://s{pk % 97}.example.com/{pk}/{member.pk}"
        )
        operations.submit(claim, answer, by=member, row_version=None)
        found[place] += 1
    connection.close()


def worker() -> None:
    """What a worker does, without a broker between: due work of agreement, oldest first."""
    from celery import current_app
    from django.utils import timezone

    from annotations.models import Work

    current_app.conf.broker_url = "memory://"
    current_app.loader.import_default_modules()
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    say(ready=1)
    while not ended.is_set():
        due = Work.objects.filter(kind__in=KINDS, state="queued", due_at__lte=timezone.now()).order_by("due_at")[:20]
        rows = list(due.values_list("kind", "subject_id"))
        for kind, subject_id in rows:
            current_app.tasks[kind].run(subject_id)
        if not rows:
            time.sleep(PAUSE)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    if sys.argv[1] == "worker":
        worker()
    else:
        writers(int(sys.argv[2]), int(sys.argv[3]))
