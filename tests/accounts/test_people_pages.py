"""A unit's people: for its managers; a colleague and a stranger find nothing."""

import pytest
from django.urls import reverse

from pourtous.accounts import operations
from pourtous.accounts.models import Invitation, Membership, User
from pourtous.kernel.clock import now
from pourtous.messaging.models import Message
from tests.accounts.factories import MembershipFactory, UnitFactory, UserFactory, someone

pytestmark = pytest.mark.django_db
NEW = {"email": "nouveau@mairie.example", "role": "member"}


@pytest.fixture
def chief():
    return MembershipFactory(role="manager")


@pytest.fixture
def colleague(chief):
    return MembershipFactory(unit=chief.unit)


@pytest.fixture
def page(chief):
    return reverse("unit-people", args=[chief.unit_id])


def acts(chief, colleague):
    invitation = operations.invite(unit=chief.unit, email="x@mairie.example", role="member", actor=None, now=now())
    return [
        (reverse("member-role", args=[colleague.pk]), {"role": "manager"}),
        (reverse("member-remove", args=[colleague.pk]), {}),
        (reverse("member-factor", args=[colleague.pk]), {}),
        (reverse("invitation-resend", args=[invitation.pk]), {}),
        (reverse("invitation-cancel", args=[invitation.pk]), {}),
    ]


def test_the_manager_does_it_all(client, chief, colleague, page):
    client.force_login(chief.user)
    assert client.get("/travail/equipe/").url == page
    assert client.get(page).status_code == 200
    assert client.post(page, NEW).status_code == 302
    assert Message.objects.filter(to=NEW["email"]).exists()
    for where, asked in sorted(acts(chief, colleague), key=lambda act: "retirer" in act[0]):
        assert client.post(where, asked).status_code == 302, where
    assert not Membership.objects.filter(pk=colleague.pk).exists()


def strangers(chief, colleague):
    neighbour = MembershipFactory(role="manager", unit__organisation=chief.unit.organisation).user
    return [colleague.user, neighbour, UserFactory()]


def test_colleague_neighbour_and_stranger_do_nothing(client, chief, colleague, page):
    tried = acts(chief, colleague)
    for user in strangers(chief, colleague):
        client.force_login(user)
        assert client.get(page).status_code == 404
        assert client.post(page, NEW).status_code == 404
        for where, asked in tried:
            assert client.post(where, asked).status_code == 404, where
    colleague.refresh_from_db()
    assert colleague.role == "member"
    assert Invitation.objects.filter(cancelled_at=None).count() == 1


def test_the_steering_team_invites_but_does_not_manage(client, chief, colleague, page):
    client.force_login(someone("steering"))
    assert client.get(page).status_code == 200
    assert client.post(page, NEW).status_code == 302
    assert client.post(reverse("member-remove", args=[colleague.pk])).status_code == 404


def test_nothing_changes_on_reading(client, chief, colleague):
    client.force_login(chief.user)
    for where, _asked in acts(chief, colleague):
        assert client.get(where).status_code == 405


def test_several_units_to_choose_from(client, chief):
    other = MembershipFactory(user=chief.user, role="manager")
    client.force_login(chief.user)
    text = client.get("/travail/equipe/").content.decode()
    assert chief.unit.name in text
    assert other.unit.name in text


def test_the_last_manager_is_told_why_not(client, chief, page):
    client.force_login(chief.user)
    answer = client.post(reverse("member-remove", args=[chief.pk]), follow=True)
    assert "dernier responsable" in answer.content.decode()
    assert Membership.objects.filter(pk=chief.pk).exists()


