"""Addresses of places."""

from django.urls import URLPattern, URLResolver, path

from pourtous.places.views import imports

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", imports.imports, name="imports"),
    path("imports/nouveau/", imports.import_new, name="import-new"),
    path("imports/<uuid:identity>/", imports.import_run, name="import"),
    path("imports/<uuid:identity>/importer/", imports.import_confirm, name="import-confirm"),
    path("imports/<uuid:identity>/rapport.csv", imports.import_report, {"kind": "csv"}, name="import-report-csv"),
    path("imports/<uuid:identity>/rapport.json", imports.import_report, {"kind": "json"}, name="import-report-json"),
    path("imports/absents/<slug:code>/", imports.import_absences, name="import-absences"),
]
