"""Addresses of what becomes of books, under /travail/pass/suivi/."""

from django.urls import path

from pourtous.passes.views import funnel

urlpatterns = [
    path("", funnel.page, name="funnel"),
    path("chequiers.<str:kind>", funnel.table, name="funnel-table"),
]
