"""What a copy is, where its day was read, and its damage apart from why it could not be read."""

from django.db import migrations, models
from django.db.models import F, Q

_DAMAGED = ("body_damaged", "body_missing")
_ORIGINS = [
    ("json-ld", "said by the page for machines"),
    ("meta", "said in the page's head"),
    ("microdata", "marked in the page's text"),
    ("page", "written on the page"),
    ("url", "from the address"),
    ("file", "the file's own word"),
    ("guess", "guessed from the page's text"),
]


def part(apps, schema_editor):
    marked = apps.get_model("annotations", "Capture").objects.filter(extract_problem__in=_DAMAGED)
    marked.update(damage=F("extract_problem"), extract_problem="")


def join(apps, schema_editor):
    marked = apps.get_model("annotations", "Capture").objects.exclude(damage="")
    marked.update(extract_problem=F("damage"))


class Migration(migrations.Migration):
    dependencies = [("annotations", "0011_agreement_rows")]

    operations = [
        migrations.AddField(
            model_name="capture",
            name="kind",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="kind"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="capture",
            name="date_source",
            field=models.CharField(
                blank=True, choices=_ORIGINS, default="", max_length=10, verbose_name="origin of the day"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="capture",
            name="damage",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="damage to the kept body"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.CheckConstraint(
                condition=Q(date_source__in=[*(value for value, _label in _ORIGINS), ""]),
                name="capture_date_source_known",
            ),
        ),
        migrations.RunPython(part, join, elidable=True),
    ]
