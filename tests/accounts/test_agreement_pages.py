"""The register of agreements: kept by the steering team, read by managers of the organisation, by nobody else."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from pourtous.accounts.models import Agreement
from pourtous.accounts.operations import correct_agreement, end_agreement, record_agreement
from pourtous.accounts.operations.agreements import LIMIT, AgreementFacts
from pourtous.accounts.queries import may_hold_personal_data
from pourtous.accounts.queries.agreements import ending_without_successor, narrowed
from pourtous.accounts.rules.agreements import AgreementState
from pourtous.audit.models import Event
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.runtime.models import StoredFile
from tests.accounts.factories import AgreementFactory, MembershipFactory, OrganisationFactory, UserFactory, someone

pytestmark = pytest.mark.django_db
LIST = "/travail/structures/conventions/"
PDF = b"%PDF-1.7\n%%EOF"


def dates(**days):
    return {
        f"{name}_{part}": getattr(day, part) for name, day in days.items() if day for part in ("day", "month", "year")
    }


def said(**changed):
    days = {"signed_on": date(2026, 1, 5), "starts_on": date(2026, 1, 5), "ends_on": None}
    days |= {name: changed.pop(name) for name in list(changed) if name in days}
    return {"kind": "processing", "reference": "ST-1", "note": "", **dates(**days), **changed}


def facts(**changed):
    return AgreementFacts(
        **{"kind": "processing", "signed_on": date(2026, 1, 5), "starts_on": date(2026, 1, 5), **changed}
    )


def paper(content=PDF, name="convention.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def team(client):
    user = someone("steering", role="manager")
    client.force_login(user)
    return user


@pytest.fixture
def bare():
    return OrganisationFactory(name="Le Cabanon", without_agreement=True, data_role="processor")


def status(client, where):
    """What a page answers; a download is read to its end."""
    answer = client.get(where)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def names(client, **query):
    return [one.organisation.name for one, _state in client.get(LIST, query).context["rows"]]


class TestRecording:
    def test_recorded_with_its_document_it_opens_personal_data(self, client, team, bare):
        assert not may_hold_personal_data(bare.pk, on=clock.today())
        where = reverse("agreement-new", args=[bare.pk])
        answer = client.post(where, said(document=paper()))
        assert answer.url == reverse("organisation", args=[bare.pk])
        made = Agreement.objects.get(organisation=bare)
        assert may_hold_personal_data(bare.pk, on=clock.today())
        assert made.document.path.read_bytes() == PDF
        assert made.document.purge_on > clock.today() + timedelta(days=365 * 50)
        assert Event.objects.filter(verb="accounts.record_agreement").exists()
        page = client.get(reverse("organisation", args=[bare.pk])).content.decode()
        assert "Contrat de sous-traitance" in page

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"kind": "x"}, "kind"),
            ({"kind": ""}, "kind"),
            ({"signed_on": date(2099, 1, 1)}, "signed_on"),
            ({"signed_on": None}, "signed_on"),
            ({"ends_on": date(2026, 1, 5)}, "ends_on"),
            ({"note": "x" * 600}, "note"),
            ({"reference": "\0"}, "reference"),
            ({"document": b""}, "document"),
            ({"document": b"MZ not a pdf"}, "document"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_writes_nothing(self, client, team, bare, wrong, field):
        if "document" in wrong:
            wrong = {"document": paper(wrong["document"])}
        answer = client.post(reverse("agreement-new", args=[bare.pk]), said(**wrong))
        assert answer.status_code == 200
        assert answer.context["form"].errors[field]
        assert not Agreement.objects.filter(organisation=bare).exists()
        assert not StoredFile.objects.exists()

    def test_a_document_too_big_is_refused(self, bare):
        big = paper(PDF)
        big.size = LIMIT + 1
        with pytest.raises(DomainError, match="10"):
            record_agreement(organisation=bare, facts=facts(), document=big, actor=UserFactory(), now=clock.now())

    def test_corrected_keeps_its_document_until_another_comes(self, client, team, bare):
        actor, now = team, clock.now()
        made = record_agreement(organisation=bare, facts=facts(), document=paper(), actor=actor, now=now)
        first = made.document
        ends = clock.today() + timedelta(days=100)
        client.post(reverse("agreement-edit", args=[made.pk]), said(ends_on=ends, reference="ST-2"))
        made.refresh_from_db()
        assert (made.reference, made.ends_on, made.document) == ("ST-2", ends, first)
        first.refresh_from_db()
        assert first.purge_on == ends + timedelta(days=5 * 365 + 2)
        client.post(reverse("agreement-edit", args=[made.pk]), said(ends_on=ends, document=paper(PDF + b"2")))
        made.refresh_from_db()
        first.refresh_from_db()
        assert made.document != first
        assert first.purge_on == clock.today() + timedelta(days=30)
        assert Event.objects.filter(verb="accounts.correct_agreement").count() == 2

    def test_the_form_shows_what_is_known(self, client, team):
        one = AgreementFactory(reference="ST-77")
        assert "ST-77" in client.get(reverse("agreement-edit", args=[one.pk])).content.decode()


class TestEnding:
    def test_ended_early_it_closes_personal_data_and_stays_in_the_register(self, client, team):
        one = AgreementFactory()
        end = {**dates(ended_on=clock.today()), "reason": "Le prestataire a changé."}
        assert client.post(reverse("agreement-end", args=[one.pk]), end).url == reverse("agreement", args=[one.pk])
        one.refresh_from_db()
        assert (one.ended_on, one.end_reason) == (clock.today(), "Le prestataire a changé.")
        assert one.state(clock.today()) is AgreementState.OVER
        assert not may_hold_personal_data(one.organisation_id, on=clock.today())
        assert "Le prestataire a changé." in client.get(reverse("agreement", args=[one.pk])).content.decode()

    @pytest.mark.parametrize(
        ("day", "reason", "field"),
        [(date(2026, 6, 1), "", "reason"), (date(2019, 12, 31), "x", "ended_on"), (date(2026, 7, 1), "x", "ended_on")],
    )
    def test_what_cannot_be_gets_a_sentence(self, client, team, day, reason, field):
        one = AgreementFactory(ends_on=date(2026, 7, 1))
        answer = client.post(reverse("agreement-end", args=[one.pk]), {**dates(ended_on=day), "reason": reason})
        assert answer.context["form"].errors[field]

    def test_ended_once_and_then_no_longer_corrected(self):
        one, actor, now = AgreementFactory(), UserFactory(), clock.now()
        other = Agreement.objects.get(pk=one.pk)  # another tab
        end_agreement(agreement=one, ended_on=date(2026, 1, 5), reason="x", actor=actor, now=now)
        with pytest.raises(DomainError, match="déjà"):
            end_agreement(agreement=other, ended_on=date(2026, 2, 5), reason="y", actor=actor, now=now)
        with pytest.raises(DomainError, match="déjà"):
            correct_agreement(agreement=other, facts=facts(), document=None, actor=actor, now=now)
        assert Event.objects.filter(verb__startswith="accounts.").count() == 1

    def test_the_document_stays_five_years_after_the_end(self, bare):
        actor, now = UserFactory(), clock.now()
        made = record_agreement(organisation=bare, facts=facts(), document=paper(), actor=actor, now=now)
        end_agreement(agreement=made, ended_on=date(2026, 6, 1), reason="x", actor=actor, now=now)
        made.document.refresh_from_db()
        assert made.document.purge_on == date(2031, 6, 2)


class TestWhoSees:
    @pytest.fixture
    def one(self, bare):
        return record_agreement(
            organisation=bare, facts=facts(), document=paper(), actor=UserFactory(), now=clock.now()
        )

    def addresses(self, one):
        return [reverse(name, args=[one.pk]) for name in ("agreement", "agreement-document")]

    def written(self, one):
        pages = [reverse(name, args=[one.pk]) for name in ("agreement-edit", "agreement-end")]
        return [*pages, reverse("agreement-new", args=[one.organisation_id])]

    def test_the_team_sees_and_writes(self, client, team, one):
        for where in [LIST, *self.addresses(one), *self.written(one)]:
            assert status(client, where) == 200, where

    def test_a_manager_of_the_organisation_reads_only(self, client, one):
        client.force_login(MembershipFactory(unit__organisation=one.organisation, role="manager").user)
        AgreementFactory()
        assert names(client) == ["Le Cabanon"]
        for where in self.addresses(one):
            assert status(client, where) == 200, where
        for where in self.written(one):
            assert status(client, where) == 404, where
            assert client.post(where, said()).status_code == 404, where

    def test_a_colleague_who_manages_nothing_and_a_manager_elsewhere_find_nothing(self, client, one):
        colleague = MembershipFactory(unit__organisation=one.organisation).user
        elsewhere = MembershipFactory(role="manager").user
        for user in (colleague, elsewhere, UserFactory()):
            client.force_login(user)
            for where in [*self.addresses(one), *self.written(one)]:
                assert status(client, where) == 404, where
        client.force_login(elsewhere)
        assert "Le Cabanon" not in names(client)
        client.force_login(colleague)
        assert client.get(LIST).status_code == 404
        client.logout()
        assert client.get(LIST).url.startswith("/compte/connexion/")

    def test_the_document_is_a_download(self, client, team, one):
        answer = client.get(reverse("agreement-document", args=[one.pk]))
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Cache-Control"] == "no-store"
        one.document.path.unlink()
        assert status(client, reverse("agreement-document", args=[one.pk])) == 404
        assert status(client, reverse("agreement-document", args=[AgreementFactory().pk])) == 404

    def test_what_does_not_exist_answers_as_what_is_not_ours(self, client, team):
        nobody = "00000000-0000-7000-8000-000000000000"
        for name in ("agreement", "agreement-document", "agreement-edit", "agreement-end", "agreement-new"):
            assert client.get(reverse(name, args=[nobody])).status_code == 404


class TestList:
    def test_narrowed_by_state_kind_and_words(self, client, team):
        today = clock.today()
        AgreementFactory(
            organisation__name="Bientôt", ends_on=today + timedelta(days=30), kind="joint", reference="RC-9"
        )
        AgreementFactory(organisation__name="Finie", ends_on=today)
        AgreementFactory(organisation__name="À venir", starts_on=today + timedelta(days=5))
        assert names(client, state="ending") == ["Bientôt"]
        assert names(client, state="over") == ["Finie"]
        assert {"Bientôt", "À venir"} <= set(names(client))
        assert "Finie" not in names(client)
        assert "Finie" in names(client, state="all")
        assert names(client, kind="joint") == ["Bientôt"]
        assert names(client, q="rc-9 bientôt") == ["Bientôt"]
        assert client.get(LIST, {"q": "rien de tel"}).context["rows"] == []

    def test_the_filters_say_what_the_rule_says(self):
        around = [clock.today() + timedelta(days=n) for n in (-1, 0, 1, 60, 61)]
        for signed in around[:3]:
            for ends in (None, *around):
                AgreementFactory(signed_on=signed, starts_on=clock.today() - timedelta(days=3), ends_on=ends)
        for ended in around[:3]:
            AgreementFactory(starts_on=clock.today() - timedelta(days=1), ended_on=ended, end_reason="x")
        day = clock.today()
        for one in Agreement.objects.all():
            asked = {
                name: narrowed(Agreement.objects.filter(pk=one.pk), state=name, day=day).exists()
                for name in ("", "ending", "over")
            }
            state = one.state(day)
            assert asked[""] is (state is not AgreementState.OVER), one.term
            assert asked["over"] is (state is AgreementState.OVER), one.term
            assert asked["ending"] is (state is AgreementState.ENDING), one.term

    def test_sorted_both_ways_those_without_end_last(self, client, team):
        for name, days in (("Un", 90), ("Deux", 70), ("Sans", None)):
            ends = clock.today() + timedelta(days=days) if days else None
            AgreementFactory(organisation__name=name, kind="charter", ends_on=ends)
        assert names(client, kind="charter", sort="ends") == ["Deux", "Un", "Sans"]
        assert names(client, kind="charter", sort="-ends") == ["Un", "Deux", "Sans"]

    def test_queries_do_not_grow(self, client, team, django_assert_num_queries):
        client.get(LIST)
        with django_assert_num_queries(6):
            client.get(LIST)
        AgreementFactory.create_batch(12)
        with django_assert_num_queries(6):
            client.get(LIST)

    @pytest.mark.parametrize("query", ["sort=x", "state=x", "kind=x", "page=x", "format=exe", "q=" + "x" * 5000])
    def test_odd_addresses_are_answered(self, client, team, query):
        assert client.get(f"{LIST}?{query}").status_code == 200

    def test_files_hold_what_is_shown(self, client, team):
        AgreementFactory(organisation__name="=Cabanon", kind="joint", reference="RC-9", ends_on=date(2099, 1, 1))
        text = client.get(LIST, {"kind": "joint", "format": "csv"}).content.decode("utf-8-sig")
        assert len(text.splitlines()) == 2
        assert "'=Cabanon" in text
        book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(LIST, {"kind": "joint", "format": "xlsx"}).content))
        row = book.get_sheet_by_index(0).to_python()[1]
        assert row[0] == "=Cabanon"
        assert row[5] == "2099-01-01"
        assert row[8] == "En cours"


class TestHome:
    def ending(self):
        return [one.organisation.name for one in ending_without_successor(clock.today())]

    def test_the_team_is_told_of_agreements_that_end_within_sixty_days(self, client, team):
        AgreementFactory(organisation__name="Bientôt", ends_on=clock.today() + timedelta(days=60))
        AgreementFactory(organisation__name="Plus tard", ends_on=clock.today() + timedelta(days=61))
        page = client.get("/travail/").content.decode()
        assert "Conventions bientôt finies" in page
        assert "Bientôt" in page
        assert "Plus tard" not in page

    def test_one_that_is_renewed_or_of_a_closed_organisation_is_not_told(self):
        ends = clock.today() + timedelta(days=10)
        one = AgreementFactory(organisation__name="Bientôt", ends_on=ends)
        AgreementFactory(organisation__is_active=False, ends_on=ends)
        assert self.ending() == ["Bientôt"]
        AgreementFactory(organisation=one.organisation, kind="charter", starts_on=ends)
        assert self.ending() == ["Bientôt"]
        AgreementFactory(organisation=one.organisation, starts_on=ends)
        assert self.ending() == []

    def test_only_those_who_work_with_files_are_asked_for_an_agreement(self, client, team):
        for name, capability in (("Don", "donor"), ("Aide", "mediation")):
            MembershipFactory(
                unit__capabilities=[capability],
                unit__organisation__name=name,
                unit__organisation__without_agreement=True,
            )
        page = client.get("/travail/").content.decode()
        assert "Conventions à noter" in page
        assert "Aide" in [one.name for one in client.get("/travail/structures/?state=incomplete").context["page"]]
        assert "Don" not in [one.name for one in client.get("/travail/structures/?state=incomplete").context["page"]]
