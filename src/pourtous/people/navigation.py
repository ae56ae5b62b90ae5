"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.people.permissions import LET_GO, RECEIVE_REQUEST, SEE
from pourtous.ui.navigation import entry

# Skills of a person, files taken over and files that go are about people, whatever their address begins with.
ALSO = ("/travail/savoir-faire/", "/travail/reprise-de-dossiers/", "/travail/dossiers-qui-partent/")
entry(_("People"), "people", SEE, order=10, also=ALSO)
entry(_("Data requests"), "rights-requests", RECEIVE_REQUEST, order=84)
entry(_("What goes, and when"), "retention", LET_GO, order=86)
