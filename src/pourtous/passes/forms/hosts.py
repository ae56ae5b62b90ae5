"""Forms of hosts: the request, decisions, bank details."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pourtous.agenda.models import Course
from pourtous.passes.enums import QualificationState
from pourtous.passes.operations.hosts import HostRequest
from pourtous.ui.forms import DateField, Form

MOST_PASSES = 20
QUESTIONS = ("help", "helpers", "seats", "computers", "wheelchair")


class HostForm(Form):
    """The questionnaire, the courses with their passes a session, the charter."""

    help = forms.CharField(
        label=_("What do you do for people who begin?"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    helpers = forms.IntegerField(
        label=_("How many people give the courses?"), min_value=1, max_value=500, widget=forms.NumberInput({"class": "input--short"})
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("How many people can come at a time?"), min_value=1, max_value=500, widget=forms.NumberInput({"class": "input--short"})
    )  # fmt: skip
    computers = forms.BooleanField(label=_("People can use your computers"), required=False)
    wheelchair = forms.BooleanField(label=_("One can come in a wheelchair"), required=False)
    is_public_body = forms.BooleanField(
        label=_("We are a public body that cashes through a régie, and want the attestation for its act"),
        required=False,
    )
    charter = forms.BooleanField(
        label=_("We accept the charter"),
        error_messages={"required": _("Without the charter, nobody can be qualified.")},
    )

    def __init__(self, *args: Any, courses: Sequence[Course], priced: dict[UUID, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = courses
        for course in courses:
            said = ngettext("%(n)s session", "%(n)s sessions", course.session_count) % {"n": course.session_count}
            self.fields[f"course-{course.pk}"] = forms.IntegerField(
                label=f"{course.title} ({said})",
                required=False,
                min_value=0,
                max_value=MOST_PASSES,
                initial=priced.get(course.pk),
                widget=forms.NumberInput({"class": "input--short"}),
                help_text=_("Passes a session. Empty: not paid with passes."),
            )
        self.order_fields([*QUESTIONS, *(f"course-{one.pk}" for one in courses), "is_public_body", "charter"])

    def said(self) -> HostRequest:
        """What the operation takes."""
        given = self.cleaned_data
        priced = {one.pk: given[f"course-{one.pk}"] for one in self.courses if given.get(f"course-{one.pk}")}
        return HostRequest(
            answers={name: given[name] for name in QUESTIONS},
            is_public_body=given["is_public_body"],
            has_charter=given["charter"],
            courses=priced,
        )


class DecisionForm(Form):
    """What is decided; which fields count hangs on it."""

    day = DateField(label=_("From"), help_text=_("First day of the passes; or first day without, when it stops."))
    until = DateField(
        label=_("End, when there is one"), required=False, help_text=_("First day on which passes are no longer taken.")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The host reads it."),
    )

    def __init__(self, *args: Any, state: QualificationState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dated = state in {QualificationState.QUALIFIED, QualificationState.SUSPENDED, QualificationState.ENDED}
        if state != QualificationState.QUALIFIED:
            del self.fields["until"]
            self.fields["reason"].required = True
        if not dated:
            del self.fields["day"]


class RenewForm(Form):
    """Another end."""

    until = DateField(
        label=_("New end"), required=False, help_text=_("First day on which passes are no longer taken. Empty: no end.")
    )


class BankForm(Form):
    """Bank details, with their proof."""

    holder = forms.CharField(label=_("Name the account is held under"), max_length=140)
    iban = forms.CharField(label=_("IBAN"), max_length=50, widget=forms.TextInput({"autocomplete": "off"}))
    bic = forms.CharField(
        label=_("BIC"), max_length=15, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    proof = forms.FileField(
        label=_("Paper of the bank (RIB)"),
        help_text=_("PDF or photo, 10 MB at most. It stays private."),
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
        allow_empty_file=True,
    )
