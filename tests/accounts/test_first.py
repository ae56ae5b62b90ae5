import pytest

from pourtous.accounts.models import Invitation, Unit
from pourtous.runtime.program import main
from tests.accounts.factories import someone

pytestmark = pytest.mark.django_db


def test_the_first_person_gets_a_link(client, capsys):
    assert main(["invite", "chef@departement.example", "--organisation", "Département"]) == 0
    link = capsys.readouterr().out.strip()
    assert Unit.objects.get().capabilities == ("steering",)
    answer = client.post(
        link.removeprefix("http://localhost:8000"), {"name": "Aline V.", "password": "quatre girafes myopes"}
    )
    assert answer.url == "/compte/second-facteur/activer/"


def test_asked_twice_the_second_link_is_the_one(client, capsys):
    for _ in range(2):
        assert main(["invite", "chef@departement.example", "--organisation", "Département"]) == 0
    first, second = (line.removeprefix("http://localhost:8000") for line in capsys.readouterr().out.split())
    assert Invitation.objects.count() == 1
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_an_existing_steering_unit_is_used():
    someone("steering")
    assert main(["invite", "chef@departement.example", "--organisation", "Autre"]) == 0
    assert Unit.objects.count() == 1


def test_a_wrong_address_is_said_in_one_line(capsys):
    assert main(["invite", "x", "--organisation", "Département"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
