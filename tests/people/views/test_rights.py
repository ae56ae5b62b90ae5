"""Rights: what each role gets, and what each page does."""

import io
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pourtous.accounts.enums import Capability
from pourtous.accounts.queries import standing_of
from pourtous.kernel import clock
from pourtous.people.enums import ListState, PersonState
from pourtous.people.models import EliminationList, FileReading, Merge, Person, RightsRequest
from pourtous.people.operations.facts import settle_searched
from pourtous.people.queries.rights import waiting
from tests.accounts.factories import MembershipFactory, someone
from tests.people.factories import FollowUpFactory, MandateFactory, PersonFactory, RightsRequestFactory
from tests.people.views.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    """Somebody of the team that steers."""
    return signed_in(someone(Capability.STEERING))


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def follow(messages):
    return [str(one) for one in messages.context["messages"]]


# --- Access file.


@pytest.mark.parametrize("name", ["person-rights", "person-mandates", "mandate-new"])
def test_pages_of_a_person_are_for_the_unit_that_follows(name, person, owner, colleague, others, client):
    url = reverse(name, args=[person.code])
    for allowed in (owner, colleague):
        assert allowed.get(url).status_code == 200
    for refused in others:
        assert refused.get(url).status_code == 404
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("kind", ["pdf", "json"])
def test_the_data_are_handed_over_by_a_follower_alone(kind, person, owner, others, opened, client):
    url = reverse("person-data", args=[person.code, kind])
    assert owner.get(url).status_code == 405
    made = owner.post(url)
    assert made.status_code == 200
    assert made["Cache-Control"] == "private, no-store"
    assert made["Content-Disposition"].startswith("attachment")
    assert FileReading.objects.get(what="people.access_file").user == owner.user
    for refused in (*others, opened):
        assert refused.post(url).status_code == 404
    assert client.post(url).status_code == 302


def test_the_data_hold_the_note_and_no_agent(person, owner):
    made = json.loads(owner.post(reverse("person-data", args=[person.code, "json"])).content)
    assert "Reprendre la souris" in json.dumps(made)
    assert owner.user.name not in json.dumps(made)


# --- Requests.


def asked(person, **more):
    day = clock.today()
    said = {"code": person.code, "kind": "access", "identity_checked": "Connue de l’équipe"}
    return {**said, "received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year, **more}


def test_a_follower_writes_a_request_down_and_gets_its_number(person, owner):
    done = owner.post(reverse("rights-request-new"), asked(person))
    one = RightsRequest.objects.get()
    assert done.url == reverse("rights-request", args=[one.number])
    assert (one.person, one.received_by) == (person, owner.user)
    paper = owner.get(reverse("rights-request-paper", args=[one.number, "recu"]))
    assert one.number in text_of(paper)


def test_a_person_is_found_by_whole_names_and_year(person, owner, stranger, team):
    settle_searched(person)
    person.save()
    named = {"code": "", "first_name": "odile", "last_name": "FERRAND", "birth_year": person.birth_year}
    assert owner.post(reverse("rights-request-new"), asked(person, **named)).status_code == 302
    assert team.post(reverse("rights-request-new"), asked(person, **named)).status_code == 302
    assert stranger.post(reverse("rights-request-new"), asked(person, **named)).status_code == 422
    assert {one.person for one in RightsRequest.objects.all()} == {person}


def test_what_does_not_exist_and_what_is_not_mine_answer_alike(person, stranger):
    url = reverse("rights-request-new")
    other = stranger.post(url, asked(person)).text.replace(person.code, "x")
    none = stranger.post(url, asked(person, code="00000000")).text.replace("00000000", "x")
    assert other.count("error") == none.count("error")
    assert "Ferrand" not in other
    assert not RightsRequest.objects.exists()


def test_without_a_file_the_request_is_received_all_the_same(person, stranger):
    done = stranger.post(reverse("rights-request-new"), asked(person, code="", without_file="on", words="Mme X"))
    assert done.status_code == 302
    assert RightsRequest.objects.get().person is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"identity_checked": ""},
        {"code": ""},
        {"received_on_day": 45},
        {"words": "x" * 4000},
        {"code": "\0"},
    ],
)
def test_bad_input_is_told_and_kept(person, owner, wrong):
    answer = owner.post(reverse("rights-request-new"), asked(person, **wrong))
    assert answer.status_code == 422
    assert not RightsRequest.objects.exists()


