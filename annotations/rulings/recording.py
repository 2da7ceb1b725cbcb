"""Builds the public record of a publication from the rows behind it."""

from django.conf import settings
from django.urls import reverse

from annotations.claims import queries as claims
from annotations.lib import languages
from annotations.models import Claim, Evidence, Label, Publication, Review
from annotations.models.reviews import ReviewState
from annotations.models.scales import in_language
from annotations.reviews import contacting
from annotations.rulings.records import (
    Appearance,
    AskedForComment,
    CitedSource,
    Claimant,
    CorrectionLine,
    PublishedRecord,
    Publisher,
    Verdict,
)


def title(claim: Claim) -> str:
    """The claim in its wording, shortened for lists."""
    words = " ".join(claims.wording(claim).split())
    return words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + "…"


def public_url(publication: Publication) -> str:
    """The page's full address, on PUBLIC_URL."""
    path = reverse("publication", kwargs={"slug": publication.newsroom.slug, "number": publication.number})
    return f"{settings.PUBLIC_URL}{path}"


def record(publication: Publication) -> PublishedRecord:
    """Everything readers get, as the rows stand now."""
    ruling = publication.ruling
    claim = ruling.claim
    newsroom = publication.newsroom
    assert ruling.label is not None  # ruling_complete
    reviews = Review.objects.filter(claim=claim, state=ReviewState.SUBMITTED)
    return PublishedRecord(
        id=publication.pk,
        number=publication.number,
        url=public_url(publication),
        state=publication.state,
        publisher=Publisher(
            name=newsroom.name,
            url=newsroom.url,
            corrections_contact=newsroom.corrections_contact,
            language=newsroom.language,
            slug=newsroom.slug,
            is_demo=newsroom.is_demo,
        ),
        claim=claims.wording(claim),
        quote=claims.quote(claim),
        claim_language=claim.language,
        claim_direction=languages.direction(claim.language),
        claimant=(
            Claimant(name=claim.claimant, kind=claim.claimant_kind, same_as=claim.claimant_same_as)
            if claim.claimant
            else None
        ),
        claimed_on=claim.claimed_on,
        appearances=_appearances(claim),
        verdict=_verdict(ruling.label),
        summary=ruling.summary,
        explanation=ruling.explanation,
        language=ruling.language,
        direction=languages.direction(ruling.language),
        published_at=publication.published_at,
        modified_at=publication.modified_at,
        reviewers=reviews.count(),
        sources=_sources(claim),
        corrections=_corrections(publication),
        topic=claim.topic or claim.article.topic,
        asked_for_comment=tuple(
            AskedForComment(whom=row.whom, asked_on=row.contacted_on, status=row.status, answer=row.answer)
            for row in contacting.published(claim)
        ),
    )


def _appearances(claim: Claim) -> tuple[Appearance, ...]:
    """Where the claim itself stood, then the claims that are linked to it; each address once."""
    linked = Claim.objects.filter(same_as=claim).select_related("article").order_by("pk")
    found: dict[str, Appearance] = {}
    for each in (claim, *linked):
        article = each.article
        url = each.appearance_url or (article.url if each.pk != claim.pk else "")
        if url and url not in found:
            own = url == article.url
            found[url] = Appearance(
                url=url,
                title=article.title if own else "",
                publisher=article.publisher if own else "",
                published_on=article.published_on if own else None,
            )
    return tuple(found.values())


def _verdict(label: Label) -> Verdict:
    scale = label.scale
    rated = sorted((item.rating, item.names) for item in scale.labels.all() if item.rating is not None)
    on_scale = label.rating is not None and len(rated) > 1
    return Verdict(
        key=label.key,
        names=label.names,
        definitions=label.definitions,
        color=label.color,
        icon=label.icon,
        rating=label.rating if on_scale else None,
        worst=rated[0][0] if on_scale else None,
        best=rated[-1][0] if on_scale else None,
        scale=scale.key,
        scale_version=scale.version,
        scale_names=tuple(rated),
    )


def _sources(claim: Claim) -> tuple[CitedSource, ...]:
    """The submitted reviews' evidence, each source and quote once."""
    cited = (
        Evidence.objects.filter(review__claim=claim, review__state=ReviewState.SUBMITTED)
        .select_related("source__latest")
        .order_by("review__submitted_at", "order", "pk")
    )
    found: dict[tuple[int, str], CitedSource] = {}
    for evidence in cited:
        source = evidence.source
        found.setdefault(
            (source.pk, evidence.quote),
            CitedSource(
                kind=source.kind,
                title=source.title or source.url or source.file_name,
                url=source.url,
                site=source.site,
                quote=evidence.quote or source.statement,
                translation=evidence.translation,
                stance=evidence.stance,
                is_primary=evidence.is_primary,
                quote_state=evidence.quote_state,
                captured_at=source.latest.captured_at if source.latest else None,
            ),
        )
    return tuple(found.values())


def _corrections(publication: Publication) -> tuple[CorrectionLine, ...]:
    lines = publication.corrections.select_related("old_label").order_by("created_at", "pk")
    return tuple(
        CorrectionLine(
            at=line.created_at,
            kind=line.kind,
            text=line.text,
            old_verdict=line.old_label.names if line.old_label else {},
        )
        for line in lines
    )


def verdict_name(verdict: Verdict, language: str) -> str:
    """The label's name in this language, else English."""
    return in_language(verdict.names, language)
