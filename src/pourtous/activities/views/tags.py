"""Looking after tags."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pourtous.accounts.enums import Capability
from pourtous.accounts.queries import standing_of, who
from pourtous.activities.forms.tags import TagForm
from pourtous.activities.models import Tag
from pourtous.activities.operations.tags import make_tag, merge_tags, retire_tag
from pourtous.activities.permissions import RECORD, TAGS, TagOwner
from pourtous.activities.queries.choices import tags_in_care
from pourtous.activities.queries.lists import units_managed
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can


@requires(TAGS)
def tag_list(request: HttpRequest) -> HttpResponse:
    """The tags one looks after, with how often they serve; a new one."""
    user = who(request)
    steers = standing_of(user).has(Capability.STEERING)
    units = units_managed(user)
    posted = request.POST if request.method == "POST" else None
    form = TagForm(posted, units=units, steers=steers, records=can(user, RECORD))
    if request.method == "POST" and form.is_valid():
        scope, unit = form.owner
        try:
            make_tag(name=form.cleaned_data["name"], scope=scope, unit=unit, actor=user, now=clock.now())
            return redirect("activity-tags")
        except DomainError as error:
            form.add_error(error.field, error.message)
    tags = tags_in_care(user, [unit.pk for unit in units], steers=steers)
    return render(request, "activities/tags.html", {"form": form, "tags": tags})


def _tag(request: HttpRequest, identity: UUID | str) -> Tag:
    """A tag in one's care; else 404."""
    try:
        tag = Tag.objects.filter(pk=UUID(str(identity))).first()
    except ValueError:
        tag = None
    if tag is None:
        raise Http404
    authorise(request, TAGS, TagOwner(tag.scope, tag.unit_id, tag.owner_id))
    return tag


@require_POST
@requires(TAGS)
def retire(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Put a tag away."""
    retire_tag(tag=_tag(request, identity), actor=request.user, now=clock.now())
    messages.success(request, _("The tag is put away. Activities keep it."))
    return redirect("activity-tags")


@require_POST
@requires(TAGS)
def merge(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Merge a tag with another."""
    tag, into = _tag(request, identity), _tag(request, request.POST.get("into", ""))
    try:
        count = merge_tags(tag=tag, into=into, actor=request.user, now=clock.now())
    except DomainError as error:
        messages.warning(request, error.message)
    else:
        text = ngettext("Merged. %(count)s activity changed.", "Merged. %(count)s activities changed.", count)
        messages.success(request, text % {"count": count})
    return redirect("activity-tags")
