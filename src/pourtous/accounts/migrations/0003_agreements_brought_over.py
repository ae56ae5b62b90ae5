"""The date of an agreement, kept on the organisation until now, becomes a row of the register; and back."""

from datetime import datetime, time, timezone

from django.db import migrations
from django.db.models import Max

KINDS = {"controller": "sharing", "joint": "joint", "processor": "processing", "none": "charter"}
NOTE = "Reprise de la date notée sur la fiche. Genre à vérifier."


def bring_over(apps, schema_editor):
    Agreement = apps.get_model("accounts", "Agreement")
    known = apps.get_model("accounts", "Organisation").objects.exclude(agreement_on=None).filter(agreements=None)
    Agreement.objects.bulk_create(
        Agreement(
            organisation=organisation,
            kind=KINDS[organisation.data_role],
            signed_on=organisation.agreement_on,
            starts_on=organisation.agreement_on,
            note=NOTE,
            recorded_at=datetime.combine(organisation.agreement_on, time(12), timezone.utc),
        )
        for organisation in known.iterator()
    )


def take_back(apps, schema_editor):
    Organisation = apps.get_model("accounts", "Organisation")
    for organisation in Organisation.objects.annotate(signed=Max("agreements__signed_on")).exclude(signed=None):
        Organisation.objects.filter(pk=organisation.pk).update(agreement_on=organisation.signed)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_agreement")]
    operations = [migrations.RunPython(bring_over, take_back)]
