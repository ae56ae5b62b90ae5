"""The name of what an act was about may be emptied too (an account that is erased), never replaced."""

from django.db import migrations

FIXED = "at verb subject_type subject_id details".split()
LABEL = "NEW.subject_label <> '' AND NEW.subject_label <> OLD.subject_label"
CHANGED = {
    "sqlite": " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED),
    "postgresql": " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED),
}
FIXED_BEFORE = "NEW.subject_label <> OLD.subject_label"


def statements(vendor, label):
    if vendor == "sqlite":
        return [
            "DROP TRIGGER audit_event_fixed",
            f"""CREATE TRIGGER audit_event_fixed BEFORE UPDATE ON audit_event
            WHEN {CHANGED["sqlite"]} OR ({label}) OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
            BEGIN SELECT RAISE(ABORT, 'rows of the journal are not changed'); END""",
        ]
    if vendor == "postgresql":
        return [
            f"""CREATE OR REPLACE FUNCTION audit_event_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'DELETE' THEN
              IF OLD.at > now() - interval '1094 days' THEN
                RAISE EXCEPTION 'rows of the journal are not deleted';
              END IF;
              RETURN OLD;
            END IF;
            IF {CHANGED["postgresql"]} OR ({label})
              OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS DISTINCT FROM OLD.actor_id)
              THEN RAISE EXCEPTION 'rows of the journal are not changed'; END IF;
            RETURN NEW; END $$""",
        ]
    return []


def up(_apps, editor):
    for statement in statements(editor.connection.vendor, LABEL):
        editor.execute(statement)


def down(_apps, editor):
    for statement in statements(editor.connection.vendor, FIXED_BEFORE):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(up, down)]
