"""Tables of people in `pourtous export all`, with a sentence a column. Hashes and what is made to search by stay out."""

from typing import Any

from django.db.models import Model

from pourtous.people.models import Criterion, FileOpening, FileReading, FollowUp, Person, Relation
from pourtous.runtime.exports import Column, Rows, table

_PERSONS = {
    "id": "Key of the row.",
    "code": "Code printed on papers in place of the name.",
    "state": "active, merged or anonymised.",
    "first_name": "First name.",
    "last_name": "Last name.",
    "birth_year": "Birth year; empty: unknown.",
    "gender": "As La Coop has it: feminin, masculin, non_communique.",
    "status": "As La Coop has it: scolarise, sans_emploi, en_emploi, retraite, non_communique.",
    "commune_id": "INSEE code of the commune of residence or domiciliation.",
    "home_kind": "residence, domiciliation or none.",
    "reach": "How the person wants to be reached: sms, call, email, letter, organisation, none.",
    "phone": "Telephone, E.164.",
    "email": "E-mail address.",
    "postal_address": "Lines of the postal address.",
    "reach_through_id": "Key of the unit that passes messages on.",
    "language": "Language, BCP 47.",
    "agrees_to_be_found": "Whether another unit may be told who to ask.",
    "last_contact_on": "Last day the person was met or heard of.",
    "notified_on": "Day they were told that the file goes in 30 days.",
    "merged_into_id": "Key of the person this file was merged into.",
    "created_by_unit_id": "Key of the unit that registered them.",
    "created_at": "When, UTC.",
    "anonymised_at": "When the row was emptied, UTC.",
}
_CRITERIA = {
    "id": "Key of the row.",
    "person_id": "Key of the person.",
    "kind": "What was checked.",
    "checked_by_id": "Key of the user who checked.",
    "unit_id": "Key of the unit that checked.",
    "checked_on": "Day of the check.",
    "valid_until": "First day on which it no longer counts; empty: no end.",
    "withdrawn_on": "Day it was withdrawn.",
}
_FOLLOW_UPS = {
    "id": "Key of the row.",
    "person_id": "Key of the person.",
    "unit_id": "Key of the unit that follows.",
    "purpose": "For what.",
    "notice_kind": "How the person was told: oral, paper, sms.",
    "notice_on": "Day they were told.",
    "note": "Note of the unit.",
    "started_by_id": "Key of the user who began.",
    "started_on": "First day.",
    "ended_on": "First day on which it no longer counts; empty: it goes on.",
}
_RELATIONS = {
    "id": "Key of the row.",
    "person_id": "Key of the person.",
    "kind": "parent, representative or helper.",
    "name": "Name, with the capacity in which somebody signs.",
    "phone": "Telephone, E.164.",
    "email": "E-mail address.",
    "may_be_contacted": "Whether messages may go to them in place of the person.",
}
_READINGS = {
    "id": "Key of the row.",
    "person_id": "Key of the person.",
    "user_id": "Key of the user who read.",
    "unit_id": "Key of the unit they read for.",
    "at": "When, UTC.",
    "what": "Which page.",
    "opening_id": "Key of the opening with a reason, when it was one.",
}
_OPENINGS = {
    "id": "Key of the row.",
    "person_id": "Key of the person.",
    "user_id": "Key of the user who opened the file.",
    "unit_id": "Key of their unit.",
    "reason": "The reason given.",
    "opened_at": "When, UTC.",
    "until": "Until when it was open, UTC.",
    "seen_at": "When a manager looked at it, UTC.",
    "seen_by_id": "Key of that manager.",
}


def _rows(model: type[Model], described: dict[str, str]) -> Rows:
    columns = [Column(name, text) for name, text in described.items()]
    found: Any = model._default_manager.order_by("pk")  # noqa: SLF001 (Django's documented way)
    return columns, found.values_list(*described).iterator()


@table("persons", "One row a person helped; personal data", covers=("people.Person",))
def persons() -> Rows:
    """All persons, merged and anonymised ones included."""
    return _rows(Person, _PERSONS)


@table("criteria", "One row a check of a criterion", covers=("people.Criterion",))
def criteria() -> Rows:
    """All checks."""
    return _rows(Criterion, _CRITERIA)


@table("follow_ups", "One row a unit that follows a person for a purpose", covers=("people.FollowUp",))
def follow_ups() -> Rows:
    """All follow-ups, ended ones included."""
    return _rows(FollowUp, _FOLLOW_UPS)


@table("relations", "One row somebody beside a person", covers=("people.Relation",))
def relations() -> Rows:
    """All of them."""
    return _rows(Relation, _RELATIONS)


@table("file_readings", "One row a reading of a file", covers=("people.FileReading",))
def file_readings() -> Rows:
    """All that are kept: a year."""
    return _rows(FileReading, _READINGS)


@table("file_openings", "One row a file opened with a reason", covers=("people.FileOpening",))
def file_openings() -> Rows:
    """All that are kept."""
    return _rows(FileOpening, _OPENINGS)
