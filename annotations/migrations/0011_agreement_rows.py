"""Counting a newsroom's patterns without sorting, and finding who judged without reading all reviews."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_squashed_0010_keys")]

    operations = [
        migrations.RemoveIndex(model_name="claim", name="claim_patterns"),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["newsroom", "scale", "pattern", "state"],
                condition=(Q(state="disputed") | Q(state="agreed") | Q(state="ruled") | Q(state="published"))
                & ~Q(pattern=""),
                name="claim_patterns",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                fields=["reviewer", "scale", "submitted_at", "claim"],
                condition=Q(is_first=True, state="submitted"),
                name="review_firsts",
            ),
        ),
    ]
