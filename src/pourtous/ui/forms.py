"""Forms: one way to draw a field, to clean what was typed, and to say what is missing.

Labels stand above, hints below them, errors beside the field in the words of the summary (`{% error_summary form %}`).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, clean_lines

Words = str | Promise
MISSING, NOT_CHOSEN = _("This answer is missing."), _("Choose an answer.")
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


class _Cards(forms.widgets.ChoiceWidget):
    """Choices as cards that one clicks whole. `options` says more of a value: {value: Option(…)}.

    `kind`: "" cards; "list" quiet lines for many choices; "row" quiet and side by side, for yes and no.
    """

    template_name = "ui/forms/cards.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        options: Mapping[str, Option] | None = None,
        hide_label: bool = False,
        kind: str = "",
    ) -> None:
        super().__init__(attrs, choices)
        self.kind = kind
        self.cards = options or {}
        self.hide_label = hide_label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With how the choices are drawn."""
        context = super().get_context(name, value, attrs)
        context["widget"]["kind"] = self.kind
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One card, with what it says besides its word."""
        drawn = super().create_option(name, value, *args, **kwargs)
        drawn["card"] = self.cards.get(str(value)) or Option()
        return drawn


class OptionCards(_Cards, forms.RadioSelect):
    """One answer among a few. `hide_label`: the page's title is the question already."""


class CheckCards(_Cards, forms.CheckboxSelectMultiple):
    """Any number of answers among a few."""


class DateFields(forms.TextInput):
    """A date one knows by heart: day, month and year in three fields, no calendar."""

    template_name = "ui/forms/dates.html"
    use_fieldset = True
    _parts = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:  # noqa: ARG002
        """What was typed as "year-month-day", each part possibly empty; None when nothing was."""
        typed = [str(data.get(f"{name}_{part}") or "").strip() for part, _label, _length in self._parts]
        return "-".join(reversed(typed)) if any(typed) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether the form did not send this date at all."""
        return not any(f"{name}_{part}" in data for part, _label, _length in self._parts)

    def id_for_label(self, id_: str) -> str:
        """A group has no label of its own."""
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three fields, filled as typed or from a date."""
        context = super().get_context(name, value, attrs)
        text = value.isoformat() if isinstance(value, date) else str(value or "--")
        typed = dict(zip(("year", "month", "day"), [*text.split("-", 2), "", ""], strict=False))
        context["widget"]["parts"] = [
            {"name": f"{name}_{part}", "id": f"{(attrs or {}).get('id', name)}_{order}", "label": label}
            | {"length": length, "value": typed[part].lstrip("0") if typed[part].isdigit() else typed[part]}
            for order, (part, label, length) in enumerate(self._parts)
        ]
        return context


class DateField(forms.DateField):
    """A date in three fields, with a sentence for each thing that can be wrong."""

    widget = DateFields

    def to_python(self, value: Any) -> date | None:
        """The date, or what is wrong with it."""
        if not isinstance(value, str) or not value:
            return super().to_python(value)
        year, month, day = [*value.split("-", 2), "", ""][:3]
        for part, sentence in ((day, _DAY_MISSING), (month, _MONTH_MISSING), (year, _YEAR_MISSING)):
            if not part:
                raise ValidationError(sentence, code="incomplete")
        if not (year.isascii() and year.isdigit() and len(year) == _YEAR_DIGITS):
            raise ValidationError(_("Write the year with four digits. Example: 1961."), code="year")
        try:
            return date(int(year), int(month), int(day))
        except (ValueError, OverflowError):
            raise ValidationError(_("This date does not exist. Example: 12 4 1961."), code="invalid") from None


_YEAR_DIGITS = 4
_DAY_MISSING = _("The day is missing. Example: 12 4 1961.")
_MONTH_MISSING = _("The month is missing. Example: 12 4 1961.")
_YEAR_MISSING = _("The year is missing. Example: 12 4 1961.")


def _is_line(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)


class CleanText(forms.BaseForm):
    """For forms: text is put in shape before it is read, and what no keyboard types is refused with a sentence."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unreadable: set[str] = set()
        if self.is_bound:
            self.data = self._cleaned(self.data)
        for field in self.fields.values():
            _say_what_is_missing(field)
            _say_what_is_not_chosen(field)

    @property
    def mixes_required(self) -> bool:
        """Whether some fields must be filled: only then do the others say that they may be left empty."""
        return any(field.required for field in self.fields.values())

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
        name = key.removeprefix(f"{self.prefix}-") if self.prefix else key
        return name if name in self.fields else next((n for n in self.fields if name.startswith(f"{n}_")), "")

    def clean(self) -> Any:
        """Refuse what cannot be read, beside the field it came in."""
        cleaned = super().clean()
        for name in self._unreadable:
            self.add_error(name or None, ValidationError(_("This text holds an unreadable sign. Type it again.")))
        return cleaned


def _say_what_is_missing(field: forms.Field) -> None:
    """Django's own words for an empty field become ours, with the name of the field."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        chosen = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))
        field.error_messages["required"] = NOT_CHOSEN if chosen else MISSING


def _say_what_is_not_chosen(field: forms.Field) -> None:
    """Words instead of Django's line of dashes, which a screen reader spells out."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
        field.empty_label = _("Choose") if field.required else _("No choice")


class Form(CleanText, forms.Form):
    """A form of ours."""


class ModelForm(CleanText, forms.ModelForm):  # type: ignore[type-arg]
    """A form of ours about a row."""


def refuse(form: forms.Form, error: DomainError) -> None:
    """Show what an operation refused, beside its field when it has one."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
