"""Fields for money, shares and short lists of numbers: people type euros and per cents, code gets cents and hundredths."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_EUROS = Decimal(99_999_999)
_HUNDRED = Decimal(100)


class _Hundredths(forms.DecimalField):
    """A decimal number of two places at most, given as a whole number of hundredths."""

    def __init__(self, *, most: Decimal, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=most, decimal_places=2, **({"widget": widget} | kwargs))

    def to_python(self, value: Any) -> Any:
        """As people write it: a comma or a point, spaces between thousands, a sign after it."""
        if isinstance(value, str):
            value = re.sub(r"[\s\u00a0\u202f€%]", "", value).replace(",", ".")
        return super().to_python(value)

    def clean(self, value: Any) -> int | None:
        """Hundredths; None when nothing was typed."""
        said = super().clean(value)
        return None if said is None else int(said * _HUNDRED)

    def prepare_value(self, value: Any) -> Any:
        """Hundredths as they are shown to be changed; what was typed stays as typed."""
        if not isinstance(value, int):
            return value
        shown = f"{Decimal(value) / _HUNDRED:.2f}"
        return shown.removesuffix(".00").replace(".", ",")


class EurosField(_Hundredths):
    """An amount in euros; gives cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=MOST_EUROS, **kwargs)


class PercentField(_Hundredths):
    """A share in per cent; gives hundredths of a per cent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=_HUNDRED, **kwargs)


class NumbersField(forms.CharField):
    """A few whole numbers, one after the other: "4, 6" gives (4, 6)."""

    def clean(self, value: Any) -> Any:
        """The numbers, in the order typed."""
        said = str(super().clean(value) or "")
        parts = [part for part in re.split(r"[\s,;+]+", said) if part]
        if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
            raise ValidationError(_("Write whole numbers with a comma between them."))
        return tuple(int(part) for part in parts)

    def prepare_value(self, value: Any) -> Any:
        """The numbers as they are shown to be changed."""
        return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else value
