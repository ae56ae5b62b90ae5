"""The address of figures that a link shows without login."""

from django.urls import URLPattern, path

from pourtous.activities.views import shared

urlpatterns: list[URLPattern] = [path("<str:token>/", shared.shared, name="figures-shared")]
