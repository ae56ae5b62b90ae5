import pytest

from pourtous.accounts import home, operations
from pourtous.kernel.clock import now
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UserFactory, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_panels(monkeypatch):
    """Panels of this app alone: those of others have their tests."""
    own = {name: source for name, source in home._sources.items() if name.startswith("pourtous.accounts.")}
    monkeypatch.setattr(home, "_sources", own)


def titles(client, user):
    client.force_login(user)
    answer = client.get("/travail/")
    assert answer.status_code == 200
    return [
        str(panel.title)
        for panel, _html in (*answer.context["main"], *answer.context["folded"], *answer.context["side"])
    ]


def test_nothing_waits(client):
    user = someone("mediation", name="Nadia Ferrand")
    assert titles(client, user) == []
    text = client.get("/travail/").content.decode()
    assert "Bonjour Nadia." in text
    assert "Rien ne vous attend" in text


def test_somebody_without_team_is_told_what_to_do(client):
    assert titles(client, UserFactory()) == []
    assert "aucune équipe" in client.get("/travail/").content.decode()


def test_the_steering_team_sees_agreements_to_record_and_invitations(client):
    user = someone("steering")
    OrganisationFactory(name="Sans convention", without_agreement=True, data_role="joint")
    operations.invite(unit=user.memberships.get().unit, email="a@b.example", role="member", actor=user, now=now())
    assert titles(client, user) == ["Conventions à noter", "Invitations sans réponse"]
    assert "Sans convention" in client.get("/travail/").content.decode()


def test_a_manager_sees_who_has_no_second_factor_in_their_unit(client):
    chief = MembershipFactory(role="manager")
    MembershipFactory(unit=chief.unit, user__with_second_factor=False, user__name="Sans clé")
    MembershipFactory(user__with_second_factor=False, user__name="Ailleurs")
    assert titles(client, chief.user) == ["Comptes sans double sécurité"]
    text = client.get("/travail/").content.decode()
    assert "Sans clé" in text
    assert "Ailleurs" not in text


def test_a_manager_sees_the_invitations_of_their_unit_only(client):
    chief, other = MembershipFactory(role="manager"), MembershipFactory(role="manager")
    operations.invite(unit=other.unit, email="ailleurs@b.example", role="member", actor=None, now=now())
    assert titles(client, chief.user) == []
    operations.invite(unit=chief.unit, email="ici@b.example", role="member", actor=None, now=now())
    assert titles(client, chief.user) == ["Invitations sans réponse"]


def test_panels_of_other_apps_come_in_order(client, monkeypatch):
    monkeypatch.setattr(home, "_sources", {})

    @home.panel(order=20)
    def second(_request):
        return home.Panel("Second", "accounts/panels/invited.html", {"invitations": []})

    @home.panel(order=10)
    def first(_request):
        return home.Panel("Premier", "accounts/panels/invited.html", {"invitations": []})

    assert titles(client, someone("mediation")) == ["Premier", "Second"]


def test_many_organisations_do_not_make_many_queries(client, django_assert_max_num_queries):
    client.force_login(someone("steering", role="manager"))
    OrganisationFactory.create_batch(12, without_agreement=True, data_role="joint")
    client.get("/travail/")
    with django_assert_max_num_queries(13):
        assert "et 9 autres" in client.get("/travail/").content.decode()
