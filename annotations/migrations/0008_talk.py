import annotations.models.rows
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0007_double_marking"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="checks",
            field=models.JSONField(blank=True, default=list, verbose_name="ticked on the checklist"),
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("is_current", models.BooleanField(default=False, verbose_name="in use")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
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
                        related_name="checklists",
                        to="annotations.newsroom",
                        verbose_name="newsroom",
                    ),
                ),
            ],
            options={
                "verbose_name": "checklist",
                "verbose_name_plural": "checklists",
            },
        ),
        migrations.CreateModel(
            name="CheckItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("key", models.SlugField(max_length=60, verbose_name="key")),
                ("texts", models.JSONField(default=dict, verbose_name="texts")),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="annotations.checklist",
                        verbose_name="checklist",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a checklist",
                "verbose_name_plural": "items of a checklist",
            },
        ),
        migrations.AddField(
            model_name="review",
            name="checklist",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.checklist",
                verbose_name="checklist",
            ),
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written")),
                ("edited_at", models.DateTimeField(blank=True, null=True, verbose_name="edited")),
                ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted")),
                ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="resolved")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="annotations.member",
                        verbose_name="author",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="annotations.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "newsroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.newsroom",
                        verbose_name="newsroom",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="annotations.comment",
                        verbose_name="reply to",
                    ),
                ),
                (
                    "resolved_by",
                    annotations.models.rows.Actor(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="resolved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("whom", models.CharField(max_length=300, verbose_name="who was asked")),
                ("contacted_on", models.DateField(verbose_name="asked on")),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("mail", "Mail"),
                            ("phone", "Telephone"),
                            ("social", "Social media"),
                            ("in_person", "In person"),
                            ("other", "Another way"),
                        ],
                        max_length=9,
                        verbose_name="by what means",
                    ),
                ),
                ("asked", models.TextField(verbose_name="what was asked")),
                ("deadline", models.DateField(blank=True, null=True, verbose_name="answer wanted by")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("answered", "Answered"),
                            ("no_answer", "No answer"),
                            ("declined", "Declined to answer"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="the answer")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why it was corrected")),
                ("within_review", models.BooleanField(default=False, editable=False)),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="to be published since")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="entered")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="annotations.claim",
                        verbose_name="claim",
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
                        verbose_name="entered by",
                    ),
                ),
                (
                    "newsroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.newsroom",
                        verbose_name="newsroom",
                    ),
                ),
                (
                    "published_by",
                    annotations.models.rows.Actor(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to be published, said",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replaced_by",
                        to="annotations.contact",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
            },
        ),
        migrations.CreateModel(
            name="Guideline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("is_current", models.BooleanField(default=False, verbose_name="in use")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
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
                        related_name="guidelines",
                        to="annotations.newsroom",
                        verbose_name="newsroom",
                    ),
                ),
            ],
            options={
                "verbose_name": "guideline",
                "verbose_name_plural": "guidelines",
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("mention", "Mention"), ("reply", "Reply")], max_length=8, verbose_name="kind"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="annotations.comment",
                        verbose_name="comment",
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
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
            },
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.UniqueConstraint(fields=("newsroom", "version"), name="checklist_version_once"),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)), fields=("newsroom",), name="checklist_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkitem",
            constraint=models.UniqueConstraint(fields=("checklist", "key"), name="checkitem_key_once"),
        ),
        migrations.AddConstraint(
            model_name="checkitem",
            constraint=models.UniqueConstraint(fields=("checklist", "order"), name="checkitem_order_once"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["claim", "id"], name="comment_of_claim"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("deleted_at__isnull", True), ("text", ""), _connector="OR"),
                name="comment_deleted_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent__isnull", True), ("resolved_at__isnull", True), _connector="OR"),
                name="comment_resolved_is_thread",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True), name="comment_not_its_own_reply"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("resolved_by__isnull", True), ("resolved_at__isnull", False), _connector="OR"),
                name="comment_resolved_paired",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["claim", "id"], name="contact_of_claim"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("means__in", ["mail", "phone", "social", "in_person", "other"])),
                name="contact_means_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["waiting", "answered", "no_answer", "declined"])),
                name="contact_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "answered"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="contact_answered_has_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaces", models.F("id")), _negated=True), name="contact_not_its_own_correction"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_by__isnull", True), ("published_at__isnull", False), _connector="OR"),
                name="contact_published_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.UniqueConstraint(
                fields=("newsroom", "language", "version"), name="guideline_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)), fields=("newsroom", "language"), name="guideline_one_current"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["member"], name="notice_unread"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["member", "-id"], name="notice_of_member"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("comment", "member"), name="notice_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["mention", "reply"])), name="notice_kind_known"
            ),
        ),
    ]
