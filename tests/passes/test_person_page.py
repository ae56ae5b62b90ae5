import pytest

from pourtous.people.timeline import timeline
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.passes.factories import NOW, handed, pass_of, world
from tests.passes.test_holdings import take
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db


def lines(person, user):
    return {str(moment.title): str(moment.text) for moment in timeline(person, user, now=NOW)}


@pytest.fixture
def used():
    made = world(price=2)
    person = PersonFactory()
    handed(made, person=person)
    take(made, pass_of(made, position=1))
    take(made, pass_of(made, position=2))
    return made, person


def test_a_book_and_its_passes_are_on_the_page(used):
    made, person = used
    found = lines(person, UserFactory())
    assert found["Chéquier de pass remis\u00a0: 26-000001"] == ""
    title = f"2 pass utilisés\u00a0: {made.session.course.title}"
    assert found[title] == str(made.host.organisation)


def test_who_handed_it_over_is_told_to_their_own_unit(used):
    made, person = used
    colleague = MembershipFactory(unit=made.prescriber).user
    assert lines(person, colleague)["Chéquier de pass remis\u00a0: 26-000001"] == made.actor.name
