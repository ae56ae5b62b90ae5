"""Addresses of campaigns, under /travail/pass/campagnes/."""

from django.urls import path

from pourtous.passes.views import campaigns

urlpatterns = [
    path("", campaigns.campaigns, name="campaigns"),
    path("nouvelle/", campaigns.edit, name="campaign-new"),
    path("<uuid:identity>/", campaigns.campaign, name="campaign"),
    path("<uuid:identity>/regles/", campaigns.edit, name="campaign-edit"),
    path("<uuid:identity>/etat/", campaigns.move, name="campaign-move"),
    path("<uuid:identity>/publics/nouveau/", campaigns.public, name="campaign-public-new"),
    path("<uuid:identity>/publics/<uuid:public>/", campaigns.public, name="campaign-public"),
    path("<uuid:identity>/publics/<uuid:public>/retirer/", campaigns.public_remove, name="campaign-public-remove"),
    path("<uuid:identity>/territoires/nouveau/", campaigns.territory, name="campaign-territory-new"),
    path("<uuid:identity>/territoires/<uuid:territory>/", campaigns.territory, name="campaign-territory"),
    path(
        "<uuid:identity>/territoires/<uuid:territory>/retirer/",
        campaigns.territory_remove,
        name="campaign-territory-remove",
    ),
    path("<uuid:identity>/financement/", campaigns.plan, name="campaign-plan"),
]
