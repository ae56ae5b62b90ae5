import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from pourtous.activities.models import Activity
from pourtous.activities.operations import record
from pourtous.activities.queries.ways import recent_people
from pourtous.kernel import clock
from tests.accounts.factories import MembershipFactory, someone
from tests.activities.operations.test_record import facts, followed_by, unit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator():
    return someone("mediation", name="Nadia Vasseur")


@pytest.fixture
def signed(client, mediator):
    client.force_login(mediator)
    return client


def typed(**changes):
    said = {
        "id": str(uuid4()),
        "kind": "individuel",
        "who": "anonyme",
        "topics": ["email"],
        "minutes": "45",
        "day": clock.today().isoformat(),
        "where": "a_distance",
    }
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def made(user, **changes):
    return record(identity=uuid4(), facts=facts(user, day=clock.today(), **changes), actor=user, now=clock.now())


def sentences(answer):
    return " ".join(re.findall(r'field__error">.*?<span>(.*?)</span>', answer.content.decode(), re.DOTALL))


def test_the_least_one_says_is_enough(signed, mediator):
    answer = signed.post(reverse("activity-new"), typed())
    assert answer.status_code == 302
    activity = Activity.objects.get()
    assert (activity.mediator, activity.minutes, activity.anonymous_count) == (mediator, 45, 1)


def test_sent_twice_by_a_double_click_it_is_there_once(signed):
    said = typed()
    signed.post(reverse("activity-new"), said)
    assert signed.post(reverse("activity-new"), said).status_code == 302
    assert Activity.objects.count() == 1


def shown(client, **query):
    """The form, as a browser shows it: under an address of its own."""
    return client.get(reverse("activity-new"), query, follow=True)


def number_in(answer):
    return re.search(r'name="id" value="([^"]+)"', answer.content.decode())[1]


def test_sent_again_says_that_nothing_was_added(signed):
    said = typed()
    signed.post(reverse("activity-new"), said)
    answer = signed.post(reverse("activity-new"), said, follow=True)
    assert "rien n’a été ajouté" in answer.content.decode()


def test_sent_again_with_other_facts_it_is_shown_as_a_change_with_what_was_typed(signed):
    said = typed()
    signed.post(reverse("activity-new"), said)
    page = signed.post(reverse("activity-new"), said | {"minutes": "60"}).content.decode()
    address = reverse("activity-edit", kwargs={"identity": said["id"]})
    assert f'action="{address}"' in page
    assert re.search(r'value="60"[^>]*checked', page)
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    signed.post(address, said | {"minutes": "60", "seen": seen})
    activity = Activity.objects.get()
    assert (activity.minutes, activity.versions.count()) == (60, 1)


def test_the_browsers_back_finds_the_entry_again(signed):
    first = shown(signed)
    form, _status = first.redirect_chain[-1]
    assert number_in(signed.get(form)) == number_in(first)
    signed.post(reverse("activity-new"), typed(id=number_in(first)))
    back = signed.get(form, follow=True)
    assert back.redirect_chain[-1][0] == reverse("activity-edit", kwargs={"identity": number_in(first)})
    assert "déjà enregistrée" in back.content.decode()


def test_back_to_an_entry_taken_away_says_so_and_records_nothing(signed, mediator):
    done = made(mediator)
    signed.post(reverse("activity-remove", kwargs={"identity": done.pk}))
    back = shown(signed, saisie=done.pk)
    assert back.redirect_chain[-1][0] == reverse("activity", kwargs={"identity": done.pk})
    for minutes in ("45", "60"):
        answer = signed.post(reverse("activity-new"), typed(id=str(done.pk), minutes=minutes))
        assert answer.url == reverse("activity", kwargs={"identity": done.pk})


def test_a_form_kept_as_a_bookmark_and_somebody_elses_number_start_anew(signed, mediator):
    others, old = made(someone("mediation")), made(mediator)
    Activity.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=1))
    for number in (others.pk, old.pk, "x"):
        answer = shown(signed, saisie=number)
        assert answer.status_code == 200
        assert number_in(answer) != str(number)


