"""Finding claims in a version, indexing them, learning their order."""

from celery import shared_task

from annotations.articles import importing
from annotations.claims import ranking, splitting
from annotations.claims.repeats import earlier, index
from annotations.tasks.work import register

split = register("claims.split", splitting.split, splitting.bury)
fill = register("claims.index", index.fill, index.give_up)
import_checks = register("claims.import_checks", earlier.run, importing.bury)
train = register("claims.train", ranking.train, ranking.give_up)
rescore = register("claims.rescore", ranking.rescore, ranking.give_up)


@shared_task(name="rankers.due")  # type: ignore[untyped-decorator]
def due_rankers() -> None:
    """Promise training where a newsroom has made enough choices since the last."""
    ranking.owe_due()
