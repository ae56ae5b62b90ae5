"""The date of an agreement becomes a row of the register, and comes back."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("accounts", "0002_agreement")], [("accounts", "0003_agreements_brought_over")]


def migrated(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.mark.django_db(transaction=True)
def test_a_date_noted_before_the_register_is_kept_both_ways():
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        organisations = migrated(BEFORE).get_model("accounts", "Organisation").objects
        day = date(2026, 3, 9)
        organisations.create(name="École du clic", kind="association", data_role="processor", agreement_on=day)
        organisations.create(name="Sans date", kind="association", data_role="processor")
        agreement = migrated(AFTER).get_model("accounts", "Agreement").objects.get()
        assert (agreement.organisation.name, agreement.kind) == ("École du clic", "processing")
        assert (agreement.signed_on, agreement.starts_on, agreement.ends_on) == (day, day, None)
        organisations.update(agreement_on=None)
        back = migrated(BEFORE).get_model("accounts", "Organisation").objects
        assert dict(back.values_list("name", "agreement_on")) == {"École du clic": day, "Sans date": None}
        migrated(BEFORE).get_model("accounts", "Agreement").objects.all().delete()
        back.all().delete()
    finally:
        migrated(leaves)
