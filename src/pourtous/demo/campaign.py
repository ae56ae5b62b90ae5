"""The pass numérique of the demonstration: a campaign that opened five months ago, its funders, stock and hosts.

Everything goes through the operations, at moments past, in the order of time (`Timeline`).
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import segno
from django.core.files.uploadedfile import SimpleUploadedFile

from pourtous.accounts.models import Agreement, Organisation, Unit, User
from pourtous.agenda.enums import CourseState, Format
from pourtous.agenda.models import Course
from pourtous.demo.agenda import at
from pourtous.demo.rows import Row
from pourtous.demo.scenario import fixed_id, read
from pourtous.kernel.clock import paris
from pourtous.passes.enums import CampaignState, MovementKind, QualificationState
from pourtous.passes.models import Campaign
from pourtous.passes.operations import bank, campaigns, hosts, issue, stock
from pourtous.people.rules.audiences import Ages, Audience
from pourtous.territories.models import Zone

MONTHS = 5  # since it opened
MORNING = time(9)


@dataclass
class Timeline:
    """What happened, each at its moment; nothing that is still to come."""

    now: datetime
    _events: list[tuple[datetime, int, Callable[[datetime], object]]] = field(default_factory=list)

    def put(self, moment: datetime, act: Callable[[datetime], object]) -> None:
        """Let it happen at this moment, which it is told."""
        self._events.append((moment, len(self._events), act))

    def run(self) -> None:
        """Let all of it happen."""
        for moment, _rank, act in sorted(self._events, key=lambda one: one[:2]):
            if moment <= self.now:
                act(moment)


def user(email: str) -> User:
    """Somebody of the scenario."""
    return User.objects.get(id=fixed_id("user", email))


def unit(key: str) -> Unit:
    """A unit of the scenario."""
    return Unit.objects.get(id=fixed_id("unit", key))


def organisation(key: str) -> Organisation:
    """An organisation of the scenario."""
    return Organisation.objects.get(id=fixed_id("organisation", key))


def first_day(today: date) -> date:
    """Of the campaign: the first of a month, five months ago."""
    return month_after(today, -MONTHS)


def month_after(day: date, months: int) -> date:
    """First day of the month that many months after this day's."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def open_campaign(row: Row, now: datetime) -> Campaign:
    """The campaign with publics, territories and funders, open since its first day."""
    begin = first_day(paris(now).date())
    opened, by = at(begin, MORNING), user(row["by"])
    made = campaigns.save_campaign(campaign=None, facts=_facts(row, begin), actor=by, now=opened)
    for said in row["publics"]:
        campaigns.save_public(
            campaign=made,
            public=None,
            name=said["name"],
            audience=_audience(said),
            books_planned=said["books"],
            actor=by,
            now=opened,
        )
    for said in row["territories"]:
        zone = Zone.objects.get(id=fixed_id("zone", said["zone"]))
        day = begin + timedelta(days=said["after_days"])
        campaigns.save_territory(campaign=made, zone=zone, opens_on=day, ends_on=None, actor=by, now=opened)
    parts = [
        campaigns.Part(
            organisation(said["organisation"]),
            agreement=Agreement.objects.get(id=fixed_id("agreement", said["agreement"])),
            rate=said.get("rate"),
            ceiling=said.get("ceiling"),
        )
        for said in row["funders"]
    ]
    campaigns.new_plan(campaign=made, starts_on=begin, parts=parts, actor=by, now=opened)
    campaigns.move_campaign(campaign=made, state=CampaignState.OPEN, actor=by, now=opened)
    made.refresh_from_db()
    return made


def _facts(row: Row, begin: date) -> campaigns.CampaignFacts:
    end = month_after(begin, 12) - timedelta(days=1)
    return campaigns.CampaignFacts(
        name=row["name"],
        year=begin.year,
        issuer=organisation(row["issuer"]),
        face_value=1000,
        passes_per_book=10,
        tranches=(4, 6),
        passes_per_session=1,
        books_per_person=1,
        budget=row["budget"],
        starts_on=begin,
        last_day=end,
        tolerance_days=31,
        life_days=None,
        stub_days=31,
        claim_until=end + timedelta(days=90),
        themes=(),
        levels=(),
        reminder_days=(7, 21, 45),
        dormant_days=90,
        notice_days=30,
        late_stubs_borne=1,
        undo_minutes=15,
        regime=row["regime"],
        regime_reference=row["regime_reference"],
        regime_on=begin,
        regisseur=row["regisseur"],
        regime_ceiling=None,
        help_phone=row["help_phone"],
    )


