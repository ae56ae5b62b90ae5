"""How a length of time is written on a chip."""

NBSP = "\u00a0"
_HOUR = 60


def length(minutes: int) -> str:
    """45 → "45 min", 60 → "1 h", 90 → "1 h 30", with spaces that do not break."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"
