"""The register has the dates now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_agreements_brought_over")]
    operations = [migrations.RemoveField(model_name="organisation", name="agreement_on")]
