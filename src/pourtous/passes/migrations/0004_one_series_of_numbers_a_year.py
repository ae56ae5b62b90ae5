"""Two campaigns of one year could give the same serial numbers: now they share one series."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, _schema_editor):
    campaigns = apps.get_model("passes", "Campaign").objects.filter(pk=OuterRef("campaign"))
    apps.get_model("passes", "Book").objects.update(year=Subquery(campaigns.values("year")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("passes", "0003_batches_to_print"),
    ]

    operations = [
        migrations.AddField(
            model_name="book",
            name="year",
            field=models.PositiveSmallIntegerField(default=2000),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="book",
            constraint=models.UniqueConstraint(fields=("year", "number"), name="serial_given_once"),
        ),
    ]
