"""Addresses of the public site."""

from django.urls import path

from pourtous.portal.views import home, pages, places, results, search

urlpatterns = [
    path("", home.home, name="home"),
    path("aide/besoin/", search.need, name="need"),
    path("aide/ou/", search.where, name="where"),
    path("aide/important/", search.wishes, name="wishes"),
    path("aide/criteres/", search.filters, name="filters"),
    path("aide/lieux/", results.results, name="results"),
    path("aide/lieux/imprimer/", results.results_print, name="results-print"),
    path("lieux/", results.by_words, name="places"),
    path("lieux/<str:code>/", places.place, name="place-short"),
    path("lieux/<str:code>/imprimer/", places.place_print, name="place-print"),
    path("lieux/<str:code>/signaler/", places.report, name="place-report"),
    path("lieux/<str:code>/<str:name>/", places.place, name="place"),
    path("signalement/<str:number>/", places.report_sent, name="report-sent"),
    path("ordinateur/", home.computer, name="computer"),
    path("se-former/", home.training, name="training"),
    path("internet-a-la-maison/", home.connection, name="connection"),
    path("donner/", home.donation, name="donation"),
    path("contact/", pages.contact, name="contact"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("vos-donnees/", pages.privacy, name="privacy"),
    path("plan-du-site/", pages.site_map, name="sitemap-page"),
    path("sitemap.xml", pages.site_map_xml, name="sitemap"),
    path("robots.txt", pages.robots, name="robots"),
]
