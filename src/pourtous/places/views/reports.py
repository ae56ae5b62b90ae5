"""What people say is wrong: the list, and the answer."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.places import desk
from pourtous.places.enums import ReportState
from pourtous.places.operations.reports import dismiss_report, settle_report
from pourtous.places.permissions import EDIT
from pourtous.ui.components import Tab
from pourtous.ui.forms import Form, OptionCards

PER_PAGE = 50
_WAITING, _ANSWERED = "", "repondus"


class AnswerForm(Form):
    """What was done, and what the person is told."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What did you find?"),
        choices=[
            ("settled", gettext_lazy("It was wrong: it is put right")),
            ("dismissed", gettext_lazy("All was right: nothing to change")),
        ],
        widget=OptionCards,
    )
    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("It goes to the person who left an e-mail address. Short and kind."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@requires(EDIT)
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports about my places: those that wait first, the oldest on top."""
    is_answered = request.GET.get("vue") == _ANSWERED
    rows = desk.reports_of(request.user)
    waiting = rows.filter(state=ReportState.RECEIVED)
    answered = rows.exclude(state=ReportState.RECEIVED)
    chosen = answered.order_by("-settled_at", "id") if is_answered else waiting.order_by("received_at", "id")
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        Tab(_("Waiting"), "?", is_current=not is_answered, count=waiting.count()),
        Tab(_("Answered"), f"?vue={_ANSWERED}", is_current=is_answered),
    ]
    return render(request, "places/reports.html", {"page": page, "tabs": tabs, "is_answered": is_answered})


@requires(EDIT)
def report(request: HttpRequest, number: str) -> HttpResponse:
    """One report, with the place beside it, and its answer."""
    found = desk.reports_of(request.user).filter(number=read_code(number)).first()
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act = settle_report if form.cleaned_data["outcome"] == "settled" else dismiss_report
        try:
            act(report=found, answer=form.cleaned_data["answer"], actor=request.user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Answered. Thank you."))
            return redirect("work-reports")
    return render(request, "places/report.html", {"report": found, "place": found.place, "form": form})
