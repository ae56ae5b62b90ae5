"""One's own account: name, second factor, password, open sessions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts import operations
from pourtous.accounts.forms.sign_in import ProfileForm
from pourtous.accounts.queries import own_sessions, posts_of, recovery_codes_left, who
from pourtous.kernel import clock
from pourtous.kernel.access import signed_in
from pourtous.kernel.errors import DomainError


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """The page of oneself; posting changes the name."""
    form = ProfileForm(request.POST if request.method == "POST" else None, initial={"name": who(request).name})
    if request.method == "POST" and form.is_valid():
        try:
            name = form.cleaned_data["name"]
            operations.rename_user(user=who(request), name=name, actor=who(request), now=clock.now())
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Your name is changed."))
            return redirect("profile")
    context = {
        "form": form,
        "sessions": own_sessions(who(request), request.session.session_key),
        "posts": posts_of(who(request)),
        "codes_left": recovery_codes_left(who(request)),
    }
    return render(request, "accounts/profile.html", context)


@signed_in
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all others."""
    operations.end_sessions(
        user=who(request),
        which=request.POST.get("session", ""),
        current=request.session.session_key,
        actor=who(request),
        now=clock.now(),
    )
    messages.success(request, _("It is closed."))
    return redirect("profile")