def test_leaving_a_unit_with_another_manager(client, chief, page):
    MembershipFactory(unit=chief.unit, role="manager")
    client.force_login(chief.user)
    assert client.post(reverse("member-remove", args=[chief.pk])).url == "/travail/"
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{}, {"email": "x"}, {"email": "\0@x.fr"}, {"email": "a" * 400 + "@x.fr"}, {"role": "king"}]
)
def test_bad_input_gets_a_sentence(client, chief, page, wrong):
    client.force_login(chief.user)
    answer = client.post(page, {**NEW, **wrong} if wrong else {})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_queries_do_not_grow(client, chief, page, django_assert_num_queries):
    client.force_login(chief.user)
    client.get(page)
    for size in (2, 12):
        MembershipFactory.create_batch(size, unit=chief.unit)
        with django_assert_num_queries(7):
            client.get(page)


class TestAccepting:
    @pytest.fixture
    def link(self, chief):
        operations.invite(unit=chief.unit, email=NEW["email"], role="member", actor=chief.user, now=now())
        text = Message.objects.get(to=NEW["email"]).text
        return next(word for word in text.split() if "invitation/" in word).removeprefix("http://localhost:8000")

    JOIN = {"name": "Ana Bel", "password": "quatre girafes myopes"}  # noqa: RUF012

    def test_opening_the_link_does_not_use_it(self, client, link):
        for _ in range(3):
            assert client.get(link).status_code == 200
        client.head(link)
        assert Invitation.objects.get().accepted_at is None

    def test_a_new_person_joins_and_sets_a_second_factor(self, client, link, chief):
        assert client.post(link, self.JOIN).url == "/compte/second-facteur/activer/"
        user = User.objects.get(email=NEW["email"])
        assert user.memberships.get().unit == chief.unit
        assert client.get("/compte/second-facteur/activer/").status_code == 200
        assert client.get("/travail/").url == "/compte/second-facteur/activer/"
        client.logout()
        assert client.get(link).status_code == 404
        assert client.post(link, self.JOIN).status_code == 404

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "x" * 300},
            {"password": ""},
            {"password": "court"},
            {"password": "nouveau@mairie 2026"},
            {"password": "AnaBel2026!!"},
            {"password": "a\0b" * 9},
        ],
    )
    def test_bad_input_gets_a_sentence_and_uses_nothing_up(self, client, link, wrong):
        answer = client.post(link, {**self.JOIN, **wrong})
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert Invitation.objects.get().accepted_at is None

    def test_somebody_with_an_account_signs_in_and_accepts(self, client, link, chief):
        user = UserFactory(email=NEW["email"])
        assert "next=" in client.get(link).content.decode()
        assert client.post(link, self.JOIN).status_code == 200
        client.force_login(user)
        assert client.get(link).status_code == 200
        assert not user.memberships.exists()
        assert client.post(link).url == "/travail/"
        assert user.memberships.get().unit == chief.unit

    def test_a_forwarded_link_serves_no_other_account(self, client, link):
        other = UserFactory()
        client.force_login(other)
        assert "autre adresse" in client.get(link).content.decode()
        assert client.post(link).status_code == 400
        assert not other.memberships.exists()

    def test_already_in_the_unit(self, client, link, chief):
        user = UserFactory(email=NEW["email"])
        MembershipFactory(user=user, unit=chief.unit)
        client.force_login(user)
        assert client.post(link).status_code == 400

    @pytest.mark.parametrize("token", ["x", "é", "0" * 500, "../..", "%00"])
    def test_links_that_never_were(self, client, token):
        assert client.get(f"/compte/invitation/{token}/").status_code in {400, 404}


def test_expired_cancelled_and_closed_links_answer_alike(client):
    unit = UnitFactory()
    made = operations.invite(unit=unit, email="a@mairie.example", role="member", actor=None, now=now())
    path = next(w for w in Message.objects.get().text.split() if "invitation/" in w).removeprefix(
        "http://localhost:8000"
    )
    operations.cancel_invitation(invitation=made, actor=UserFactory(), now=now())
    cancelled = client.get(path)
    never = client.get("/compte/invitation/jamais/")
    assert cancelled.status_code == never.status_code == 404
    assert "ne marche plus" in cancelled.content.decode()
