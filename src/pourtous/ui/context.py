"""What every template may say of the territory."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def territory(_request: HttpRequest) -> dict[str, Any]:
    """Names, help phone and publisher, from settings; and whether this is a demonstration."""
    return {"territory": settings.TERRITORY, "is_demo": settings.DEMO}
