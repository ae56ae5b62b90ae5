"""What was done, with whom, and what people can do since."""

from pourtous.activities.models.activities import Activity, ActivityVersion, AnonymousCount, Participation, Tag
from pourtous.activities.models.diagnoses import Diagnosis, DiagnosisAnswer
from pourtous.activities.models.figures import SharedFigures
from pourtous.activities.models.months import (
    CountedPerson,
    MonthCount,
    MonthPerson,
    StaleMonth,
    TerritoryCount,
    TerritoryPeople,
)

__all__ = (
    "Activity",
    "ActivityVersion",
    "AnonymousCount",
    "CountedPerson",
    "Diagnosis",
    "DiagnosisAnswer",
    "MonthCount",
    "MonthPerson",
    "Participation",
    "SharedFigures",
    "StaleMonth",
    "Tag",
    "TerritoryCount",
    "TerritoryPeople",
)
