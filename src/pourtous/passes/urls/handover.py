"""Addresses of hand-overs, under /travail/pass/remises/."""

from django.urls import path

from pourtous.passes.views import handover, losses

urlpatterns = [
    path("", handover.hand_overs, name="hand-overs"),
    path("nouvelle/", handover.new, name="hand-over-new"),
    path("<uuid:identity>/", handover.hand_over, name="hand-over"),
    path("<uuid:identity>/annuler/", handover.undo, name="hand-over-undo"),
    path("<uuid:identity>/perdu/", losses.lost, name="hand-over-lost"),
    path("<uuid:identity>/remplacer/", losses.replace, name="hand-over-replace"),
    path("<uuid:identity>/retrouve/", losses.found, name="hand-over-found"),
    path("<uuid:identity>/prevenue/", handover.told, name="hand-over-told"),
    path("<uuid:identity>/seance/", handover.book_session, name="hand-over-session"),
]
