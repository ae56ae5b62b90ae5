"""Addresses of places, under /travail/."""

from django.urls import URLPattern, URLResolver, path

from pourtous.places.views import imports, places, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", imports.imports, name="imports"),
    path("imports/nouveau/", imports.import_new, name="import-new"),
    path("imports/<uuid:identity>/", imports.import_run, name="import"),
    path("imports/<uuid:identity>/importer/", imports.import_confirm, name="import-confirm"),
    path("imports/<uuid:identity>/rapport.csv", imports.import_report, {"kind": "csv"}, name="import-report-csv"),
    path("imports/<uuid:identity>/rapport.json", imports.import_report, {"kind": "json"}, name="import-report-json"),
    path("imports/absents/<slug:code>/", imports.import_absences, name="import-absences"),
    path("lieux/", places.place_list, name="work-places"),
    path("lieux/liste.csv", places.place_list_file, {"kind": "csv"}, name="work-places-csv"),
    path("lieux/liste.xlsx", places.place_list_file, {"kind": "xlsx"}, name="work-places-xlsx"),
    path("lieux/nouveau/", places.place_new, name="work-place-new"),
    path("lieux/<str:code>/", places.place_edit, name="work-place"),
    path("lieux/<str:code>/apercu/", places.place_preview, name="work-place-preview"),
    path("lieux/<str:code>/reprendre/", places.place_release, name="work-place-release"),
    path("lieux/<str:code>/etat/", places.place_state, name="work-place-state"),
    path("lieux/<str:code>/unite/", places.place_unit, name="work-place-unit"),
    path("signalements/", reports.report_list, name="work-reports"),
    path("signalements/<str:number>/", reports.report, name="work-report"),
]
