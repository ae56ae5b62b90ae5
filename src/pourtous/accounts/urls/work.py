"""Addresses of professional pages."""

from django.urls import URLPattern, URLResolver, path

from pourtous.accounts.views import profile, work_home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", work_home.home, name="work-home"),
    path("moi/", profile.profile, name="profile"),
    path("moi/sessions/", profile.end_session, name="end-session"),
]
