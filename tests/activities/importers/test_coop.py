"""La Coop's spreadsheet: out, in, and out again the same; in again without harm."""

from datetime import UTC, date, datetime

import pytest
from python_calamine import load_workbook

from pourtous.activities.enums import ActivityKind, Dimension, Orientation, PlaceKind, Topic
from pourtous.activities.exporters.files import COOP, OWN, Wanted, export
from pourtous.activities.models import Activity, ActivityVersion, AnonymousCount, StaleMonth
from pourtous.activities.operations.coop_import import Terms, import_activities
from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.runtime.progress import Progress
from tests.accounts.factories import MembershipFactory, someone
from tests.activities.factories import ActivityFactory, ParticipationFactory, TagFactory
from tests.activities.operations.test_record import unit_of
from tests.people.factories import PersonFactory
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WANTED = Wanted(first=date(2026, 1, 1), last=date(2026, 12, 31))


@pytest.fixture
def mediator():
    return someone("mediation")


@pytest.fixture
def bring(tmp_path, mediator):
    def run(content, whose=mediator, **options):
        path = tmp_path / "coop.xlsx"
        path.write_bytes(content)
        terms = Terms(whose, unit_of(whose))
        return import_activities(path=path, terms=terms, actor=whose, now=NOW, progress=Progress(), **options)

    return run


def out(wanted=WANTED, *, with_names=False):
    return export(
        COOP, wanted.rows(), asker=("Léa Martin", "Médiateur"), filters=wanted.words(), with_names=with_names, now=NOW
    )


def sheet(content, tmp_path):
    path = tmp_path / "read.xlsx"
    path.write_bytes(content)
    return load_workbook(path).get_sheet_by_name("Activités").to_python()


def table(content, tmp_path):
    rows = sheet(content, tmp_path)
    start = next(n for n, row in enumerate(rows) if row[0] == "Date")
    return rows[start], rows[start + 1 :]


@pytest.fixture
def three(mediator):
    """One to one at a place with a person, a workshop of three without file, a help sent on."""
    own = {"mediator": mediator, "unit": unit_of(mediator)}
    place = PlaceFactory(name="Espace du Lavoir")
    first = ActivityFactory(
        **own, place_kind=PlaceKind.PLACE, place=place, insee_code="34998", anonymous_count=0, notes="Confidence",
        equipment=("ordinateur", "telephone"), autonomy="autonome", topics=(Topic.EMAIL, Topic.PROCEDURES),
        procedures=("logement",),
    )  # fmt: skip
    person = PersonFactory(first_name="Odette", last_name="Marin")
    ParticipationFactory(activity=first, person=person, gender="feminin", age_band="soixante_dix_plus")
    first.tags.add(TagFactory(name="été", owner=mediator))
    workshop = ActivityFactory(
        **own, kind=ActivityKind.WORKSHOP, title="Photos", level="debutant", anonymous_count=3, participant_count=3
    )
    for dimension, value, count in ((Dimension.GENDER, "feminin", 2), (Dimension.AGE, "douze_dix_huit", 1)):
        AnonymousCount.objects.create(activity=workshop, dimension=dimension, value=value, count=count)
    return [first, workshop, ActivityFactory(**own, orientation=Orientation.SOCIAL)]


def test_the_layout(three, tmp_path):
    rows = sheet(out(), tmp_path)
    told = {row[0]: row[1] for row in rows[:12] if row[0]}
    assert (told["Nom"], told["Prénom"], told["Total"]) == ("Martin", "Léa", 3)
    header, lines = table(out(), tmp_path)
    assert len(lines) == 5
    assert "Bénéficiaire" not in header
    assert "Notes" not in header
    found = [dict(zip(header, line, strict=True)) for line in lines]
    one = next(line for line in found if line["Tags"] == "été")
    assert one["Matériel numérique utilisé"] == "Ordinateur\nTéléphone"
    assert one["Thématique(s)"] == "E-mail\nAide aux démarches administratives\nLogement"
    assert (one["Participants"], one["Niveau d’autonomie (ou de l’atelier)"]) == ("1/1", "3/3")
    assert one["Tranche d’âge du bénéficiaire"] == "70 ans et plus"
    shop = [line for line in found if line["Type"] == "Atelier collectif"]
    assert [line["Participants"] for line in shop] == ["1/3", "2/3", "3/3"]
    assert [line["Genre du bénéficiaire"] for line in shop] == ["Féminin", "Féminin", "Non communiqué"]


