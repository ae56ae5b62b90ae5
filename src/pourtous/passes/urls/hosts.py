"""Addresses of hosts, under /travail/pass/structures/."""

from django.urls import path

from pourtous.passes.views import hosts

urlpatterns = [
    path("", hosts.listing, name="hosts"),
    path("demande/<uuid:organisation>/", hosts.ask, name="host-ask"),
    path("comptes/<uuid:organisation>/", hosts.accounts, name="host-accounts"),
    path("comptes/<uuid:identity>/preuve", hosts.proof, name="host-account-proof"),
    path("comptes/<uuid:identity>/decision/", hosts.decide_account, name="host-account-decide"),
    path("prix/<uuid:identity>/", hosts.price, name="host-price"),
    path("<uuid:identity>/", hosts.host, name="host"),
    path("<uuid:identity>/decision/", hosts.decide, name="host-decide"),
    path("<uuid:identity>/attestation.pdf", hosts.attestation, name="host-attestation"),
]
