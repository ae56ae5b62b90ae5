"""The page of components and sample pages: the design in one place. Only where the demonstration runs."""

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.access import public
from pourtous.ui import documents, samples
from pourtous.ui.components import Step, Tab
from pourtous.ui.forms import CheckCards, DateField, Form, Option, OptionCards
from pourtous.ui.icons import PATHS
from pourtous.ui.sample_charts import sample_charts

_SWATCHES = (
    ("ground", _("Limestone")),
    ("surface", _("Page")),
    ("ink", _("Ink")),
    ("lagune", _("Lagoon")),
    ("wash", _("Foam")),
    ("sun", _("Apricot")),
    ("sun-wash", _("Sand")),
    ("ok", _("Scrubland")),
    ("bad", _("Brick")),
    ("edge", _("Edge")),
)
_NEEDS = (
    ("papers", _("Do an online procedure")),
    ("phone", _("Use my telephone")),
    ("computer", _("Learn the computer")),
    ("mail", _("Write and get e-mail")),
    ("internet", _("Have Internet at home")),
    ("unknown", _("I don’t know")),
)
_NEEDS_SHOWN = {
    "papers": Option(_("Taxes, housing, pension, car papers…"), "document"),
    "phone": Option(_("Calls, pictures, messages, applications"), "mobile"),
    "computer": Option(_("Keyboard, mouse, files, texts"), "laptop"),
    "mail": Option("", "mail"),
    "internet": Option("", "home-wifi"),
    "unknown": Option(_("Someone will talk about it with you."), "question", apart=True),
}


class SampleForm(Form):
    """Every kind of field."""

    name = forms.CharField(label=_("Your name"))
    town = forms.CharField(
        label=_("Town or postcode"), help_text=_("For example: Frontignan."), widget=forms.TextInput, max_length=80
    )
    born = DateField(label=_("Date of birth"), help_text=_("For example: 12 4 1961."), required=False)
    kind = forms.ChoiceField(label=_("Kind of place"), choices=[("", "…"), ("a", _("Library")), ("b", _("Town hall"))])
    note = forms.CharField(label=_("Anything to add?"), widget=forms.Textarea, required=False)
    wish = forms.ChoiceField(
        label=_("What do you need?"), choices=_NEEDS[1:3], widget=OptionCards(options=_NEEDS_SHOWN)
    )
    tools = forms.MultipleChoiceField(
        label=_("What do you have?"),
        choices=[("phone", _("A telephone")), ("computer", _("A computer"))],
        widget=CheckCards(options={"phone": Option("", "mobile"), "computer": Option("", "laptop")}),
        required=False,
    )
    letter = forms.FileField(label=_("A file"), required=False)
    agree = forms.BooleanField(label=_("I have read what happens to my data."), required=False)

    def clean_town(self) -> str:
        """A postcode that is not whole shows what an error looks like."""
        town: str = self.cleaned_data["town"]
        if town.isdigit() and len(town) != 5:  # noqa: PLR2004 (digits of a postcode)
            raise forms.ValidationError(_("A postcode has five digits. Example: 34110."))
        return town


class NeedForm(Form):
    """One question: the sample of a journey's page."""

    need = forms.ChoiceField(
        label=_("What do you need?"),
        choices=_NEEDS,
        widget=OptionCards(options=_NEEDS_SHOWN, hide_label=True),
    )


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@public
def components(request: HttpRequest) -> HttpResponse:
    """Every component with every state."""
    _only_in_demo()
    context = {
        "swatches": _SWATCHES,
        "icons": list(PATHS),
        "form_filled": SampleForm(initial={"name": "Rosa Alonso", "wish": "phone", "tools": ["phone"]}),
        "form": SampleForm(
            {"town": "3411", "kind": "a", "wish": "phone", "born_day": "12", "born_month": "4", "born_year": ""}
        ),
        "page": Paginator(range(120), 10).get_page(request.GET.get("page", "4")),
        "steps": (
            Step(_("Book of passes handed over"), _("Monday 23 November, in Mèze"), is_done=True),
            Step(_("First session"), _("Tuesday 24 November at 10")),
        ),
        "tabs": (Tab(_("Places"), "?", is_current=True, count=84), Tab(_("Reports"), "?tab=2", count=3)),
    }
    return render(request, "ui/samples/components.html", context)


@public
def charts(request: HttpRequest) -> HttpResponse:
    """Every chart with every state."""
    _only_in_demo()
    return render(request, "ui/samples/charts.html", {"groups": sample_charts()})


@public
def question(request: HttpRequest) -> HttpResponse:
    """A question page, with its error when `?need=` is empty."""
    _only_in_demo()
    form = NeedForm(request.GET) if "need" in request.GET else NeedForm(initial={"need": "phone"})
    context = {
        "form": form,
        "step": 1,
        "steps_total": 3,
        "back_url": "../",
        "why": _("To show you the right places. Nothing is kept."),
    }
    return render(request, "ui/samples/question.html", context)


@public
def work(request: HttpRequest) -> HttpResponse:
    """A professional page."""
    _only_in_demo()
    return render(request, "ui/samples/work.html", {"page": Paginator(range(30), 10).get_page(1)})


@public
def sheet(request: HttpRequest) -> HttpResponse:
    """A printed sheet."""
    _only_in_demo()
    return render(request, "ui/samples/sheet.html", {"back_url": "../"})


@public
def document(request: HttpRequest) -> HttpResponse:
    """A sample PDF; `?large=1` in the size of what people take home."""
    _only_in_demo()
    content = documents.pdf(
        samples.TEMPLATE,
        samples.sheet(large="large" in request.GET),
        title=_now("Your workshop"),
        language=get_language() or "fr",
    )
    return documents.answer(content, name="document.pdf")
