import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pourtous.activities.models import Activity
from pourtous.activities.operations import edit
from pourtous.activities.queries.facts import facts_of
from pourtous.kernel import clock
from tests.accounts.factories import MembershipFactory, someone
from tests.activities.operations.test_record import followed_by, unit_of
from tests.activities.views.test_entry import made, typed
from tests.agenda.factories import AppointmentFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator():
    return someone("mediation")


@pytest.fixture
def signed(client, mediator):
    client.force_login(mediator)
    return client


def entry(identity=None, **changes):
    said = typed(**changes)
    pairs = [[k, v] for k, value in said.items() if k != "id" for v in (value if isinstance(value, list) else [value])]
    return {"id": str(identity or uuid4()), "fields": pairs}


def sent(client, user, *entries, **more):
    body = {"who": str(user.pk), "entries": list(entries), **more}
    return client.post(reverse("activities-send"), json.dumps(body), content_type="application/json")


def states(answer):
    return [one["state"] for one in answer.json()["answers"]]


def test_entries_arrive_once_whatever_the_order_and_however_often(signed, mediator):
    entries = [entry(minutes=str(15 * n)) for n in range(1, 5)]
    for order in ((0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0)):
        batch = [entries[place] for place in order]
        assert states(sent(signed, mediator, *batch)) == ["stored"] * 4
    assert sorted(Activity.objects.values_list("minutes", flat=True)) == [15, 30, 45, 60]


def test_one_refused_holds_no_other_back(signed, mediator):
    answer = sent(signed, mediator, entry(topics=[]), entry(), entry(words="x", who="ZZZZZZZZ"))
    assert states(answer) == ["refused", "stored", "refused"]
    assert all(len(one["sentence"]) > 10 for one in answer.json()["answers"] if one["state"] == "refused")


def test_the_same_id_with_other_facts_shows_both_and_may_replace(signed, mediator):
    identity = uuid4()
    sent(signed, mediator, entry(identity))
    [said] = sent(signed, mediator, entry(identity, minutes="60")).json()["answers"]
    assert said["state"] == "conflict"
    assert any("45" in value for _label, value in said["theirs"])
    assert Activity.objects.get().minutes == 45
    mine = {**entry(identity, minutes="60"), "instead_of": said["seen"]}
    assert states(sent(signed, mediator, mine)) == ["stored"]
    assert states(sent(signed, mediator, mine)) == ["stored"]  # the answer was lost, it comes again
    assert Activity.objects.get().minutes == 60
    assert Activity.objects.get().versions.count() == 1


def test_what_changed_meanwhile_is_not_overwritten(signed, mediator):
    identity = uuid4()
    sent(signed, mediator, entry(identity))
    [said] = sent(signed, mediator, entry(identity, minutes="60")).json()["answers"]
    activity = Activity.objects.get()

    edit(activity=activity, facts=replace(facts_of(activity), minutes=30), actor=mediator, now=clock.now())
    mine = {**entry(identity, minutes="60"), "instead_of": said["seen"]}
    assert states(sent(signed, mediator, mine)) == ["conflict"]


def test_two_devices_one_appointment(signed, mediator):
    start = clock.now() - timedelta(hours=2)
    booked = AppointmentFactory(
        mediator=ResourceFactory(user=mediator), starts_at=start, ends_at=start + timedelta(minutes=45)
    )
    one, other = entry(appointment=booked.code), entry(appointment=booked.code, minutes="60")
    assert states(sent(signed, mediator, one)) == ["stored"]
    [said] = sent(signed, mediator, other).json()["answers"]
    assert (said["state"], said["seen"]) == ("conflict", "")
    assert said["theirs"]


def test_a_stored_entry_stays_stored_when_the_person_is_no_longer_followed(signed, mediator):
    person = followed_by(mediator)
    one = entry(who=person.code)
    assert states(sent(signed, mediator, one)) == ["stored"]
    person.follow_ups.update(ended_on=clock.today())
    assert states(sent(signed, mediator, one)) == ["stored"]
    assert states(sent(signed, mediator, entry(who=person.code))) == ["refused"]


