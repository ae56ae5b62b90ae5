"""The journal holds by itself: the database refuses what the code refuses.

What may change is only the actor, when an account is deleted or its name is erased. On PostgreSQL rows younger
than three years cannot be deleted either; on SQLite that is held by the code alone.
"""

from django.db import migrations

FIXED = "at verb subject_type subject_id subject_label details".split()
CHANGED = {
    "sqlite": " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED),
    "postgresql": " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED),
}
UP = {
    "sqlite": [
        f"""CREATE TRIGGER audit_event_fixed BEFORE UPDATE ON audit_event
        WHEN {CHANGED["sqlite"]} OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
        BEGIN SELECT RAISE(ABORT, 'rows of the journal are not changed'); END"""
    ],
    "postgresql": [
        f"""CREATE FUNCTION audit_event_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' THEN
          IF OLD.at > now() - interval '1094 days' THEN RAISE EXCEPTION 'rows of the journal are not deleted'; END IF;
          RETURN OLD;
        END IF;
        IF {CHANGED["postgresql"]} OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS DISTINCT FROM OLD.actor_id)
          THEN RAISE EXCEPTION 'rows of the journal are not changed'; END IF;
        RETURN NEW; END $$""",
        """CREATE TRIGGER audit_event_fixed BEFORE UPDATE OR DELETE ON audit_event
        FOR EACH ROW EXECUTE FUNCTION audit_event_fixed()""",
    ],
}
DOWN = {
    "sqlite": ["DROP TRIGGER audit_event_fixed"],
    "postgresql": ["DROP TRIGGER audit_event_fixed ON audit_event", "DROP FUNCTION audit_event_fixed"],
}


def up(_apps, editor):
    for statement in UP.get(editor.connection.vendor, []):
        editor.execute(statement)


def down(_apps, editor):
    for statement in DOWN.get(editor.connection.vendor, []):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(up, down)]
