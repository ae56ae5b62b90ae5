from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pourtous.kernel import clock
from pourtous.people.models import BulkReading, Person
from tests.accounts.factories import MembershipFactory
from tests.people.factories import CriterionFactory, FollowUpFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = "people"


def test_each_sees_their_own(person, owner, sibling, stranger):
    assert "Ferrand" in owner.get(reverse(LIST)).text
    for other in (sibling, stranger):
        assert "Ferrand" not in other.get(reverse(LIST)).text
        assert "Ferrand" not in other.post(reverse(LIST), {"words": "ferrand"}).text


def test_search_by_part_of_a_name(person, owner, follow_up):
    FollowUpFactory(unit=follow_up.unit, person__first_name="Karim", person__last_name="Belloc")
    text = owner.post(reverse(LIST), {"words": "odil"}).text
    assert "Ferrand" in text
    assert "Belloc" not in text
    assert "Ferrand" not in owner.post(reverse(LIST), {"words": "xyz"}).text


def test_a_code_leads_to_the_file_or_to_the_reason(person, owner, stranger):
    assert owner.post(reverse(LIST), {"words": person.code}).url == reverse("person", args=[person.code])
    answer = stranger.post(reverse(LIST), {"words": person.code})
    assert reverse("person-open") in answer.text
    assert "Ferrand" not in answer.text


def test_no_name_in_an_address(owner, person):
    assert "ferrand" not in owner.get(reverse(LIST) + "?q=ferrand&words=ferrand").request["PATH_INFO"]
    assert 'value="ferrand"' not in owner.get(reverse(LIST) + "?words=ferrand").text


def test_narrow_and_sort(owner, person, follow_up):
    other = FollowUpFactory(
        unit=follow_up.unit, person__last_name="Abadie", person__birth_year=1990, purpose="device"
    ).person
    shown = [one.pk for one in owner.get(reverse(LIST) + "?motif=device").context["page"]]
    assert shown == [other.pk]
    shown = [one.pk for one in owner.get(reverse(LIST) + "?sort=-year").context["page"]]
    assert shown == [other.pk, person.pk]
    assert len(owner.get(reverse(LIST) + f"?unite={follow_up.unit_id}").context["page"]) == 2
    for odd in ("unite=x", "motif=x", "sort=x", "page=-1", "page=x", "sort=-"):
        assert owner.get(reverse(LIST) + "?" + odd).status_code == 200


def test_the_list_costs_the_same_for_many(owner, follow_up, django_assert_max_num_queries):
    FollowUpFactory.create_batch(20, unit=follow_up.unit)
    with django_assert_max_num_queries(14):
        owner.get(reverse(LIST))


def test_choosing_while_typing(owner, stranger, person, donor):
    url = reverse("person-choose")
    data = {"words": "ferr", "name": "person"}
    assert person.code in owner.post(url, data).text
    assert person.code not in stranger.post(url, data).text
    assert donor.post(url, data).status_code == 404
    assert owner.get(url).status_code == 405
    assert owner.post(url, {"words": "", "name": "<script>"}).status_code == 200


def test_the_home_finds_and_registers(owner, donor):
    assert reverse("person-new") in owner.get("/travail/").text
    assert reverse("person-new") not in donor.get("/travail/").text


def test_the_home_tells_criteria_that_end_soon_once_renewed_no_more(owner, person, follow_up, stranger):
    soon = clock.today() + timedelta(days=10)
    CriterionFactory(person=person, kind="rsa", valid_until=soon, checked_on=clock.today() - timedelta(days=80))
    assert "Critères bientôt échus" in owner.get("/travail/").text
    assert "Ferrand" not in stranger.get("/travail/").text
    CriterionFactory(person=person, kind="rsa", valid_until=soon + timedelta(days=90), checked_on=clock.today())
    assert "Critères bientôt échus" not in owner.get("/travail/").text


def test_the_home_tells_people_given_to_one_s_unit(owner, follow_up):
    giver = MembershipFactory(unit__capabilities=["prescriber"]).user
    FollowUpFactory(
        unit=follow_up.unit, person=PersonFactory(last_name="Garrigue"), started_by=giver, started_on=clock.today()
    )
    assert "Garrigue" in owner.get("/travail/").text


def test_managers_see_who_opened_very_many_files(owner, colleague, sibling):
    BulkReading.objects.create(user=owner.user, on=clock.today(), at=clock.now(), count=42)
    assert "42" in colleague.get("/travail/").text
    assert owner.user.name not in sibling.get("/travail/").text
    alert = BulkReading.objects.get()
    assert sibling.post(reverse("bulk-seen", args=[alert.pk])).status_code == 404
    assert owner.post(reverse("bulk-seen", args=[alert.pk])).status_code == 404
    colleague.post(reverse("bulk-seen", args=[alert.pk]))
    alert.refresh_from_db()
    assert alert.seen_by == colleague.user
    assert owner.user.name not in colleague.get("/travail/").text


def test_a_hundred_letters_and_odd_signs(owner, person):
    for words in ("x" * 5000, "'; DROP TABLE", "%_%", "\u202e", "  "):
        assert owner.post(reverse(LIST), {"words": words}).status_code == 200
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_manager_alone_is_watched_over_by_the_team_that_steers(owner, colleague):
    steering = MembershipFactory(unit__capabilities=["steering"], role="manager").user
    team = Client()
    team.force_login(steering)
    BulkReading.objects.create(user=colleague.user, on=clock.today(), at=clock.now(), count=42)
    assert colleague.user.name in team.get("/travail/").text
    assert colleague.user.name not in owner.get("/travail/").text
    alert = BulkReading.objects.get()
    assert team.post(reverse("bulk-seen", args=[alert.pk])).status_code == 302
    assert "Ferrand" not in team.get(reverse("people-watch")).text
