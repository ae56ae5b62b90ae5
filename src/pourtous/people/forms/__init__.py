"""Forms about people. `PersonField` is in `people.fields`, for other apps."""

from pourtous.people.fields import PersonField as PersonField
