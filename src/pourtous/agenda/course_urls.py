"""Addresses of courses for professionals, under /travail/parcours/."""

from django.urls import path

from pourtous.agenda.views import attendance, courses, outreach, sessions

urlpatterns = [
    path("", courses.course_list, name="work-courses"),
    path("nouveau/", courses.course_new, name="work-course-new"),
    path("seances/<str:code>/", sessions.session, name="work-session"),
    path("seances/<str:code>/modifier/", sessions.edit, name="work-session-edit"),
    path("seances/<str:code>/annuler/", sessions.cancel, name="work-session-cancel"),
    path("seances/<str:code>/inscrire/", sessions.register_somebody, name="work-session-register"),
    path("seances/<str:code>/presences/", attendance.attendance, name="work-attendance"),
    path("seances/<str:code>/presences/tous/", attendance.everybody, name="work-attendance-all"),
    path("seances/<str:code>/feuille/", sessions.sheet, name="work-session-sheet"),
    path("seances/<str:code>/compteur/", outreach.counter, name="work-counter"),
    path("seances/<str:code>/compteur/ajouter/", outreach.count, name="work-count"),
    path("seances/<str:code>/cartes/", outreach.slips, name="work-slips"),
    path("inscriptions/<str:code>/presence/", attendance.mark, name="work-mark"),
    path("inscriptions/<str:code>/annuler/", sessions.registration_cancel, name="work-registration-cancel"),
    path("inscriptions/<str:code>/attestation.pdf", attendance.certificate_pdf, name="work-certificate"),
    path("<str:code>/", courses.course, name="work-course"),
    path("<str:code>/modifier/", courses.course_edit, name="work-course-edit"),
    path("<str:code>/etat/", courses.course_state, name="work-course-state"),
    path("<str:code>/copier/", courses.course_copy, name="work-course-copy"),
    path("<str:code>/seances/", courses.plan, name="work-course-plan"),
]
