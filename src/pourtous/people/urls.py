"""Addresses of people, under /travail/."""

from django.urls import path

from pourtous.people import urls_rights
from pourtous.people.views import details, files, follow_ups, lists, openings, registration

urlpatterns = [
    path("personnes/", lists.people, name="people"),
    path("personnes/inscrire/", registration.person_new, name="person-new"),
    path("personnes/information/", registration.notice, name="people-notice"),
    path("personnes/choisir/", lists.choose, name="person-choose"),
    path("personnes/ouvrir/", openings.person_open, name="person-open"),
    path("personnes/lectures/", openings.watch, name="people-watch"),
    path("personnes/lectures/ouvertures/<uuid:identity>/", openings.opening_seen, name="opening-seen"),
    path("personnes/lectures/alertes/<uuid:identity>/", openings.bulk_seen, name="bulk-seen"),
    path("personnes/<str:code>/", files.person, name="person"),
    path("personnes/<str:code>/modifier/", files.person_edit, name="person-edit"),
    path("personnes/<str:code>/lectures/", files.person_readings, name="person-readings"),
    path("personnes/<str:code>/suivre/", follow_ups.follow, name="person-follow"),
    path("personnes/<str:code>/suivis/<uuid:identity>/fin/", follow_ups.end, name="follow-up-end"),
    path("personnes/<str:code>/suivis/<uuid:identity>/reprendre/", follow_ups.resume, name="follow-up-resume"),
    path("personnes/<str:code>/suivis/<uuid:identity>/confier/", follow_ups.give, name="follow-up-give"),
    path("personnes/<str:code>/suivis/<uuid:identity>/note/", follow_ups.note, name="follow-up-note"),
    path("personnes/<str:code>/criteres/", details.criteria, name="person-criteria"),
    path("personnes/<str:code>/criteres/<uuid:identity>/", details.criterion, name="person-criterion"),
    path("personnes/<str:code>/proches/", details.relation_new, name="person-relation"),
    path("personnes/<str:code>/proches/<uuid:identity>/", details.relation_remove, name="relation-remove"),
    *urls_rights.urlpatterns,
]
