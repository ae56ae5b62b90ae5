"""Addresses of professional pages."""

from django.urls import URLPattern, URLResolver, path

from pourtous.accounts.views import agreements, organisations, people, profile, work_home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", work_home.home, name="work-home"),
    path("moi/", profile.profile, name="profile"),
    path("moi/sessions/", profile.end_session, name="end-session"),
    path("structures/", organisations.organisations, name="organisations"),
    path("structures/nouvelle/", organisations.new_organisation, name="organisation-new"),
    path("structures/<uuid:identity>/", organisations.organisation, name="organisation"),
    path("structures/<uuid:identity>/modifier/", organisations.edit_organisation, name="organisation-edit"),
    path("structures/<uuid:identity>/etat/", organisations.open_or_close_organisation, name="organisation-state"),
    path("structures/<uuid:identity>/equipes/nouvelle/", organisations.new_unit, name="unit-new"),
    path("structures/equipes/<uuid:identity>/modifier/", organisations.edit_unit, name="unit-edit"),
    path("structures/equipes/<uuid:identity>/etat/", organisations.open_or_close_unit, name="unit-state"),
    path("structures/<uuid:identity>/conventions/nouvelle/", agreements.new_agreement, name="agreement-new"),
    path("structures/conventions/", agreements.agreements, name="agreements"),
    path("structures/conventions/<uuid:identity>/", agreements.agreement, name="agreement"),
    path("structures/conventions/<uuid:identity>/document/", agreements.document, name="agreement-document"),
    path("structures/conventions/<uuid:identity>/modifier/", agreements.edit_agreement, name="agreement-edit"),
    path("structures/conventions/<uuid:identity>/terminer/", agreements.end_agreement, name="agreement-end"),
    path("equipe/", people.team, name="team"),
    path("equipe/<uuid:identity>/", people.people, name="unit-people"),
    path("equipe/personnes/<uuid:identity>/role/", people.change_role, name="member-role"),
    path("equipe/personnes/<uuid:identity>/retirer/", people.remove, name="member-remove"),
    path("equipe/personnes/<uuid:identity>/second-facteur/", people.reset_second_factor, name="member-factor"),
    path("equipe/invitations/<uuid:identity>/renvoyer/", people.resend, name="invitation-resend"),
    path("equipe/invitations/<uuid:identity>/annuler/", people.cancel, name="invitation-cancel"),
]
