"""Browsers told by the name people know."""

from django.utils.translation import gettext as _

# The first that is found: later ones pretend to be earlier ones.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser(user_agent: str) -> str:
    """What a browser says of itself, in two names: Firefox, Windows."""
    names = [next((name for mark, name in table if mark in user_agent), "") for table in (_BROWSERS, _MACHINES)]
    return ", ".join(filter(None, names)) or _("Unknown browser")