def _audience(said: Row) -> Audience:
    return Audience(
        any_criteria=frozenset(said.get("any_criteria", ())),
        all_criteria=frozenset(said.get("all_criteria", ())),
        ages=Ages(*said["ages"]) if "ages" in said else None,
    )


def moment_of(row: Row, begin: date, now: datetime) -> datetime:
    """When a step of the scenario happened: days after the campaign began, or days ago."""
    days_ago = row.get("days_ago")
    day = begin + timedelta(days=row["after_days"]) if days_ago is None else paris(now).date() - timedelta(days_ago)
    return at(day, MORNING)


def stock_up(row: Row, campaign: Campaign, timeline: Timeline) -> None:
    """Books printed, and slips between the team and prescribers; the last ones still wait."""
    begin, by, safe = campaign.starts_on, user(row["by"]), unit(row["safe"])
    for said in row["batches"]:
        moment = moment_of(said, begin, timeline.now)
        timeline.put(moment, _make(campaign, said["books"], row, by))
        if "after_days" in said:
            timeline.put(moment + timedelta(days=4), _confirm(campaign, safe, by))
    for said in row["slips"]:
        moment = moment_of(said, begin, timeline.now)
        timeline.put(moment, _entrust(campaign, said, safe, by))


def _make(campaign: Campaign, books: int, row: Row, by: User) -> Callable[[datetime], object]:
    mentions = issue.Mentions(issuer_address=row["issuer_address"], payer=row["payer"])
    return lambda now: issue.make_batch(campaign=campaign, books=books, actor=by, now=now, mentions=mentions)


def _confirm(campaign: Campaign, safe: Unit, by: User) -> Callable[[datetime], object]:
    return lambda now: issue.confirm_printed(batch=campaign.batches.get(), safe=safe, actor=by, now=now)


def _entrust(campaign: Campaign, said: Row, safe: Unit, by: User) -> Callable[[datetime], object]:
    def entrust(now: datetime) -> None:
        held = campaign.books.filter(holder=safe).order_by("number")
        numbers = list(held.values_list("number", flat=True)[: said["books"]])
        slip = stock.propose_slip(
            campaign=campaign,
            kind=MovementKind.ENTRUSTED,
            first=numbers[0],
            last=numbers[-1],
            giver=safe,
            taker=unit(said["to"]),
            actor=by,
            now=now,
        )
        if "signed_by" in said:
            stock.confirm_slip(slip=slip, actor=user(said["signed_by"]), now=now + timedelta(hours=3))

    return entrust


def invite_hosts(row: Row, campaign: Campaign, timeline: Timeline) -> None:
    """Hosts ask, the team answers; bank details are looked at by a second person."""
    for said in read("hosts"):
        timeline.put(moment_of(said, campaign.starts_on, timeline.now), _host(row, said, campaign))


def _host(row: Row, said: Row, campaign: Campaign) -> Callable[[datetime], object]:
    def ask(now: datetime) -> None:
        asking = user(said["by"])
        request = hosts.HostRequest(
            answers=said["answers"],
            is_public_body=said.get("is_public_body", False),
            has_charter=True,
            courses={course.pk: course.pass_cost or 1 for course in payable_courses(said["unit"])},
        )
        one = hosts.ask(
            campaign=campaign, organisation=organisation(said["organisation"]), said=request, actor=asking, now=now
        )
        state = QualificationState(said["state"])
        if state != QualificationState.ASKED:
            later = now + timedelta(hours=5)
            hosts.decide(host=one, state=state, reason=said.get("reason", ""), actor=user(row["by"]), now=later)
        if "iban" in said:
            _bank(row, said, now)

    return ask


def payable_courses(key: str) -> list[Course]:
    """The published courses of a unit that people register for session after session."""
    published = Course.objects.filter(unit=fixed_id("unit", key), state=CourseState.PUBLISHED)
    return list(published.exclude(format__in=(Format.TRY_ONCE, Format.OUTREACH)).order_by("title"))


def _bank(row: Row, said: Row, now: datetime) -> None:
    paper = io.BytesIO()
    segno.make(f"RIB de démonstration {said['iban']}").save(paper, kind="png", scale=6)
    details = bank.propose(
        organisation=organisation(said["organisation"]),
        holder=organisation(said["organisation"]).name,
        iban=said["iban"],
        bic="",
        proof=SimpleUploadedFile("rib.png", paper.getvalue()),
        actor=user(said["by"]),
        now=now,
    )
    if not said.get("bank_waits"):
        later = now + timedelta(days=1)
        bank.decide_bank(details=details, is_accepted=True, reason="", actor=user(row["second"]), now=later)
