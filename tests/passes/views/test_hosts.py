"""Hosts ask, the team decides; bank details are seen by two."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pourtous.accounts.enums import Capability, Role
from pourtous.messaging.models import Message
from pourtous.passes.enums import BankState, CampaignState, PriceState, QualificationState
from pourtous.passes.models import BankDetails, CoursePrice, Qualification
from pourtous.passes.sealing import unseal
from tests.accounts.factories import MembershipFactory, UnitFactory, someone
from tests.agenda.factories import CourseFactory
from tests.passes.factories import BankDetailsFactory, CampaignFactory, PriceFactory, QualificationFactory

pytestmark = pytest.mark.django_db
HOSTS = "/travail/pass/structures/"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
IBAN = "FR7630006000011234567890189"
PDF = b"%PDF-1.4 RIB"


@pytest.fixture(autouse=True)
def at_june(monkeypatch):
    monkeypatch.setattr("pourtous.kernel.clock.now", lambda: NOW)


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def unit():
    return UnitFactory(capabilities=("host",))


@pytest.fixture
def course(unit):
    return CourseFactory(unit=unit)


@pytest.fixture
def manager(unit):
    return MembershipFactory(unit=unit, role=Role.MANAGER).user


def steers(client):
    user = someone(Capability.STEERING)
    client.force_login(user)
    return user


def said(course, **more):
    start = {"help": "Nous aidons.", "helpers": "2", "seats": "8", "computers": "on", "charter": "on"}
    return start | {f"course-{course.pk}": "1"} | more


def rib(name="rib.pdf", content=PDF, **more):
    start = {"holder": "Structure", "iban": "fr76 3000 6000 0112 3456 7890 189", "bic": "AGRIFRPP"}
    return start | more | {"proof": SimpleUploadedFile(name, content)}


def ask_page(campaign, unit):
    return f"{HOSTS}demande/{unit.organisation_id}/?campagne={campaign.pk}"


def test_from_the_request_to_the_qualification(client, campaign, unit, course, manager):
    client.force_login(manager)
    assert "Demander à accepter les pass" in client.get(HOSTS).content.decode()
    for _twice in range(2):
        assert client.post(ask_page(campaign, unit), said(course, is_public_body="on")).status_code == 302
    host = Qualification.objects.get()
    assert (host.state, host.charter_by, host.answers["seats"]) == (QualificationState.ASKED, manager, 8)
    assert client.get(f"{HOSTS}{host.pk}/attestation.pdf").status_code == 404
    steers(client)
    page = f"{HOSTS}{host.pk}/"
    assert "Nous aidons." in client.get(page).content.decode()
    day = {"day_day": 1, "day_month": 6, "day_year": 2026}
    for _twice in range(2):
        client.post(page + "decision/", {"state": "qualified", **day})
    host.refresh_from_db()
    assert (host.state, host.valid_from) == (QualificationState.QUALIFIED, date(2026, 6, 1))
    assert CoursePrice.objects.get().state == PriceState.ACCEPTED
    assert Message.objects.filter(to=manager.email).count() == 1
    paper = client.get(page + "attestation.pdf")
    assert b"pdfuaid" in paper.content


def test_who_may_see_and_ask(client, campaign, unit, course, manager):
    host = QualificationFactory(campaign=campaign, organisation=unit.organisation, is_public_body=True)
    pages = [
        f"{HOSTS}{host.pk}/",
        f"{HOSTS}{host.pk}/attestation.pdf",
        f"{HOSTS}comptes/{unit.organisation_id}/",
    ]
    colleague = MembershipFactory(unit=unit).user
    other = MembershipFactory(unit=UnitFactory(capabilities=("host",)), role=Role.MANAGER).user
    strangers = [colleague, other, someone(Capability.MEDIATION), someone(Capability.PRESCRIBER, role=Role.MANAGER)]
    for user, status in [(manager, 200), *((one, 404) for one in strangers)]:
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [status] * 3
        assert client.get(ask_page(campaign, unit)).status_code == status
    client.force_login(other)
    assert client.post(ask_page(campaign, unit), said(course)).status_code == 404
    assert client.post(f"{HOSTS}comptes/{unit.organisation_id}/", rib()).status_code == 404
    assert str(host.pk) not in client.get(HOSTS).content.decode()


def test_a_host_decides_nothing(client, campaign, unit, course, manager):
    host = QualificationFactory(campaign=campaign, organisation=unit.organisation, state="asked")
    price = PriceFactory(qualification=host, course=course, state="asked")
    details = BankDetailsFactory(organisation=unit.organisation, state=BankState.WAITING, decided_by=None)
    client.force_login(manager)
    for path in (f"{host.pk}/decision/", f"prix/{price.pk}/", f"comptes/{details.pk}/decision/"):
        assert client.post(HOSTS + path, {"state": "accepted"}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"charter": ""}, {"helpers": "0"}, {"seats": "x"}, {"help": ""}, {"help": "a\0b"}, {"helpers": "9" * 5000}],
)
def test_a_wrong_request_is_told(client, campaign, unit, course, manager, wrong):
    client.force_login(manager)
    assert client.post(ask_page(campaign, unit), said(course, **wrong)).status_code == 422
    assert not Qualification.objects.exists()


def test_a_host_without_courses_is_told_to_prepare_one(client, campaign, unit, manager):
    client.force_login(manager)
    assert "préparez d’abord un parcours" in client.get(ask_page(campaign, unit)).content.decode()


def test_without_a_course_or_out_of_a_campaign_nothing_is_asked(client, campaign, unit, course, manager):
    client.force_login(manager)
    assert client.post(ask_page(campaign, unit), said(course, **{f"course-{course.pk}": ""})).status_code == 422
    campaign.state = CampaignState.CLOSED
    campaign.save()
    assert client.post(ask_page(campaign, unit), said(course)).status_code == 422
    assert client.get(f"{HOSTS}demande/{unit.organisation_id}/?campagne=x").status_code == 404


def test_a_refusal_has_its_reason_and_one_asks_again(client, campaign, unit, course, manager):
    host = QualificationFactory(campaign=campaign, organisation=unit.organisation, state="asked", valid_from=None)
    steers(client)
    decide = f"{HOSTS}{host.pk}/decision/"
    assert client.post(decide, {"state": "refused", "reason": ""}).status_code == 422
    assert client.post(decide, {"state": "nonsense"}).status_code == 404
    assert client.post(decide, {"state": "refused", "reason": "Pas de séance"}).status_code == 302
    assert "Pas de séance" in Message.objects.get(to=manager.email).text
    client.force_login(manager)
    assert "Pas de séance" in client.get(f"{HOSTS}{host.pk}/").content.decode()
    client.post(ask_page(campaign, unit), said(course))
    host.refresh_from_db()
    assert host.state == QualificationState.ASKED


def test_suspended_then_back_and_renewed(client, campaign, unit, course, manager):
    host = QualificationFactory(campaign=campaign, organisation=unit.organisation)
    steers(client)
    decide = f"{HOSTS}{host.pk}/decision/"
    day = {"day_day": 2, "day_month": 6, "day_year": 2026}
    client.post(decide, {"state": "suspended", "reason": "Doute", **day})
    host.refresh_from_db()
    assert (host.state, host.valid_until) == (QualificationState.SUSPENDED, date(2026, 6, 2))
    client.force_login(manager)
    assert client.post(ask_page(campaign, unit), said(course)).status_code == 422
    steers(client)
    client.post(decide, {"state": "qualified", **day})
    past = {"until_day": 1, "until_month": 6, "until_year": 2026}
    assert client.post(decide, {"state": "renew", **past}).status_code == 422
    client.post(decide, {"state": "renew", "until_day": 1, "until_month": 9, "until_year": 2026})
    host.refresh_from_db()
    assert (host.state, host.valid_until) == (QualificationState.QUALIFIED, date(2026, 9, 1))


def test_a_new_price_waits_again(client, campaign, unit, course, manager):
    host = QualificationFactory(campaign=campaign, organisation=unit.organisation)
    price = PriceFactory(qualification=host, course=course)
    client.force_login(manager)
    client.post(ask_page(campaign, unit), said(course, **{f"course-{course.pk}": "2"}))
    price.refresh_from_db()
    host.refresh_from_db()
    assert (price.state, price.passes, host.state) == (PriceState.ASKED, 2, QualificationState.QUALIFIED)
    steers(client)
    client.post(f"{HOSTS}prix/{price.pk}/", {"state": "refused", "reason": ""})
    price.refresh_from_db()
    assert price.state == PriceState.ASKED
    client.post(f"{HOSTS}prix/{price.pk}/", {"state": "refused", "reason": "Trop cher"})
    price.refresh_from_db()
    assert (price.state, price.reason) == (PriceState.REFUSED, "Trop cher")


def test_bank_details_wait_for_a_second_person(client, unit, manager):
    page = f"{HOSTS}comptes/{unit.organisation_id}/"
    client.force_login(manager)
    assert client.post(page, rib()).status_code == 302
    details = BankDetails.objects.get()
    assert (details.state, details.iban_end) == (BankState.WAITING, "0189")
    assert IBAN not in details.iban_sealed
    assert unseal(details.iban_sealed.encode()) == IBAN.encode()
    assert "3000 6000" not in client.get(page).content.decode()
    proof = client.get(f"{HOSTS}comptes/{details.pk}/preuve")
    assert b"".join(proof.streaming_content) == PDF
    steers(client)
    shown = client.get(page)
    assert "FR76 3000" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    for _twice in range(2):
        client.post(f"{HOSTS}comptes/{details.pk}/decision/", {"state": "accepted"})
    details.refresh_from_db()
    assert details.state == BankState.ACCEPTED


def test_a_change_is_not_paid_to_before_it_is_accepted(client, unit, manager):
    old = BankDetailsFactory(organisation=unit.organisation)
    page = f"{HOSTS}comptes/{unit.organisation_id}/"
    first = steers(client)
    client.post(page, rib())
    client.post(page, rib())
    new = BankDetails.objects.get(state=BankState.WAITING)
    assert new.proposed_by == first
    decide = f"{HOSTS}comptes/{new.pk}/decision/"
    client.post(decide, {"state": "accepted"})
    new.refresh_from_db()
    assert new.state == BankState.WAITING
    steers(client)
    client.post(decide, {"state": "refused", "reason": ""})
    client.post(decide, {"state": "accepted"})
    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.state, old.state) == (BankState.ACCEPTED, BankState.REPLACED)


@pytest.mark.parametrize(("state", "told"), [("accepted", "acceptées"), ("refused", "Titulaire différent")])
def test_managers_of_the_host_read_once_what_was_decided(client, unit, manager, state, told):
    MembershipFactory(unit=UnitFactory(capabilities=("host",)), role=Role.MANAGER)
    MembershipFactory(unit=unit, role=Role.MEMBER)
    client.force_login(manager)
    client.post(f"{HOSTS}comptes/{unit.organisation_id}/", rib())
    details = BankDetails.objects.get()
    steers(client)
    for _twice in range(2):
        client.post(f"{HOSTS}comptes/{details.pk}/decision/", {"state": state, "reason": "Titulaire différent"})
    message = Message.objects.get(about="passes.bank")
    assert message.to == manager.email
    assert unit.organisation.name in message.subject
    assert told in message.text
    assert "0189" in message.text
    assert IBAN not in message.text.replace(" ", "")
    assert f"{HOSTS}comptes/{unit.organisation_id}/" in message.text


@pytest.mark.parametrize(
    "wrong",
    [
        rib(iban="FR7630006000011234567890188"),
        rib(iban="\0"),
        rib(bic="X"),
        rib(holder=""),
        rib("rib.pdf", b""),
        rib("rib.exe", b"MZ nothing"),
        {"holder": "Sans preuve", "iban": IBAN},
    ],
)
def test_wrong_bank_details_are_told(client, unit, manager, wrong):
    client.force_login(manager)
    answer = client.post(f"{HOSTS}comptes/{unit.organisation_id}/", wrong)
    assert answer.status_code == 422
    assert not BankDetails.objects.exists()


def test_the_proof_is_for_the_host_and_the_team_only(client, unit, manager):
    client.force_login(manager)
    client.post(f"{HOSTS}comptes/{unit.organisation_id}/", rib())
    details = BankDetails.objects.get()
    client.force_login(MembershipFactory(unit=UnitFactory(capabilities=("host",)), role=Role.MANAGER).user)
    assert client.get(f"{HOSTS}comptes/{details.pk}/preuve").status_code == 404
    bare = BankDetailsFactory(organisation=unit.organisation)
    client.force_login(manager)
    assert client.get(f"{HOSTS}comptes/{bare.pk}/preuve").status_code == 404


def test_the_list_of_hosts(client, campaign, django_assert_max_num_queries):
    for state in ("asked", "qualified", "refused"):
        for _each in range(8):
            PriceFactory(qualification=QualificationFactory(campaign=campaign, state=state))
    BankDetailsFactory(state=BankState.WAITING, decided_by=None)
    steers(client)
    with django_assert_max_num_queries(22):
        assert client.get(HOSTS).status_code == 200
    assert client.get(f"{HOSTS}?etat=asked").status_code == 200
    assert client.get(f"{HOSTS}?etat=x").status_code == 200


def test_without_campaign_the_list_says_so(client):
    steers(client)
    assert client.get(HOSTS).status_code == 200
