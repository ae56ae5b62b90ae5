"""Addresses of dormant books, under /travail/pass/dormants/."""

from django.urls import path

from pourtous.passes.views import dormant

urlpatterns = [
    path("", dormant.dormant, name="dormant"),
    path("annuler/", dormant.run, name="dormant-run"),
    path("chequiers.<str:kind>", dormant.table, name="dormant-table"),
]
