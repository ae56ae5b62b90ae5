"""Addresses of runtime."""

from django.urls import URLPattern, URLResolver, path

from pourtous.runtime import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("taches/", views.jobs, name="jobs"),
    path("taches/<uuid:identity>/", views.job, name="job"),
    path("taches/<uuid:identity>/resultat.json", views.job_result, name="job-result"),
    path("fichiers/<uuid:identity>/", views.stored_file, name="stored-file"),
]
