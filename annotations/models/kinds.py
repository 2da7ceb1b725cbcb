"""The kinds of work there are, and the queue whose workers do each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work; `name` is also the registered Celery task. `patient`: nobody sits and waits for it."""

    name: str
    queue: str
    patient: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind("articles.fetch", "fetch"),
        Kind("articles.parse", "compute"),
        Kind("articles.poll_feed", "fetch", patient=True),
        Kind("articles.import", "compute"),
        Kind("claims.split", "compute"),
        Kind("claims.import_checks", "compute"),
        Kind("claims.train", "compute"),
        Kind("claims.rescore", "compute"),
        Kind("claims.index", "compute"),
        Kind("reviews.reopen", "compute"),
        Kind("rulings.appearances", "compute"),
        Kind("sources.fetch", "fetch"),
        Kind("sources.watch", "fetch", patient=True),
        Kind("sources.archive", "fetch", patient=True),
        Kind("sources.mementos", "fetch", patient=True),
        Kind("sources.store", "fetch", patient=True),
        Kind("sources.extract", "compute"),
        Kind("sources.check_quote", "compute"),
        Kind("agreement.recount", "compute"),
        Kind("agreement.rebuild", "compute"),
        Kind("agreement.rebuild_article", "compute"),
        Kind("demo.finish", "compute"),
    )
}
