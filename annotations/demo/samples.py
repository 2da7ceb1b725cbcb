"""Sample articles for trying things on in a real newsroom. Self-written, marked as such, never published, removable."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from annotations import events
from annotations.articles import operations as articles
from annotations.errors import Conflict, Duplicate
from annotations.models import Article, Claim, Evidence, Member, Publication, Source
from annotations.newsrooms.access import require

TEXTS = {
    "ar": (
        "مكتبة الحي تفتح ليلا\n\n"
        "قالت مديرة مكتبة الحي هناء الزين إن المكتبة استقبلت 48 ألف زائر في عام 2023. "
        "وأضافت أن عدد الزوار كان 31 ألفا في عام 2021. "
        "وذكرت الزين أن المكتبة ستفتح أبوابها حتى العاشرة مساء ابتداء من نيسان.\n\n"
        "وقال عضو المجلس المحلي باسل العطار إن نصف ميزانية الحي يذهب إلى المكتبة. "
        "وأكد أن الكتب الجديدة كلفت 12 مليون دينار. "
        "ورأى كثيرون أن المكان صار أجمل."
    ),
    "en": (
        "The tram comes to the hill\n\n"
        "The new tram line to Quarry Hill is 4.2 kilometres long, the builder said. "
        "Project head Nora Whitfield said that 9,000 people would use it each day. "
        "She told residents that no trees had been felled.\n\n"
        "Councillor Paul Denny claimed that the line cost three times as much as planned. "
        "He said that the works began in March 2021. "
        "Shopkeepers call the last two years a nightmare."
    ),
}
_PUBLISHER = {"ar": "مقال للتجربة", "en": "A sample article"}


def load(*, by: Member) -> list[Article]:
    """Bring both in, as anybody would; workers find their claims. What is there already stays."""
    require(by, "article.add")
    made = []
    for language, text in TEXTS.items():
        details = articles.Details(
            language=language, publisher=_PUBLISHER[language], author="Factcheck", published_on=date(2024, 4, 2)
        )
        with transaction.atomic():
            try:
                article = articles.add_text(by=by, text=text, details=details)
            except Duplicate:
                continue
            Article.objects.filter(pk=article.pk).update(is_sample=True)
            article.is_sample = True
            _record("sample.loaded", article, by)
            made.append(article)
    return made


def kinds(member: Member) -> set[bool]:
    """What the newsroom has: True for samples, False for articles of its own."""
    rows = Article.objects.filter(newsroom_id=member.newsroom_id)
    return set(rows.order_by("is_sample").values_list("is_sample", flat=True).distinct())


def remove(*, by: Member) -> int:
    """Take the samples away with their claims, reviews and rulings, and the sources that only they cite; how many articles.

    The log keeps its lines: they hold numbers, no text.
    """
    require(by, "article.edit")
    with transaction.atomic():
        rows = list(
            Article.objects.select_for_update().filter(newsroom_id=by.newsroom_id, is_sample=True).order_by("pk")
        )
        claims = Claim.objects.filter(article__in=rows)
        if Publication.objects.filter(ruling__claim__in=claims).exists():
            raise Conflict("sample_published", _("A claim of the sample is published, so the sample stays."))
        cited = set(Evidence.objects.filter(review__claim__in=claims).values_list("source_id", flat=True))
        for article in rows:
            _record("sample.removed", article, by)
            article.delete()
        Source.objects.filter(newsroom_id=by.newsroom_id, pk__in=cited, evidence=None).delete()
    return len(rows)


def _record(kind: str, article: Article, by: Member) -> None:
    events.record(
        kind,
        newsroom_id=article.newsroom_id,
        by=by,
        subject="article",
        subject_id=article.pk,
        article_id=article.pk,
    )
