"""Claims and payments as the team, a host's manager, a colleague and strangers see them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from pourtous.accounts.enums import Capability, Role
from pourtous.passes.enums import BankState, CampaignState, Channel, ClaimState
from pourtous.passes.models import Claim, ClaimRun, PaymentBatch, Redemption
from pourtous.passes.operations import claims, payments
from pourtous.passes.operations.monthly import draw_up_month
from pourtous.passes.operations.redeem import Reader, redeem
from pourtous.passes.queries.proof import faults
from pourtous.passes.queries.year_end import unpaid
from pourtous.passes.tasks import claims_of_the_month
from tests.accounts.factories import MembershipFactory, UnitFactory, UserFactory, someone
from tests.passes.factories import NOW, BankDetailsFactory, handed, pass_of, session_of, world

pytestmark = pytest.mark.django_db
CLAIMS = "/travail/pass/paiements/"
IN_JULY = datetime(2026, 7, 1, 4, tzinfo=UTC)
IBAN = "FR7630006000011234567890189"


@pytest.fixture
def made(at_july):
    """A host that took two passes in June; its claim, drawn up by itself on 1 July."""
    one = world()
    handed(one)
    reader = Reader(channel=Channel.CAMERA, user=one.actor)
    redeem(one=pass_of(one, 1, 1), session=one.session, reader=reader, now=NOW)
    other = session_of(one.session.course, now=NOW + timedelta(days=1))
    redeem(one=pass_of(one, 1, 2), session=other, reader=reader, now=NOW + timedelta(days=1))
    draw_up_month(now=IN_JULY)
    return one


@pytest.fixture
def at_july(monkeypatch):
    """The clock stands on 1 July."""
    monkeypatch.setattr("pourtous.kernel.clock.now", lambda: IN_JULY)


@pytest.fixture
def claim(made):
    return Claim.objects.get()


@pytest.fixture
def account(made):
    """Where the host is paid."""
    return BankDetailsFactory(organisation=made.host.organisation, iban=IBAN)


def steers(client):
    """Somebody of the team, signed in; the user."""
    user = someone(Capability.STEERING)
    client.force_login(user)
    return user


def manager_of(unit):
    return MembershipFactory(unit=unit, role=Role.MANAGER).user


def act(client, claim, name, **said):
    return client.post(f"{CLAIMS}{claim.pk}/etape/", {"act": name, **said})


def day(name, moment=IN_JULY):
    return {f"{name}_day": moment.day, f"{name}_month": moment.month, f"{name}_year": moment.year}


def test_the_claim_of_the_month_is_made_once_and_says_so(client, made, claim):
    assert (claim.passes, claim.value, claim.month.month) == (2, 2000, 6)
    claims_of_the_month(IN_JULY + timedelta(days=1))
    assert Claim.objects.count() == 1
    run = ClaimRun.objects.get()
    assert (run.claims, run.value, run.by) == (1, 2000, None)
    steers(client)
    assert "toute seule" in client.get(CLAIMS).content.decode()


def test_a_machine_that_was_off_on_the_first_draws_up_later_and_a_draft_never(made):
    ClaimRun.objects.all().delete()
    made.campaign.state = CampaignState.DRAFT
    made.campaign.save()
    assert draw_up_month(now=IN_JULY + timedelta(days=9)) == []
    made.campaign.state = CampaignState.CLOSED
    made.campaign.save()
    draw_up_month(now=IN_JULY + timedelta(days=9))
    assert ClaimRun.objects.get().claims == 0


def test_what_came_late_is_claimed_when_the_team_asks(client, made):
    handed(made, number=2)
    redeem(
        one=pass_of(made, 2, 1),
        session=made.session,
        reader=Reader(channel=Channel.STUB, user=made.actor),
        now=datetime(2026, 6, 30, 21, 59, tzinfo=UTC),
    )
    steers(client)
    for _twice in range(2):
        client.post(f"{CLAIMS}etablir/?campagne={made.campaign.pk}")
    assert sorted(Claim.objects.values_list("passes", flat=True)) == [1, 2]


def test_who_sees_a_claim(client, made, claim):
    pages = ["", "etat-liquidatif.pdf", "pass.xlsx", "pass.csv"]
    colleague = MembershipFactory(unit=made.host).user
    other_host = manager_of(UnitFactory(capabilities=("host",)))
    prescriber = manager_of(made.prescriber)
    strangers = [colleague, other_host, prescriber, someone(Capability.MEDIATION)]
    for user, status in [(manager_of(made.host), 200), *((one, 404) for one in strangers)]:
        client.force_login(user)
        assert {client.get(f"{CLAIMS}{claim.pk}/{page}").status_code for page in pages} == {status}
    client.force_login(other_host)
    assert str(claim.pk) not in client.get(CLAIMS).content.decode()
    client.force_login(manager_of(made.host))
    assert str(claim.pk) in client.get(CLAIMS).content.decode()


def test_a_host_steps_nothing_on(client, made, claim):
    client.force_login(manager_of(made.host))
    assert act(client, claim, "certify").status_code == 404
    assert client.post(f"{CLAIMS}etapes/", {"act": "certify", "claim": claim.pk}).status_code == 404
    assert client.post(f"{CLAIMS}etablir/").status_code == 404
    for path in ("fichiers/", "fin-d-exercice/", "fin-d-exercice/pass.csv?jour=2026-12-31"):
        assert client.get(CLAIMS + path).status_code == 404
    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAWN_UP


def test_a_host_sees_what_comes_next_and_what_is_not_claimed_yet(client, made, claim):
    handed(made, number=2)
    reader = Reader(channel=Channel.CAMERA, user=made.actor)
    redeem(one=pass_of(made, 2, 1), session=session_of(made.session.course, now=IN_JULY), reader=reader, now=IN_JULY)
    client.force_login(manager_of(made.host))
    page = client.get(CLAIMS).content.decode()
    assert "1 pass, 10,00" in page
    assert "Vous n’avez rien à faire" in client.get(f"{CLAIMS}{claim.pk}/").content.decode()


def test_from_certified_to_paid_by_two_people(client, made, claim, account):
    first = steers(client)
    assert act(client, claim, "certify").status_code == 302
    assert act(client, claim, "liquidate").status_code == 302
    page = client.get(f"{CLAIMS}{claim.pk}/").content.decode()
    assert "une autre personne de l’équipe" in page
    refused = act(client, claim, "order", number="M-12")
    assert refused.status_code == 422
    claim.refresh_from_db()
    assert (claim.state, claim.certified_by) == (ClaimState.LIQUIDATED, first)
    steers(client)
    assert act(client, claim, "order", number="").status_code == 422
    assert act(client, claim, "order", number="M-12").status_code == 302
    assert act(client, claim, "order", number="M-12").status_code == 422
    assert act(client, claim, "pay", **day("on", IN_JULY + timedelta(days=3))).status_code == 422
    assert act(client, claim, "pay", **day("on")).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.order_number) == (ClaimState.PAID, "M-12")
    assert list(faults()) == []


def test_a_rejected_payment_can_be_claimed_again(client, made, claim, account):
    now, second = IN_JULY, UserFactory()
    claims.certify(claim=claim, actor=made.actor, now=now)
    claims.liquidate(claim=claim, actor=made.actor, now=now)
    claims.order(claim=claim, number="M-1", actor=second, now=now)
    steers(client)
    assert act(client, claim, "reject", **day("on"), reason="").status_code == 422
    assert act(client, claim, "reject", **day("on"), reason="Compte fermé").status_code == 302
    assert Redemption.objects.filter(is_claimed=True).count() == 0
    client.post(f"{CLAIMS}etablir/")
    again = Claim.objects.exclude(pk=claim.pk).get()
    assert again.value == 2000
    client.force_login(manager_of(made.host))
    assert "Compte fermé" in client.get(f"{CLAIMS}{claim.pk}/").content.decode()
    assert list(faults()) == []


def test_without_account_nothing_is_liquidated_and_the_page_says_why(client, made, claim):
    steers(client)
    act(client, claim, "certify")
    assert "coordonnées bancaires acceptées" in client.get(f"{CLAIMS}{claim.pk}/").content.decode()
    assert act(client, claim, "liquidate").status_code == 422
    BankDetailsFactory(organisation=made.host.organisation, iban=IBAN)
    BankDetailsFactory(organisation=made.host.organisation, iban=IBAN, state=BankState.WAITING, decided_by=None)
    assert act(client, claim, "liquidate").status_code == 422
    act(client, claim, "send_back")
    claim.refresh_from_db()
    assert (claim.state, claim.certified_by) == (ClaimState.DRAWN_UP, None)


def test_many_claims_at_once(client, made, claim, account):
    steers(client)
    bulk = f"{CLAIMS}etapes/?campagne={made.campaign.pk}"
    page = client.get(f"{CLAIMS}?campagne={made.campaign.pk}&etat=drawn_up&tous=1").content.decode()
    assert "checked" in page
    ticked = {"claim": [claim.pk, "x", made.campaign.pk]}
    client.post(bulk, {"act": "certify", **ticked})
    client.post(bulk, {"act": "liquidate", **ticked})
    answer = client.post(bulk, {"act": "order", **ticked, f"number-{claim.pk}": "M-7"}, follow=True)
    assert "une autre personne" in answer.content.decode()
    steers(client)
    client.post(bulk, {"act": "order", **ticked, "number": "M-8", f"number-{claim.pk}": " M-7 "})
    client.post(bulk, {"act": "pay", **ticked, "on_day": "32"})
    claim.refresh_from_db()
    assert (claim.state, claim.order_number) == (ClaimState.ORDERED, "M-7")
    client.post(bulk, {"act": "pay", **ticked, **day("on")})
    claim.refresh_from_db()
    assert claim.state == ClaimState.PAID
    assert "Cochez" in client.post(bulk, {"act": "certify"}, follow=True).content.decode()
    assert client.post(bulk, {"act": "nonsense", **ticked}).status_code == 302


def test_the_payment_file_for_the_finance_software(client, made, claim, account):
    steers(client)
    act(client, claim, "certify")
    act(client, claim, "liquidate")
    bulk = f"{CLAIMS}etapes/?campagne={made.campaign.pk}"
    sent = client.post(bulk, {"act": "file", "claim": claim.pk})
    batch = PaymentBatch.objects.get()
    assert sent["Location"] == f"{CLAIMS}fichiers/{batch.pk}/"
    client.post(bulk, {"act": "file", "claim": claim.pk})
    assert PaymentBatch.objects.count() == 1
    assert client.get(sent["Location"]).status_code == 200
    taken = client.post(sent["Location"] + "fichier.csv")
    text = taken.content.decode("utf-8-sig")
    assert IBAN in text
    assert ";20,00;EUR;2;" in text
    assert "no-store" in taken["Cache-Control"]
    assert client.get(sent["Location"] + "fichier.csv").status_code == 405
    assert IBAN not in client.get(sent["Location"]).content.decode()
    assert act(client, claim, "send_back").status_code == 422
    for _twice in range(2):
        client.post(sent["Location"] + "retirer/")
    claim.refresh_from_db()
    assert claim.batch is None
    assert client.post(sent["Location"] + "fichier.csv").status_code == 302
    assert act(client, claim, "send_back").status_code == 302


def test_a_file_with_an_ordered_payment_is_not_withdrawn(client, made, claim, account):
    claims.certify(claim=claim, actor=made.actor, now=IN_JULY)
    claims.liquidate(claim=claim, actor=made.actor, now=IN_JULY)
    batch = payments.make_payment_batch(campaign=made.campaign, claims=[claim.pk], actor=made.actor, now=IN_JULY)
    claims.order(claim=claim, number="M-1", actor=UserFactory(), now=IN_JULY)
    steers(client)
    client.post(f"{CLAIMS}fichiers/{batch.pk}/retirer/")
    claim.refresh_from_db()
    assert claim.batch == batch


def test_an_account_that_cannot_be_opened_says_so(client, made, claim, account):
    claims.certify(claim=claim, actor=made.actor, now=IN_JULY)
    claims.liquidate(claim=claim, actor=made.actor, now=IN_JULY)
    batch = payments.make_payment_batch(campaign=made.campaign, claims=[claim.pk], actor=made.actor, now=IN_JULY)
    account.iban_sealed = "x"
    account.save()
    steers(client)
    page = client.post(f"{CLAIMS}fichiers/{batch.pk}/fichier.csv", follow=True).content.decode()
    assert "ne peut pas être ouvert" in page


def test_the_statement_lists_every_pass(client, made, claim, account):
    steers(client)
    paper = client.get(f"{CLAIMS}{claim.pk}/etat-liquidatif.pdf")
    assert paper.content.startswith(b"%PDF")
    assert b"pdfuaid" in paper.content
    table = client.get(f"{CLAIMS}{claim.pk}/pass.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(table)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["26-000001-01", "26-000001-02"]
    assert [row[6] for row in rows[1:]] == [10, 10]
    assert client.get(f"{CLAIMS}{claim.pk}/pass.ods").status_code == 404


def test_what_is_used_and_not_paid_at_the_end_of_a_day(client, made, claim, account):
    steers(client)
    assert sum(one.cents for one in unpaid(made.campaign, NOW.date())) == 1000
    page = client.get(f"{CLAIMS}fin-d-exercice/?day_day=2&day_month=6&day_year=2026").content.decode()
    assert "20,00" in page
    table = client.get(f"{CLAIMS}fin-d-exercice/pass.csv?jour=2026-06-02").content.decode()
    assert table.count("26-000001-") == 2
    claims.certify(claim=claim, actor=made.actor, now=IN_JULY)
    claims.liquidate(claim=claim, actor=made.actor, now=IN_JULY)
    claims.order(claim=claim, number="M-1", actor=UserFactory(), now=IN_JULY)
    claims.pay(claim=claim, on=IN_JULY.date(), actor=UserFactory(), now=IN_JULY)
    assert list(unpaid(made.campaign, IN_JULY.date())) == []
    assert len(list(unpaid(made.campaign, IN_JULY.date() - timedelta(days=1)))) == 2


@pytest.mark.parametrize(
    "path",
    [
        "?campagne=x",
        "?campagne=00000000-0000-0000-0000-000000000000",
        "fin-d-exercice/pass.csv?jour=2026-02-31",
        "fin-d-exercice/pass.csv?jour=x",
        "fin-d-exercice/pass.pdf?jour=2026-12-31",
        "fichiers/00000000-0000-0000-0000-000000000000/",
    ],
)
def test_addresses_that_lead_nowhere(client, made, path):
    steers(client)
    assert client.get(CLAIMS + path).status_code == 404


def test_wrong_filters_and_days_get_an_answer(client, made, claim):
    steers(client)
    for query in ("?mois=2026-13", "?mois=x", "?etat=x&page=-4", "?mois=2026-06&etat=paid", "?page=99999999999"):
        assert client.get(CLAIMS + query).status_code == 200
    assert client.get(f"{CLAIMS}fin-d-exercice/?day_year=x").status_code == 422
    assert act(client, claim, "nonsense").status_code == 404
    assert act(client, claim, "\0").status_code == 404


def test_without_campaign_the_page_says_so(client):
    steers(client)
    assert client.get(CLAIMS).status_code == 200
    assert client.get(CLAIMS + "fichiers/").status_code == 404


def test_the_list_asks_the_same_questions_however_many_claims(client, made, claim, django_assert_max_num_queries):
    for number in range(2, 40):
        Claim.objects.create(
            campaign=made.campaign,
            organisation=UnitFactory().organisation,
            number=number,
            month=claim.month,
            passes=1,
            value=1000,
            drawn_up_at=IN_JULY,
        )
    steers(client)
    with django_assert_max_num_queries(26):
        assert client.get(f"{CLAIMS}?etat=drawn_up").status_code == 200
