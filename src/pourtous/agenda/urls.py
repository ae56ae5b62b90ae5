"""Addresses of professional pages, under /travail/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
