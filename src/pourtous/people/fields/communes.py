"""A commune as people say it: its name, its postcode, or its code of any year."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from pourtous.territories import queries
from pourtous.territories.models import Commune

_BOTH = re.compile(r"(?P<name>.+?)\s*\((?P<postcode>\d{5})\)")
NAMED = 6


def written(commune: Commune) -> str:
    """As in "Sète (34200)"."""
    return f"{commune.name} ({commune.postcodes[0]})" if commune.postcodes else commune.name


class CommuneInput(forms.TextInput):
    """One line with suggestions that need no script."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """The line and its list."""
        shown = written(value) if isinstance(value, Commune) else value
        listed = f"{name}_communes"
        line = super().render(name, shown, {**(attrs or {}), "list": listed, "autocomplete": "off"}, renderer)
        rows = Commune.objects.order_by("name", "code").values_list("name", "postcodes")
        options = ((f"{one} ({postcode})",) for one, postcodes in rows for postcode in postcodes or ("",))
        return format_html(
            '{}<datalist id="{}">{}</datalist>', line, listed, format_html_join("", '<option value="{}">', options)
        )


class CommuneField(forms.CharField):
    """The commune of today; None when nothing was said. A sentence when several or none answer."""

    widget = CommuneInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """From words to a commune."""
        text = str(super().clean(value) or "").strip()
        return self._read(text) if text else None

    def _read(self, text: str) -> Commune:
        both = _BOTH.fullmatch(text)
        if both:
            served = queries.communes_of_postcode(both["postcode"])
            found = [one for one in served if queries.same_name(one.name, both["name"])]
        else:
            found = queries.communes_of_postcode(text) or self._coded(text) or self._named(text)
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(one.name for one in found[:NAMED])
            raise ValidationError(_("Several communes answer: %(names)s. Write the name.") % {"names": names})
        raise ValidationError(_("We do not know this commune here. Write its name or its postcode, or leave it empty."))

    def _coded(self, text: str) -> list[Commune]:
        found = queries.commune(text)
        return [found] if found else []

    def _named(self, text: str) -> list[Commune]:
        found = queries.communes_named(text)
        exact = [one for one in found if queries.same_name(one.name, text)]
        return exact if len(exact) == 1 else found
