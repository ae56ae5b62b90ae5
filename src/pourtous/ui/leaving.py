"""What must be done before signing out: an app that keeps something in the browser says so in its `navigation.py`."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from pourtous.kernel.permissions import Permission, can


@dataclass(frozen=True)
class Leaving:
    """A script that looks before the form of signing out is sent, and the page it leads to when something waits."""

    script: str
    url: str


_declared: list[tuple[str, str, Permission]] = []


def before_leaving(script: str, url_name: str, permission: Permission) -> None:
    """Load this script (a static file) on professional pages of those who have the permission."""
    if (script, url_name, permission) not in _declared:
        _declared.append((script, url_name, permission))


def leaving(request: HttpRequest) -> Leaving | None:
    """What this person's browser must do before signing out."""
    found = next((one for one in _declared if can(request.user, one[2])), None)
    return Leaving(static(found[0]), reverse(found[1])) if found else None
