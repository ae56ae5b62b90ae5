"""Addresses of people, under /travail/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
