"""Addresses of figures, of files of activities and of their import, under /travail/."""

from django.urls import URLPattern, path

from pourtous.activities.views import coop_imports, figures, figures_files, shared

urlpatterns: list[URLPattern] = [
    path("chiffres/", figures.page, name="figures"),
    path("chiffres/chiffres.xlsx", figures_files.workbook, name="figures-xlsx"),
    path("chiffres/rapport.pdf", figures_files.report, name="figures-pdf"),
    path("chiffres/bloc/<slug:key>.csv", figures_files.block, name="figures-block"),
    path("chiffres/activites.xlsx", figures_files.activities_file, {"layout": "coop"}, name="figures-activities-coop"),
    path("chiffres/activites.csv", figures_files.activities_file, {"layout": "own"}, name="figures-activities-own"),
    path("chiffres/liens/", shared.links, name="figures-links"),
    path("chiffres/liens/<uuid:identity>/fermer/", shared.close, name="figures-link-close"),
    path("chiffres/import/", coop_imports.send, name="coop-import"),
    path("chiffres/import/<uuid:identity>/", coop_imports.look, name="coop-import-file"),
]
