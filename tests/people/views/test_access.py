"""Who gets which page: owner, colleague, other unit of the same organisation, other organisation, nobody."""

from uuid import uuid4

import pytest
from django.urls import reverse

from pourtous.people.models import FileOpening, Relation

pytestmark = pytest.mark.django_db

ABOUT_ONE = [
    ("person", "get", 200),
    ("person-edit", "get", 200),
    ("person-edit", "post", 422),
    ("person-follow", "get", 200),
    ("person-follow", "post", 422),
    ("person-criteria", "get", 200),
    ("person-criteria", "post", 422),
    ("person-relation", "get", 200),
    ("person-relation", "post", 422),
]


@pytest.mark.parametrize(("name", "method", "status"), ABOUT_ONE)
def test_a_file_is_for_the_unit_that_follows(name, method, status, person, owner, colleague, others, client):
    url = reverse(name, args=[person.code])
    for allowed in (owner, colleague):
        assert getattr(allowed, method)(url).status_code == status
    for refused in others:
        answer = getattr(refused, method)(url)
        assert answer.status_code == 404
        assert "Ferrand" not in answer.text
    assert getattr(client, method)(url).status_code == 302


@pytest.mark.parametrize("name", ["follow-up-give", "follow-up-note"])
def test_follow_ups_are_for_their_own_unit(name, person, follow_up, owner, sibling, stranger, opened):
    url = reverse(name, args=[person.code, follow_up.pk])
    assert owner.get(url).status_code == 200
    for refused in (sibling, stranger, opened):
        assert refused.get(url).status_code == 404
        assert refused.post(url).status_code == 404
    assert owner.get(reverse(name, args=[person.code, uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["follow-up-end", "follow-up-resume"])
def test_ends_are_for_their_own_unit(name, person, follow_up, owner, sibling, stranger, opened):
    url = reverse(name, args=[person.code, follow_up.pk])
    for refused in (sibling, stranger, opened):
        assert refused.post(url).status_code == 404
    assert owner.get(url).status_code == 405
    assert owner.post(url).status_code == 302


def test_criteria_and_who_stands_beside(person, criterion, owner, sibling, stranger, other_person):
    relation = Relation.objects.create(person=person, kind="helper", name="Sa sœur")
    urls = [
        reverse("person-criterion", args=[person.code, criterion.pk]),
        reverse("relation-remove", args=[person.code, relation.pk]),
    ]
    for url in urls:
        for refused in (sibling, stranger):
            assert refused.post(url).status_code == 404
        assert owner.get(url).status_code == 405
        assert owner.post(url).status_code == 302
    of_another = Relation.objects.create(person=other_person, kind="helper", name="Son frère")
    assert owner.post(reverse("relation-remove", args=[person.code, of_another.pk])).status_code == 404
    assert owner.post(reverse("person-criterion", args=[person.code, uuid4()])).status_code == 404


def test_who_read_is_for_the_manager(person, owner, colleague, sibling, stranger):
    url = reverse("person-readings", args=[person.code])
    assert colleague.get(url).status_code == 200
    for refused in (owner, sibling, stranger):
        assert refused.get(url).status_code == 404


@pytest.mark.parametrize("name", ["people", "person-new", "people-notice", "person-open"])
def test_pages_of_those_who_follow(name, owner, stranger, uncovered, donor, client):
    url = reverse(name)
    assert owner.get(url).status_code == 200
    assert stranger.get(url).status_code == 200
    assert "Ferrand" not in stranger.get(url).text
    for refused in (uncovered, donor):
        assert refused.get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_watching_is_for_managers(owner, colleague, donor):
    url = reverse("people-watch")
    assert colleague.get(url).status_code == 200
    assert owner.get(url).status_code == 404
    assert donor.get(url).status_code == 404


def test_an_opening_is_seen_by_the_managers_it_concerns(person, opened, owner, colleague, sibling, stranger):
    opening = FileOpening.objects.get()
    url = reverse("opening-seen", args=[opening.pk])
    for refused in (owner, sibling, stranger, opened):
        assert refused.post(url).status_code == 404
    assert colleague.get(url).status_code == 405
    assert colleague.post(url).status_code == 302
    opening.refresh_from_db()
    assert opening.seen_by == colleague.user


def test_a_file_opened_with_a_reason_is_seen_and_its_notes_are_not(person, opened):
    answer = opened.get(reverse("person", args=[person.code]))
    assert answer.status_code == 200
    assert "Reprendre la souris" not in answer.text
    assert "Les Écluses" not in answer.text


@pytest.mark.parametrize("code", ["NOTHING1", "rien", "%00", "é", "A" * 300])
def test_codes_that_are_none(code, owner):
    assert owner.get(f"/travail/personnes/{code}/").status_code in {400, 404}
