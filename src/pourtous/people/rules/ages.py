"""Ages from a birth year alone: in bands, and what they allow. Nobody's birthday is asked."""

from pourtous.people.enums import AgeBand

OLDEST_YEAR = 1900
FILE_FROM = 15  # no file before (GDPR article 8, as French law sets it)
ADULT_FROM = 18
_BANDS = (
    (12, AgeBand.UNDER_12),
    (18, AgeBand.FROM_12),
    (25, AgeBand.FROM_18),
    (40, AgeBand.FROM_25),
    (60, AgeBand.FROM_40),
    (70, AgeBand.FROM_60),
)


def age_band(birth_year: int | None, year: int) -> AgeBand:
    """The band of La Coop, by the year minus the birth year (its own rule)."""
    if birth_year is None or birth_year > year:
        return AgeBand.UNKNOWN
    return next((band for limit, band in _BANDS if year - birth_year < limit), AgeBand.FROM_70)


def is_too_young(birth_year: int | None, year: int) -> bool:
    """Whether the person cannot be 15 yet, whatever the day of their birthday."""
    return birth_year is not None and year - birth_year < FILE_FROM


def may_be_too_young(birth_year: int | None, year: int) -> bool:
    """Whether the person turns 15 this year: only they can say whether the day has come."""
    return birth_year is not None and year - birth_year == FILE_FROM


def is_minor(birth_year: int | None, year: int) -> bool:
    """Whether the person is under 18 for sure; the year they turn 18 they are taken at their word."""
    return birth_year is not None and year - birth_year < ADULT_FROM
