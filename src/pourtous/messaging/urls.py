"""Addresses of messaging."""

from django.urls import URLPattern, URLResolver, path

from pourtous.messaging import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("messages/", views.outbox, name="messages"),
    path("messages/<uuid:identity>/reessayer/", views.retry, name="message-retry"),
    path("messages/<uuid:identity>/annuler/", views.cancel, name="message-cancel"),
]
