"""The sources of reviews as they were kept, in one WARC file; for those who may see the reviews."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO

from django.db.models import F
from django.utils.translation import gettext as _

from annotations.claims import queries as claims
from annotations.errors import NotAllowed, NotFound
from annotations.lib import warc
from annotations.lib.rows import in_chunks
from annotations.models import Article, Capture, Claim, Member, Source
from annotations.reviews import queries as reviews
from annotations.sources import queries as sources
from annotations.sources import renewing

SOFTWARE = "Factcheck"
_IN_MEMORY = 5_000_000  # bytes; more goes to a temporary file


def of_claim(member: Member, claim: Claim) -> IO[bytes]:
    """Every copy of every source cited in the submitted reviews; NotAllowed to whoever may still review the claim."""
    cited = {item.source_id for review in reviews.of_claim(member, claim) for item in review.evidence.all()}
    return _file(Source.objects.filter(pk__in=cited, newsroom_id=member.newsroom_id), f"claim-{claim.pk}.warc.gz")


def of_article(member: Member, article: Article) -> IO[bytes]:
    """The same of all claims of an article whose reviews are open to the member."""
    cited: set[int] = set()
    for claim in claims.of_article(member, article):
        try:
            reviewed = reviews.of_claim(member, claim)
        except NotAllowed:
            continue  # they may still review it
        cited |= {item.source_id for review in reviewed for item in review.evidence.all()}
    return _file(Source.objects.filter(pk__in=cited, newsroom_id=member.newsroom_id), f"article-{article.pk}.warc.gz")


def of_source(member: Member, source_id: int) -> IO[bytes]:
    """Every copy of one source; the latest alone for whom older ones would tell that a colleague was there before."""
    source = sources.get(member, source_id)
    if sources.waits(source):
        raise NotFound("no_capture", _("No copy of this source is kept yet."))
    return _file([source], f"source-{source.pk}.warc.gz", history=sources.knows_history(member, source))


def _file(wanted: Iterable[Source], name: str, *, history: bool = True) -> IO[bytes]:
    """`history`: earlier copies too, and those in a public archive, whose dates tell since when a source is here."""
    found = (
        Capture.objects.filter(source__in=list(wanted))
        .select_related("source__public_copy", "attempt")
        .order_by("captured_at", "pk")
    )
    if not history:
        found = found.filter(pk=F("source__latest"))
    with ExitStack() as undone:
        out = undone.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY))
        with in_chunks(found, 20) as captures:
            written = warc.write(out, _copies(captures, history), name=name, software=SOFTWARE)
        if not written:
            raise NotFound("no_capture", _("No copy of this source is kept yet."))
        out.seek(0)
        undone.pop_all()  # the response closes the file
    return out


def _copies(captures: Iterable[Capture], history: bool) -> Iterator[warc.Copy]:
    for capture in captures:
        fetched = capture.http_status is not None
        attempt = capture.attempt
        public = getattr(capture.source, "public_copy", None) if history else None
        yield warc.Copy(
            uri=capture.final_url or capture.source.url if fetched else f"urn:factcheck:source:{capture.source_id}",
            body=renewing.read(capture),
            captured_at=capture.captured_at,
            media_type=capture.media_type,
            status=capture.http_status,
            request_headers=capture.request_headers,
            response_headers=capture.response_headers,
            peer=(attempt.peer or "") if attempt else "",
            redirects=attempt.chain if attempt else (),
            public_copy=public.url if public else "",
        )
