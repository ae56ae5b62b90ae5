"""The register has the dates now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_closed_accounts")]
    operations = [migrations.RemoveField(model_name="organisation", name="agreement_on")]
