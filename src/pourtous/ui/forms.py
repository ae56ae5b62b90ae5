"""Forms: one way to draw a field, to clean what was typed, and to say what is missing.

Labels stand above, hints below them, errors beside the field in the words of the summary (`{% error_summary form %}`).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.text import clean, clean_lines

Words = str | Promise
_NUL = "\0"
_HERE = Path(__file__).resolve().parent / "templates"


class Renderer(DjangoTemplates):
    """Our own field templates, with the design system's tags in them."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    @cached_property
    def engine(self) -> Any:
        """The engine for field templates: ours before Django's."""
        return self.backend(
            {
                "APP_DIRS": False,
                "DIRS": [_HERE, Path(forms.__file__).parent / "templates"],
                "NAME": "fields",
                "OPTIONS": {
                    "builtins": [
                        "django.templatetags.i18n",
                        "django.templatetags.static",
                        "pourtous.ui.templatetags.ui",
                    ]
                },
            }
        )


class Option:
    """What one choice shows beside its word: a second line and an icon; `apart` puts it after an "or"."""

    def __init__(self, text: Words = "", icon: str = "", *, apart: bool = False) -> None:
        self.text = text
        self.icon = icon
        self.apart = apart


class _Cards:
    """Choices as cards that one clicks whole. `options` says more of a value: {value: Option(…)}."""

    template_name = "ui/forms/cards.html"
    input_type: str

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        options: Mapping[str, Option] | None = None,
        hide_label: bool = False,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.options = options or {}
        self.hide_label = hide_label

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One card, with what it says besides its word."""
        drawn: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        drawn["card"] = self.options.get(str(value)) or Option()
        return drawn


class OptionCards(_Cards, forms.RadioSelect):
    """One answer among a few. `hide_label`: the page's title is the question already."""


class CheckCards(_Cards, forms.CheckboxSelectMultiple):
    """Any number of answers among a few."""


class DateFields(forms.SelectDateWidget):
    """A date one knows by heart: day, month, year, three fields and no calendar. For `forms.DateField`."""

    template_name = "ui/forms/dates.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three texts, as typed or from a date."""
        context = forms.Widget.get_context(self, name, value, attrs)
        typed = self.format_value(value)
        parts = (
            ("day", _("Day"), self.day_field, 2),
            ("month", _("Month"), self.month_field, 2),
            ("year", _("Year"), self.year_field, 4),
        )
        context["widget"]["parts"] = [
            {
                "name": field % name,
                "id": f"id_{name}_{order}",
                "label": label,
                "value": typed.get(key),
                "length": length,
            }
            for order, (key, label, field, length) in enumerate(parts)
        ]
        return context


def _is_line(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)


class CleanText:
    """For forms: text is put in shape before it is read, and what no keyboard types is refused with a sentence."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unreadable: set[str] = set()
        if getattr(self, "is_bound", False):
            self.data = self._cleaned(self.data)
        for field in self.fields.values():
            _say_what_is_missing(field)

    def _cleaned(self, data: Any) -> MultiValueDict[str, Any]:
        """A copy of what came in, in shape."""
        copy: MultiValueDict[str, Any] = MultiValueDict()
        for key in data:
            values = data.getlist(key) if hasattr(data, "getlist") else [data[key]]
            whole = len(values) == 1 and isinstance(values[0], (list, tuple))
            copy.setlist(key, [self._shaped(key, value) for value in (values[0] if whole else values)])
        return copy

    def _shaped(self, key: str, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        name = self._name_of(key)
        if _NUL in value:
            self._unreadable.add(name)
            value = value.replace(_NUL, "")
        field = self.fields.get(name)
        if field is None or not _is_line(field):
            return value
        return clean_lines(value) if isinstance(field.widget, forms.Textarea) else clean(value)

    def _name_of(self, key: str) -> str:
        prefix = getattr(self, "prefix", None)
        name = key.removeprefix(f"{prefix}-") if prefix else key
        return name if name in self.fields else next((n for n in self.fields if name.startswith(f"{n}_")), "")

    def clean(self) -> Any:
        """Refuse what cannot be read, beside the field it came in."""
        cleaned = super().clean()  # type: ignore[misc]
        for name in self._unreadable:
            self.add_error(name or None, ValidationError(_("This text holds an unreadable sign. Type it again.")))  # type: ignore[attr-defined]
        return cleaned


def _say_what_is_missing(field: forms.Field) -> None:
    """Django's own words for an empty field become ours, with the name of the field."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        chosen = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))
        field.error_messages["required"] = _("Choose an answer.") if chosen else _("This answer is missing.")


class Form(CleanText, forms.Form):
    """A form of ours."""


class ModelForm(CleanText, forms.ModelForm):  # type: ignore[type-arg]
    """A form of ours about a row."""
