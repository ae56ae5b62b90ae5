from datetime import timedelta

import pytest

from pourtous.accounts import operations
from pourtous.accounts.enums import Capability, DataRole, OrganisationKind, Role
from pourtous.accounts.models import Invitation, Membership, User
from pourtous.audit.models import Event
from pourtous.kernel.clock import now
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UnitFactory, UserFactory, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return someone("steering", role="manager")


def verbs():
    return set(Event.objects.values_list("verb", flat=True))


def organisation(actor, **changed):
    asked = {"name": "CCAS de Mèze", "kind": OrganisationKind.CCAS, "actor": actor, "now": now(), **changed}
    return operations.create_organisation(**asked)


def unit(actor, **changed):
    asked = {"organisation": OrganisationFactory(), "name": "Accueil", "actor": actor, "now": now(), **changed}
    return operations.create_unit(**asked)


def link_of(message):
    return next(word for word in message.text.split() if word.startswith("http"))


class TestOrganisations:
    def test_a_new_one(self, actor):
        made = organisation(actor, siret="223 400 011 00019", data_role=DataRole.JOINT)
        made.refresh_from_db()
        assert (made.siret, made.data_role) == ("22340001100019", DataRole.JOINT)
        assert "accounts.create_organisation" in verbs()

    def test_several_may_share_a_siret(self, actor):
        assert organisation(actor, siret="22340001100019").pk != organisation(actor, siret="22340001100019").pk

    @pytest.mark.parametrize(
        "wrong", [{"name": " \u200b "}, {"name": "x" * 201}, {"kind": "moon"}, {"data_role": "x"}, {"siret": "0" * 14}]
    )
    def test_what_is_wrong_is_said(self, actor, wrong):
        with pytest.raises(DomainError) as refused:
            organisation(actor, **wrong)
        assert refused.value.field in wrong

    def test_changes_are_journalled_by_column(self, actor):
        made = organisation(actor)
        operations.update_organisation(
            organisation=made,
            name="CCAS",
            kind=made.kind,
            siret="",
            data_role=DataRole.PROCESSOR,
            actor=actor,
            now=now(),
        )
        event = Event.objects.get(verb="accounts.update_organisation")
        assert event.details == {"changed": ["name", "data_role"]}

    def test_closing_and_opening(self, actor):
        made = organisation(actor)
        operations.set_organisation_active(organisation=made, is_active=False, actor=actor, now=now())
        made.refresh_from_db()
        assert not made.is_active
        operations.set_organisation_active(organisation=made, is_active=True, actor=actor, now=now())
        assert {"accounts.close_organisation", "accounts.open_organisation"} <= verbs()

    def test_the_last_steering_organisation_stays_open(self, actor):
        own = actor.memberships.get().unit
        with pytest.raises(DomainError):
            operations.set_organisation_active(organisation=own.organisation, is_active=False, actor=actor, now=now())
        own.organisation.refresh_from_db()
        assert own.organisation.is_active


class TestUnits:
    def test_a_new_one_keeps_the_order_of_capabilities(self, actor):
        made = unit(actor, capabilities=["host", "steering"])
        made.refresh_from_db()
        assert made.capabilities == ("steering", "host")

    def test_names_are_single_in_an_organisation(self, actor):
        first = unit(actor)
        with pytest.raises(DomainError) as refused:
            unit(actor, organisation=first.organisation)
        assert refused.value.field == "name"

    @pytest.mark.parametrize("wrong", [{"capabilities": ["flying"]}, {"name": ""}, {"siret": "12"}])
    def test_what_is_wrong_is_said(self, actor, wrong):
        with pytest.raises(DomainError) as refused:
            unit(actor, **wrong)
        assert refused.value.field in wrong

    def test_change_and_close(self, actor):
        made = unit(actor)
        asked = {"name": "Antenne", "siret": "", "actor": actor, "now": now()}
        operations.update_unit(unit=made, capabilities=[Capability.HOST], **asked)
        operations.set_unit_active(unit=made, is_active=False, actor=actor, now=now())
        made.refresh_from_db()
        assert (made.name, made.capabilities, made.is_active) == ("Antenne", ("host",), False)

    def test_the_last_steering_unit_keeps_steering(self, actor):
        own = actor.memberships.get().unit
        asked = {"name": own.name, "siret": "", "actor": actor, "now": now()}
        with pytest.raises(DomainError):
            operations.update_unit(unit=own, capabilities=[], **asked)
        with pytest.raises(DomainError):
            operations.set_unit_active(unit=own, is_active=False, actor=actor, now=now())
        own.refresh_from_db()
        assert own.is_active
        assert own.capabilities == ("steering",)


