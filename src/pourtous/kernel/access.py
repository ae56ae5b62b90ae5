"""Each view says who may see it; the generated table of URLs reads it, and a view that says nothing fails the gate."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from pourtous.kernel.permissions import Permission, can

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
PUBLIC = "public"
SIGNED_IN = "signed in"
_declared: dict[str, str] = {}


def declare_access(by_name: Mapping[str, str]) -> None:
    """Say who may see views that are not ours (of a library), by the name of their address.

    Values: `PUBLIC`, `SIGNED_IN` or the name of a permission. Call from `AppConfig.ready`.
    """
    _declared.update(by_name)


def declared_access() -> dict[str, str]:
    """What was said of views that are not ours."""
    return dict(_declared)


def access_of(view: Any, name: str | None) -> str | None:
    """Who may see a view: said on the function, on the class, or declared by name; None when nobody said."""
    for holder in (view, getattr(view, "view_class", None)):
        if (said := getattr(holder, "access", None)) is not None:
            return str(said)
    return _declared.get(name or "")


def public(view: View) -> View:
    """Open to everybody, without account."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For anybody who is signed in (with a second factor: accounts sees to it)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access = SIGNED_IN  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def requires(asked: Permission) -> Callable[[View], View]:
    """For those who have the permission in general; the view still asks `authorise` about its object."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not can(request.user, asked):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.access = asked.name  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def authorise(request: HttpRequest, asked: Permission, subject: Any) -> None:
    """Refuse (404, as for what does not exist) when the user may not do this to that."""
    if not can(request.user, asked, subject):
        raise Http404
