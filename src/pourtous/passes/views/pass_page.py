"""The address in the QR code of a pass: the counter for people of a host, what is left for anybody else."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pourtous.accounts.middleware import has_second_factor
from pourtous.accounts.queries import who
from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.rules.wording import when
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.permissions import can
from pourtous.passes import guessing
from pourtous.passes.forms.counter import MyBookForm, new_key
from pourtous.passes.models import Pass
from pourtous.passes.permissions import TAKE
from pourtous.passes.queries import counter_pages
from pourtous.passes.queries.book_page import book_left, pass_of_code, pass_of_token
from pourtous.passes.views.desk import REMEMBERED

View = Callable[..., HttpResponse]


def quiet(view: View) -> View:
    """An address that is a secret: no cache keeps it, no search engine lists it, no link tells where it came from."""

    @wraps(view)
    def answered(request: HttpRequest, *args: str, **words: str) -> HttpResponse:
        answer = view(request, *args, **words)
        answer.headers["Cache-Control"] = "no-store, private"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Referrer-Policy"] = "strict-origin"  # "no-referrer" would break the form to the counter
        return answer

    return answered


@require_safe
@public
@quiet
def pass_page(request: HttpRequest, token: str) -> HttpResponse:
    """What a telephone opens. Unknown tokens, those of books not handed over and what is no token answer alike."""
    account = str(request.user.pk) if request.user.is_authenticated else ""
    if guessing.has_guessed_enough(request, account):
        return _wait(request)
    found = pass_of_token(token)
    if found is None:
        guessing.count_guess(request, account)
        return render(request, "passes/pass_unknown.html", status=HTTPStatus.NOT_FOUND)
    if _is_at_counter(request):
        return _counter(request, found, token)
    return _book(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def my_book(request: HttpRequest) -> HttpResponse:
    """The same for who types the code printed on a pass. The code travels in the form, never in an address."""
    form = MyBookForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "passes/my_book.html", {"form": form}, status=status)
    if guessing.has_guessed_enough(request):
        return _wait(request)
    found = pass_of_code(form.cleaned_data["code"])
    if found is None:
        guessing.count_guess(request)
        form.add_error("code", _("We do not know this code. Look at it again, or call us."))
        return render(request, "passes/my_book.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _book(request, found)


def _wait(request: HttpRequest) -> HttpResponse:
    answer = render(request, "passes/pass_wait.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = "600"
    return answer


def _book(request: HttpRequest, found: Pass) -> HttpResponse:
    left = book_left(found, now=clock.now())
    coming = left.next_session
    page = {
        "book": left,
        "phone": found.book.campaign.help_phone,
        "coming": coming,
        "when": when(coming.starts_at, coming.ends_at) if coming else "",
        "where": place_words(coming) if coming else "",
    }
    return render(request, "passes/pass_page.html", page)


def _is_at_counter(request: HttpRequest) -> bool:
    if not can(request.user, TAKE) or not has_second_factor(request):
        return False
    return counter_pages.is_of_host(request.user)


def _counter(request: HttpRequest, found: Pass, token: str) -> HttpResponse:
    """One button: the session chosen before, or those of today."""
    choice = counter_pages.sessions_to_choose(counter_pages.units_taking(who(request)), now=clock.now())
    rows = [*choice.today, *choice.recent]
    remembered = request.session.get(REMEMBERED)
    chosen = next((one for one in rows if one.code == remembered), None)
    page = {
        "choose_url": reverse("counter-choose"),
        "serial": found.serial,
        "token": token,
        "key": new_key(),
        "chosen": chosen,
        "today": [one for one in choice.today if one is not chosen],
        "recent": [one for one in choice.recent if one is not chosen],
        "book": book_left(found, now=clock.now()),
    }
    return render(request, "passes/pass_counter.html", page)
