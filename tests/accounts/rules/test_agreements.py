"""When an organisation may hold personal data: the pure rule, and the same rule in the database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.accounts.enums import AgreementKind, DataRole
from pourtous.accounts.queries import may_hold_personal_data
from pourtous.accounts.queries.agreements import in_force
from pourtous.accounts.rules.agreements import AgreementState, Term, is_in_force, may_hold, state_on
from tests.accounts.factories import AgreementFactory, OrganisationFactory

DAY = date(2026, 11, 23)
OLD = date(2026, 1, 1)


def term(kind="processing", signed=OLD, starts=OLD, ends=None, ended=None):
    return Term(kind, signed, starts, ends, ended)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (term(), AgreementState.IN_FORCE),
        (term(starts=DAY), AgreementState.IN_FORCE),
        (term(starts=DAY + timedelta(1)), AgreementState.COMING),
        (term(signed=DAY + timedelta(1)), AgreementState.COMING),
        (term(ends=DAY + timedelta(1)), AgreementState.ENDING),
        (term(ends=DAY + timedelta(60)), AgreementState.ENDING),
        (term(ends=DAY + timedelta(61)), AgreementState.IN_FORCE),
        (term(ends=DAY), AgreementState.OVER),
        (term(ends=DAY + timedelta(90), ended=DAY), AgreementState.OVER),
        (term(starts=DAY + timedelta(5), ended=DAY + timedelta(5)), AgreementState.OVER),
        (term(signed=DAY + timedelta(9), ends=DAY + timedelta(9)), AgreementState.OVER),
    ],
)
def test_where_an_agreement_stands(one, state):
    assert state_on(one, DAY) == state


@pytest.mark.parametrize(
    ("role", "kinds"),
    [("none", set()), ("controller", {"sharing", "decision"}), ("joint", {"joint"}), ("processor", {"processing"})],
)
def test_each_role_has_the_agreements_that_open_personal_data(role, kinds):
    assert {kind for kind in AgreementKind.values if may_hold(role, [term(kind)], DAY)} == kinds


def test_no_agreement_opens_nothing():
    assert not may_hold("controller", [], DAY)


days = st.dates(DAY - timedelta(3), DAY + timedelta(3))


@given(st.builds(Term, st.just("joint"), days, days, st.none() | days, st.none() | days))
def test_outside_its_dates_an_agreement_counts_for_nothing(one):
    counts = one.signed_on <= DAY and one.starts_on <= DAY
    for until in (one.ends_on, one.ended_on):
        counts = counts and (until is None or until > DAY)
    assert is_in_force(one, DAY) is counts


@pytest.mark.django_db
def test_the_database_says_the_same_as_the_rule():
    around = [DAY + timedelta(n) for n in (-1, 0, 1)]
    for role in DataRole.values:
        for kind in AgreementKind.values:
            one = AgreementFactory(kind=kind, organisation__data_role=role)
            assert may_hold_personal_data(one.organisation_id, on=DAY) is may_hold(role, [one.term], DAY), (role, kind)
    for signed in around:
        for ends in (None, *around):
            one = AgreementFactory(signed_on=signed, starts_on=DAY - timedelta(2), ends_on=ends)
            assert in_force(DAY).filter(pk=one.pk).exists() is is_in_force(one.term, DAY), one.term
    for ended in around:
        one = AgreementFactory(starts_on=DAY - timedelta(2), ended_on=ended, end_reason="Arrêt")
        assert in_force(DAY).filter(pk=one.pk).exists() is is_in_force(one.term, DAY), one.term


@pytest.mark.django_db
def test_an_organisation_nobody_knows_holds_nothing():
    assert not may_hold_personal_data("00000000-0000-7000-8000-000000000000", on=DAY)
    assert may_hold_personal_data(OrganisationFactory().pk, on=DAY)
    assert not may_hold_personal_data(OrganisationFactory(without_agreement=True).pk, on=DAY)