def test_requests_are_seen_by_units_that_follow_and_by_the_team(person, owner, colleague, team, others, client):
    one = RightsRequestFactory(person=person)
    url = reverse("rights-request", args=[one.number])
    for allowed in (owner, colleague, team):
        assert allowed.get(url).status_code == 200
        assert one.number in allowed.get(reverse("rights-requests")).text
    for refused in others:
        assert refused.get(url).status_code == 404
        assert refused.get(reverse("rights-request-paper", args=[one.number, "recu"])).status_code == 404
        listed = refused.get(reverse("rights-requests"))
        assert listed.status_code == 404 or one.number not in listed.text
    assert client.get(url).status_code == 302


def test_the_manager_and_the_team_answer_the_member_does_not(person, owner, colleague, team):
    answer = {"state": "refused", "words": "Un chéquier est en cours."}
    for who, status in ((owner, 404), (colleague, 302), (team, 302)):
        one = RightsRequestFactory(person=person)
        assert who.post(reverse("rights-request", args=[one.number]), answer).status_code == status
        one.refresh_from_db()
        assert (one.state == "refused") is (status == 302)


def test_no_answer_without_reasons(person, colleague):
    one = RightsRequestFactory(person=person)
    answer = colleague.post(reverse("rights-request", args=[one.number]), {"state": "accepted", "words": " "})
    assert answer.status_code == 422


def test_an_erasure_that_touches_other_teams_is_for_the_team(person, colleague, team):
    one = RightsRequestFactory(person=person, kind="erasure")
    FollowUpFactory(person=person)
    answer = {"state": "accepted", "words": "C’est fait."}
    assert colleague.post(reverse("rights-request", args=[one.number]), answer).status_code == 404
    assert team.post(reverse("rights-request", args=[one.number]), answer).status_code == 302
    person.refresh_from_db()
    assert person.state == PersonState.ANONYMISED
    assert team.get(reverse("rights-request", args=[one.number])).status_code == 200


def test_the_only_team_that_follows_may_erase(person, colleague):
    one = RightsRequestFactory(person=person, kind="erasure")
    answer = {"state": "accepted", "words": "C’est fait."}
    assert colleague.post(reverse("rights-request", args=[one.number]), answer).status_code == 302
    person.refresh_from_db()
    assert person.state == PersonState.ANONYMISED


def test_more_time_is_taken_with_a_reason(person, owner, colleague):
    today = clock.today()
    one = RightsRequestFactory(person=person, received_on=today, due_on=today + timedelta(days=30))
    url = reverse("rights-request-extend", args=[one.number])
    assert owner.post(url, {"reason": "Archives"}).status_code == 404
    assert colleague.post(url, {"reason": ""}).status_code == 422
    assert colleague.post(url, {"reason": "Archives"}).status_code == 302
    assert colleague.post(url, {"reason": "Encore"}).status_code == 422


def test_the_team_hands_data_over_only_for_a_request_to_see_them(person, team, owner):
    one = RightsRequestFactory(person=person)
    assert team.post(reverse("rights-request-data", args=[one.number, "json"])).status_code == 200
    assert owner.post(reverse("rights-request-data", args=[one.number, "json"])).status_code == 404
    other = RightsRequestFactory(person=person, kind="correction")
    assert team.post(reverse("rights-request-data", args=[other.number, "json"])).status_code == 404


def test_the_answer_is_printed_once_there_is_one(person, owner):
    one = RightsRequestFactory(person=person)
    url = reverse("rights-request-paper", args=[one.number, "reponse"])
    assert owner.get(url).status_code == 404
    RightsRequest.objects.update(state="refused", answer="Un chéquier est en cours.", answered_on=clock.today())
    assert "Un chéquier est en cours." in text_of(owner.get(url))


def test_the_home_page_tells_of_requests(person, colleague):
    RightsRequestFactory(person=person, due_on=date(2026, 1, 5))
    assert "Demandes sur les données à répondre" in colleague.get(reverse("work-home")).text


def test_what_waits_takes_two_queries_and_one_when_nothing_waits(person, colleague, django_assert_num_queries):
    standing_of(colleague.user)
    with django_assert_num_queries(1):
        assert waiting(colleague.user, on=clock.today()).requests == []
    RightsRequestFactory.create_batch(4, person=person)
    with django_assert_num_queries(2):
        found = waiting(colleague.user, on=clock.today(), shown=3)
    assert (found.count, len(found.requests)) == (4, 3)


