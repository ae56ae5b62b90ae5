"""Addresses of audit."""

from django.urls import URLPattern, URLResolver, path

from pourtous.audit import views

urlpatterns: list[URLPattern | URLResolver] = [path("journal/", views.journal, name="journal")]
