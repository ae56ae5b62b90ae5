"""Addresses of professional pages, under /travail/."""

from django.urls import URLPattern, path

from pourtous.activities.views import entry, lists, pages

urlpatterns: list[URLPattern] = [
    path("activites/", lists.activity_list, name="activities"),
    path("activites/liste.csv", lists.activity_file, {"kind": "csv"}, name="activities-csv"),
    path("activites/liste.xlsx", lists.activity_file, {"kind": "xlsx"}, name="activities-xlsx"),
    path("activites/nouvelle/", entry.new, name="activity-new"),
    path("activites/<uuid:identity>/", pages.activity, name="activity"),
    path("activites/<uuid:identity>/modifier/", entry.change, name="activity-edit"),
    path("activites/<uuid:identity>/supprimer/", pages.take_away, name="activity-remove"),
    path("activites/<uuid:identity>/retablir/", pages.bring_back, name="activity-restore"),
]
