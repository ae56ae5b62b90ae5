"""Persons, what follows them, and their rights."""

from pourtous.people.models.files import BulkReading, FileOpening, FileReading, FollowUp, Relation
from pourtous.people.models.imports import PeopleImport
from pourtous.people.models.mandates import Mandate
from pourtous.people.models.persons import Criterion, Person
from pourtous.people.models.retention import EliminationList, EliminationRow
from pourtous.people.models.rights import Merge, RightsRequest

__all__ = (
    "BulkReading",
    "Criterion",
    "EliminationList",
    "EliminationRow",
    "FileOpening",
    "FileReading",
    "FollowUp",
    "Mandate",
    "Merge",
    "PeopleImport",
    "Person",
    "Relation",
    "RightsRequest",
)
