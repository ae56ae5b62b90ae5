"""Addresses of ui: the page of components, where the demonstration runs."""

from django.urls import URLPattern, URLResolver, path

from pourtous.ui import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.components, name="components"),
    path("chiffres/", views.charts, name="components-charts"),
    path("question/", views.question, name="components-question"),
    path("travail/", views.work, name="components-work"),
    path("feuille/", views.sheet, name="components-sheet"),
    path("document/", views.document, name="components-document"),
]
