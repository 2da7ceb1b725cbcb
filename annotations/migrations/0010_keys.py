from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0009_preferences")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="keys",
            field=models.JSONField(blank=True, default=dict, verbose_name="own keys"),
        ),
    ]
