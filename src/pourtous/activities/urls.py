"""Addresses of professional pages, under /travail/."""

from django.urls import URLPattern, path

from pourtous.activities import urls_figures
from pourtous.activities.views import entry, field, lists, pages, skills, sync, tags

urlpatterns: list[URLPattern] = [
    path("activites/", lists.activity_list, name="activities"),
    path("activites/liste.csv", lists.activity_file, {"kind": "csv"}, name="activities-csv"),
    path("activites/liste.xlsx", lists.activity_file, {"kind": "xlsx"}, name="activities-xlsx"),
    path("activites/nouvelle/", entry.new, name="activity-new"),
    path("activites/envoi/", sync.send, name="activities-send"),
    path("terrain/", field.page, name="field"),
    path("terrain/donnees/", field.data, name="field-data"),
    path("terrain/manifeste.json", field.manifest, name="field-manifest"),
    path("terrain.js", field.worker, name="field-worker"),
    path("activites/<uuid:identity>/", pages.activity, name="activity"),
    path("activites/<uuid:identity>/modifier/", entry.change, name="activity-edit"),
    path("activites/<uuid:identity>/supprimer/", pages.take_away, name="activity-remove"),
    path("activites/<uuid:identity>/orientation/", pages.outcome, name="activity-outcome"),
    path("activites/mots-cles/", tags.tag_list, name="activity-tags"),
    path("activites/mots-cles/<uuid:identity>/retirer/", tags.retire, name="activity-tag-retire"),
    path("activites/mots-cles/<uuid:identity>/fusionner/", tags.merge, name="activity-tag-merge"),
    path("activites/<uuid:identity>/retablir/", pages.bring_back, name="activity-restore"),
    path("personnes/<str:code>/savoir-faire/", skills.skills, name="skills"),
    path("personnes/<str:code>/savoir-faire/commencer/", skills.start, name="skills-start"),
    path("savoir-faire/questions/", skills.blank, name="skills-blank"),
    path("savoir-faire/<uuid:identity>/", skills.check, name="skills-check"),
    path("savoir-faire/<uuid:identity>/abandonner/", skills.abandon, name="skills-abandon"),
    path("savoir-faire/<uuid:identity>/bilan/", skills.result, name="skills-result"),
    path("savoir-faire/<uuid:identity>/bilan.pdf", skills.result_paper, name="skills-paper"),
]
urlpatterns += urls_figures.urlpatterns