def test_few_queries_for_many_requests(person, team, django_assert_max_num_queries):
    RightsRequestFactory.create_batch(25, person=person)
    with django_assert_max_num_queries(16):
        assert team.get(reverse("rights-requests")).status_code == 200


# --- Merges.


@pytest.fixture
def double(follow_up):
    return FollowUpFactory(person__first_name="Odette", person__last_name="Ferrand", unit=follow_up.unit).person


def test_both_files_side_by_side_then_one_then_two_again(person, double, owner):
    page = owner.get(reverse("merge-files", args=[person.code]), {"avec": double.code})
    assert page.status_code == 200
    assert "Odette" in page.text
    done = owner.post(reverse("merge-files", args=[person.code]), {"avec": double.code, "first_name": "absorbed"})
    assert done.url == reverse("person-rights", args=[person.code])
    person.refresh_from_db()
    assert person.first_name == "Odette"
    undone = owner.post(reverse("merge-undo", args=[Merge.objects.get().pk]))
    assert undone.status_code == 302
    person.refresh_from_db()
    assert person.first_name == "Odile"
    assert set(FileReading.objects.filter(what="people.merge").values_list("person", flat=True)) == {
        person.pk,
        double.pk,
    }


def test_only_who_follows_both_makes_one_of_them(person, double, others, opened, owner):
    elsewhere = FollowUpFactory().person
    for refused in (*others, opened):
        assert refused.get(reverse("merge-files", args=[person.code]), {"avec": double.code}).status_code == 404
        assert refused.post(reverse("merge-files", args=[person.code]), {"avec": double.code}).status_code == 404
    assert owner.post(reverse("merge-files", args=[person.code]), {"avec": elsewhere.code}).status_code == 404
    for code in (elsewhere.code, "", "00000000", person.code):
        asked_for = owner.get(reverse("merge-files", args=[person.code]), {"avec": code})
        assert asked_for.status_code == 302
    assert not Merge.objects.exists()


def test_only_who_follows_undoes(person, double, owner, others):
    owner.post(reverse("merge-files", args=[person.code]), {"avec": double.code})
    for refused in others:
        assert refused.post(reverse("merge-undo", args=[Merge.objects.get().pk])).status_code == 404
    assert owner.post(reverse("merge-undo", args=[uuid4()])).status_code == 404


# --- Files that go.


@pytest.fixture
def silent(person):
    Person.objects.filter(pk=person.pk).update(last_contact_on=clock.today() - timedelta(days=725))
    return person


def test_the_team_that_follows_sees_and_keeps(silent, owner, others):
    assert "Ferrand" in owner.get(reverse("leaving-files")).text
    assert reverse("leaving-files") in owner.get(reverse("work-home")).text
    for refused in others:
        assert "Ferrand" not in refused.get(reverse("leaving-files")).text
        assert refused.post(reverse("leaving-keep", args=[silent.code]), {"reason": "met"}).status_code == 404
    owner.post(reverse("leaving-keep", args=[silent.code]), {"reason": "x"})
    assert "Ferrand" in owner.get(reverse("leaving-files")).text
    owner.post(reverse("leaving-keep", args=[silent.code]), {"reason": "met"})
    assert "Ferrand" not in owner.get(reverse("leaving-files")).text


@pytest.fixture
def listed(person):
    one = EliminationList.objects.create(drawn_up_on=clock.today(), count=1)
    one.rows.create(person=person, last_contact_on=person.last_contact_on)
    return one


@pytest.mark.parametrize("name", ["elimination-list", "elimination-paper"])
def test_lists_are_for_the_team(name, listed, team, owner, others):
    url = reverse(name, args=[listed.pk])
    assert team.get(url).status_code == 200
    for refused in (owner, *others):
        assert refused.get(url).status_code == 404
    assert team.get(reverse(name, args=[uuid4()])).status_code == 404


def test_the_page_of_what_goes_is_for_the_team(listed, team, owner, others):
    assert team.get(reverse("retention")).status_code == 200
    for refused in (owner, *others):
        assert refused.get(reverse("retention")).status_code == 404