class TestPeople:
    def test_addresses_are_kept_in_lower_case_and_single(self, actor):
        made = operations.create_user(email="A.B@Mairie.example", name=" Ana  B. ", actor=actor, now=now())
        assert (made.email, made.name) == ("a.b@mairie.example", "Ana B.")
        assert not made.has_usable_password()
        with pytest.raises(DomainError):
            operations.create_user(email="a.b@mairie.EXAMPLE", name="Autre", actor=actor, now=now())

    @pytest.mark.parametrize("email", ["", "x", "a@b", "x" * 300 + "@mairie.example"])
    def test_wrong_addresses_are_said(self, actor, email):
        with pytest.raises(DomainError) as refused:
            operations.create_user(email=email, name="Ana", actor=actor, now=now())
        assert refused.value.field == "email"

    def test_somebody_is_once_in_a_unit(self, actor):
        post = MembershipFactory()
        with pytest.raises(DomainError):
            operations.add_member(user=post.user, unit=post.unit, role=Role.MANAGER, actor=actor, now=now())

    def test_the_last_manager_stays(self, actor):
        post = MembershipFactory(role="manager")
        MembershipFactory(unit=post.unit)
        with pytest.raises(DomainError):
            operations.remove_member(membership=post, actor=actor, now=now())
        with pytest.raises(DomainError):
            operations.change_role(membership=post, role="member", actor=actor, now=now())
        assert Membership.objects.get(pk=post.pk).role == "manager"

    def test_a_manager_leaves_when_there_is_another(self, actor):
        post = MembershipFactory(role="manager")
        other = MembershipFactory(unit=post.unit)
        operations.change_role(membership=other, role="manager", actor=actor, now=now())
        operations.remove_member(membership=post, actor=actor, now=now())
        assert list(post.unit.memberships.values_list("user", flat=True)) == [other.user_id]
        assert {"accounts.change_role", "accounts.remove_member"} <= verbs()

    def test_a_manager_whose_account_is_closed_does_not_count(self, actor):
        post = MembershipFactory(role="manager")
        MembershipFactory(unit=post.unit, role="manager", user__is_active=False)
        with pytest.raises(DomainError):
            operations.remove_member(membership=post, actor=actor, now=now())

    def test_roles_that_do_not_exist_are_refused(self, actor):
        with pytest.raises(DomainError):
            operations.change_role(membership=MembershipFactory(), role="king", actor=actor, now=now())

    def test_a_name_is_changed(self, actor):
        operations.rename_user(user=actor, name="Nadia Ferrand", actor=actor, now=now())
        assert User.objects.get(pk=actor.pk).name == "Nadia Ferrand"
        with pytest.raises(DomainError):
            operations.rename_user(user=actor, name="", actor=actor, now=now())

    def test_a_lost_second_factor_is_forgotten_and_told(self, actor):
        user = UserFactory()
        operations.reset_second_factor(user=user, actor=actor, now=now())
        assert not user.authenticator_set.exists()
        assert Message.objects.get(to=user.email).about == "accounts.second_factor"
        with pytest.raises(DomainError):
            operations.reset_second_factor(user=user, actor=actor, now=now())

    def test_nobody_forgets_their_own(self, actor):
        with pytest.raises(DomainError):
            operations.reset_second_factor(user=actor, actor=actor, now=now())

    def test_the_manager_of_a_team_does_not_weaken_those_who_steer(self):
        user = someone("steering")
        small = MembershipFactory(unit=MembershipFactory(user=user).unit, role="manager").user
        with pytest.raises(DomainError):
            operations.reset_second_factor(user=user, actor=small, now=now())
        assert user.authenticator_set.exists()
        operations.reset_second_factor(user=user, actor=someone("steering", role="manager"), now=now())
        assert not user.authenticator_set.exists()


