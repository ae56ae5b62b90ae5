"""Addresses of professional pages, under /travail/."""

from django.urls import URLPattern, URLResolver, include, path

from pourtous.agenda.views import appointments, days, feeds, hours, lists, setup, told

urlpatterns: list[URLPattern | URLResolver] = [
    path("parcours/", include("pourtous.agenda.course_urls")),
    path("agenda/", days.day, name="agenda"),
    path("agenda/jour/<str:text>/", days.day, name="agenda-day"),
    path("agenda/jour/<str:text>/imprimer/", days.day_paper, name="agenda-day-paper"),
    path("agenda/semaine/", days.week, name="agenda-this-week"),
    path("agenda/semaine/<str:text>/", days.week, name="agenda-week"),
    path("agenda/semaine/<str:text>/imprimer/", days.week_paper, name="agenda-week-paper"),
    path("agenda/equipe/", days.team, name="agenda-team-today"),
    path("agenda/equipe/<str:text>/", days.team, name="agenda-team"),
    path("agenda/rendez-vous/nouveau/", appointments.new, name="appointment-new"),
    path("agenda/rendez-vous/<str:code>/", appointments.appointment, name="appointment"),
    path("agenda/rendez-vous/<str:code>/bilan/", appointments.settle, name="appointment-settle"),
    path("agenda/rendez-vous/<str:code>/deplacer/", appointments.move, name="appointment-move"),
    path("agenda/rendez-vous/<str:code>/modifier/", appointments.correct, name="appointment-correct"),
    path("agenda/rendez-vous/<str:code>/prevenu/", told.told, name="appointment-told"),
    path("agenda/rendez-vous/<str:code>/annuler/", appointments.cancel, name="appointment-cancel"),
    path("agenda/rendez-vous/<str:code>/rendez-vous.ics", feeds.appointment, name="appointment-ics"),
    path("agenda/liste/", lists.appointments, name="agenda-list"),
    path("agenda/liste/liste.csv", lists.appointments_file, {"kind": "csv"}, name="agenda-list-csv"),
    path("agenda/liste/liste.xlsx", lists.appointments_file, {"kind": "xlsx"}, name="agenda-list-xlsx"),
    path("agenda/horaires/", hours.hours, name="agenda-hours"),
    path("agenda/horaires/nouveaux/", hours.availability, name="availability-new"),
    path("agenda/horaires/<uuid:identity>/", hours.availability, name="availability"),
    path("agenda/horaires/<uuid:identity>/arreter/", hours.availability_end, name="availability-end"),
    path("agenda/absences/nouvelle/", hours.absence, name="absence-new"),
    path("agenda/absences/<uuid:identity>/retirer/", hours.absence_remove, name="absence-remove"),
    path("agenda/calendriers/ajouter/", hours.calendar_add, name="calendar-add"),
    path("agenda/calendriers/<uuid:identity>/retirer/", hours.calendar_remove, name="calendar-remove"),
    path("agenda/adresse/", hours.feed, name="agenda-feed-renew"),
    path("agenda/flux/<str:token>.ics", feeds.feed, name="agenda-feed"),
    path("agenda/reglages/", setup.setup, name="agenda-setup"),
    path("agenda/reglages/types/nouveau/", setup.kind, name="kind-new"),
    path("agenda/reglages/types/<uuid:identity>/", setup.kind, name="kind"),
    path("agenda/reglages/salles/nouvelle/", setup.room, name="room-new"),
    path("agenda/reglages/salles/<uuid:identity>/", setup.room, name="room"),
    path("agenda/reglages/lieux/<uuid:identity>/adresse/", setup.place_feed, name="place-feed"),
]
