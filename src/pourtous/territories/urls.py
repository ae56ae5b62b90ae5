"""Addresses of territories."""

from django.urls import URLPattern, URLResolver, path

from pourtous.territories import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("zones/", views.zones, name="zones"),
    path("zones/nouvelle/", views.create, name="zone-create"),
    path("zones/<uuid:identity>/", views.zone, name="zone"),
    path("zones/<uuid:identity>/modifier/", views.edit, name="zone-edit"),
    path("zones/<uuid:identity>/fermer/", views.close, name="zone-close"),
]