def test_names_and_notes_only_when_asked(three, tmp_path):
    assert "Odette Marin" not in str(sheet(out(), tmp_path))
    assert "Confidence" not in str(sheet(out(), tmp_path))
    with_names = str(sheet(out(with_names=True), tmp_path))
    assert "Odette Marin" in with_names
    assert "Confidence" in with_names


def test_out_in_and_out_again_is_the_same(three, bring, tmp_path):
    first = out()
    Activity.objects.all().delete()
    report = bring(first)
    assert (report.created, report.rejected, report.accompaniments) == (3, 0, 5)
    again = out()
    header, before = table(first, tmp_path)
    _header, after = table(again, tmp_path)
    source = header.index("Source")
    told = [sorted((row[:source] + row[source + 1 :] for row in rows), key=str) for rows in (before, after)]
    assert told[0] == told[1]
    assert Activity.objects.get(title="Photos").anonymous_count == 3
    assert not Activity.objects.filter(participations__isnull=False).exists()
    assert Activity.objects.filter(place__name="Espace du Lavoir").count() == 1
    assert StaleMonth.objects.exists()


def test_a_second_time_changes_nothing_and_news_are_taken_over(three, bring, mediator):
    content = out()
    Activity.objects.all().delete()
    bring(content)
    assert bring(content).unchanged == 3
    Activity.objects.filter(title="Photos").update(title="Photographies")
    longer = out()
    Activity.objects.filter(title="Photographies").update(title="Photos")
    report = bring(longer)
    assert (report.updated, report.unchanged) == (1, 2)
    assert Activity.objects.filter(title="Photographies", anonymous_counts__value="feminin").count() == 1


def test_what_was_changed_or_removed_here_stays(three, bring, mediator):
    content = out()
    Activity.objects.all().delete()
    bring(content)
    edited, removed, _other = Activity.objects.order_by("pk")
    ActivityVersion.objects.create(activity=edited, at=NOW, by=mediator, was={})
    Activity.objects.filter(pk=removed.pk).update(deleted_at=NOW)
    Activity.objects.update(recorded_mark="before")
    report = bring(content)
    assert (report.kept, report.updated) == (2, 1)


def test_a_file_that_came_from_here_makes_no_doubles(three, bring):
    report = bring(out())
    assert (report.here, report.created) == (3, 0)
    assert Activity.objects.count() == 3


def test_a_dry_run_writes_nothing(three, bring):
    content = out()
    Activity.objects.all().delete()
    assert bring(content, dry_run=True).created == 3
    assert not Activity.objects.exists()
    assert not Event.objects.exists()


def test_activities_of_another_mediator_are_left_alone(three, bring, mediator):
    content = out()
    Activity.objects.all().delete()
    bring(content)
    colleague = MembershipFactory(unit=unit_of(mediator)).user
    report = bring(content, whose=colleague)
    assert (report.rejected, report.created) == (3, 0)
    assert set(Activity.objects.values_list("mediator", flat=True)) == {mediator.pk}


def test_only_mediators_of_the_team(bring, three):
    content = out()
    with pytest.raises(DomainError, match="Agent"):
        bring(content, whose=someone("prescriber"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old", b"Date;Type"])
def test_no_such_spreadsheet(bring, content):
    with pytest.raises(DomainError):
        bring(content)


def test_own_columns(three, tmp_path):
    text = export(OWN, WANTED.rows(), asker=("", ""), filters=(), with_names=False, now=NOW).decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("id;source;source_id;day;kind")
    assert "Confidence" not in text
    assert "Odette" not in text
    assert "Odette Marin" in export(OWN, WANTED.rows(), asker=("", ""), filters=(), with_names=True, now=NOW).decode()