def test_somebody_elses_number_and_account_reveal_nothing(signed, mediator):
    other = someone("mediation")
    theirs = made(other, notes="Confidence")
    [said] = sent(signed, mediator, entry(theirs.pk)).json()["answers"]
    assert said["state"] == "refused"
    assert said["theirs"] == []
    assert sent(signed, other, entry()).status_code == 409
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"who": 1}',
        '{"who": "x", "entries": 3}',
        "null",
        "[" * 50_000,
        '{"who":"a","entries":null}',
    ],
)
def test_a_body_that_cannot_be_read(signed, body):
    answer = signed.post(reverse("activities-send"), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["sentence"]


@pytest.mark.parametrize(
    "given",
    [
        None,
        3,
        "x",
        [],
        {},
        {"id": "x", "fields": []},
        {"id": str(uuid4()), "fields": [["a"]]},
        {"id": str(uuid4())},
        {"id": str(uuid4()), "fields": [["a", "b"]] * 200},
        {"id": str(uuid4()), "fields": [["day", "\0"], ["topics", "a\0"]]},
        {"id": str(uuid4()), "fields": [[None, {}], [1, [2]]]},
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_alone(signed, mediator, given):
    assert states(sent(signed, mediator, given, entry())) == ["refused", "stored"]


def test_too_many_at_once(signed, mediator):
    assert sent(signed, mediator, *[entry()] * 51).status_code == 400


def test_who_may_send_and_read(client, mediator):
    addresses = [reverse("field"), reverse("field-data")]
    for user in (someone("prescriber"), someone("steering")):
        client.force_login(user)
        assert [client.get(one).status_code for one in addresses] == [404, 404]
        assert sent(client, user, entry()).status_code == 404
    client.logout()
    assert [client.get(one).status_code for one in addresses] == [302, 302]
    assert sent(client, mediator, entry()).status_code == 302
    assert client.get(reverse("activities-send")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mediator)
    assert sent(strict, mediator, entry()).status_code == 403


def test_no_name_goes_on_the_road(signed, mediator):
    person = followed_by(mediator, first_name="Odette", last_name="Marin", search_text="marin odette")
    made(mediator, persons=(person.pk,), notes="Confidence")
    start = clock.now()
    resource = ResourceFactory(user=mediator)
    AppointmentFactory(mediator=resource, person=person, first_name="Odette", starts_at=start)
    AppointmentFactory(mediator=resource, person=None, first_name="Lucette", need="Ma retraite", starts_at=start)
    for address in (reverse("field"), reverse("field-data")):
        page = signed.get(address).content.decode()
        for word in ("Odette", "Marin", "Lucette", "Confidence", "Ma retraite", person.phone, mediator.name):
            assert word not in page
    day = signed.get(reverse("field-data")).json()
    assert [one["label"][:1] for one in day["agenda"]] == ["O", "L"]
    assert day["people"][0]["code"] == person.code
    assert day["ways"][0]["start"]["who"] == person.code


def test_colleagues_people_and_days_are_not_given(signed, mediator):
    colleague = MembershipFactory(unit=unit_of(mediator)).user
    AppointmentFactory(mediator=ResourceFactory(user=colleague), starts_at=clock.now())
    made(colleague)
    day = signed.get(reverse("field-data")).json()
    assert day["agenda"] == day["ways"] == []


def test_the_worker_and_the_manifest_hold_nothing_personal(client):
    worker = client.get(reverse("field-worker"))
    assert worker["Content-Type"].startswith("text/javascript")
    assert "script-src 'self'" in worker["Content-Security-Policy"]
    manifest = client.get(reverse("field-manifest")).json()
    assert manifest["start_url"] == reverse("field")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_signing_out_looks_at_what_the_device_keeps(signed, client):
    page = signed.get(reverse("work-home")).content.decode()
    assert f'data-leave="{reverse("field")}?depart=1"' in page
    assert "leave.js" in page
    client.force_login(someone("prescriber"))
    assert "data-leave" not in client.get(reverse("work-home")).content.decode()
