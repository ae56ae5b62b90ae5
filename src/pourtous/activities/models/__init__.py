"""What was done, with whom, and what people can do since."""

from pourtous.activities.models.activities import Activity, ActivityVersion, AnonymousCount, Participation, Tag
from pourtous.activities.models.diagnoses import Diagnosis, DiagnosisAnswer
from pourtous.activities.models.figures import SharedFigures

__all__ = (
    "Activity",
    "ActivityVersion",
    "AnonymousCount",
    "Diagnosis",
    "DiagnosisAnswer",
    "Participation",
    "SharedFigures",
    "Tag",
)
