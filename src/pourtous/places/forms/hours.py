"""The weekly grid of opening hours: two spans a day or "closed", dated exceptions, public holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.places.rules.grid import Exceptional, Grid, Holidays, Span, checked, read_clock, write
from pourtous.ui.forms import Form, Option, OptionCards

MARKS = ("from1", "to1", "from2", "to2")
EXCEPTIONS = 2  # empty rows always offered beside those in use; more after saving
MAX_EXCEPTIONS = 40
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Row:
    """One line of the grid: a day or an exception, its fields and what is wrong with it."""

    label: str
    key: str
    fields: list[BoundField]
    closed: BoundField | None = None
    first: BoundField | None = None
    last: BoundField | None = None

    @property
    def errors(self) -> list[str]:
        """What is wrong anywhere on the line."""
        all_fields = [*self.fields, *filter(None, (self.closed, self.first, self.last))]
        return [str(text) for field in all_fields for text in field.errors]


def _clock(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"aria-label": label, "inputmode": "numeric", "autocomplete": "off", "size": 5})
    return forms.CharField(label=label, required=False, max_length=12, widget=widget)


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "aria-label": label}, format="%Y-%m-%d")
    wrong = {"invalid": _("Write a date such as 24/12/2026.")}
    formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d/%m/%y"]
    return forms.DateField(label=label, required=False, widget=widget, input_formats=formats, error_messages=wrong)


class HoursForm(Form):
    """A grid. After `is_valid`, `cleaned_data["opening_hours"]` is its text; "" when nothing was said."""

    mixes_required = False  # the page says which few answers are needed

    holidays = forms.ChoiceField(
        label=gettext_lazy("On public holidays"),
        choices=[
            ("closed", gettext_lazy("Closed")),
            ("usual", gettext_lazy("Open as usual")),
            ("call", gettext_lazy("It depends: call first")),
        ],
        required=False,
        widget=OptionCards(
            kind="list",
            options={
                "usual": Option(gettext_lazy("The hours of that day of the week hold")),
                "call": Option(gettext_lazy("The page then says “call before you come”")),
            },
        ),
    )

    def __init__(self, data: Any = None, *, grid: Grid | None = None) -> None:
        self.rows_of_exceptions = min(len(grid.exceptions) if grid else 0, MAX_EXCEPTIONS) + EXCEPTIONS
        super().__init__(data, prefix="h", initial=_initial(grid))
        self._add_fields()
        if self.is_bound:
            self.data = self._cleaned(self.data)

    def _add_fields(self) -> None:
        for number in range(7):
            name = self.day_name(number)
            self.fields[f"d{number}_closed"] = forms.BooleanField(label=_("Closed"), required=False)
            self._add_clocks(f"d{number}", name)
        for number in range(self.rows_of_exceptions):
            name = _("Exception %(number)s") % {"number": number + 1}
            self.fields[f"e{number}_first"] = _day(_("%(row)s: first day") % {"row": name})
            self.fields[f"e{number}_last"] = _day(_("%(row)s: last day") % {"row": name})
            self._add_clocks(f"e{number}", name)

    def _add_clocks(self, key: str, name: str) -> None:
        labels = (
            _("%(row)s, first span: from"),
            _("%(row)s, first span: to"),
            _("%(row)s, second span: from"),
            _("%(row)s, second span: to"),
        )
        for mark, label in zip(MARKS, labels, strict=True):
            self.fields[f"{key}_{mark}"] = _clock(label % {"row": name})

    @staticmethod
    def day_name(number: int) -> str:
        """Monday is 0."""
        return str(capfirst(WEEKDAYS[number]))

    def days(self) -> Iterator[Row]:
        """The seven lines of the week."""
        for number in range(7):
            fields = [self[f"d{number}_{mark}"] for mark in MARKS]
            yield Row(self.day_name(number), f"d{number}", fields, closed=self[f"d{number}_closed"])

    def exceptions(self) -> Iterator[Row]:
        """The lines of exceptions."""
        for number in range(self.rows_of_exceptions):
            key = f"e{number}"
            fields = [self[f"{key}_{mark}"] for mark in MARKS]
            label = _("Exception %(number)s") % {"number": number + 1}
            yield Row(label, key, fields, first=self[f"{key}_first"], last=self[f"{key}_last"])

    def clean(self) -> dict[str, Any]:
        """Lines into a grid, the grid into its text."""
        cleaned: dict[str, Any] = super().clean() or {}
        days = [self._day_spans(number) for number in range(7)]
        exceptions = [one for number in range(self.rows_of_exceptions) if (one := self._exception(number))]
        holidays: Holidays = cleaned.get("holidays") or "call"
        is_said = any(spans is not None for spans in days) or bool(exceptions)
        grid = Grid(tuple(spans or () for spans in days), holidays, tuple(exceptions))
        cleaned["opening_hours"] = write(grid) if is_said and not self.errors else ""
        return cleaned

    def _day_spans(self, number: int) -> tuple[Span, ...] | None:
        """The spans of a day; () when closed, None when nothing is said."""
        spans = self._spans(f"d{number}")
        is_closed = bool(self.cleaned_data.get(f"d{number}_closed"))
        if is_closed and spans:
            self._refuse(f"d{number}_from1", _("%(day)s: untick “closed”, or take the hours away."), number)
        return spans or (() if is_closed else None)

    def _refuse(self, name: str, sentence: str, number: int) -> None:
        self.add_error(name, ValidationError(sentence % {"day": self.day_name(number)}))

    def _spans(self, key: str) -> tuple[Span, ...]:
        typed = [str(self.cleaned_data.get(f"{key}_{mark}") or "") for mark in MARKS]
        clocks = [read_clock(text) if text else None for text in typed]
        for mark, text, clock in zip(MARKS, typed, clocks, strict=True):
            if text and clock is None:
                self.add_error(f"{key}_{mark}", ValidationError(_("Write an hour such as 9:00 or 14:30.")))
                return ()
        pairs = list(zip(clocks[::2], clocks[1::2], strict=True))
        for place, (begin, end) in enumerate(pairs):
            if (begin is None) is not (end is None):
                mark = MARKS[2 * place + (0 if begin is None else 1)]
                self.add_error(f"{key}_{mark}", ValidationError(_("Write both hours: from and to.")))
                return ()
        return self._checked(key, [(begin, end) for begin, end in pairs if begin is not None and end is not None])

    def _checked(self, key: str, spans: list[tuple[time, time]]) -> tuple[Span, ...]:
        try:
            return checked(tuple(spans))
        except ValueError:
            message = _("Put the hours in order: the first span, then the second, each ending after it begins.")
            self.add_error(f"{key}_from1", ValidationError(message))
            return ()

    def _exception(self, number: int) -> Exceptional | None:
        key = f"e{number}"
        first: date | None = self.cleaned_data.get(f"{key}_first")
        last: date | None = self.cleaned_data.get(f"{key}_last") or first
        spans = self._spans(key)
        if first is None or last is None:
            if (spans or last) and f"{key}_first" not in self.errors:
                self.add_error(f"{key}_first", ValidationError(_("Write the first day.")))
            return None
        if not (EARLIEST <= first <= LATEST and last <= LATEST):
            self.add_error(f"{key}_first", ValidationError(_("Write a date of these years.")))
            return None
        if last < first:
            self.add_error(f"{key}_last", ValidationError(_("The last day comes before the first.")))
            return None
        return Exceptional(first, last, spans)


def _initial(grid: Grid | None) -> dict[str, Any]:
    if grid is None:
        return {"holidays": "call"}
    found: dict[str, Any] = {"holidays": grid.holidays}
    for number, spans in enumerate(grid.days):
        found[f"d{number}_closed"] = not spans
        found |= _clocks(f"d{number}", spans)
    for number, one in enumerate(grid.exceptions[:MAX_EXCEPTIONS]):
        found |= {f"e{number}_first": one.first, f"e{number}_last": one.last, **_clocks(f"e{number}", one.spans)}
    return found


def _clocks(key: str, spans: tuple[Span, ...]) -> dict[str, str]:
    marks = [clock for span in spans for clock in span]
    return {
        f"{key}_{mark}": "24:00" if clock == time(0) and mark.startswith("to") else f"{clock:%H:%M}"
        for mark, clock in zip(MARKS, marks, strict=False)
    }
