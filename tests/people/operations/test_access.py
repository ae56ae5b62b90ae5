import io
import json
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from pourtous.audit.models import Event
from pourtous.people.models import FileReading
from pourtous.people.operations.access import access_file, as_json, as_pdf
from pourtous.people.operations.merges import merge
from tests.accounts.factories import UnitFactory, UserFactory
from tests.people.factories import CriterionFactory, FollowUpFactory, PersonFactory, RelationFactory
from tests.people.operations.test_erasure import CANARY, marked

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def section(made, name):
    return next(one for one in as_json(made)["sections"] if one["name"] == name)


def test_it_holds_all_holdings_and_what_must_be_said_beside():
    made = as_json(access_file(person=marked(), actor=UserFactory(), now=NOW))
    assert (made["format"], made["version"]) == ("pourtous.access-file", 1)
    names = [one["name"] for one in made["sections"]]
    assert names[0] == "people.file"
    assert {"people.criteria", "people.follow_ups", "people.relations", "people.mandates", "people.requests"} <= {
        *names
    }
    assert {one["name"] for one in made["notes"]} >= {"controller", "purposes", "recipients", "retention", "rights"}
    assert json.dumps(made, ensure_ascii=False).count(CANARY) >= 8


def test_readings_name_the_team_and_never_the_agent():
    unit, agent = UnitFactory(name="Maison de Sète"), UserFactory(name="Aubin Lestrade")
    person = FollowUpFactory(unit=unit).person
    person.readings.create(user=agent, unit=unit, at=NOW, what="people.file")
    person.readings.create(user=agent, unit=unit, at=NOW, what="people.file")
    made = access_file(person=person, actor=agent, now=NOW)
    told = json.dumps(as_json(made), ensure_ascii=False)
    assert f"Maison de Sète ({unit.organisation.name})" in told
    assert "Aubin Lestrade" not in told


def test_making_it_is_written_down():
    person, actor = PersonFactory(), UserFactory()
    access_file(person=person, actor=actor, now=NOW)
    assert FileReading.objects.get().what == "people.access_file"
    assert Event.objects.get(verb="people.access_file").subject_label == person.code


def test_a_file_made_one_with_it_is_in_it():
    kept, absorbed = PersonFactory(first_name="Odile"), PersonFactory(first_name="Odette")
    RelationFactory(person=absorbed)
    merge(kept=kept, absorbed=absorbed, unit=UnitFactory(), actor=UserFactory(), now=NOW)
    made = access_file(person=kept, actor=UserFactory(), now=NOW)
    assert len(section(made, "people.file")["records"]) == 2
    assert len(section(made, "people.relations")["records"]) == 1


def test_the_pdf_is_tagged_and_can_be_read():
    person = PersonFactory(first_name="Odile", postal_address="#let x = 1\n$ y $")
    CriterionFactory(person=person)
    reader = PdfReader(io.BytesIO(as_pdf(access_file(person=person, actor=UserFactory(), now=NOW))))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Odile Ferrand" in text
    assert "#let x = 1" in text
