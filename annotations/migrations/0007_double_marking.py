import annotations.models.rows
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0006_agreement"),
    ]

    operations = [
        migrations.CreateModel(
            name="Doubling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("marking", "Being marked"),
                            ("merging", "To be merged"),
                            ("merged", "Merged"),
                            ("off", "Switched off"),
                        ],
                        default="marking",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(default=2, verbose_name="people who mark it")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why it was closed early")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doublings",
                        to="annotations.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "closed_by",
                    annotations.models.rows.Actor(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "created_by",
                    annotations.models.rows.Actor(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "newsroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doublings",
                        to="annotations.newsroom",
                        verbose_name="newsroom",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.version",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "double marking",
                "verbose_name_plural": "double markings",
            },
        ),
        migrations.CreateModel(
            name="Marker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("marking", "Marking"), ("done", "Done")],
                        default="marking",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("was_asked", models.BooleanField(default=False, verbose_name="was asked")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
                (
                    "doubling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markers",
                        to="annotations.doubling",
                        verbose_name="double marking",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markers",
                        to="annotations.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "marker",
                "verbose_name_plural": "markers",
            },
        ),
        migrations.CreateModel(
            name="Marking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("spans", models.JSONField(default=list, verbose_name="where it stands")),
                ("position", models.PositiveIntegerField(default=0, editable=False)),
                ("restated", models.TextField(blank=True, verbose_name="restated")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("taken", "Taken"), ("adjusted", "Taken with other words"), ("left", "Left out")],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="markings",
                        to="annotations.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "marker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markings",
                        to="annotations.marker",
                        verbose_name="marker",
                    ),
                ),
                (
                    "settled_by",
                    annotations.models.rows.Actor(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "marking",
                "verbose_name_plural": "markings",
            },
        ),
        migrations.CreateModel(
            name="MarkingDisclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="looked")),
                (
                    "doubling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disclosures",
                        to="annotations.doubling",
                        verbose_name="double marking",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at markings",
                "verbose_name_plural": "looks at markings",
            },
        ),
        migrations.AddIndex(
            model_name="doubling",
            index=models.Index(fields=["newsroom", "state", "id"], name="doubling_in_state"),
        ),
        migrations.AddConstraint(
            model_name="doubling",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["marking", "merging", "merged", "off"])), name="doubling_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="doubling",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__gte", 2), ("places__lte", 10)), name="doubling_places_2_10"
            ),
        ),
        migrations.AddConstraint(
            model_name="doubling",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_by__isnull", True), ("closed_at__isnull", False), _connector="OR"),
                name="doubling_closed_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="doubling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["marking", "merging"])),
                fields=("article",),
                name="doubling_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="marker",
            constraint=models.UniqueConstraint(fields=("doubling", "member"), name="marker_once"),
        ),
        migrations.AddConstraint(
            model_name="marker",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["marking", "done"])), name="marker_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="marker",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "marking"), ("done_at__isnull", False), _connector="OR"),
                name="marker_done_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="marking",
            index=models.Index(fields=["marker", "position", "id"], name="marking_in_document"),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["taken", "adjusted", "left", ""])), name="marking_outcome_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.CheckConstraint(
                condition=models.Q(("settled_by__isnull", True), ("settled_at__isnull", False), _connector="OR"),
                name="marking_settled_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="markingdisclosure",
            constraint=models.UniqueConstraint(fields=("doubling", "member"), name="markingdisclosure_once"),
        ),
    ]