def test_a_person_is_found_by_name_or_by_code(signed, mediator):
    person = followed_by(mediator, first_name="Odette", last_name="Marin", search_text="marin odette")
    for words in ("odette", person.code, person.code.lower()):
        assert signed.post(reverse("activity-new"), typed(other_words=words)).status_code == 302
    assert person.participations.count() == 3


def test_two_people_of_one_name_are_told_apart_by_their_code(signed, mediator):
    one = followed_by(mediator, first_name="Odette", last_name="Marin", search_text="marin odette")
    followed_by(mediator, first_name="Odette", last_name="Sabatier", search_text="sabatier odette")
    answer = signed.post(reverse("activity-new"), typed(other_words="odette"))
    assert one.code in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"topics": None},
        {"topics": ["astrologie"]},
        {"minutes": None},
        {"minutes": "9999999999999"},
        {"minutes": "autre"},
        {"day": "demain"},
        {"where": None},
        {"where": "lieu:XXXXXX"},
        {"where": "autre"},
        {"where": "autre", "commune": "Nullepart"},
        {"other_words": "Personne Du Tout"},
        {"who": "ZZZZZZZZ"},
        {"kind": "fête"},
        {"notes": "a\0b"},
        {"anonymous_count": "-3", "kind": "collectif"},
        {"kind": "collectif"},
        {"kind": "collectif", "anonymous_count": "3", "n_age_moins_de_douze": "4"},
        {"kind": "collectif", "persons": ["ZZZZZZZZ"]},
        {"title": "a" * 400},
        {"orientation": "la_lune"},
    ],
)
def test_what_is_wrong_is_told_beside_it_and_nothing_is_lost(signed, changes):
    said = typed(**changes)
    answer = signed.post(reverse("activity-new"), said)
    assert answer.status_code == 200
    assert sentences(answer)
    assert said["id"] in answer.content.decode()
    assert not Activity.objects.exists()


def test_odd_tags_units_and_agenda_codes_are_left_out(signed):
    said = typed(tags=["x", str(uuid4())], unit="y", appointment="ZZZZZZZZ", session="0")
    assert signed.post(reverse("activity-new"), said).status_code == 302


def test_a_workshop_counts_those_without_file(signed, mediator):
    person = followed_by(mediator)
    said = typed(
        kind="collectif", persons=[person.code], anonymous_count="7", n_age_soixante_dix_plus="5", title="Photos"
    )
    signed.post(reverse("activity-new"), said)
    activity = Activity.objects.get()
    assert (activity.participant_count, activity.anonymous_count, activity.title) == (8, 7, "Photos")
    assert [one.count for one in activity.anonymous_counts.all()] == [5]


def test_the_last_ways_are_offered_and_fill_the_form(signed, mediator):
    person = followed_by(mediator, first_name="Odette", last_name="Marin")
    done = made(mediator, persons=(person.pk,), notes="Confidence")
    made(mediator, persons=(person.pk,))
    page = shown(signed).content.decode()
    assert page.count('class="way"') == 1
    assert "Odette Marin" in page
    filled = shown(signed, comme=done.pk).content.decode()
    assert re.search(rf'value="{person.code}"[^>]*checked', filled)
    assert "Confidence" not in filled


def test_many_people_met_cost_the_form_no_more_queries(signed, mediator, django_assert_max_num_queries):
    for count in (1, 4):
        for _time in range(count):
            made(mediator, persons=(followed_by(mediator).pk,))
        with django_assert_max_num_queries(20):
            page = signed.get(reverse("activity-new"), {"saisie": str(uuid4())}).content.decode()
    assert page.count('class="way"') == 5


def test_people_met_last_come_first_and_those_no_longer_followed_not_at_all(mediator):
    first, then, gone = (followed_by(mediator) for _one in range(3))
    for person in (first, gone, then, first):
        made(mediator, persons=(person.pk,))
    gone.follow_ups.update(ended_on=clock.today())
    assert recent_people(mediator, on=clock.today()) == [first, then]
    assert recent_people(mediator, on=clock.today(), limit=1) == [first]


