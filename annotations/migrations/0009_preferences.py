from django.db import migrations, models


def forget_languages(apps, schema_editor):
    """Until now it was the newsroom's and nobody could choose: "" leaves it to the browser."""
    apps.get_model("annotations", "User").objects.update(language="")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_talk")]

    operations = [
        migrations.AddField("article", "is_sample", models.BooleanField(default=False, verbose_name="sample")),
        migrations.AddField(
            "member",
            "hides_first_steps",
            models.BooleanField(default=False, verbose_name="put the first steps away"),
        ),
        migrations.AddField(
            "user",
            "digits",
            models.CharField(
                choices=[("latn", "0 1 2 3 4 5 6 7 8 9"), ("arab", "٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩")],
                default="latn",
                max_length=4,
                verbose_name="digits",
            ),
        ),
        migrations.AddField("user", "time_zone", models.CharField(blank=True, max_length=60, verbose_name="time zone")),
        migrations.AddField(
            "user",
            "toured_at",
            models.DateTimeField(blank=True, null=True, verbose_name="took or skipped the tour"),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(condition=models.Q(("digits__in", ["latn", "arab"])), name="user_digits_known"),
        ),
        migrations.RunPython(forget_languages, migrations.RunPython.noop),
    ]
