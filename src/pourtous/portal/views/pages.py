"""Pages about the site itself."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pourtous.kernel.access import public
from pourtous.portal.sitemaps import SITEMAPS
from pourtous.portal.treatments import treatments


@public
def contact(request: HttpRequest) -> HttpResponse:
    """A human: by telephone, on the spot, in writing."""
    return render(request, "portal/contact.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for everybody here, and what nobody has checked yet."""
    return render(request, "portal/accessibility.html")


@public
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who hosts."""
    return render(request, "portal/legal.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What we know of people: made from the declarations of the software's own columns."""
    return render(request, "portal/privacy.html", {"treatments": treatments()})


@public
def site_map(request: HttpRequest) -> HttpResponse:
    """All pages on one."""
    return render(request, "portal/site_map.html")


@public
def site_map_xml(request: HttpRequest) -> HttpResponse:
    """The pages and the places, for search engines."""
    response: HttpResponse = sitemap(request, sitemaps=SITEMAPS)
    return response


@public
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything may be read, but searches and the professionals' pages have nothing to find."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('results')}",
        f"Disallow: {reverse('filters')}",
        "Disallow: /travail/",
        "Disallow: /compte/",
        f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
