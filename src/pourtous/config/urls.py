"""Every address of the software, by app. The table of who may see what: `pourtous routes`."""

from django.conf import settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from pourtous.kernel.access import public

urlpatterns = [
    path("", include("pourtous.api.urls")),  # first: its answers are the ones counted in milliseconds
    path("", include("pourtous.portal.urls")),
    # A preference of one browser, nothing more: without token, public pages need no cookie and can be kept by caches.
    path("langue/", csrf_exempt(public(set_language)), name="set-language"),
    path("_ui/", include("pourtous.ui.urls")),
    path("compte/", include("pourtous.accounts.urls")),
    path("travail/", include("pourtous.accounts.urls.work")),
    path("travail/", include("pourtous.people.urls")),
    path("travail/", include("pourtous.places.urls")),
    path("travail/", include("pourtous.agenda.urls")),
    path("travail/", include("pourtous.activities.urls")),
    path("chiffres/", include("pourtous.activities.urls_shared")),
    path("travail/pass/campagnes/", include("pourtous.passes.urls.campaigns")),
    path("travail/pass/dormants/", include("pourtous.passes.urls.dormant")),
    path("travail/pass/encaisser/", include("pourtous.passes.urls.counter")),
    path("travail/pass/paiements/", include("pourtous.passes.urls.claims")),
    path("travail/pass/remises/", include("pourtous.passes.urls.handover")),
    path("travail/pass/signalements/", include("pourtous.passes.urls.flags")),
    path("travail/pass/stock/", include("pourtous.passes.urls.stock")),
    path("travail/pass/structures/", include("pourtous.passes.urls.hosts")),
    path("travail/pass/suivi/", include("pourtous.passes.urls.funnel")),
    path("travail/", include("pourtous.territories.urls")),
    path("travail/", include("pourtous.runtime.urls")),
    path("travail/", include("pourtous.audit.urls")),
    path("p/", include("pourtous.passes.urls.pass_page")),
    path("pass-numerique/mon-chequier/", include("pourtous.passes.urls.my_book")),
    path("", include("pourtous.messaging.urls")),
]
if settings.DEMO_SIGN_IN:
    urlpatterns += [path("demo/", include("pourtous.accounts.urls.demo"))]
if settings.DEMO:
    urlpatterns += [path("demo/", include("pourtous.demo.urls"))]
handler400 = "pourtous.portal.views.errors.unreadable"
handler403 = "pourtous.portal.views.errors.refused"
handler404 = "pourtous.portal.views.errors.not_found"
handler429 = "pourtous.portal.views.errors.too_many"  # asked for by allauth
handler500 = "pourtous.portal.views.errors.failed"
