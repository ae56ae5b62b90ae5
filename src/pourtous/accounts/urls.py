"""Addresses of accounts."""

from django.urls import URLPattern, URLResolver, path

from pourtous.accounts.views import invitations

urlpatterns: list[URLPattern | URLResolver] = [
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
]
