"""Addresses of hand-overs, under /travail/pass/remises/."""

from django.urls import path

from pourtous.passes.views import handover

urlpatterns = [
    path("", handover.hand_overs, name="hand-overs"),
    path("nouvelle/", handover.new, name="hand-over-new"),
    path("<uuid:identity>/", handover.hand_over, name="hand-over"),
    path("<uuid:identity>/annuler/", handover.undo, name="hand-over-undo"),
    path("<uuid:identity>/prevenue/", handover.told, name="hand-over-told"),
    path("<uuid:identity>/seance/", handover.book_session, name="hand-over-session"),
]