@pytest.mark.parametrize(
    "query",
    [
        "comme=x",
        "comme=00000000-0000-0000-0000-000000000000",
        "rendez-vous=%C3%A9",
        "seance=1",
        "personne=x",
        "comme=%00",
    ],
)
def test_odd_starts_start_from_nothing(signed, query):
    assert signed.get(f"{reverse('activity-new')}?{query}", follow=True).status_code in {200, 400}


def test_an_edit_shows_all_and_keeps_people_one_no_longer_follows(signed, mediator):
    person = followed_by(mediator, first_name="Odette", last_name="Marin")
    done = made(mediator, persons=(person.pk,), notes="Revient jeudi")
    person.follow_ups.update(ended_on=date(2026, 1, 6))
    address = reverse("activity-edit", kwargs={"identity": done.pk})
    page = signed.get(address).content.decode()
    assert "Revient jeudi" in page
    assert "Odette Marin" not in page
    assert person.code in page
    signed.post(address, typed(id=str(done.pk), who=person.code, minutes="60"))
    done.refresh_from_db()
    assert done.minutes == 60
    assert [one.person for one in done.participations.all()] == [person]


def test_one_removes_and_brings_back(signed, mediator):
    done = made(mediator)
    signed.post(reverse("activity-remove", kwargs={"identity": done.pk}))
    assert signed.get(reverse("activities")).content.decode().count(str(done.pk)) == 0
    assert signed.get(reverse("activity-edit", kwargs={"identity": done.pk})).status_code == 404
    signed.post(reverse("activity-restore", kwargs={"identity": done.pk}))
    assert str(done.pk) in signed.get(reverse("activities")).content.decode()


def test_history_is_on_the_page(signed, mediator):
    done = made(mediator)
    signed.post(reverse("activity-edit", kwargs={"identity": done.pk}), typed(id=str(done.pk), minutes="60"))
    page = signed.get(reverse("activity", kwargs={"identity": done.pk})).content.decode()
    assert "45\u00a0min" in page
    assert "1\u00a0h" in page


class TestWhoSees:
    """Owner, colleague, manager, stranger, other organisation."""

    ADDRESSES = ("activity", "activity-edit")

    def statuses(self, client, user, activity):
        client.force_login(user)
        return [client.get(reverse(name, kwargs={"identity": activity.pk})).status_code for name in self.ADDRESSES]

    def test_pages(self, client, mediator):
        activity = made(mediator, notes="Confidence", procedure_name="Dossier")
        team = unit_of(mediator)
        assert self.statuses(client, mediator, activity) == [200, 200]
        assert self.statuses(client, MembershipFactory(unit=team).user, activity) == [404, 404]
        manager = MembershipFactory(unit=team, role="manager").user
        assert self.statuses(client, manager, activity) == [200, 404]
        page = client.get(reverse("activity", kwargs={"identity": activity.pk})).content.decode()
        assert "Confidence" not in page
        other_team = MembershipFactory(
            unit__organisation=team.organisation, unit__capabilities=("mediation",), role="manager"
        )
        assert self.statuses(client, other_team.user, activity) == [404, 404]
        assert self.statuses(client, someone("mediation", role="manager"), activity) == [404, 404]
        assert self.statuses(client, someone("steering", role="manager"), activity) == [404, 404]

    @pytest.mark.parametrize("name", ["activity-remove", "activity-restore"])
    def test_acts(self, client, mediator, name):
        activity = made(mediator)
        address = reverse(name, kwargs={"identity": activity.pk})
        for user in (MembershipFactory(unit=unit_of(mediator), role="manager").user, someone("mediation"), someone()):
            client.force_login(user)
            assert client.post(address).status_code == 404
        client.force_login(mediator)
        assert client.get(address).status_code == 405
        assert client.post(address).status_code == 302

    @pytest.mark.parametrize("name", ["activities", "activity-new", "activities-csv", "activities-xlsx"])
    def test_others_find_nothing(self, client, name):
        client.force_login(someone("prescriber"))
        assert client.get(reverse(name)).status_code == 404
        client.logout()
        assert client.get(reverse(name)).status_code == 302
