"""What is filled in at a counter."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.ui.forms import Form


def new_key() -> str:
    """The key of a form: sent twice, it is answered once."""
    return secrets.token_urlsafe(12)


class ReadForm(Form):
    """A pass: its code, typed, scanned by a keyboard scanner, or read by the camera of the page."""

    code = forms.CharField(
        label=_("Code of the pass"),
        help_text=_("Twelve letters and figures, under the drawing. Or scan the drawing."),
        error_messages={"required": _("Write the code of the pass, or scan it.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "send",
                "autofocus": True,
            }
        ),
    )
    key = forms.CharField(max_length=60, widget=forms.HiddenInput, required=False)
    channel = forms.CharField(max_length=10, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": new_key(), "channel": ""})


class MyBookForm(Form):
    """The code of any pass of one's book."""

    code = forms.CharField(
        label=_("The code of one of your passes"),
        help_text=_("Twelve letters and figures, under the drawing."),
        max_length=60,
        error_messages={"required": _("Write the code of one of your passes.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
