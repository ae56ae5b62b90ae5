"""Rights of people in the demonstration: requests, openings to look at, a merge to undo, files that go, mandates."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Model

from pourtous.accounts.models import Unit, User
from pourtous.demo.agenda import FULL_DAY, at
from pourtous.demo.draw import Draw
from pourtous.demo.people import Known, is_leaving, is_over
from pourtous.demo.scenario import fixed_code, fixed_id, read
from pourtous.people.enums import MandateAct, NoticeKind, Purpose, RequestKind, RequestState
from pourtous.people.models import (
    EliminationList,
    EliminationRow,
    FileOpening,
    FileReading,
    FollowUp,
    Mandate,
    Merge,
    Person,
    RightsRequest,
)
from pourtous.people.operations.facts import settle_searched
from pourtous.people.operations.merges import merge
from pourtous.people.rules.deadlines import due_on, months_after, told_on

_TWIN = "double"
_SILENT_MONTHS = 20  # others were met since


def settle_contacts(known: Sequence[Known], today: date) -> None:
    """When each was last met or heard of; those whose file goes were told so thirty days before."""
    for number, one in enumerate(known):
        if is_leaving(number):
            one.person.last_contact_on = one.until
            one.person.notified_on = min(today, told_on(one.until))
        elif one.person.last_contact_on < months_after(today, -_SILENT_MONTHS):
            one.met(min(one.until, today))


def rights(known: Sequence[Known], now: datetime, today: date) -> Iterator[Model]:
    """All rows but the merge, which needs the others."""
    mine = [one for one in known if one.mediator.email == FULL_DAY]
    yield from _requests(mine, today)
    yield from _openings(mine, now)
    yield from _readings(mine, today)
    yield from _mandates(mine, today, now)
    yield from _elimination(known, today)
    yield from _twin(mine[0])


def _requests(mine: list[Known], today: date) -> Iterator[RightsRequest]:
    for number, row in enumerate(read("requests")):
        received = today - timedelta(days=row["days_ago"])
        is_open = "answer" not in row
        yield RightsRequest(
            id=fixed_id("request", row["kind"]),
            number=fixed_code("request", row["kind"]),
            person=mine[number + 1].person,
            kind=RequestKind(row["kind"]),
            words=row["words"],
            identity_checked=row["identity"],
            received_by_id=mine[0].mediator.user_id,
            unit_id=mine[0].team.unit_id,
            received_on=received,
            due_on=due_on(received),
            state=RequestState(row.get("state", RequestState.OPEN)),
            answer=row.get("answer", ""),
            answered_by_id=None if is_open else fixed_id("user", "ines.tourbe@cabanon.example"),
            answered_on=None if is_open else received + timedelta(days=6),
        )


def _openings(mine: list[Known], now: datetime) -> Iterator[FileOpening]:
    for number, row in enumerate(read("openings")):
        opened = now - timedelta(days=row["days_ago"])
        yield FileOpening(
            id=fixed_id("opening", str(number)),
            person=mine[number + 6].person,
            user_id=fixed_id("user", row["by"]),
            unit_id=fixed_id("unit", row["unit"]),
            reason=row["reason"],
            opened_at=opened,
            until=opened + timedelta(hours=8),
            seen_at=opened + timedelta(days=1) if row["is_seen"] else None,
            seen_by_id=fixed_id("user", "ines.tourbe@cabanon.example") if row["is_seen"] else None,
        )


def _readings(mine: list[Known], today: date) -> Iterator[FileReading]:
    draw = Draw("readings")
    for number in range(60):
        one = draw.choice(mine)
        yield FileReading(
            id=fixed_id("reading", str(number)),
            person=one.person,
            user_id=one.mediator.user_id,
            unit_id=one.team.unit_id,
            at=at(today - timedelta(days=draw.randint(1, 40)), time(draw.randint(9, 17), draw.randrange(60))),
            what="people.file",
        )


def _mandates(mine: list[Known], today: date, now: datetime) -> Iterator[Mandate]:
    acts = (MandateAct.ASSISTS, MandateAct.DOES, MandateAct.ASSISTS, MandateAct.SHOWS)
    for number, act in enumerate(acts):
        starts = today - timedelta(days=20 * number)
        row = Mandate(
            id=fixed_id("mandate", str(number)),
            person=mine[number + 10].person,
            unit_id=mine[0].team.unit_id,
            helper_id=mine[0].mediator.user_id,
            helper_name=mine[0].mediator.name,
            act=act,
            starts_on=starts,
            ends_on=months_after(starts, 6),
            signed_on=starts if number else None,
            created_at=now - timedelta(days=20 * number),
        )
        row.procedures = ("Demande de logement",) if number % 2 else ("Déclaration de ressources", "Prime d’activité")
        yield row


def _elimination(known: Sequence[Known], today: date) -> Iterator[Model]:
    over = [one.person for number, one in enumerate(known) if is_over(number)]
    drawn = EliminationList(id=fixed_id("elimination", "draft"), drawn_up_on=today - timedelta(days=3), count=len(over))
    yield drawn
    for person in over:
        yield EliminationRow(
            id=fixed_id("elimination-row", person.code),
            listed_in=drawn,
            person=person,
            last_contact_on=person.last_contact_on,
        )


def _twin(one: Known) -> Iterator[Model]:
    """A second file of the same person, made by mistake."""
    known = one.person
    twin = Person(
        id=fixed_id("person", _TWIN),
        code=fixed_code("person", _TWIN),
        first_name=known.first_name,
        last_name=known.last_name,
        birth_year=known.birth_year,
        gender=known.gender,
        language=known.language,
        phone="+33639989990",
        last_contact_on=known.last_contact_on,
        created_by_unit_id=one.team.unit_id,
        created_at=known.created_at + timedelta(days=1),
    )
    settle_searched(twin)
    yield twin
    yield FollowUp(
        id=fixed_id("follow-up", _TWIN),
        person=twin,
        unit_id=one.team.unit_id,
        purpose=Purpose.TRAINING,
        notice_kind=NoticeKind.ORAL,
        notice_on=one.since,
        started_by_id=one.mediator.user_id,
        started_on=one.since,
    )


def merge_twin(known: Sequence[Known], now: datetime) -> None:
    """Make one file of the two, four days ago: it can still be undone."""
    one = next(one for one in known if one.mediator.email == FULL_DAY)
    twin = fixed_id("person", _TWIN)
    if Merge.objects.filter(absorbed=twin).exists():
        return
    merge(
        kept=Person.objects.get(pk=one.person.pk),
        absorbed=Person.objects.get(pk=twin),
        unit=Unit.objects.get(pk=one.team.unit_id),
        actor=User.objects.get(pk=one.mediator.user_id),
        now=now - timedelta(days=4),
    )