class TestInvitations:
    @pytest.fixture
    def team(self):
        return MembershipFactory(role="manager").unit

    def invite(self, team, actor, **changed):
        asked = {"unit": team, "email": "nouveau@mairie.example", "role": Role.MEMBER, "actor": actor, "now": now()}
        return operations.invite(**{**asked, **changed})

    def test_a_link_leaves_and_its_secret_is_not_kept(self, team, actor, settings):
        made = self.invite(team, actor)
        message = Message.objects.get(to="nouveau@mairie.example")
        assert link_of(message).startswith(settings.PUBLIC_URL)
        token = link_of(message).rstrip("/").rsplit("/", 1)[1]
        assert token not in made.token_digest
        assert len(token) > 40

    def test_nobody_is_invited_twice(self, team, actor):
        self.invite(team, actor)
        with pytest.raises(DomainError):
            self.invite(team, actor, email="NOUVEAU@mairie.example")

    def test_someone_may_be_invited_again_after_a_cancelled_invitation(self, team, actor):
        operations.cancel_invitation(invitation=self.invite(team, actor), actor=actor, now=now())
        assert self.invite(team, actor).pk

    def test_people_of_the_unit_are_not_invited(self, team, actor):
        with pytest.raises(DomainError):
            self.invite(team, actor, email=team.memberships.get().user.email)

    def test_a_closed_unit_invites_nobody(self, team, actor):
        team.is_active = False
        team.save()
        with pytest.raises(DomainError):
            self.invite(team, actor)

    def test_roles_that_do_not_exist_are_refused(self, team, actor):
        with pytest.raises(DomainError):
            self.invite(team, actor, role="king")

    def test_accepted_once(self, team, actor):
        made = self.invite(team, actor)
        user = operations.accept_as_new(invitation=made, name="Ana", password="quatre chevaux", now=now())
        assert user.check_password("quatre chevaux")
        assert user.memberships.get().unit == team
        with pytest.raises(DomainError):
            operations.accept_as_user(invitation=made, user=user, now=now())
        assert "accounts.accept_invitation" in verbs()

    @pytest.mark.parametrize("days", [7, 8, 400])
    def test_over_after_seven_days(self, team, actor, days):
        made = self.invite(team, actor)
        with pytest.raises(DomainError):
            operations.accept_as_new(invitation=made, name="Ana", password="x", now=now() + timedelta(days=days))
        assert not User.objects.filter(email=made.email).exists()

    def test_somebody_who_has_an_account_does_not_get_another(self, team, actor):
        made = self.invite(team, actor)
        UserFactory(email=made.email)
        with pytest.raises(DomainError):
            operations.accept_as_new(invitation=made, name="Ana", password="x", now=now())
        assert Invitation.objects.get(pk=made.pk).accepted_at is None

    def test_a_forwarded_link_does_not_serve_another_account(self, team, actor):
        made = self.invite(team, actor)
        with pytest.raises(DomainError):
            operations.accept_as_user(invitation=made, user=UserFactory(), now=now())

    def test_sent_again_the_old_link_stops_working(self, team, actor):
        old = self.invite(team, actor)
        operations.resend_invitation(
            invitation=Invitation.objects.get(pk=old.pk), actor=actor, now=now() + timedelta(days=8)
        )
        fresh = Invitation.objects.get(pk=old.pk)
        assert fresh.token_digest != old.token_digest
        with pytest.raises(DomainError):
            operations.accept_as_new(invitation=old, name="Ana", password="x", now=now())
        assert operations.accept_as_new(invitation=fresh, name="Ana", password="x", now=now() + timedelta(days=9))

    def test_what_is_over_is_neither_sent_again_nor_cancelled(self, team, actor):
        made = self.invite(team, actor)
        operations.cancel_invitation(invitation=made, actor=actor, now=now())
        with pytest.raises(DomainError):
            operations.cancel_invitation(invitation=made, actor=actor, now=now())
        with pytest.raises(DomainError):
            operations.resend_invitation(invitation=made, actor=actor, now=now())

    def test_a_unit_closed_meanwhile_takes_nobody(self, actor):
        closed = UnitFactory()
        made = self.invite(closed, actor)
        operations.set_organisation_active(organisation=closed.organisation, is_active=False, actor=actor, now=now())
        with pytest.raises(DomainError):
            operations.accept_as_new(invitation=made, name="Ana", password="x", now=now())
