"""Addresses of figures, of files of activities and of their import, under /travail/."""

from django.urls import URLPattern, path

from pourtous.activities.views import figures, figures_files

urlpatterns: list[URLPattern] = [
    path("chiffres/", figures.page, name="figures"),
    path("chiffres/chiffres.xlsx", figures_files.workbook, name="figures-xlsx"),
    path("chiffres/rapport.pdf", figures_files.report, name="figures-pdf"),
    path("chiffres/bloc/<slug:key>.csv", figures_files.block, name="figures-block"),
    path("chiffres/activites.xlsx", figures_files.activities_file, {"layout": "coop"}, name="figures-activities-coop"),
    path("chiffres/activites.csv", figures_files.activities_file, {"layout": "own"}, name="figures-activities-own"),
]