def test_the_paper_for_the_archivist_holds_codes_and_no_name(listed, person, team):
    text = text_of(team.get(reverse("elimination-paper", args=[listed.pk])))
    assert person.code in text
    assert "Ferrand" not in text


def test_a_visa_is_recorded_on_the_page(listed, person, team):
    day = clock.today()
    said = {"decision": "approved", "by": "N. Cazal", "on_day": day.day, "on_month": day.month, "on_year": day.year}
    url = reverse("elimination-list", args=[listed.pk])
    assert team.post(url, {**said, "by": ""}).status_code == 422
    assert team.post(url, {**said, "decision": "refused"}).status_code == 422
    Person.objects.filter(pk=person.pk).update(last_contact_on=date(2020, 1, 1))
    listed.rows.update(last_contact_on=date(2020, 1, 1))
    assert team.post(url, said).status_code == 302
    listed.refresh_from_db()
    assert listed.state == ListState.DONE
    person.refresh_from_db()
    assert person.state == PersonState.ANONYMISED
    assert team.get(url).status_code == 200


# --- Mandates.


def mandate(**more):
    day = clock.today()
    said = {"act": "assists", "procedures": "Déclaration de revenus\nPrime d’activité", "helper_name": "Basile Ormeau"}
    return {
        **said,
        "length": "month",
        "starts_on_day": day.day,
        "starts_on_month": day.month,
        "starts_on_year": day.year,
        **more,
    }


def test_a_mandate_is_prepared_printed_signed_and_withdrawn(person, owner):
    done = owner.post(reverse("mandate-new", args=[person.code]), mandate())
    one = person.mandates.get()
    assert done.url == reverse("person-mandate", args=[person.code, one.pk])
    assert one.procedures == ("Déclaration de revenus", "Prime d’activité")
    paper = text_of(owner.get(reverse("mandate-paper", args=[person.code, one.pk])))
    assert "Prime d’activité" in paper
    assert "Basile Ormeau" in paper
    for step in ("mandate-sign", "mandate-withdraw"):
        assert owner.post(reverse(step, args=[person.code, one.pk])).status_code == 302
        assert owner.get(done.url).status_code == 200
        assert owner.get(reverse("person-mandates", args=[person.code])).status_code == 200
    one.refresh_from_db()
    assert (one.signed_on, one.withdrawn_on) == (clock.today(), clock.today())
    assert "Mandat" in owner.get(reverse("person", args=[person.code])).text


@pytest.mark.parametrize(
    "secret",
    [
        "Impôts 1 85 05 34 172 123 45",
        "CAF 1234567",
        "Numéro fiscal 30.12.34.56.78.901",
        "mot de passe : soleil",
        "Mail, MDP dans le carnet",
        "identifiant: odile34",
    ],
)
def test_a_mandate_holds_no_number_and_no_password(person, owner, secret):
    answer = owner.post(reverse("mandate-new", args=[person.code]), mandate(procedures=secret))
    assert answer.status_code == 422
    assert not person.mandates.exists()


@pytest.mark.parametrize(
    "fine", ["Déclaration 2026 des revenus 2025", "Formulaire Cerfa 15646", "Créer un identifiant"]
)
def test_ordinary_words_pass(person, owner, fine):
    assert owner.post(reverse("mandate-new", args=[person.code]), mandate(procedures=fine)).status_code == 302


def test_mandates_are_for_the_unit_that_follows(person, owner, others, opened):
    one = MandateFactory(person=person, signed_on=None)
    for name in ("mandate-sign", "mandate-withdraw"):
        url = reverse(name, args=[person.code, one.pk])
        assert owner.get(url).status_code == 405
        for refused in others:
            assert refused.post(url).status_code == 404
    assert opened.get(reverse("mandate-new", args=[person.code])).status_code == 404
    other = MandateFactory()
    assert owner.get(reverse("person-mandate", args=[person.code, other.pk])).status_code == 404
    assert owner.get(reverse("person-mandate", args=[other.person.code, other.pk])).status_code == 404


def test_who_is_in_two_units_sees_what_both_follow(follow_up, owner):
    other = FollowUpFactory()
    MembershipFactory(user=owner.user, unit=other.unit)
    assert owner.get(reverse("person-rights", args=[other.person.code])).status_code == 200


def test_a_person_never_followed_is_of_nobody(owner):
    assert owner.get(reverse("person-rights", args=[PersonFactory().code])).status_code == 404
