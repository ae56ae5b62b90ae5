"""What was done, with whom, and what people can do since."""

from pourtous.activities.models.activities import Activity, ActivityVersion, AnonymousCount, Participation, Tag
from pourtous.activities.models.diagnoses import Diagnosis, DiagnosisAnswer
from pourtous.activities.models.figures import SharedFigures
from pourtous.activities.models.months import MonthCount, MonthPerson, StaleMonth, TerritoryCount

__all__ = (
    "Activity",
    "ActivityVersion",
    "AnonymousCount",
    "Diagnosis",
    "DiagnosisAnswer",
    "MonthCount",
    "MonthPerson",
    "Participation",
    "SharedFigures",
    "StaleMonth",
    "Tag",
    "TerritoryCount",
)
