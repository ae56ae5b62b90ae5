"""Addresses of the counter, under /travail/pass/encaisser/."""

from django.urls import path

from pourtous.passes.views import counter, keys, losses

urlpatterns = [
    path("", counter.choose, name="counter-choose"),
    path("cles/", keys.keys, name="counter-keys"),
    path("cles/<uuid:identity>/revoquer/", keys.revoke, name="counter-key-revoke"),
    path("perdu/", losses.at_desk, name="counter-lost"),
    path("<str:code>/", counter.session, name="counter-session"),
    path("<str:code>/accepte/<uuid:identity>/", counter.taken, name="counter-taken"),
    path("<str:code>/refuse/<uuid:identity>/", counter.refused, name="counter-refused"),
    path("<str:code>/accepte/<uuid:identity>/annuler/", counter.undo, name="counter-undo"),
]
