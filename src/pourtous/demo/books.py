"""Books of the demonstration: to whom they were handed, what they paid for, what was lost, claimed and paid."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from pourtous.accounts.models import Membership, Unit, User
from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.models import Registration, Session
from pourtous.demo import campaign as setting
from pourtous.demo.agenda import at
from pourtous.demo.campaign import Timeline, unit, user
from pourtous.demo.draw import Draw
from pourtous.demo.people import PRESCRIBER, PRESCRIBERS
from pourtous.demo.rows import Row
from pourtous.demo.scenario import fixed_pass, read
from pourtous.kernel.clock import paris
from pourtous.passes.enums import BookState, Channel, ClaimState, MovementKind, PassState, Unbooked
from pourtous.passes.models import Book, Campaign, Claim, HandOver, Pass
from pourtous.passes.operations import claim_steps, monthly, stock
from pourtous.passes.operations.flags import raise_flags
from pourtous.passes.operations.hand_over import How, hand_over
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem
from pourtous.passes.queries.counter import offer
from pourtous.passes.sealing import digest
from pourtous.people.enums import CriterionKind, NoticeKind, Purpose
from pourtous.people.models import Person
from pourtous.people.operations.criteria import check_criteria
from pourtous.people.operations.follow_ups import start_follow_up
from pourtous.people.queries import active_follow_ups, followed

SECOND = "capitouls-accueil"  # the other unit that hands books over
WITHOUT = 12  # books of people who came to no session yet
_SECOND_ONES = ("nour.castelnau@capitouls.example", "iris.maurel-pons@capitouls.example")
_SENIOR, _YOUNG = 61, 24  # years old, away from the boundary years
_FORGOTTEN = 0.06  # sessions to which the book was not brought
_DESK, _NIGHT = time(10, 30), time(3)
_NEEDED = 3  # people who came twice, for whom something goes wrong
_SATURDAY = 5


@transaction.atomic
def load_passes(now: datetime) -> int:
    """The campaign and all that happened in it, once, where people come to courses; how many books were handed over."""
    if Campaign.objects.exists() or not Registration.objects.exists():
        return 0
    row = read("campaign")[0]
    campaign = setting.open_campaign(row, now)
    timeline = Timeline(now)
    setting.stock_up(row, campaign, timeline)
    setting.invite_hosts(row, campaign, timeline)
    holders = _holders(campaign, paris(now).date())
    for number, holder in enumerate(holders):
        _life(campaign, holder, number, timeline)
    _errors(campaign, holders, timeline)
    _months(campaign, row, timeline)
    timeline.run()
    raise_flags(now=now)
    _print_known_codes(holders, paris(now).date())
    return HandOver.objects.filter(campaign=campaign).count()


@dataclass
class Holder:
    """Somebody a book is handed to, when, by whom, and the sessions they came to since."""

    person: Person
    handed_on: date
    unit: Unit
    by: User
    came: list[Registration] = field(default_factory=list)
    comes: Registration | None = None  # the next session they are registered for


def _holders(campaign: Campaign, today: date) -> list[Holder]:
    """People of the open territories who come to sessions of hosts; a few who have not come yet."""
    draw = Draw("books")
    units = [said["unit"] for said in read("hosts") if said["state"] == "qualified"]
    courses = [course for key in units for course in setting.payable_courses(key)]
    zones = [territory.zone for territory in campaign.territories.all()]
    lives = Person.objects.filter(
        commune__in={pk for zone in zones for pk in zone.communes.values_list("pk", flat=True)}
    )
    rows = Registration.objects.filter(session__course__in=courses, person__in=lives)
    rows = rows.filter(state__in=(RegistrationState.ATTENDED, RegistrationState.REGISTERED))
    by_person: dict[UUID, list[Registration]] = {}
    for one in rows.select_related("person", "session__unit").order_by("session__starts_at", "id"):
        by_person.setdefault(one.person_id or one.pk, []).append(one)
    found = [_holder(list_, number, today, draw) for number, list_ in enumerate(by_person.values())]
    others = followed(user(PRESCRIBERS[0]), on=today).filter(pk__in=lives).exclude(pk__in=by_person).order_by("code")
    for number, person in enumerate(others[:WITHOUT]):
        day = today - timedelta(days=5 + 8 * number)
        found.append(Holder(person, _worked(day), unit(PRESCRIBER), user(PRESCRIBERS[number % 2])))
    return found


def _holder(rows: list[Registration], number: int, today: date, draw: Draw) -> Holder:
    came = [one for one in rows if one.state == RegistrationState.ATTENDED]
    coming = [one for one in rows if one.state == RegistrationState.REGISTERED]
    first = paris((came or coming)[0].session.starts_at).date()
    is_second = not number % 4
    return Holder(
        person=rows[0].person,  # type: ignore[arg-type] # the query asks for one
        handed_on=_worked(min(first, today) - timedelta(days=draw.randint(4, 9))),
        unit=unit(SECOND if is_second else PRESCRIBER),
        by=user((_SECOND_ONES if is_second else PRESCRIBERS)[number % 2]),
        came=came,
        comes=coming[0] if coming else None,
    )


def _worked(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def _life(campaign: Campaign, holder: Holder, number: int, timeline: Timeline) -> None:
    draw = Draw(f"book/{number}")
    moment = at(holder.handed_on, _DESK) + timedelta(minutes=number % 40)
    timeline.put(moment, partial(_hand, campaign, holder, number))
    for one in holder.came:
        if not draw.chance(_FORGOTTEN):
            channel = draw.weighed({Channel.CAMERA: 6, Channel.TYPED: 3, Channel.STUB: 1})
            later = timedelta(days=2) if channel == Channel.STUB else timedelta(minutes=10 + number % 20)
            timeline.put(one.session.starts_at + later, _use(campaign, holder.person, one.session, channel))


def _hand(campaign: Campaign, holder: Holder, number: int, now: datetime) -> None:
    """Follow, check what makes the person concerned, hand the next book over, with the first session when there is one."""
    today = paris(now).date()
    if not active_follow_ups(today).filter(person=holder.person, unit=holder.unit).exists():
        start_follow_up(
            person=holder.person,
            unit=holder.unit,
            purpose=Purpose.TRAINING,
            notice_kind=NoticeKind.ORAL,
            notice_on=today,
            actor=holder.by,
            now=now,
        )
    kinds = _criteria(holder.person, today)
    if kinds:
        check_criteria(person=holder.person, kinds=kinds, unit=holder.unit, actor=holder.by, now=now)
    first = next(iter(holder.came), holder.comes)
    book = _next_book(campaign, holder.unit)
    how = How(first_registration=first, unbooked=(Unbooked.LATER, Unbooked.NO_TIME)[number % 2])
    hand_over(book=book, person=holder.person, unit=holder.unit, how=how, actor=holder.by, now=now)


def _criteria(person: Person, today: date) -> tuple[CriterionKind, ...]:
    age = today.year - person.birth_year if person.birth_year else None
    if age is not None and age >= _SENIOR:
        return ()
    if age is not None and age <= _YOUNG:
        return (CriterionKind.JOBSEEKER, CriterionKind.NO_DIPLOMA)
    return (CriterionKind.RSA,)


def _next_book(campaign: Campaign, holder: Unit) -> Book:
    free = campaign.books.filter(holder=holder, state=BookState.ENTRUSTED).order_by("number").first()
    if free is None:
        msg = f"{holder} has no book left in the demonstration"
        raise RuntimeError(msg)
    return free


def _use(campaign: Campaign, person: Person, session: Session, channel: Channel) -> Callable[[datetime], object]:
    def use(now: datetime) -> None:
        book = Book.objects.filter(campaign=campaign, hand_overs__person=person, state=BookState.HANDED).first()
        usable = Pass.objects.filter(book=book, state=PassState.HANDED).order_by("position")
        reader = Reader(channel=channel, user=_counter(session.unit_id))
        for one in usable[: _price(campaign, session)]:
            redeem(one=one, session=session, reader=reader, now=now)

    return use


def _price(campaign: Campaign, session: Session) -> int:
    return offer(campaign, session).passes


def _counter(unit_id: UUID) -> User:
    return Membership.objects.filter(unit=unit_id).order_by("user__email")[0].user


def _errors(campaign: Campaign, holders: list[Holder], timeline: Timeline) -> None:
    """One book lost, replaced and shown all the same, two stolen with the bag of a prescriber, passes that came again."""
    came = [holder for holder in holders if len(holder.came) > 1]
    if len(came) < _NEEDED:
        msg = "too few people came to sessions of the demonstration’s hosts"
        raise RuntimeError(msg)
    lost, again, twice = came[:_NEEDED]
    timeline.put(lost.came[-1].session.starts_at + timedelta(days=3), partial(_replace, campaign, lost))
    for holder, channel in ((again, Channel.CAMERA), (twice, Channel.STUB)):
        moment = holder.came[-1].session.starts_at + timedelta(hours=1)
        timeline.put(moment, partial(_bring_again, campaign, holder, channel))
    stolen = at(campaign.starts_on + timedelta(days=60), _DESK)
    timeline.put(stolen, partial(_steal, campaign, unit(SECOND), user(_SECOND_ONES[0])))


def _book_of(campaign: Campaign, holder: Holder) -> HandOver:
    return HandOver.objects.select_related("book").get(campaign=campaign, person=holder.person, undone_at=None)


def _replace(campaign: Campaign, holder: Holder, now: datetime) -> None:
    made = _book_of(campaign, holder)
    _declare(campaign, MovementKind.LOST, made.book.number, "Perdu dans le bus", holder.by, now)
    another = _next_book(campaign, holder.unit)
    later, how = now + timedelta(minutes=4), How(unbooked=Unbooked.LATER)
    hand_over(book=another, person=holder.person, unit=holder.unit, how=how, actor=holder.by, now=later, replaces=made)
    found = Pass.objects.filter(book=made.book).order_by("-position")[0]
    _refused(found, holder.came[-1].session, Channel.TYPED, now + timedelta(days=2))


def _steal(campaign: Campaign, holder: Unit, by: User, now: datetime) -> None:
    held = campaign.books.filter(holder=holder, state=BookState.ENTRUSTED).order_by("-number")[:1]
    _declare(campaign, MovementKind.STOLEN, held[0].number, "Sac volé pendant une permanence", by, now)


def _declare(campaign: Campaign, kind: MovementKind, number: int, reason: str, by: User, now: datetime) -> None:
    stock.declare(campaign=campaign, kind=kind, first=number, last=number, reason=reason, actor=by, now=now)


def _bring_again(campaign: Campaign, holder: Holder, channel: Channel, now: datetime) -> None:
    """A used pass comes again: at the same counter, or as a stub of another session."""
    used = Pass.objects.filter(book=_book_of(campaign, holder).book, state=PassState.REDEEMED).order_by("position")[0]
    _refused(used, holder.came[-1].session, channel, now)


def _refused(one: Pass, session: Session, channel: Channel, now: datetime) -> None:
    with suppress(PassRefused):
        redeem(one=one, session=session, reader=Reader(channel=channel, user=_counter(session.unit_id)), now=now)


def _months(campaign: Campaign, row: Row, timeline: Timeline) -> None:
    """Claims of each month over: drawn up by themselves, certified by one person, ordered by another, paid."""
    by, second = user(row["by"]), user(row["second"])
    for months in range(1, setting.MONTHS + 1):
        first = setting.month_after(campaign.starts_on, months)
        timeline.put(at(first, _NIGHT), _draw_up)
        steps: tuple[tuple[int, Callable[[datetime], object]], ...] = (
            (2, lambda now: claim_steps.certify_all(claims=_in(ClaimState.DRAWN_UP), actor=by, now=now)),
            (4, lambda now: claim_steps.liquidate_all(claims=_in(ClaimState.CERTIFIED), actor=by, now=now)),
            (7, partial(_order, second)),
            (19, partial(_pay, second)),
        )
        for days, step in steps:
            timeline.put(at(first + timedelta(days=days), _DESK), step)


def _draw_up(now: datetime) -> None:
    monthly.draw_up_month(now=now)


def _in(state: ClaimState) -> list[Claim]:
    return list(Claim.objects.filter(state=state).order_by("number"))


def _order(by: User, now: datetime) -> None:
    numbered = [(claim, f"{now:%Y}-{4000 + claim.number}") for claim in _in(ClaimState.LIQUIDATED)]
    claim_steps.order_all(claims=numbered, actor=by, now=now)


def _pay(by: User, now: datetime) -> None:
    claim_steps.pay_all(claims=_in(ClaimState.ORDERED), on=paris(now).date(), actor=by, now=now)


def _print_known_codes(holders: Iterable[Holder], today: date) -> None:
    """Codes that the guide of the demonstration tells, on the book of somebody who comes today."""
    shown = [one for one in holders if one.comes and paris(one.comes.session.starts_at).date() == today]
    for holder in shown[:1]:
        for one in Pass.objects.filter(book__hand_overs__person=holder.person, book__state=BookState.HANDED):
            code, token = fixed_pass(one.position)
            Pass.objects.filter(pk=one.pk).update(code_digest=digest(code), token_digest=digest(token))
