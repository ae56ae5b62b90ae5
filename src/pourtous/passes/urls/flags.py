"""Addresses of the fraud and error desk, under /travail/pass/signalements/."""

from django.urls import path

from pourtous.passes.views import flags

urlpatterns = [
    path("", flags.flags, name="pass-flags"),
    path("<uuid:identity>/", flags.close, name="pass-flag-close"),
]
