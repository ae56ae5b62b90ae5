"""The ledger holds by itself: the database refuses what the code refuses.

Postings and entries never change; who made a posting may be emptied when the account is erased. On PostgreSQL they are
never deleted either; on SQLite that is held by the code alone.
"""

from django.db import migrations

COLUMNS = {
    "passes_posting": "id campaign_id kind key source target value at".split(),
    "passes_entry": "id posting_id funding_id account cents".split(),
}


def _changed(columns, differs):
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in columns)


def _sqlite(table, columns):
    return [
        f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {_changed(columns, "IS NOT")}
        BEGIN SELECT RAISE(ABORT, 'rows of the ledger are not changed'); END"""
    ]


def _postgresql(table, columns):
    return [
        f"""CREATE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'rows of the ledger are not deleted'; END IF;
        IF {_changed(columns, "IS DISTINCT FROM")} THEN RAISE EXCEPTION 'rows of the ledger are not changed'; END IF;
        RETURN NEW; END $$""",
        f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_fixed()""",
    ]


MAKE = {"sqlite": _sqlite, "postgresql": _postgresql}
DROP = {
    "sqlite": lambda table: [f"DROP TRIGGER {table}_fixed"],
    "postgresql": lambda table: [f"DROP TRIGGER {table}_fixed ON {table}", f"DROP FUNCTION {table}_fixed"],
}


def up(_apps, editor):
    for table, columns in COLUMNS.items():
        for statement in MAKE[editor.connection.vendor](table, columns):
            editor.execute(statement)


def down(_apps, editor):
    for table in COLUMNS:
        for statement in DROP[editor.connection.vendor](table):
            editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("passes", "0001_initial")]
    operations = [migrations.RunPython(up, down)]
